"""Kernels: each belongs to one login, there are few of them, and they end with their page or their login."""

import asyncio
import os
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import zmq
from jupyter_server import CallContext
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import default

from iopkit.errors import SignInError, StoreError
from iopkit.server.environment import kernel_environment
from iopkit.server.frames import Allowance
from iopkit.server.identity import SignedIn
from iopkit.server.places import Places
from iopkit.server.spares import Spares
from iopkit.server.spec import NAME

KERNEL_GONE = 4001
"""A socket closes with this when its kernel has died or was ended: the page opens itself again."""
SIGNED_OUT = 4003
"""A socket closes with this when the login has ended: the page goes to the sign-in page."""
HANDED_OVER = 4004
"""A socket closes with this when its device was handed to the partner: the page is gone at once."""
PAGE_LEFT = 1001
"""A browser closes a socket with this when its page is left for good."""

_LEFT_SECONDS = 2.0  # a last save may still be on its way into the kernel
_TOUCH_SECONDS = 30.0
_MINUTE = 60.0
SCREEN = "iopkit-screen"
"""The cookie by which a page that is safe to share says so when it is loaded anew. It opens nothing."""


Begin = Callable[[str], Awaitable[Any]]


class Waiting(Protocol):
    """A page that is being made."""

    current_user: Any

    def give_up(self) -> None:
        """Stop waiting for a kernel that has ended."""


@dataclass(eq=False)
class Owned:
    """A kernel and whose it is; ``comm`` is the page's own channel once the page is made."""

    login: SignedIn
    page: Waiting
    made: float | None = None
    started: float = field(default_factory=time.monotonic)
    comm: str | None = None
    sockets: set[ZMQChannelsWebsocketConnection] = field(default_factory=set)
    left: float | None = None
    seen: bool = False
    touched: float = 0.0
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def idle_since(self, now: float, *, unclaimed: float) -> bool:
        """Return True when no browser looks at this kernel, nor is about to."""
        return not self.sockets and (self.seen or self.is_unclaimed(now, unclaimed))

    def is_unclaimed(self, now: float, seconds: float) -> bool:
        """Return True when the page was made so long ago, and no browser ever connected to it."""
        return not self.seen and self.made is not None and now - self.made > seconds


