"""A real server in a process of its own, a store of its own, and a browser without a screen to ask it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import nbformat
import psutil
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from websockets.sync.client import ClientConnection, connect
from wire import V1, as_json, as_v1, message

from iopkit.clinic import PasswordCost, Settings, Store, open_store

ROOT = Path(__file__).parents[1]
PASSWORD = "a long enough password"
CHEAP = Settings(password_cost=PasswordCost(passes=1, memory_kib=8192, lanes=1))

_WARM = "iopkit.kernels.warm"

_RUN = """
import json, sys
from pathlib import Path
from iopkit.clinic import PasswordCost, Settings, open_store
from iopkit.server.app import serve
from iopkit.server.openid import Provider
from iopkit.server.options import Newcomer, Options

given = json.loads(sys.argv[1])
given["demo"] = tuple(Newcomer(*person) for person in given.get("demo", []))
names = {"notebooks", "assets", "certificate", "private_key"} & given.keys()
paths = {name: Path(given.pop(name)) for name in names}
if "provider" in given:
    given["provider"] = Provider(**given["provider"])
settings = given.pop("settings")
settings["password_cost"] = PasswordCost(**settings["password_cost"])
settings["second_factor"] = frozenset(settings.get("second_factor", []))
options = Options(**given, **paths)
with open_store(options.database, options.key_file, settings=Settings(**settings)) as store:
    serve(options, store, options.bind())
"""


@dataclass
class Running:
    """A server that listens: its address, its process and what it wrote."""

    address: str
    process: subprocess.Popen[str]
    store: Store
    log: Path
    metrics_port: int = 0

    def browser(self) -> "Browser":
        """Return a new browser: no cookies, no person."""
        return Browser(self)

    def kernels(self) -> list[psutil.Process]:
        """Return the kernel processes that run below the server."""
        return [
            child for child in psutil.Process(self.process.pid).children(recursive=True) if _is_kernel(child)
        ]

    def wait_for_kernels(self, count: int, *, seconds: float) -> float:
        """Return how long it took until so many kernels were left; fail after ``seconds``."""
        start = time.monotonic()
        while len(self.kernels()) != count:
            assert time.monotonic() - start < seconds, f"{len(self.kernels())} kernels, not {count}"
            psutil.wait_procs(self.kernels(), timeout=0.05)
        return time.monotonic() - start


@dataclass
class Reply:
    """What a server answered."""

    status: int
    headers: HTTPMessage
    text: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Browser:
    """A client with cookies, without a screen; it follows no redirect by itself."""

    server: Running
    cookies: CookieJar = field(default_factory=CookieJar)

    def ask(
        self, path: str, body: dict[str, str] | None = None, method: str | None = None, **headers: str
    ) -> Reply:
        """Return the reply to one request."""
        opener = urllib.request.build_opener(
            _NoRedirect, urllib.request.HTTPCookieProcessor(self.cookies), urllib.request.ProxyHandler({})
        )
        data = urlencode(body).encode() if body is not None else None
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.server.address + path.lstrip("/"), data, names, method=method)
        try:
            with opener.open(request, timeout=60) as reply:
                return Reply(reply.status, reply.headers, reply.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as reply:
            with reply:
                return Reply(reply.code, reply.headers, reply.read().decode("utf-8", "replace"))

    def get(self, path: str, **headers: str) -> Reply:
        """Return the reply to a GET."""
        return self.ask(path, **headers)

    def post(self, path: str, **fields: str) -> Reply:
        """Return the reply to a form, with the token against forged requests."""
        return self.ask(path, {"_xsrf": self.cookie("_xsrf"), **fields})

    def cookie(self, name: str) -> str:
        """Return the value of a cookie, or nothing."""
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == name), "")

    @property
    def session(self) -> str:
        """The name of the session cookie, when there is one."""
        return next((cookie.name for cookie in self.cookies if "iopkit" in cookie.name), "")

    def sign_in(self, user: str, password: str = PASSWORD, **fields: str) -> Reply:
        """Sign in through the page."""
        self.get("/sign-in")
        return self.post("/sign-in", user=user, password=password, **fields)

    def page(self, path: str) -> dict[str, Any]:
        """Return the data of a page of ours."""
        return page_data(self.get(path).text)

    def socket(self, kernel: str, **given: Any) -> ClientConnection:
        """Return a websocket to a kernel, as a page opens it."""
        address = self.server.address.replace("http", "ws", 1)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
        headers = {"Cookie": cookies} if cookies else {}
        given = {"origin": self.server.address.rstrip("/"), "proxy": None, "max_size": None} | given
        return connect(
            f"{address}api/kernels/{kernel}/channels?session_id=s", additional_headers=headers, **given
        )


def page_data(html: str) -> dict[str, Any]:
    """Return the data in a page's HTML."""
    found = re.search(r'<script type="application/json" id="iopkit-page">(.*?)</script>', html, re.DOTALL)
    assert found, html[-2000:]
    data: dict[str, Any] = json.loads(found[1])
    return data


