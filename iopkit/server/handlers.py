"""The addresses of the server; whatever is not listed in ``routes`` does not exist.

Nothing opens without a login but the sign-in page, the built front end and the answer to "are you there?".
"""

import asyncio
from typing import Any, cast

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from iopkit.errors import SignInError, StoreError
from iopkit.server.assets import AssetHandler
from iopkit.server.identity import SignedIn
from iopkit.server.kernels import OwnedKernels
from iopkit.server.pages import BROKEN, NOTHING_YET, OPEN_TOO_LONG, Words, words_for
from iopkit.server.rooms import home_of

_KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"


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

    def say(self, words: Words, status: int = 200) -> None:
        """Finish with a page that only says something."""
        self.set_status(status)
        for name, value in self.settings["headers"].items():  # a refused websocket has none of them yet
            self.set_header(name, value)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        xsrf = self.xsrf_token.decode()
        self.finish(self.server.pages.render("words", words=words, xsrf=xsrf))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in words what happened; the error itself goes to the log, as its kind and place."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if isinstance(error, StoreError):
            status_code = 503
        self.say(_words_for_error(status_code, error), status_code)

    def drop_cookie(self) -> None:
        """Make the browser forget its login."""
        options = self.server.options
        self.clear_cookie(options.cookie, **options.cookie_settings)


class NotFound(Ours):
    """Says that nothing is here."""

    @allow_unauthenticated
    def get(self, *_: str) -> None:
        """Answer any address that does not exist."""
        raise HTTPError(404)

    post = put = patch = delete = head = get


class Home(Ours):
    """Sends a person to the app of their role."""

    @authenticated
    def get(self) -> None:
        """Redirect to the app of the person's role."""
        login = self.login
        home = home_of(login.kind, self.server.rooms) if login else None
        if home is None:
            self.say(NOTHING_YET)
            return
        self.redirect(home)


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


class SignIn(Form):
    """The sign-in page."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form, or go on for those who are signed in."""
        if self.login is not None:
            self.redirect(self._next())
            return
        self._form(locked=self.get_query_argument("locked", "") == "1")

    @allow_unauthenticated
    async def post(self) -> None:
        """Sign in: a new login, whatever cookie the browser had before."""
        user = self.get_body_argument("user", "")[:200]
        password = self.get_body_argument("password", "", strip=False)[:1000]
        address = self.request.remote_ip or ""
        try:
            token = await self.server.in_store(lambda store: store.sign_in(user, password, address=address))
        except SignInError as error:
            self.set_status(403)
            self._form(user=user, problem=str(error))
            return
        await self.server.end_login(self.login)
        options = self.server.options
        self.set_cookie(options.cookie, token, **options.cookie_settings)
        self.redirect(self._next(), status=303)

    def _form(self, *, user: str = "", problem: str = "", locked: bool = False) -> None:
        options = self.server.options
        page = self.server.pages.render(
            "sign-in",
            xsrf=self.xsrf_token.decode(),
            next=self._next(),
            user=user,
            problem=problem,
            locked=locked,
            demo=options.demo,
            demo_password=options.demo_password,
            nobody=options.nobody_yet,
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)

    def _next(self) -> str:
        """Return where to go after signing in: one of our own rooms, never an address from outside."""
        wanted = self.get_argument("next", "/")
        return wanted if wanted in self.server.rooms else "/"


class SignOut(Form):
    """Ends a login: its cookie, its sockets, its kernels."""

    after = "/sign-in"

    @allow_unauthenticated
    async def post(self) -> None:
        """End the login and go to the sign-in page."""
        await self.server.end_login(self.login)
        self.drop_cookie()
        self.redirect(self.after, status=303)


class Lock(SignOut):
    """Ends a login that nobody used; whoever signs in again comes back to the same place.

    The browser keeps the fragment of the address through the redirect, so it never reaches the server.
    """

    @property
    def after(self) -> str:  # type: ignore[override]
        """The sign-in page, with the way back."""
        wanted = self.get_body_argument("next", "/")
        back = f"&next={wanted}" if wanted in self.server.rooms else ""
        return f"/sign-in?locked=1{back}"


class Leave(Form):
    """A page was left: its kernel is not needed any more."""

    @authenticated
    def post(self, kernel_id: str) -> None:
        """Note that the owner has left this page; the kernel ends when a last save had time to arrive."""
        login = self.login
        if login is None or not self.kernels.owned_by(kernel_id, login.login_id):
            raise HTTPError(404)
        self.kernels.leave(kernel_id)
        self.set_status(204)
        self.finish()


class Healthz(Ours):
    """Answers whoever asks whether the server is there."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say yes."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("ok\n")


class Page(Ours, TornadoVoilaHandler):
    """Renders a room's notebook by Voilà, for the kinds of person it opens for."""

    def initialize(self, **kwargs: Any) -> None:
        """Keep which room this is."""
        self.room = kwargs.pop("room")
        self.patience: asyncio.Timeout | None = None
        super().initialize(notebook_path=self.room.notebook, **kwargs)

    @authenticated
    async def get(self) -> None:
        """Write the page as it is made; when that takes too long, say so on the page."""
        login = self.login
        assert login is not None  # noqa: S101  # `authenticated` has redirected everybody else
        await self.server.in_store(lambda store: store.touch(login.login_id))
        try:
            async with asyncio.timeout(self.server.options.page_seconds) as self.patience:
                await self._make(self.patience)
        except StreamClosedError:
            await self.kernels.end_page(self)
        except TimeoutError:
            await self.kernels.end_page(self)
            self.finish(self.server.unfinished(BROKEN))

    async def _make(self, patience: asyncio.Timeout) -> None:
        try:
            async for html in self.get_generator():
                if patience.expired():  # wait_for of Python 3.11 can swallow the cancellation and go on
                    raise TimeoutError
                self.write(html)
                await self.flush()
        finally:
            self.patience = None

    def give_up(self) -> None:
        """Wait no longer: the kernel of this page has ended."""
        if self.patience is not None:
            self.patience.reschedule(asyncio.get_running_loop().time())

    def on_connection_close(self) -> None:
        """Nobody waits for this page any more: end what was started for it."""
        super().on_connection_close()
        self.server.later(self.kernels.end_page(self))


class Channel(Ours, VoilaKernelWebsocketHandler):
    """The websocket of a page to its kernel; ``channel.PageConnection`` says what may pass."""


def _words_for_error(status: int, error: BaseException | None) -> Words:
    message = (getattr(error, "log_message", None) or "").lower()
    return OPEN_TOO_LONG if status == 403 and "xsrf" in message else words_for(status)


def routes(server: Any) -> list[tuple[Any, ...]]:
    """Return every address that exists: pattern, handler and its arguments."""
    voila = {
        "template_paths": server.template_paths,
        "config": server.config,
        "voila_configuration": server.voila_configuration,
    }
    rooms = [(address, Page, {"room": room, **voila}) for address, room in server.rooms.items()]
    return [
        (r"/", Home),
        (r"/sign-in", SignIn),
        (r"/sign-out", SignOut),
        (r"/lock", Lock),
        (r"/healthz", Healthz),
        (r"/assets/([^/]+)", AssetHandler, {"assets": server.assets}),
        (rf"/api/kernels/{_KERNEL}/channels", Channel),
        (rf"/voila/api/shutdown/{_KERNEL}", Leave),
        *rooms,
    ]
