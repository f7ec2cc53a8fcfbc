"""What a page may say to its kernel: two kinds of message, on one channel, to one comm; the rest is dropped.

A frame is taken apart, checked, and built again from the parts that were checked, so that no byte of a
browser reaches a kernel unread. Both wire formats of Jupyter's websocket are read: JSON text and
``v1.kernel.websocket.jupyter.org``.
"""

import json
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

V1 = "v1.kernel.websocket.jupyter.org"
LARGEST = 512 * 1024
"""The largest frame that is read, in bytes."""
ACTIVE = frozenset({"open", "save", "acknowledge", "ping"})
"""Actions that keep a login awake. A page pings only while somebody is there: it locks itself when idle."""

_PARTS = 4  # header, parent header, metadata, content: a page sends no buffers
_ID = re.compile(r"[0-9A-Za-z_.-]{1,128}")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class DroppedError(Exception):
    """A frame that goes no further; the message is a reason without anything that stood in it."""


@dataclass(frozen=True)
class Frame:
    """A frame that may pass, built again from checked parts; ``action`` is the kind of action it carries."""

    header: dict[str, Any]
    content: dict[str, Any] = field(repr=False)
    action: str = ""


@dataclass
class Allowance:
    """How many frames a socket may still send: ``burst`` at once, then ``rate`` a second."""

    rate: float = 20.0
    burst: float = 60.0
    left: float = 60.0
    since: float = field(default_factory=time.monotonic)
    refused: int = 0

    def take(self, now: float | None = None) -> bool:
        """Return True when one more frame may pass at ``now``, and count it."""
        now = time.monotonic() if now is None else now
        self.left = min(self.burst, self.left + (now - self.since) * self.rate)
        self.since = now
        if self.left < 1:
            self.refused += 1
            return False
        self.left -= 1
        return True


def judge(frame: str | bytes, *, protocol: str | None, comm: str | None) -> Frame:
    """Return the frame that may pass to the kernel whose page speaks on ``comm``, or raise DroppedError."""
    if len(frame) > LARGEST:
        raise DroppedError("larger than 512 kB")
    channel, header, content = _read(frame, protocol)
    if channel != "shell":
        raise DroppedError("not on the shell channel")
    kind = header.get("msg_type")
    if kind == "kernel_info_request":
        return Frame(_header(header, kind), {})
    if kind == "comm_msg":
        return _custom(header, content, comm)
    raise DroppedError("a message type that no page sends")


def _read(frame: str | bytes, protocol: str | None) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """Return channel, header and content of a frame in either wire format."""
    try:
        if protocol == V1:
            channel, header, content = _read_v1(frame)
        else:
            channel, header, content = _read_json(frame)
    except (ValueError, RecursionError):
        raise DroppedError("malformed") from None
    if not isinstance(header, dict) or not isinstance(content, dict):
        raise DroppedError("malformed")
    return channel, header, content


def _read_json(frame: str | bytes) -> tuple[Any, Any, Any]:
    if not isinstance(frame, str):
        raise DroppedError("buffers, which no page sends")
    message = _loads(frame)
    if not isinstance(message, dict):
        raise DroppedError("malformed")
    if message.get("buffers"):
        raise DroppedError("buffers, which no page sends")
    return message.get("channel"), message.get("header"), message.get("content")


def _read_v1(frame: str | bytes) -> tuple[str, Any, Any]:
    if not isinstance(frame, bytes):
        raise DroppedError("malformed")
    count = int.from_bytes(frame[:8], "little")
    if count != _PARTS + 2:
        raise DroppedError("buffers, which no page sends" if count > _PARTS + 2 else "malformed")
    start = 8 * (count + 1)
    offsets = [int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    if offsets[0] != start or offsets[-1] != len(frame) or offsets != sorted(offsets):
        raise DroppedError("malformed")
    channel, header, _, _, content = (frame[a:b] for a, b in pairwise(offsets))
    return channel.decode(), _loads(header.decode()), _loads(content.decode())


def _loads(text: str) -> Any:
    found = json.loads(text, parse_constant=_refuse_constant)
    return json.loads(_whole(json.dumps(found, ensure_ascii=False))) if _HALF.search(text) else found


def _whole(text: str) -> str:
    """Return a text with U+FFFD for each half of a character, which no file, kernel or database can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _custom(header: dict[str, Any], content: dict[str, Any], comm: str | None) -> Frame:
    """Return a custom message to the page's own comm."""
    if comm is None or content.get("comm_id") != comm:
        raise DroppedError("a comm that is not this page's")
    data = content.get("data")
    if not isinstance(data, dict) or data.keys() - {"method", "content", "buffer_paths"}:
        raise DroppedError("malformed")
    action = data.get("content")
    if data.get("method") != "custom" or not isinstance(action, dict):
        raise DroppedError("not a custom message")
    kind = action.get("kind")
    passed = {"comm_id": comm, "data": {"method": "custom", "content": action}}
    return Frame(_header(header, "comm_msg"), passed, kind if isinstance(kind, str) else "")


def _header(header: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return a new header with the page's message id and session; nothing else of the old one is kept."""
    ids = {key: header.get(key) for key in ("msg_id", "session")}
    if not all(isinstance(value, str) and _ID.fullmatch(value) for value in ids.values()):
        raise DroppedError("malformed")
    date = datetime.now(UTC).isoformat()
    return {**ids, "msg_type": kind, "username": "page", "date": date, "version": "5.3"}