def caches() -> str:
    """Return where this user's caches are: in a new home each server reads all worksheets from YAML."""
    return os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def metric(port: int, name: str) -> float:
    """Return what a server says of itself at its metrics port; 0 for what was never counted."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/metrics", timeout=60) as reply:
        found = re.search(rf"^{re.escape(name)} (\S+)$", reply.read().decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


def probe_notebooks(folder: Path) -> Path:
    """Write notebooks that display the probe, one for each role, and four that never show a page."""
    cells = {
        "apps/client": "from probe import Probe; Probe()",
        "apps/clinician": "from probe import Probe; Probe()",
        "worksheets/broken": "raise KeyError('canary-in-an-error')",
        "worksheets/dying": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "worksheets/endless": "import threading; threading.Event().wait()",
        "worksheets/mute": "print('canary-in-output')",
    }
    for name, code in cells.items():
        file = folder / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), file)
    return folder


def stand_in_assets(folder: Path) -> Path:
    """Write a front end of three small files, for tests that need no real one."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {"base.css": "base-AB12.css", "page.js": "page-CD34.js", "sign-in.js": "sign-in-EF56.js"}
    (folder / "manifest.json").write_text(json.dumps(names))
    (folder / "imports.json").write_text("{}")
    for file in names.values():
        (folder / file).write_text("/**/" * 500)
        (folder / f"{file}.gz").write_bytes(b"\x1f\x8bnot really")
    return folder


@contextmanager
def running(folder: Path, *, settings: dict[str, Any] | None = None, **options: Any) -> Iterator[Running]:
    """Yield a server over the store in ``folder``, or at ``database``; it has ended when this returns."""
    options.setdefault("spare_kernels", 0)  # most tests count kernels
    strict = {"password_cost": {"passes": 1, "memory_kib": 8192, "lanes": 1}} | (settings or {})
    database = str(options.pop("database", folder / "clinic.db"))
    key_file = str(options.pop("key_file", folder / "key"))
    given = {"database": database, "key_file": key_file, "port": 0, "settings": strict} | options
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        "IOPKIT_FOR": "nobody-of-this-name",
        "IOPKIT_CANARY": "canary-in-environment",
        "HOME": str(folder),
        "XDG_CACHE_HOME": caches(),
    }
    log = folder / "server.log"
    cost = PasswordCost(**strict["password_cost"])
    with (
        open_store(database, key_file, settings=Settings(password_cost=cost)) as store,
        log.open("a") as errors,
    ):
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, json.dumps({name: _plain(value) for name, value in given.items()})],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Open http"), log.read_text()
            port = options.get("metrics_port", 0)
            yield Running(line.removeprefix("Open ").strip(), process, store, log, port)
        finally:
            stop(process)


def stop(process: subprocess.Popen[str]) -> int:
    """End a server as an operator would, and return its exit code."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    with process:
        return process.wait(timeout=30)


def _is_kernel(process: psutil.Process) -> bool:
    """Return True for a kernel: started by the server itself, or forked from the warm parent it started."""
    try:
        parent = process.parent()
        if parent is not None and _WARM in " ".join(parent.cmdline()):
            return process.status() != psutil.STATUS_ZOMBIE
        return process.status() != psutil.STATUS_ZOMBIE and "ipykernel_launcher" in " ".join(
            process.cmdline()
        )
    except psutil.NoSuchProcess:
        return False


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


class Line:
    """A page's conversation with its kernel over one websocket, in either wire format."""

    def __init__(self, socket: ClientConnection, comm: str) -> None:
        self.socket = socket
        self.comm = comm
        self.count = 0

    def send(self, action: dict[str, Any]) -> str:
        """Send one action and return its id."""
        self.count += 1
        identity = f"a{self.count}"
        self.say({**action, "id": identity})
        return identity

    def say(self, action: dict[str, Any]) -> None:
        """Send one action that has an id."""
        content = {"comm_id": self.comm, "data": {"method": "custom", "content": action}}
        written = as_v1 if self.socket.subprotocol == V1 else as_json
        self.socket.send(written(message(content=content)))

    def ask(self, action: dict[str, Any], *, seconds: float = 20) -> dict[str, Any]:
        """Return the reply to one action."""
        identity = self.send(action)
        for reply in self.replies(seconds):
            if reply.get("reply") == identity:
                return reply
        raise AssertionError("the line closed without a reply")

    def ask_all(self, *actions: dict[str, Any], seconds: float = 20) -> list[dict[str, Any]]:
        """Return the replies to actions that are sent without waiting for one another."""
        waiting = [self.send(action) for action in actions]
        found: dict[str, dict[str, Any]] = {}
        for reply in self.replies(seconds):
            found[reply.get("reply", "")] = reply
            if found.keys() >= set(waiting):
                return [found[identity] for identity in waiting]
        raise AssertionError("the line closed without a reply")

    def replies(self, seconds: float) -> Iterator[dict[str, Any]]:
        """Yield what the kernel says to the page."""
        while True:
            frame = self.socket.recv(timeout=seconds)
            if isinstance(frame, bytes):
                _, parts = deserialize_msg_from_ws_v1(frame)
                kind, content = json.loads(parts[0])["msg_type"], json.loads(parts[3])
            else:
                kind, content = json.loads(frame)["header"]["msg_type"], json.loads(frame)["content"]
            if kind == "comm_msg" and content["data"].get("method") == "custom":
                yield content["data"]["content"]
