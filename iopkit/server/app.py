"""Voilà, configured in code: our people, kernels with an owner, our page, our addresses, no others."""

import asyncio
import logging
import shutil
import signal
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.web import HTTPError
from traitlets import Any as AnyTrait
from traitlets import Instance
from traitlets.config import Config
from voila.app import Voila

from iopkit.kernels import warm_up
from iopkit.server.assets import Assets
from iopkit.server.authorizer import OwnerOnly
from iopkit.server.channel import PageConnection
from iopkit.server.handlers import NotFound, routes
from iopkit.server.headers import response_headers
from iopkit.server.identity import LoginIdentity, SignedIn
from iopkit.server.kernels import OwnedKernels
from iopkit.server.log import keep_discreet, log_request
from iopkit.server.made import form_parts, page_filter, unfinished
from iopkit.server.metrics import Metrics, open_metrics
from iopkit.server.openid import Conversation
from iopkit.server.options import Options
from iopkit.server.pages import Pages, Words
from iopkit.server.provider import Underway
from iopkit.server.rooms import find_rooms
from iopkit.server.spec import OnlyOurs, page_kernelspec
from iopkit.words import say

if TYPE_CHECKING:
    from iopkit.clinic import Store

Answer = TypeVar("Answer")

ROOM_OF_BOTH = "/client"
"""The one room that opens to a login which a PIN opened; its desk has only what is of both partners."""
_TEMPLATE = Path(__file__).parent / "template"
_SWEEP_MS = 500
_BODY_MOST = 64 * 1024
_FRAME_MOST = 1024 * 1024  # larger ones close the socket before they are read; ``frames`` drops from 512 kB
_SOCKET_PATH_MOST = 100  # a path of a unix socket has at most 107 characters, on some systems 103

_log = logging.getLogger("iopkit.server")


