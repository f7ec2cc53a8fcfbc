"""The sign-in page and the two that may follow it: a code of the second factor, or setting one up."""

from jupyter_server.auth.decorator import allow_unauthenticated

from iopkit.clinic.signing_in import Begun, Step
from iopkit.errors import SignInError
from iopkit.server.forms import HAND_OVER, Form
from iopkit.server.pages import qr_code
from iopkit.words import said, sentence

_PLACES = {"code": "/sign-in/code", "pairing": "/sign-in/pairing"}


class StepForm(Form):
    """What belongs to a sign-in that is not finished by its password."""

    async def go_on(self, begun: Begun) -> None:
        """Enter, or go to the page of what is still missing; the cookie of the step is no login."""
        back = f"?next={self.next_room}" if self.next_room != "/" else ""
        if not begun.needs:
            await self.enter(begun.token)
            self.redirect(self.next_room, status=303)
            return
        options = self.server.options
        self.set_cookie(options.step_cookie, begun.token, **options.cookie_settings)
        self.redirect(_PLACES[begun.needs] + back, status=303)

    def place_of(self, need: str) -> str:
        """Return the address of the page that asks for what is missing."""
        return _PLACES[need]

    @property
    def step_token(self) -> str:
        """The token of the unfinished sign-in at this browser, or nothing."""
        return self.get_cookie(self.server.options.step_cookie) or ""

    async def step(self) -> Step | None:
        """Return the unfinished sign-in at this browser; go back to the first page when there is none."""
        try:
            found: Step = await self.server.in_store(lambda store: store.step(self.step_token))
        except SignInError:
            self.redirect("/sign-in?late=1", status=303)
            return None
        if _PLACES[found.needs] != self.request.path:
            self.redirect(_PLACES[found.needs], status=303)
            return None
        return found


class SignIn(StepForm):
    """The sign-in page."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the form, or go on for those who are signed in; a shared device asks who goes on."""
        if self.login is not None:
            self.redirect(self.next_room)
            return
        if await self.shared_device() is not None:
            self.redirect(HAND_OVER, status=303)
            return
        said = next((name for name in _SAID if self.get_query_argument(name, "") == "1"), "")
        self._form(said=_SAID.get(said, ""))

    @allow_unauthenticated
    async def post(self) -> None:
        """Sign in: a new login, or the step to the second factor."""
        user, password = self.get_body_argument("user", "")[:200], self.text("password")
        address, device = self.address, self.device
        try:
            begun = await self.server.in_store(
                lambda store: store.begin_sign_in(user, password, address=address, device=device)
            )
        except SignInError as error:
            self.set_status(403)
            self._form(user=user, problem=said(error, self.language))
            return
        await self.go_on(begun)

    def _form(self, *, user: str = "", problem: str = "", said: str = "") -> None:
        options = self.server.options
        self.show(
            "sign-in",
            next=self.next_room,
            user=user,
            problem=problem,
            said=said,
            demo=options.demo,
            demo_password=options.demo_password,
            nobody=options.nobody_yet,
            provider=options.provider.label if options.provider else "",
        )


_SAID = {
    "locked": sentence(
        "This page was locked because nobody used it for a while. Sign in to go on where you were."
    ),
    "late": sentence("This sign-in was left open for too long. Start again with your password."),
    "changed": sentence("Your new password is set. Sign in with it."),
}
"""What the sign-in page says to whom another page has sent there."""


class CodePage(StepForm):
    """Asks for a code of the second factor."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the form."""
        if step := await self.step():
            self._form(step)

    @allow_unauthenticated
    async def post(self) -> None:
        """Enter with a right code."""
        step, code, token = await self.step(), self.text("code", 100), self.step_token
        if step is None:
            return
        try:
            login = await self.server.in_store(lambda store: store.give_code(token, code))
        except SignInError as error:
            self.set_status(403)
            self._form(step, problem=said(error, self.language), lost=len(code) > 8)
            return
        await self.go_on(Begun(login, ""))

    def _form(self, step: Step, *, problem: str = "", lost: bool = False) -> None:
        self.show("code", user=step.person.user, next=self.next_room, problem=problem, lost=lost)


class PairingPage(StepForm):
    """Sets up a second factor for whom the role asks for one."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the QR code, the key and the form."""
        if step := await self.step():
            await self._form(step)

    @allow_unauthenticated
    async def post(self) -> None:
        """Enter with the first right code; the recovery codes are shown this once."""
        step, code, token = await self.step(), self.text("code", 100), self.step_token
        if step is None:
            return
        try:
            login, codes = await self.server.in_store(lambda store: store.pair(token, code))
        except SignInError as error:
            self.set_status(403)
            await self._form(step, problem=said(error, self.language))
            return
        await self.enter(login)
        self.show("recovery-codes", who=step.person.name, codes=codes, to=self.next_room)

    async def _form(self, step: Step, *, problem: str = "") -> None:
        pairing = await self.server.in_store(lambda store: store.pairing(step.person.id))
        self.show(
            "pairing",
            user=step.person.user,
            key=pairing.key,
            qr=qr_code(pairing.uri),
            problem=problem,
            action=_PLACES["pairing"],
            next=self.next_room,
            needed=True,
        )
