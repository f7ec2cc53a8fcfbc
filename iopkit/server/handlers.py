"""The addresses of the server; whatever is not listed in ``routes`` does not exist.

Nothing opens without a login but the sign-in page, the built front end and the answer to "are you there?".
"""

import asyncio
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from iopkit.server.assets import AssetHandler
from iopkit.server.feed import FEED, CalendarFeed
from iopkit.server.forms import CALENDAR, HAND_OVER, OWN, Form, Ours
from iopkit.server.hand_over import HandOver
from iopkit.server.invitation import InvitationPage
from iopkit.server.own import OwnPage
from iopkit.server.pages import BROKEN, NOTHING_YET
from iopkit.server.provider import ProviderBack, ProviderStart
from iopkit.server.rooms import home_of
from iopkit.server.sign_in import CodePage, PairingPage, SignIn
from iopkit.server.your_calendar import CalendarPage

_KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"


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


class SignOut(Form):
    """Ends a login: its cookie, its sockets, its kernels."""

    after = "/sign-in"

    @allow_unauthenticated
    async def post(self) -> None:
        """End the login and go to the sign-in page."""
        await self.server.end_login(self.login)
        await self.end_sharing()
        self.drop_cookies()
        self.redirect(self.after, status=303)


class Lock(SignOut):
    """Ends a login that nobody used; whoever signs in again comes back to the same place.

    The browser keeps the fragment of the address through the redirect, so it never reaches the server.
    """

    @property
    def after(self) -> str:  # type: ignore[override]
        """The sign-in page, with the way back."""
        back = f"&next={self.next_room}" if self.next_room != "/" else ""
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
            self.server.metrics.page_times.note(self.request.request_time())
        except StreamClosedError:
            await self.kernels.end_page(self)
        except TimeoutError:
            await self.kernels.end_page(self)
            self.server.metrics.pages["late"] += 1
            self.finish(self.server.unfinished(BROKEN, self.language))

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


def routes(server: Any) -> list[tuple[Any, ...]]:
    """Return every address that exists: pattern, handler and its arguments."""
    voila = {
        "template_paths": server.template_paths,
        "config": server.config,
        "voila_configuration": server.voila_configuration,
    }
    provider = [(r"/sign-in/provider", ProviderStart), (r"/sign-in/provider/back", ProviderBack)]
    rooms = [(address, Page, {"room": room, **voila}) for address, room in server.rooms.items()]
    return [
        (r"/", Home),
        (r"/sign-in", SignIn),
        (r"/sign-in/code", CodePage),
        (r"/sign-in/pairing", PairingPage),
        *provider,
        (r"/invitation", InvitationPage),
        (OWN, OwnPage),
        (CALENDAR, CalendarPage),
        (HAND_OVER, HandOver),
        (FEED, CalendarFeed),
        (r"/sign-out", SignOut),
        (r"/lock", Lock),
        (r"/healthz", Healthz),
        (r"/assets/([^/]+)", AssetHandler, {"assets": server.assets}),
        (rf"/api/kernels/{_KERNEL}/channels", Channel),
        (rf"/voila/api/shutdown/{_KERNEL}", Leave),
        *rooms,
    ]