class Server(Voila):
    """Voilà for one store. No configuration file or argument of Jupyter's is read: they could open doors."""

    name = "iopkit"
    options = Instance(Options)
    store = AnyTrait()

    def __init__(
        self, options: Options, store: "Store", sockets: list[socket], metrics_sockets: Sequence[socket] = ()
    ) -> None:
        self._sockets = sockets
        self._metrics_sockets = metrics_sockets
        self.assets = Assets(options.assets)
        self.pages = Pages(self.assets)
        self.rooms = find_rooms(options.notebooks)
        self.conversation = Conversation(options.provider) if options.provider else None
        self.underway = Underway()
        self.metrics = Metrics()
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="store")
        self._tasks: set[asyncio.Future[Any]] = set()
        super().__init__(
            options=options,
            store=store,
            config=self._configuration(),
            config_file_paths=[],
            log=logging.getLogger("voila"),
            root_dir=str(options.notebooks),
            open_browser=False,
        )

    def _configuration(self) -> Config:
        """Return Voilà's configuration."""
        config = Config()
        config.Voila.identity_provider_class = LoginIdentity
        config.Voila.authorizer_class = OwnerOnly
        config.Voila.kernel_websocket_connection_class = PageConnection
        voila = config.VoilaConfiguration
        voila.multi_kernel_manager_class = OwnedKernels
        voila.kernel_spec_manager_class = OnlyOurs
        voila.prelaunch_hook = open_to
        voila.template = "iopkit"
        voila.allow_template_override = voila.allow_theme_override = "NO"
        voila.file_allowlist = []
        voila.extension_allowlist = []
        voila.show_tracebacks = True  # so that ``made`` sees what went wrong; the template prints none of it
        voila.http_keep_alive_timeout = 24 * 3600  # no heartbeat script: a page has its own time limit
        voila.resources = {"iopkit": self._page_files()}
        config.TemplateExporter.filters = {"iopkit_page": page_filter(self.pages, self._made, self._not_made)}
        config.KernelManager.autorestart = (
            False  # a second start would find its ticket used; the page asks anew
        )
        config.KernelManager.client_class = "iopkit.kernels.ready.ReadyClient"  # waits no longer than needed
        config.NotebookNotary.db_file = ":memory:"
        return config

    def _page_files(self) -> dict[str, Any]:
        return {
            "say": say,
            "styles": self.assets.addresses("base.css"),
            "scripts": self.assets.addresses("page.js"),
            "script_parts": self.assets.imported("page.js"),
            "form_parts": form_parts(self.assets),
        }

    def setup_template_dirs(self) -> None:
        """Use our own template and no other folder."""
        self.template_paths = [str(_TEMPLATE)]
        self.static_paths = []

    def init_settings(self) -> dict[str, Any]:  # type: ignore[override]  # Voilà annotates with a trait
        """Return the settings of the web application: ours over Voilà's."""
        secure = self.options.secure
        fits = len(self.connection_dir) + len("/kernel--ipc-1") + 36 < _SOCKET_PATH_MOST
        self.config.KernelManager.transport = "ipc" if hasattr(signal, "SIGKILL") and fits else "tcp"
        self.config.MappingKernelManager.cull_idle_timeout = self.options.cull_seconds
        self.config.MappingKernelManager.cull_interval = max(1, self.options.cull_seconds // 5)
        settings = cast(dict[str, Any], super().init_settings())
        return settings | {
            "allow_remote_access": not self.options.local,
            "local_hostnames": ["localhost"],
            "compress_response": True,
            "default_handler_class": NotFound,
            "headers": response_headers(secure=secure),
            "log_function": self._note_request,
            "login_url": "/sign-in",
            "websocket_max_message_size": _FRAME_MOST,
            "xsrf_cookie_kwargs": {"samesite": "Strict", "secure": secure, "path": "/"},
        }

    def init_handlers(self) -> list[Any]:  # type: ignore[override]  # Voilà annotates with a trait
        """Return the addresses: ours only."""
        return routes(self)

    async def in_store(self, ask: Callable[["Store"], Answer]) -> Answer:
        """Return what ``ask`` finds in the store, without holding up anybody else's page."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, ask, self.store)

    async def end_login(self, login: SignedIn | None) -> None:
        """End a login, its sockets and its kernels. Nothing happens when there is none."""
        if login is not None:
            await self.in_store(lambda store: store.end_login(login.login_id))
            await self.kernel_manager.end_login(login.login_id)

    def unfinished(self, words: Words, language: str = "en") -> str:
        """Return the end of a page that could not be made."""
        return unfinished(self.pages, words, language)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` beside everything else."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _warm_up(self) -> None:
        """Start the parent of the kernels to come, so that the first page is as fast as the next."""
        environment = self.kernel_manager.environment("", Path(self.connection_dir))
        reason = await asyncio.to_thread(warm_up, page_kernelspec(), environment)
        if reason:
            _log.info("kernels start the ordinary way: %s", reason)

    def _note_request(self, handler: Any) -> None:
        self.metrics.request(handler.get_status())
        log_request(handler)

    def _made(self, kernel_id: str, comm: str) -> None:
        self.metrics.pages["made"] += 1
        self.kernel_manager.show(kernel_id, comm)

    def _not_made(self, kernel_id: str, problem: str) -> None:
        self.metrics.pages["failed"] += 1
        _log.warning("a page was not made: %s", problem)
        self.kernel_manager.show(kernel_id, None)
        self.later(self.kernel_manager.end(kernel_id))

    def listen(self) -> None:
        """Listen, say where, and serve until asked to stop."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        options = self.options
        server = HTTPServer(
            self.app,
            ssl_options=options.tls(),
            xheaders=options.behind_proxy,
            max_body_size=_BODY_MOST,
            idle_connection_timeout=120,
        )
        server.add_sockets(self._sockets)
        door = open_metrics(self, self._metrics_sockets)
        self.later(self._warm_up())
        sweep = PeriodicCallback(self.kernel_manager.sweep, _SWEEP_MS)
        sweep.start()
        stopped = _asked_to_stop()
        print(f"Open {options.address}", flush=True)  # noqa: T201  # the line that people and scripts wait for
        for one in self._metrics_sockets:
            print(f"Metrics on port {one.getsockname()[1]} of this machine", flush=True)  # noqa: T201
        try:
            await stopped.wait()
        finally:
            sweep.stop()
            server.stop()
            door.stop()
            await self.kernel_manager.end_everything()
            await server.close_all_connections()
            await door.close_all_connections()
            self.kernel_manager.close()
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            self._threads.shutdown(wait=False)


def open_to(handler: Any, *, notebook: Any, cwd: str) -> None:
    """Refuse a room to whom it does not open for, before a kernel is started (Voilà's prelaunch hook)."""
    login = handler.current_user
    if not isinstance(login, SignedIn) or login.kind not in handler.room.kinds:
        raise HTTPError(403)
    if login.joint and handler.room.address != ROOM_OF_BOTH:
        raise HTTPError(403)
    _ = handler.xsrf_token  # sets the cookie that the page's own forms need
    notebook.metadata["iopkit"] = {"form": handler.room.opens_form, "language": login.language}


def serve(options: Options, store: "Store", sockets: list[socket]) -> None:
    """Serve ``store`` on the bound ``sockets`` until SIGTERM or SIGINT; kernels end with the server."""
    keep_discreet()
    open_many_files()
    port = sockets[0].getsockname()[1]
    server = Server(replace(options, port=port), store, sockets, options.bind_metrics())
    server.initialize([])
    server.start()


def open_many_files() -> None:
    """Let this process open all the files it may: a page needs fourteen, and by custom there are 1,024."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _asked_to_stop() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped
