"""A page without a screen: it opens an app as a browser does, talks to its kernel, takes what is pushed.

Many of them run in one process, so that a bench can fill rooms for which no machine has enough browsers.
"""

import asyncio
import json
import re
import time
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from iopkit.errors import ServeError

PATIENCE = 120.0
_DATA = re.compile(r'<script type="application/json" id="iopkit-page">(.*?)</script>', re.DOTALL)
_HEADER = {
    "msg_id": "",
    "msg_type": "comm_msg",
    "username": "",
    "session": "guest",
    "date": "",
    "version": "5.3",
}


class Guest:
    """One signed-in person's page. ``view`` is what it shows; ``seen`` when each step came to be shown."""

    def __init__(self, address: str, cookie: tuple[str, str]) -> None:
        self._address = address
        self._cookie = f"{cookie[0]}={cookie[1]}"
        self._count = 0
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._socket: WebSocketClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._comm = ""
        self.view: dict[str, Any] = {}
        self.seen: dict[int, float] = {}
        self._shown = asyncio.Event()

    async def open(self, app: str) -> None:
        """Open an app: the page, its kernel, the line to it."""
        request = HTTPRequest(
            self._address + app,
            headers={"Cookie": self._cookie},
            request_timeout=PATIENCE,
            connect_timeout=PATIENCE,
        )
        answer = await AsyncHTTPClient().fetch(request)
        found = _DATA.search(answer.body.decode())
        if found is None:
            raise ServeError("A page of the bench did not open: see what `iopkit serve` says.")
        data = json.loads(found[1])
        self._comm = data["model"]
        self._show(data["view"])
        line = (
            f"{self._address.replace('http', 'ws', 1)}api/kernels/{data['kernel']}/channels?session_id=guest"
        )
        headers = {"Cookie": self._cookie, "Origin": self._address.rstrip("/")}
        self._socket = await websocket_connect(HTTPRequest(line, headers=headers))
        self._reading = asyncio.create_task(self._read())

    @property
    def body(self) -> dict[str, Any]:
        """Return what the page is about now."""
        found: dict[str, Any] = self.view["body"]
        return found

    async def ask(self, kind: str, **more: object) -> dict[str, Any]:
        """Return the reply to an action; a view that comes is shown."""
        self._count += 1
        identity = f"{self._comm[:8]}-{self._count}"
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[identity] = answer
        content = {"method": "custom", "content": {"kind": kind, "id": identity, **more}}
        await self._send({"comm_id": self._comm, "data": content})
        return await asyncio.wait_for(answer, PATIENCE)

    async def arrived(self, at: int) -> float:
        """Return when a step of the room came to be shown."""
        async with asyncio.timeout(PATIENCE):
            while at not in self.seen:
                self._shown.clear()
                await self._shown.wait()
        return self.seen[at]

    async def close(self) -> None:
        """Leave."""
        if self._reading is not None:
            self._reading.cancel()
        if self._socket is not None:
            self._socket.close()

    async def _send(self, content: dict[str, Any]) -> None:
        message = {
            "channel": "shell",
            "header": _HEADER | {"msg_id": content["data"]["content"]["id"]},
            "parent_header": {},
            "metadata": {},
        }
        assert self._socket is not None  # noqa: S101  # it was opened
        await self._socket.write_message(json.dumps(message | {"content": content, "buffers": []}))

    async def _read(self) -> None:
        assert self._socket is not None  # noqa: S101  # it was opened
        while (frame := await self._socket.read_message()) is not None:
            message = json.loads(frame)
            if message["header"]["msg_type"] == "comm_msg":
                data = message["content"]["data"]
                if data.get("method") == "custom":
                    await self._take(data["content"])

    async def _take(self, said: dict[str, Any]) -> None:
        """Take what the kernel says, as ``router.js`` does."""
        if said["kind"] == "view":
            self._show(said["view"])
        elif said["kind"] == "changed":
            known = self.body.get("stamp")
            if said["key"] != self.view["key"] or said["stamp"] == known:
                return
            if said["body"]:
                self._show({**self.view, "body": said["body"]})
            else:
                self._asking = asyncio.create_task(self.ask("open", key=said["key"]))
        waiting = self._waiting.pop(said.get("reply") or "", None)
        if waiting is not None and not waiting.done():
            waiting.set_result(said)

    def _show(self, view: dict[str, Any]) -> None:
        self.view = view
        at = view["body"].get("at")
        if at is not None:
            self.seen.setdefault(at, time.perf_counter())
            self._shown.set()
