"""A page's pen without a browser: it saves over the websocket as ``frontend/src/save.js`` does.

One save is under way at a time; what is not answered is sent again with the same id, over a new connection,
and with a new kernel where the old one is gone. It notes what was acknowledged, and whether it was committed.
"""

import time
import urllib.error
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from server_process import Browser, Line, Running
from sqlalchemy import select
from websockets.exceptions import WebSocketException

from iopkit.apps.place import key
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow

ANSWER = 4.0
"""Seconds after which a save that nobody answered is sent again."""
PATIENCE = 120.0
PACE = 0.06
"""Seconds between two saves; the server lets twenty frames a second pass."""
GONE = (OSError, TimeoutError, WebSocketException, AssertionError, urllib.error.URLError)


@dataclass
class Pen:
    """Somebody who writes into one draft of their own, through ``port``."""

    server: Running
    browser: Browser
    entry_id: str
    sealed: str
    item: str
    line: Line | None = None
    base: int = 0
    acknowledged: list[str] = field(default_factory=list)
    too_soon: int = 0
    """How many were called saved before they were committed."""
    altered: int = 0
    sent: int = 0
    copies: int = 1
    """How often each message is sent at once."""
    last: Any = None
    stack: ExitStack = field(default_factory=ExitStack)

    def open(self) -> Line:
        """Return the line to the kernel of a page of one's own, as soon as there is one."""
        end = time.monotonic() + PATIENCE
        while self.line is None:
            assert time.monotonic() < end, "no page came back"
            try:
                page = self.browser.page("/client")
                self.stack = ExitStack()
                socket = self.stack.enter_context(self.browser.socket(page["kernel"]))
                self.line = Line(socket, page["model"])
            except GONE:
                self.line = None
                time.sleep(0.1)  # the server is not there yet
        return self.line

    def close(self) -> None:
        """Lose the connection."""
        self.line = None
        with suppress(*GONE):
            self.stack.close()

    def save(self, value: Any) -> None:
        """Save an answer until the store says that it has it."""
        time.sleep(PACE)
        self.sent += 1
        name = f"{self.item}-{self.sent}"
        action = {"kind": "save", "id": name, "key": self.sealed, "answers": {self.item: value}}
        action |= {"changed": [self.item], "base": self.base, "page": "pen", "draft": True}
        end = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < end, "a save was never answered"
            reply = self.ask(action)
            if reply is None or reply.get("again"):
                continue
            assert reply["kind"] == "saved", reply["kind"]
            self.too_soon += not self.stored(name)
            self.altered += reply["answers"].get(self.item) != value
            self.base, self.last = reply["base"], value
            self.acknowledged.append(name)
            return

    def ask(self, action: dict[str, Any]) -> dict[str, Any] | None:
        """Return the reply; None, and no connection any more, where none came in time."""
        try:
            line = self.open()
            for _ in range(self.copies):
                line.say(action)
            for reply in line.replies(ANSWER):
                if reply.get("reply") == action["id"]:
                    return reply
        except GONE:
            self.close()
        return None

    def stored(self, name: str) -> bool:
        """Return whether a save is committed, as another program sees it."""
        with self.server.store.office.database.read(PROGRAM) as session:
            chosen = select(MessageRow.id).where(MessageRow.entry_id == self.entry_id, MessageRow.id == name)
            return session.scalar(chosen) is not None


def pen_of(server: Running, user: str, worksheet: str, item: str) -> Pen:
    """Return a pen over a new draft of somebody."""
    desk = server.store.desk_for(user)
    draft = desk.draft(worksheet)
    browser = server.browser()
    browser.sign_in(user)
    return Pen(server, browser, draft.id, key(desk, "entry", draft.id), item)
