"""A stage for the built front end: a small web server with a scripted kernel behind the page's websocket.

It speaks the protocol of a real kernel's page (``iopkit/apps/message.py``) and keeps what is saved in a dict,
so that a test can say how the network behaves: slow, cut, gone, signed out.
"""

import asyncio
import json
import threading
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import Future
from copy import deepcopy
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "iopkit" / "widgets" / "static"
LOOK = ROOT / "frontend" / "look"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stage</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/{css}"><script type="module" async src="/assets/{js}"></script></head>
<body class="iopkit"><div id="iopkit-app"><main class="page wait"><span></span></main></div>
<script type="application/json" id="iopkit-page">{data}</script></body></html>"""


def look(name: str) -> dict[str, Any]:
    """Return one of the invented views of frontend/look/."""
    return json.loads((LOOK / f"{name}.json").read_text(encoding="utf-8"))


class Stage:
    """What the scripted side knows and does. Tests read its fields and call its methods from their thread."""

    def __init__(self, view: dict[str, Any]) -> None:
        self.view = view
        self.views = {view["key"]: view}
        self.kernel = 0
        self.delay = 0.0
        self.cut_off = False
        self.dead = False
        self.signed_out = False
        self.secret = bytes(range(32))
        self.others: dict[str, Any] = {}
        self.held: dict[str, str] = {}
        self.refusals: list[dict[str, Any]] = []
        self.store: dict[str, dict[str, Any]] = {}
        self.bases: dict[str, int] = {}
        self.messages: dict[str, dict[str, Any]] = {}
        self.received: list[dict[str, Any]] = []
        self.posts: list[tuple[str, dict[str, str]]] = []
        self.sockets: set[Channels] = set()
        self.loop: asyncio.AbstractEventLoop
        self.url = ""
        self._news = threading.Condition()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Stage":
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.do(self._close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._listen())
        self._started.set()
        self.loop.run_forever()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()

    async def _listen(self) -> None:
        options = {"stage": self}
        application = Application(
            [
                (r"/", Page, options),
                (r"/healthz", Health, options),
                (r"/assets/(.*)", StaticFileHandler, {"path": str(STATIC)}),
                (r"/api/kernels/(\w+)/channels", Channels, options),
                (r"/(sign-in|sign-out|lock|voila/api/shutdown/\w+)", Post, options),
            ]
        )
        socket, port = bind_unused_port()
        self._server = HTTPServer(application)
        self._server.add_socket(socket)
        self.url = f"http://127.0.0.1:{port}/"

    def _close(self) -> None:
        self._server.stop()
        for socket in list(self.sockets):
            socket.close()

    def show(self, view: dict[str, Any]) -> None:
        """Show another view from now on, and forget what was saved and received before."""
        self.view = view
        self.views = {view["key"]: view, view["body"]["key"]: view}
        self.store, self.bases, self.messages, self.received = {}, {}, {}, []

    def do(self, act: Callable[[], None]) -> None:
        """Run something on the server's own thread, and wait for it."""
        done: Future[None] = Future()

        def run() -> None:
            act()
            done.set_result(None)

        self.loop.call_soon_threadsafe(run)
        done.result(10)

    def posted(self, path: str, fields: dict[str, str]) -> None:
        """Note down a form that was sent."""
        with self._news:
            self.posts.append((path, fields))
            self._news.notify_all()

    def take(self, action: dict[str, Any]) -> None:
        """Note down an action of the page."""
        with self._news:
            self.received.append(action)
            self._news.notify_all()

    def await_action(self, kind: str) -> dict[str, Any]:
        """Return the newest action of this kind, as soon as there is one."""

        def found() -> list[dict[str, Any]]:
            return [action for action in self.received if action["kind"] == kind]

        with self._news:
            assert self._news.wait_for(lambda: bool(found()), timeout=10)
            return found()[-1]

    def await_stored(self, key: str, answers: dict[str, Any]) -> None:
        """Return when these answers are stored."""
        with self._news:
            assert self._news.wait_for(lambda: self.store.get(key) == answers, timeout=60)

    def await_post(self, path: str) -> dict[str, str]:
        """Return the fields of the form sent to ``path``, as soon as there is one."""
        with self._news:
            assert self._news.wait_for(lambda: path in dict(self.posts), timeout=10)
            return dict(self.posts)[path]

    def cut(self) -> None:
        """Cut the network: sockets fall, nothing is let in."""
        self.cut_off = True
        self.do(self._drop)

    def push(self, content: dict[str, Any]) -> None:
        """Let the kernel say something of its own accord."""
        said = {"comm_id": "m", "data": {"method": "custom", "content": content}}
        self.do(lambda: [socket.say("comm_msg", said) for socket in self.sockets] and None)

    def mend(self) -> None:
        """Let the network work again."""
        self.cut_off = False

    def _drop(self) -> None:
        for socket in list(self.sockets):
            socket.close()

    def kill(self, *, told: bool) -> None:
        """End the kernel; ``told``: the server says so. A page asked for anew gets another kernel."""
        self.dead = True
        if told:
            self.do(
                lambda: [socket.say("status", {"execution_state": "restarting"}) for socket in self.sockets]
            )

    def reply(self, action: dict[str, Any]) -> dict[str, Any]:
        """Return what an app would reply."""
        kind = action["kind"]
        if kind == "ping":
            return {"kind": "pong", "reply": action["id"]}
        if kind == "outbox":
            return {"kind": "outbox", "reply": action["id"], "secret": b64encode(self.secret).decode()}
        if kind == "here" and self.views[action["key"]]["body"]["stamp"] == action["stamp"]:
            return {"kind": "pong", "reply": action["id"]}
        if kind in ("open", "here"):
            view = self.views.get(action["key"])
            if view:
                return {"kind": "view", "reply": action["id"], "view": view}
            return {
                "kind": "refused",
                "reply": action["id"],
                "text": "This is not here.",
                "items": {},
                "again": False,
            }
        if kind == "acknowledge":
            view = deepcopy(self.view)
            for alert in view["body"]["alerts"]:
                if alert["key"] == action["key"]:
                    alert["done"] = f"Seen: {action['note']}"
            return {"kind": "view", "reply": action["id"], "view": view}
        return self.save(action)

    def save(self, action: dict[str, Any]) -> dict[str, Any]:
        """Store what changed, item by item, once for each message id; or refuse as the test says."""
        if self.refusals:
            return {"kind": "refused", "reply": action["id"], **self.refusals.pop(0)}
        key = action["key"]
        stored = self.store.setdefault(key, {})
        conflicts = [item for item in action["changed"] if item in self.others]
        if action["id"] not in self.messages:
            self.messages[action["id"]] = action
            stored.update(self.others)
            self.others = {}
            for item in action["changed"]:
                stored.pop(item, None)
                if item in action["answers"]:
                    stored[item] = action["answers"][item]
            self.bases[key] = self.bases.get(key, 0) + 1
            with self._news:
                self._news.notify_all()
        held, self.held = self.held, {}
        return {
            "kind": "saved",
            "refused": held,
            "reply": action["id"],
            "at": "12:03",
            "base": self.bases[key],
            "answers": deepcopy(stored),
            "conflicts": conflicts,
            "asks": {},
        }