class OwnedKernels(AsyncMappingKernelManager):
    """Starts kernels for whoever is signed in, a few for each; ends them with page, login or server."""

    buffer_offline_messages = False  # what a page missed it asks for again; nothing of it stays in memory
    allow_tracebacks = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owned: dict[str, Owned] = {}
        self._allowed: dict[str, Allowance] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.places = Places(self.server.options.kernels_overall)
        self.spares = Spares(self.server.options.spare_kernels, self._start_spare, self._end_spare)

    @default("context")
    def _roomy_context(self) -> zmq.Context[Any]:
        """Return where all sockets to kernels live: six for each page; the library's own limit is 1,023."""
        context: zmq.Context[Any] = self._context_default()
        context.max_sockets = int(context.get(zmq.SOCKET_LIMIT))
        return context

    @property
    def server(self) -> Any:
        """The server application."""
        return self.parent

    async def start_kernel(self, **_: Any) -> str:  # type: ignore[override]  # async in its parent too
        """Start a kernel for the login that asks; HTTPError 429 or 503 when there are too many already.

        Which kernel, where and with what environment is decided here; what Voilà proposes is not looked at.
        """
        page = CallContext.get(CallContext.JUPYTER_HANDLER)
        login = page.current_user if page is not None else None
        if not isinstance(login, SignedIn):
            raise HTTPError(403)
        if not self._loads(login.login_id).take():
            raise HTTPError(429)
        crowd = self._crowd(login.login_id)
        for other in crowd:
            self._later(self.end(other))
        more = {"IOPKIT_SCREEN": "safe"} if page.get_cookie(SCREEN) == "safe" else {}
        spare = self.spares.take()
        if spare and await self._begin(
            spare[0], login, page, lambda ticket: spare[1].give({"IOPKIT_TICKET": ticket} | more)
        ):
            return spare[0]
        kernel_id = str(uuid.uuid4())
        await self._begin(kernel_id, login, page, lambda ticket: self._start(kernel_id, ticket, more))
        return kernel_id

    async def _begin(self, kernel_id: str, login: SignedIn, page: Waiting, act: Begin) -> bool:
        """Make a kernel that of a login by ``act``, which gets its ticket; return what ``act`` returns."""
        self._owned[kernel_id] = Owned(login, page)
        starting, begun = asyncio.ensure_future(self._placed(kernel_id, login, act)), False
        try:
            begun = await asyncio.shield(starting)
        finally:
            wanted = kernel_id in self._owned
            if not begun:
                self._owned.pop(kernel_id, None)
            if (
                not starting.done()
            ):  # nobody waits for the page any more: a kernel half begun belongs to nobody
                self._later(self._undo(kernel_id, starting))
            elif not (begun and wanted):
                await self._stop(kernel_id)
        if not wanted:  # the login or the page ended while the kernel was starting
            raise HTTPError(503)
        return begun

    async def _placed(self, kernel_id: str, login: SignedIn, act: Begin) -> bool:
        """Begin a kernel with a ticket, once those that make room for it are gone."""
        await self.places.take(kernel_id)
        if kernel_id not in self._owned:
            return False
        return bool(await act(await self.server.in_store(lambda store: store.issue_ticket(login.login_id))))

    async def _undo(self, kernel_id: str, starting: asyncio.Future[bool]) -> None:
        """Wait until a kernel has started that nobody wants any more, and end it."""
        await asyncio.wait([starting])
        await self._stop(kernel_id)
        await starting

    async def _stop(self, kernel_id: str) -> None:
        """End a kernel's process, if there is one, and give its place to the next."""
        try:
            if kernel_id in self:
                await super().shutdown_kernel(kernel_id, now=True)
        finally:
            self.places.leave(kernel_id)

    async def _start(
        self, kernel_id: str, ticket: str, more: Mapping[str, str] = MappingProxyType({}), **given: Any
    ) -> Any:
        """Start a kernel, with a ticket or as a spare; return its process, or whatever else runs it.

        ``more`` is added to its environment.
        """
        room = Path(self.connection_dir) / kernel_id
        room.mkdir(mode=0o700)
        environment = self.environment(ticket, room) | dict(more)
        await super().start_kernel(
            kernel_id=kernel_id, kernel_name=NAME, cwd=str(room), env=environment, **given
        )
        kernel = self.get_kernel(kernel_id)
        return getattr(kernel.provisioner, "process", None) or kernel

    async def _start_spare(self, kernel_id: str) -> Any:
        return await self._start(kernel_id, "", spare=True)

    async def _end_spare(self, kernel_id: str) -> None:
        if kernel_id in self:
            await super().shutdown_kernel(kernel_id, now=True)

    def environment(self, ticket: str, room: Path) -> dict[str, str]:
        """Return the environment of a kernel whose private folder is ``room``."""
        options = self.server.options
        return kernel_environment(
            os.environ,
            ticket=ticket,
            database=options.database,
            key_file=options.key_file,
            room=room,
            idle_seconds=self.server.store.office.settings.idle_seconds,
        )

    def _loads(self, login_id: str) -> Allowance:
        """Return how many pages this login may still load; those nobody used for a minute are forgotten."""
        now, most = time.monotonic(), self.server.options.pages_a_minute
        self._allowed = {id_: one for id_, one in self._allowed.items() if now - one.since < _MINUTE}
        return self._allowed.setdefault(login_id, Allowance(rate=most / _MINUTE, burst=most, left=most))

    def _crowd(self, login_id: str) -> list[str]:
        """Return the kernels that must make room for one more; refuse when every one is looked at."""
        options = self.server.options
        mine = [id_ for id_, owned in self._owned.items() if owned.login.login_id == login_id]
        crowd = self._spare(mine, len(mine) - options.kernels_each + 1, HTTPError(429))
        everyone = [id_ for id_ in self._owned if id_ not in crowd]
        return crowd + self._spare(everyone, len(everyone) - options.kernels_overall + 1, HTTPError(503))

    def _spare(self, kernels: list[str], count: int, refusal: HTTPError) -> list[str]:
        if count <= 0:
            return []
        now, unclaimed = time.monotonic(), self.server.options.unclaimed_seconds
        idle = [id_ for id_ in kernels if self._owned[id_].idle_since(now, unclaimed=unclaimed)]
        if len(idle) < count:
            raise refusal
        return sorted(idle, key=lambda id_: self._owned[id_].started)[:count]

    def owned_by(self, kernel_id: str, login_id: str) -> bool:
        """Return True when this kernel was started by this login and still runs."""
        owned = self._owned.get(kernel_id)
        return owned is not None and owned.login.login_id == login_id

    def show(self, kernel_id: str, comm: str | None) -> None:
        """Note that this kernel's page is made and speaks on ``comm``, or on nothing."""
        if kernel_id in self._owned:
            self._owned[kernel_id].comm, self._owned[kernel_id].made = comm, time.monotonic()

    def comm(self, kernel_id: str) -> str | None:
        """Return the channel that this kernel's page speaks on, or None while there is no page."""
        owned = self._owned.get(kernel_id)
        return owned.comm if owned else None

    async def ended(self, kernel_id: str) -> None:
        """Return when this kernel has ended."""
        if kernel_id in self._owned:
            await self._owned[kernel_id].ended.wait()

    def joined(self, socket: ZMQChannelsWebsocketConnection) -> bool:
        """Note that a browser is connected; False when its kernel has ended meanwhile."""
        owned = self._owned.get(socket.kernel_id)
        if owned is None:
            return False
        owned.sockets.add(socket)
        owned.seen, owned.left = True, None
        return True

    def parted(self, socket: ZMQChannelsWebsocketConnection, code: int | None) -> None:
        """Note that a browser has disconnected, and with which code."""
        owned = self._owned.get(socket.kernel_id)
        if owned is None:
            return
        owned.sockets.discard(socket)
        if not owned.sockets and code == PAGE_LEFT:
            owned.left = time.monotonic()

    def leave(self, kernel_id: str) -> None:
        """Note that this kernel's page was left; the kernel ends when a last save had time to arrive."""
        if kernel_id in self._owned:
            self._owned[kernel_id].left = time.monotonic()

    def active(self, kernel_id: str) -> None:
        """Note that the person at this kernel's page did something: their login is not idle."""
        owned, now = self._owned.get(kernel_id), time.monotonic()
        often = min(_TOUCH_SECONDS, self.server.store.office.settings.idle_seconds / 4)
        if owned is not None and now - owned.touched > often:
            owned.touched = now
            login_id = owned.login.login_id
            self._later(self.server.in_store(lambda store: store.touch(login_id)))

    def _is_quiet(self) -> bool:
        """Return True while no page is being made, which a fork now would slow down."""
        return all(owned.made is not None for owned in self._owned.values())

    async def end(self, kernel_id: str, *, code: int = KERNEL_GONE) -> None:
        """End a kernel at once, and its sockets with it. Does nothing when it has ended already."""
        owned = self._owned.pop(kernel_id, None)
        if owned is None:
            return
        owned.ended.set()
        if owned.made is None:
            owned.page.give_up()
        for socket in list(owned.sockets):
            socket.websocket_handler.close(code)
        if kernel_id in self:  # one that is still starting is stopped when it has started
            await self._stop(kernel_id)

    async def shutdown_kernel(self, kernel_id: str, **_: Any) -> None:  # type: ignore[override]  # async there too
        """End a kernel (the culler's way in); a spare is replaced by a new one."""
        await self.spares.drop(kernel_id)
        await self.end(kernel_id)

    async def end_login(self, login_id: str, code: int = SIGNED_OUT) -> None:
        """End every kernel and socket of a login; ``code`` tells its pages why."""
        await self._end_all(
            (id_ for id_, owned in self._owned.items() if owned.login.login_id == login_id), code
        )

    async def end_page(self, page: Waiting) -> None:
        """End the kernel that was started for a page which nobody waits for any more."""
        await self._end_all((id_ for id_, owned in self._owned.items() if owned.page is page), KERNEL_GONE)

    async def end_everything(self) -> None:
        """End all kernels: the server stops."""
        await self.spares.close()
        await self._end_all(self._owned, KERNEL_GONE)

    def close(self) -> None:
        """Close every channel that is still open to a kernel, so that the process can end."""
        self.context.destroy(linger=0)

    async def _end_all(self, kernels: Iterable[str], code: int) -> None:
        await asyncio.gather(*[self.end(kernel_id, code=code) for kernel_id in list(kernels)])

    async def sweep(self) -> None:
        """End what has lost its reason: kernels that died, whose page was left, or whose login has ended."""
        now, unclaimed = time.monotonic(), self.server.options.unclaimed_seconds
        await self.spares.drop_dead()
        if self._is_quiet():
            self._later(self.spares.refill())
        for kernel_id, owned in list(self._owned.items()):
            left = owned.left is not None and now - owned.left > _LEFT_SECONDS
            if left or owned.is_unclaimed(now, unclaimed) or await self._is_dead(kernel_id):
                self._later(self.end(kernel_id))
        for login in {owned.login.login_id: owned.login for owned in self._owned.values()}.values():
            if await self._has_ended(login):
                self._later(self.end_login(login.login_id))

    async def _is_dead(self, kernel_id: str) -> bool:
        kernel = self._kernels.get(kernel_id)
        return kernel is not None and not await kernel.is_alive()

    async def _has_ended(self, login: SignedIn) -> bool:
        try:
            await self.server.in_store(lambda store: store.login(login.token))
        except SignInError:
            return True
        except StoreError:  # a database that is busy or gone is no reason to throw people out
            return False
        return False

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.log.warning("work on a kernel ended with %s", type(error).__name__)

    def pids(self) -> list[int]:
        """Return the processes of all kernels, spares too."""
        found = (getattr(kernel.provisioner, "pid", None) for kernel in self._kernels.values())
        return [pid for pid in found if pid]

    def __len__(self) -> int:
        return len(self._owned)
