"""Several `iopkit serve` on one PostgreSQL behind a small proxy, and people who save through it.

The proxy keeps the rule of deploy/nginx/iopkit.conf: who is signed in stays at one server by the cookie's
value, anybody else by address; a server that does not answer is passed over.
"""

import asyncio
import hashlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import psutil
from server_process import PASSWORD, ROOT, Browser, Line, Running, caches, page_data, stop
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from wire import as_json, message

from iopkit.apps.place import key
from iopkit.clinic import Store

COOKIE = re.compile(r"(?:^|;\s*)__Host-iopkit=([^;]+)")
ADDED = b"X-Forwarded-Proto: https\r\nX-Scheme: https\r\nX-Real-IP: 127.0.0.1\r\n"


class Proxy:
    """Passes each connection to one of the servers, whole; it looks at the head of its first request."""

    def __init__(self) -> None:
        self.servers: dict[str, int] = {}
        """The port of each server by its name."""
        self.only = ""
        """The one server that everybody is sent to, when it is named."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._listening.sockets[0].getsockname()[1]

    @property
    def address(self) -> str:
        """Where people reach the clinic."""
        return f"http://127.0.0.1:{self.port}/"

    def order(self, cookie: str) -> list[str]:
        """Return the servers in the order in which they are tried for somebody: always the same."""
        found = COOKIE.search(cookie)
        who = found[1] if found else "127.0.0.1"
        ranked = sorted(self.servers, key=lambda name: hashlib.sha256(f"{who} {name}".encode()).digest())
        return [self.only] if self.only else ranked

    def close(self) -> None:
        """End everything."""
        self._listening.close()
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            line, rest = head.split(b"\r\n", 1)
            cookies = re.findall(rb"(?im)^cookie: *(.*?)\r$", head)
            upstream = await self._connect(b"; ".join(cookies).decode())
            if upstream is not None:
                upstream[1].write(line + b"\r\n" + ADDED + rest)
                await asyncio.gather(self._pipe(reader, upstream[1]), self._pipe(upstream[0], writer))
        writer.close()

    async def _connect(self, cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for name in self.order(cookie):
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self.servers[name])
        return None

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
        writer.close()


@dataclass
class Server:
    """One `iopkit serve`, in a process of its own."""

    name: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End it as a power cut would, and return when it and all its kernels are gone."""
        family = [psutil.Process(self.process.pid)]
        family += family[0].children(recursive=True)
        self.process.kill()
        with self.process:
            self.process.wait(60)
        _gone, alive = psutil.wait_procs(family, timeout=60)
        assert [one.name() for one in alive] == []


class Site:
    """A clinic with several servers."""

    def __init__(self, home: tuple[str, Path], folder: Path, store: Store) -> None:
        self.proxy, self.store = Proxy(), store
        self.servers: dict[str, Server] = {}
        self._home, self._folder = home, folder

    def start(self, name: str) -> Server:
        """Start a server, and send people to it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("IOPKIT", "XDG"))}
        own = {"IOPKIT_DATABASE_URL": self._home[0], "IOPKIT_KEY_FILE": str(self._home[1])}
        with (self._folder / f"{name}.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "iopkit", "serve", "--behind-proxy", "--port", "0"],
                env=kept
                | own
                | {"HOME": str(self._folder), "XDG_CACHE_HOME": caches(), "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        line = next((one for one in process.stdout if one.startswith("Open ")), "")
        assert line, (self._folder / f"{name}.log").read_text()
        self.servers[name] = Server(name, process)
        self.proxy.servers[name] = int(line.rstrip().rstrip("/").rsplit(":", 1)[1])
        return self.servers[name]

    def kill(self, name: str) -> None:
        """Kill a server; the proxy learns it as nginx does, by being refused."""
        self.servers.pop(name).kill()

    def browser(self) -> Browser:
        """Return a new browser in front of the proxy; it takes the proxy for one that does TLS."""
        seen = Running(
            self.proxy.address, next(iter(self.servers.values())).process, self.store, self._folder
        )
        return Browser(seen, CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https"))))

    def close(self) -> None:
        """End every server, then the proxy."""
        for server in self.servers.values():
            stop(server.process)
        self.proxy.close()


@contextmanager
def site(home: tuple[str, Path], folder: Path, store: Store, names: tuple[str, ...]) -> Iterator[Site]:
    """Yield a clinic with servers of these names; all of it has ended when this returns."""
    made = Site(home, folder, store)
    try:
        for name in names:
            made.start(name)
        yield made
    finally:
        made.close()


class Page(Line):
    """A page's line on which each action has the id that it was given: sent twice, it is the same."""

    def tell(self, action: dict[str, Any], identity: str) -> dict[str, Any]:
        """Return the reply to an action."""
        content = {"comm_id": self.comm, "data": {"method": "custom", "content": {**action, "id": identity}}}
        self.socket.send(as_json(message(content=content)))
        return next(reply for reply in self.replies(60) if reply.get("reply") == identity)


