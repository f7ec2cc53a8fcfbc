"""What all our handlers share: friendly pages for what goes wrong, who is signed in, how forms arrive."""

from typing import Any, cast

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from iopkit.clinic.device import device_of
from iopkit.clinic.shared_device import SharedDevice
from iopkit.errors import SignInError, StoreError
from iopkit.server.identity import SignedIn
from iopkit.server.kernels import SCREEN, OwnedKernels
from iopkit.server.pages import OPEN_TOO_LONG, Words, words_for
from iopkit.words import choose

OWN = "/your-sign-in"
"""Where one sees and changes how one signs in."""
HAND_OVER = "/hand-over"
"""Where two partners share a device and hand it to each other."""
CALENDAR = "/your-calendar"
"""Where a client sets up their calendar address and reminders."""
PAGES = (OWN, CALENDAR)


class Ours(JupyterHandler):
    """What all our handlers share: friendly pages for what goes wrong, and the words for it."""

    @property
    def server(self) -> Any:
        """The server application."""
        return self.settings["iopkit"]

    @property
    def kernels(self) -> OwnedKernels:
        """The kernels of the server."""
        return cast(OwnedKernels, self.settings["kernel_manager"])

    @property
    def login(self) -> SignedIn | None:
        """Who is signed in at this browser."""
        user = self.current_user
        return user if isinstance(user, SignedIn) else None

    @property
    def language(self) -> str:
        """The language of whoever is signed in, else the one that the browser asks for."""
        login = self.login
        return login.language if login else choose(self.request.headers.get("Accept-Language", ""))

    def say(self, words: Words, status: int = 200) -> None:
        """Finish with a page that only says something."""
        self.set_status(status)
        for name, value in self.settings["headers"].items():  # a refused websocket has none of them yet
            self.set_header(name, value)
        self.show("words", words=words)

    def show(self, page: str, *, who: str = "", **values: Any) -> None:
        """Finish with one of the server's own pages, headed by who is signed in."""
        name = who or (self.login.name_shown if self.login else "")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        idle = self.server.store.office.settings.idle_seconds
        path = self.request.path
        back = path if path in self.server.rooms or path in PAGES else "/"
        here = {"idle": idle, "here": back, "xsrf": self.xsrf_token.decode()}
        self.finish(self.server.pages.render(page, language=self.language, who=name, **here, **values))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in words what happened; the error itself goes to the log, as its kind and place."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if isinstance(error, StoreError):
            status_code = 503
        self.say(_words_for_error(status_code, error), status_code)

    def drop_cookies(self) -> None:
        """Make the browser forget its login, and a sign-in that is half done."""
        options = self.server.options
        for name in (options.cookie, options.step_cookie, options.device_cookie):
            self.clear_cookie(name, **options.cookie_settings)
        if self.get_cookie(SCREEN):  # the next person's page begins as any other
            self.clear_cookie(SCREEN, **options.cookie_settings)


class Form(Ours):
    """What forms are sent to."""

    def check_origin(self, origin_to_satisfy_tornado: str = "") -> bool:
        """Return True when a form comes from a page of ours.

        Our pages send no referrer, and therefore ``Origin: null``; the browser's own word on the site decides
        then, where it gives one. Either way the form's token must fit.
        """
        if self.request.headers.get("Origin") == "null":
            return self.request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        return super().check_origin(origin_to_satisfy_tornado)

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.request.remote_ip or ""

    @property
    def device(self) -> str:
        """Which browser the request comes from, roughly."""
        return device_of(self.request.headers.get("User-Agent", ""))

    @property
    def next_room(self) -> str:
        """Where to go after signing in: one of our own rooms, never an address from outside."""
        wanted = self.get_argument("next", "/")
        return wanted if wanted in self.server.rooms or wanted in PAGES else "/"

    def text(self, name: str, most: int = 1000) -> str:
        """Return what was typed into a field, as it was typed."""
        return self.get_body_argument(name, "", strip=False)[:most]

    def not_by_pin(self) -> None:
        """Refuse a login that a PIN opened on a shared device: this page is one's own."""
        if self.login is not None and self.login.joint:
            raise HTTPError(403)

    @property
    def device_token(self) -> str:
        """The token of the device that two partners share in this browser, or nothing."""
        return self.get_cookie(self.server.options.device_cookie) or ""

    async def shared_device(self) -> SharedDevice | None:
        """Return the device that two partners share in this browser, None when none is shared."""
        token = self.device_token
        if not token:
            return None
        try:
            found: SharedDevice = await self.server.in_store(lambda store: store.shared_device(token))
        except SignInError:
            return None
        return found

    async def end_sharing(self) -> None:
        """Make this browser nobody's shared device any more."""
        token, options = self.device_token, self.server.options
        if token:
            await self.server.in_store(lambda store: store.end_sharing(token))
            self.clear_cookie(options.device_cookie, **options.cookie_settings)

    async def enter(self, token: str) -> None:
        """Make this browser the one of a new login, whatever login it had before."""
        await self.server.end_login(self.login)
        await self.end_sharing()
        options = self.server.options
        if self.get_cookie(options.step_cookie):
            self.clear_cookie(options.step_cookie, **options.cookie_settings)
        self.set_cookie(options.cookie, token, **options.cookie_settings)


def _words_for_error(status: int, error: BaseException | None) -> Words:
    message = (getattr(error, "log_message", None) or "").lower()
    return OPEN_TOO_LONG if status == 403 and "xsrf" in message else words_for(status)
