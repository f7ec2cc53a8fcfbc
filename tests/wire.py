"""Frames as a page sends them, in both wire formats, and two hundred that no page sends."""

import json
import random
from collections.abc import Iterator
from typing import Any

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

V1 = "v1.kernel.websocket.jupyter.org"


def message(
    kind: str = "comm_msg",
    content: Any = None,
    *,
    channel: str = "shell",
    comm: str = "page",
    header: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a message of a page: by default a ping on its own comm."""
    action = {"kind": "ping", "id": "a1"}
    if content is None:
        content = (
            {"comm_id": comm, "data": {"method": "custom", "content": action}} if kind == "comm_msg" else {}
        )
    head = {"msg_id": "s-a1", "msg_type": kind, "username": "", "session": "s", "date": "", "version": "5.3"}
    return {
        "channel": channel,
        "header": head | (header or {}),
        "parent_header": {},
        "metadata": {},
        "content": content,
        "buffers": [],
    }


def as_json(message: dict[str, Any]) -> str:
    return json.dumps(message)


def as_v1(message: dict[str, Any]) -> bytes:
    parts = [
        json.dumps(message[name]).encode() for name in ("header", "parent_header", "metadata", "content")
    ]
    return serialize_msg_to_ws_v1(parts, message["channel"])


def hostile(comm: str) -> Iterator[str | bytes]:
    """Yield frames that must not pass: other types, channels, comms, methods; broken and mutated bytes."""
    messages = list(_forged(comm))
    yield from map(as_json, messages)
    yield from map(as_v1, messages)
    yield from ("", "{", "[]", "null", "1", '"x"', "[" * 100_000, '{"header": NaN}', "\x00", "é" * 10)
    yield from (b"", b"\x00", b"\xff" * 64, (6).to_bytes(8, "little"), (2**63).to_bytes(8, "little") * 9)
    yield from _mutated(as_v1(message(comm="other")), random.Random(1))
    yield from _mutated(as_json(message(comm="other")).encode(), random.Random(2))


def _forged(comm: str) -> Iterator[dict[str, Any]]:
    code = {"code": "open('/tmp/iopkit-was-here', 'w')", "silent": False}
    kinds = [
        "execute_request",
        "complete_request",
        "inspect_request",
        "history_request",
        "is_complete_request",
    ]
    kinds += [
        "shutdown_request",
        "interrupt_request",
        "debug_request",
        "input_reply",
        "create_subshell_request",
    ]
    for kind in [*kinds, "comm_info_request", "comm_close", "connect_request", "", "COMM_MSG", "comm_msg "]:
        yield message(kind, code)
    for target in ("jupyter.widget", "jupyter.widget.control", "anything"):
        yield message("comm_open", {"comm_id": "new", "target_name": target, "data": {}})
    for channel in ("control", "stdin", "iopub", "", "SHELL", "hb"):
        yield message(channel=channel)
    for method in (
        "update",
        "request_state",
        "request_states",
        "echo_update",
        "backbone",
        "",
        None,
        ["custom"],
    ):
        yield message(
            content={"comm_id": comm, "data": {"method": method, "content": {}, "state": {"value": 1}}}
        )
    for other in ("other", "", None, 7, [comm], {"comm_id": comm}):
        yield message(content={"comm_id": other, "data": {"method": "custom", "content": {"kind": "ping"}}})
    for content in (None, 1, "text", ["ping"]):
        yield message(content={"comm_id": comm, "data": {"method": "custom", "content": content}})
    for data in (None, [], "custom", {"method": "custom", "content": {}, "state": {}}):
        yield message(content={"comm_id": comm, "data": data})
    for bad in ("", "a b", "x" * 200, "../..", "é", 7, None, ["s"]):
        yield message(header={"msg_id": bad, "msg_type": "comm_msg"})
        yield message(header={"session": bad})
    for kind in (None, 7, ["comm_msg"], {"comm_msg": 1}):
        yield message(header={"msg_type": kind})


def _mutated(frame: bytes, chance: random.Random, count: int = 40) -> Iterator[bytes]:
    for _ in range(count):
        bytes_ = bytearray(frame)
        for _ in range(chance.randint(1, 6)):
            bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
        yield bytes(bytes_[: chance.randint(1, len(bytes_))] if chance.random() < 0.3 else bytes_)