@dataclass
class Writer:
    """A client who saves without end, and who opens their page again whenever it is lost."""

    site: Site
    user: str
    browser: Browser
    acknowledged: list[int] = field(default_factory=list)
    opened: int = 0
    sign_ins: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    problem: BaseException | None = None
    more: threading.Condition = field(default_factory=threading.Condition)

    def sign_in(self) -> None:
        """Sign in, once."""
        assert self.browser.sign_in(self.user, PASSWORD).status in {302, 303}
        self.sign_ins += 1

    @property
    def at(self) -> str:
        """The server that this person is sent to first."""
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.browser.cookies)
        return self.site.proxy.order(cookies)[0]

    def write(self) -> None:
        """Save until told to stop; what was not acknowledged is sent again, with the same id."""
        try:
            while not self.over.is_set():
                with suppress(OSError, HTTPException, ConnectionClosed, InvalidHandshake, NotReadyError):
                    self._at_a_page()
        except BaseException as problem:
            with self.more:
                self.problem = problem
                self.more.notify_all()
            raise

    def _at_a_page(self) -> None:
        reply = self.browser.get("/client")
        if reply.status != 200:
            assert reply.status in {429, 500, 503}, f"{self.user} is asked to sign in again ({reply.status})"
            raise NotReadyError
        if "iopkit-page" not in reply.text:  # the page says that it could not be made in time
            raise NotReadyError
        page = page_data(reply.text)
        self.opened += 1
        with self.browser.socket(page["kernel"], open_timeout=60) as opened:
            line = Page(opened, page["model"])
            sheet = key(self.site.store.desk_for(self.user), "worksheet", "thought-record")
            reply = line.tell({"kind": "open", "key": sheet}, f"open-{self.opened}")
            assert reply["kind"] == "view", reply
            body = reply["view"]["body"]
            while not self.over.is_set():
                self._save(line, body["key"])

    def _save(self, line: Page, sheet: str) -> None:
        number = len(self.acknowledged)
        answers = {"situation": f"note {number}"}
        action = {"kind": "save", "key": sheet, "answers": answers, "changed": ["situation"], "base": number}
        reply = line.tell(action, f"{self.user}-{number}")
        if reply["kind"] == "saved":
            assert reply["answers"]["situation"] == f"note {number}"
            with self.more:
                self.acknowledged.append(number)
                self.more.notify_all()
        else:
            assert reply["again"], reply

    def wait_for(self, count: int, *, seconds: float = 180) -> None:
        """Return when so many saves were acknowledged in all."""
        with self.more:
            self.more.wait_for(lambda: self.problem or len(self.acknowledged) >= count, seconds)
            found = len(self.acknowledged)
        assert self.problem is None, repr(self.problem)
        assert found >= count, f"{self.user}: {found} of {count} saves, {self.opened} pages opened"


class NotReadyError(Exception):
    """A page that could not be had just now."""