class Handler(RequestHandler):
    """Base of the stage's pages: they know the stage, and honour a cut network."""

    def initialize(self, stage: Stage) -> None:
        self.stage = stage

    def prepare(self) -> None:
        if self.stage.cut_off and self.request.connection:
            self.request.connection.stream.close()  # type: ignore[attr-defined]  # the HTTP/1 connection's


class Page(Handler):
    """The page, each time with a new kernel."""

    def get(self) -> None:
        if self.stage.signed_out:
            self.redirect("/sign-in")
            return
        self.stage.kernel += 1
        self.stage.dead = False
        names = json.loads((STATIC / "manifest.json").read_text())
        data = {"kernel": f"k{self.stage.kernel}", "model": "m", "view": self.stage.view, "base_url": "/"}
        text = json.dumps(data).replace("<", "\\u003c")
        self.set_header("Content-Security-Policy", POLICY)
        self.set_cookie("_xsrf", "token")
        self.write(PAGE.format(css=names["base.css"], js=names["page.js"], data=text))


class Health(Handler):
    """The server is there."""

    def get(self) -> None:
        self.write("ok")


class Post(Handler):
    """Sign-in, sign-out, lock and shutdown: noted down."""

    def get(self, path: str) -> None:
        self.write(f"<h1>{path}</h1>")

    def post(self, path: str) -> None:
        fields = {name: self.get_body_argument(name) for name in self.request.body_arguments}
        self.stage.posted(path, fields)
        if path == "lock":
            self.redirect("/sign-in?locked=1", status=303)


class Channels(WebSocketHandler):
    """The websocket to a kernel."""

    def initialize(self, stage: Stage) -> None:
        self.stage = stage

    async def get(self, kernel: str) -> None:
        if self.stage.cut_off or self.stage.dead or kernel != f"k{self.stage.kernel}":
            raise HTTPError(404)
        await super().get(kernel)

    def open(self, _kernel: str) -> None:
        self.stage.sockets.add(self)

    def on_close(self) -> None:
        self.stage.sockets.discard(self)

    async def on_message(self, frame: str | bytes) -> None:
        action = json.loads(frame)["content"]["data"]["content"]
        if self.stage.dead:
            return
        self.stage.take(action)
        reply = self.stage.reply(action)
        await asyncio.sleep(self.stage.delay)
        if not self.stage.dead and not self.stage.cut_off:
            self.say("comm_msg", {"comm_id": "m", "data": {"method": "custom", "content": reply}})

    def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send a frame of the kernel."""
        frame = {"channel": "iopub", "header": {"msg_type": kind}, "parent_header": {}, "content": content}
        try:
            self.write_message(json.dumps({**frame, "metadata": {}, "buffers": [], "msg_type": kind}))
        except WebSocketClosedError:
            self.stage.sockets.discard(self)
