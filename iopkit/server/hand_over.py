"""The pages of a device that two partners share: sharing it, and the screen between the two of them.

While nobody holds the device, its browser has no cookie of a login, only one that says which device it is.
"""

from collections.abc import Awaitable, Callable

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from iopkit.apps.place import key
from iopkit.apps.words import moment
from iopkit.clinic import pin, shared_device
from iopkit.clinic.office import utc_now
from iopkit.clinic.shared_device import Proved
from iopkit.errors import SignInError
from iopkit.server.forms import HAND_OVER, Form
from iopkit.server.identity import SignedIn
from iopkit.server.kernels import HANDED_OVER
from iopkit.words import said

HOME = "/client"


class HandOver(Form):
    """Two partners and one browser: who holds it hands it over here, and who takes it proves who they are."""

    asked_language = ""
    """The language of who is asked on the screen between the two."""

    @property
    def language(self) -> str:
        """The language of whom the page speaks to."""
        return self.asked_language or super().language

    @allow_unauthenticated
    async def get(self) -> None:
        """Show what fits: sharing this device, handing it over, or who goes on."""
        await self._page()

    @allow_unauthenticated
    async def post(self) -> None:
        """Do one thing; what went wrong is said on the page."""
        does = self._does.get(self.text("do", 40))
        if does is None:
            raise HTTPError(404)
        try:
            await does()
        except SignInError as error:
            self.set_status(403)
            await self._page(error, about=self.text("do", 40))

    @property
    def _does(self) -> dict[str, Callable[[], Awaitable[None]]]:
        if self.login is None:
            return {"open": self._open, "wrong": self._wrong, "end": self._end}
        return {"pin": self._set_pin, "share": self._share, "give": self._give, "end": self._end}

    async def _set_pin(self) -> None:
        login, address = self._full_login(), self.address
        old, new, again = self.text("old"), self.text("pin", 20), self.text("again", 20)
        await self.server.in_store(
            lambda store: store.own(login.login_id).set_pin(old, new, again, address=address)
        )
        self.redirect(HAND_OVER, status=303)

    async def _share(self) -> None:
        login, device = self._full_login(), self.device
        first, again = self.text("pin", 20), self.text("again", 20)
        if first or again or self.text("first", 1):
            pin.check_rules(first, again)
        proved = Proved(first, self.text("password"), self.text("code", 40), self.address)
        token = await self.server.in_store(
            lambda store: shared_device.share(store.office, login.login_id, proved, device=device)
        )
        options = self.server.options
        self.set_cookie(options.device_cookie, token, **options.cookie_settings)
        place = await self.server.in_store(lambda store: key(store.desk_of(login.login_id), "couple"))
        self.redirect(f"{HOME}#{place}", status=303)

    async def _give(self) -> None:
        """End the login that holds the device and everything that is open with it, then say so."""
        login, token = self._login(), self.device_token
        await self.server.in_store(lambda store: shared_device.hand_over(store.office, token, login.login_id))
        await self.kernels.end_login(login.login_id, HANDED_OVER)
        self._forget_login()
        if self.text("by", 10) == "script":
            self.set_status(204)
            self.finish()
        else:
            self.redirect(HAND_OVER, status=303)

    async def _open(self) -> None:
        token, digits, device = self.device_token, self.text("pin", 20), self.device
        proved = Proved("", self.text("password"), self.text("code", 40), self.address)
        opened = await self.server.in_store(
            lambda store: (
                shared_device.open_by_password(store.office, token, proved, device=device)
                if proved.password
                else shared_device.open_by_pin(store.office, token, digits, device=device)
            )
        )
        options = self.server.options
        self.set_cookie(options.cookie, opened, **options.cookie_settings)
        self.redirect(HOME, status=303)

    async def _wrong(self) -> None:
        token = self.device_token
        await self.server.in_store(lambda store: shared_device.wrong_person(store.office, token))
        self.redirect(HAND_OVER, status=303)

    async def _end(self) -> None:
        """Share this device no longer; a login that its password opened stays."""
        await self.end_sharing()
        login = self.login
        if login is None or login.joint:
            if login is not None:
                await self.server.end_login(login)
            self.drop_cookies()
        self.redirect(HOME if login is not None and not login.joint else "/sign-in", status=303)

    def _forget_login(self) -> None:
        self.clear_cookie(self.server.options.cookie, **self.server.options.cookie_settings)

    def _login(self) -> SignedIn:
        if self.login is None:
            raise HTTPError(403)
        return self.login

    def _full_login(self) -> SignedIn:
        login = self._login()
        if login.joint or login.kind != "client":
            raise HTTPError(403)
        return login

    async def _page(self, error: SignInError | None = None, about: str = "") -> None:
        """Show what fits, and what went wrong, in the language of whom it is for."""
        shared = await self.shared_device()
        if shared is None and self.login is None:
            if self.device_token:
                self.drop_cookies()
            self.redirect("/sign-in", status=303)
        elif shared is None:
            await self._sharing(error, about)
        else:
            holds = self.login is not None and self.login.login_id == shared.login_id
            page = "hand-over" if holds else "locked"
            self.asked_language = "" if holds else shared.asked.language
            until = moment(shared.until, utc_now(), shared.asked.zone, self.language)
            self.show(page, who="", shared=shared, until=until, problem=self._problem(error), about=about)

    def _problem(self, error: SignInError | None) -> str:
        return "" if error is None else said(error, self.language)

    async def _sharing(self, error: SignInError | None, about: str) -> None:
        """Show how to share this device to a client with a partner here; others have no such page."""
        login = self._full_login()
        try:
            partner = await self.server.in_store(
                lambda store: shared_device.partner_of(store.office, login.username)
            )
        except SignInError:
            raise HTTPError(404) from None
        mine, theirs = await self.server.in_store(
            lambda store: shared_device.has_pins(store.office, login.username, partner.id)
        )
        problem = self._problem(error)
        self.show(
            "share-device", partner=partner.name, mine=mine, theirs=theirs, problem=problem, about=about
        )
