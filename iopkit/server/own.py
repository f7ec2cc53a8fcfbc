"""The page on which one sees and changes how one signs in; every change asks for proof."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tornado.web import HTTPError, authenticated

from iopkit.apps.words import moment
from iopkit.clinic.logins import OpenLogin
from iopkit.clinic.office import utc_now
from iopkit.clinic.own import OwnSignIn
from iopkit.errors import NotFoundError, SignInError
from iopkit.server.forms import OWN, Form
from iopkit.server.identity import SignedIn
from iopkit.server.pages import qr_code
from iopkit.words import said, say, sentence

Answer = TypeVar("Answer")


class OwnPage(Form):
    """Where am I signed in; password; second factor."""

    @authenticated
    async def get(self) -> None:
        """Show the page."""
        self.not_by_pin()
        await self._page()

    @authenticated
    async def post(self) -> None:
        """Do one thing, then show the page with what came of it."""
        self.not_by_pin()
        does = self._does.get(self.text("do", 40))
        if does is None:
            raise HTTPError(404)
        try:
            await does()
        except (SignInError, NotFoundError) as error:
            self.set_status(403)
            await self._page(problem=said(error, self.language), about=self.text("do", 40))

    @property
    def _does(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {
            "end": self._end,
            "end-others": self._end_others,
            "password": self._change_password,
            "pin": self._set_pin,
            "drop-pin": self._drop_pin,
            "pairing": self._begin_pairing,
            "confirm": self._confirm_pairing,
            "recovery-codes": self._new_recovery_codes,
            "drop": self._drop,
        }

    async def _end(self) -> None:
        which = self.text("login", 64)
        await self._ended(await self._own(lambda own: own.end(which)))
        await self._page(said=sentence("That sign-in has ended."))

    async def _end_others(self) -> None:
        await self._ended(await self._own(lambda own: own.end_others()))
        await self._page(said=sentence("You are signed in here and nowhere else."))

    async def _change_password(self) -> None:
        old, new, again = self.text("old"), self.text("password"), self.text("again")
        if new != again:
            raise SignInError(sentence("The two new passwords are not the same. Type both once more."))
        address = self.address
        await self._ended(await self._own(lambda own: own.change_password(old, new, address=address)))
        self.drop_cookies()
        self.redirect("/sign-in?changed=1", status=303)

    async def _set_pin(self) -> None:
        old, new, again, address = (
            self.text("old"),
            self.text("pin", 20),
            self.text("again", 20),
            self.address,
        )
        await self._own(lambda own: own.set_pin(old, new, again, address=address))
        await self._page(said=sentence("Your PIN is set."))

    async def _drop_pin(self) -> None:
        old, address = self.text("old"), self.address
        await self._own(lambda own: own.drop_pin(old, address=address))
        await self._page(said=sentence("Your PIN is gone. A shared device asks for your password instead."))

    async def _begin_pairing(self) -> None:
        password, address = self.text("old"), self.address
        pairing = await self._own(lambda own: own.begin_pairing(password, address=address))
        self._pairing(pairing.key, pairing.uri)

    async def _confirm_pairing(self) -> None:
        code = self.text("code", 100)
        try:
            codes = await self._own(lambda own: own.confirm_pairing(code))
        except SignInError as error:
            pairing = await self._own(lambda own: own.pairing())
            self.set_status(403)
            self._pairing(pairing.key, pairing.uri, problem=said(error, self.language))
            return
        self.show("recovery-codes", codes=codes, to=OWN)

    async def _new_recovery_codes(self) -> None:
        code = self.text("code", 100)
        self.show("recovery-codes", codes=await self._own(lambda own: own.new_recovery_codes(code)), to=OWN)

    async def _drop(self) -> None:
        code = self.text("code", 100)
        await self._own(lambda own: own.drop_second_factor(code))
        await self._page(said=sentence("From now on you sign in with your password alone."))

    def _pairing(self, key: str, uri: str, *, problem: str = "") -> None:
        login = self._signed_in()
        self.show(
            "pairing",
            user=login.user,
            key=key,
            qr=qr_code(uri),
            problem=problem,
            action=OWN,
            next="/",
            needed=False,
        )

    async def _page(self, *, problem: str = "", about: str = "", said: str = "") -> None:
        login = self._signed_in()
        await self.server.in_store(lambda store: store.touch(login.login_id))
        overview = await self._own(lambda own: own.overview())
        zone = await self._own(lambda own: own.person.zone)
        places = [_place(one, login.login_id, zone, self.language) for one in overview.logins]
        self.show(
            "your-sign-in",
            overview=overview,
            places=sorted(places, key=lambda place: not place["here"]),
            problem=problem,
            about=about,
            said=said,
        )

    async def _own(self, ask: Callable[[OwnSignIn], Answer]) -> Answer:
        login = self._signed_in()
        found: Answer = await self.server.in_store(lambda store: ask(store.own(login.login_id)))
        return found

    async def _ended(self, login_ids: list[str]) -> None:
        """End the kernels and sockets of logins that have ended, at once."""
        for login_id in login_ids:
            await self.server.kernel_manager.end_login(login_id)

    def _signed_in(self) -> SignedIn:
        login = self.login
        assert login is not None  # noqa: S101  # `authenticated` has redirected everybody else
        return login


def _place(one: OpenLogin, here: str, zone: str, language: str) -> dict[str, object]:
    now = utc_now()
    return {
        "id": one.id,
        "device": one.device or say("A browser", language),
        "here": one.id == here,
        "shared": one.shared,
        "since": moment(one.signed_in_at, now, zone, language),
        "seen": moment(one.seen_at, now, zone, language),
    }
