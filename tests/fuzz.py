"""Frames that nobody should send, by the thousand: random, mutated, forged; the same for the same seed."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from wire import V1, as_json, as_v1, message

KINDS = (
    *("execute_request", "complete_request", "inspect_request", "history_request", "is_complete_request"),
    *("shutdown_request", "interrupt_request", "debug_request", "input_reply", "create_subshell_request"),
    *("list_subshell_request", "delete_subshell_request", "usage_request", "apply_request", "abort_request"),
    *("comm_open", "comm_close", "comm_info_request", "connect_request", "comm_msg", "kernel_info_request"),
)
TARGETS = ("jupyter.widget", "jupyter.widget.control", "jupyter.widget.version", "echo", "", "__main__")
METHODS = ("update", "echo_update", "request_state", "request_states", "backbone", "custom", "", None, 7)
CHANNELS = ("shell", "control", "stdin", "iopub", "hb", "", "SHELL", None, 1)
ACTIONS = (
    *("open", "save", "acknowledge", "ping", "speak", "find", "prepare", "weigh", "assign", "end", "print"),
    *("consent", "share", "break-glass", "export", "execute", "__class__", "", "OPEN", "set-up"),
)
FIELDS = (
    *("kind", "id", "key", "answers", "changed", "base", "submit", "note", "language", "text", "client"),
    *("domain", "rhythm", "settings", "back", "undo", "reply", "state", "method", "_xsrf", "person"),
)
WORDS = (
    *(
        "",
        "a",
        "a" * 64,
        "é" * 300,
        "\x00",
        "\ud83d\ude00",
        "\udc00",
        "{{7*7}}",
        "../../etc/passwd",
        "' OR 1=1 --",
    ),
    *("<script>window.pwned=1</script>", "=cmd|' /C calc'!A0", "__import__('os')", "null", "-1", "1e400"),
)


class Fuzz:
    """Makes frames for one page: ``comm`` is its channel, ``stolen`` are keys and ids of somebody else."""

    def __init__(self, seed: int, *, comm: str, own: Sequence[str], stolen: Sequence[str]) -> None:
        self.chance = random.Random(seed)
        self.comm, self.own, self.stolen = comm, list(own), list(stolen)
        self.words = [*WORDS, *stolen]

    def frames(self, count: int, protocol: str | None) -> Iterator[str | bytes]:
        """Yield so many frames in one wire format."""
        makers = (self.action, self.honest, self.forged, self.mutated, self.scrambled, self.noise)
        for _ in range(count):
            yield self.chance.choice(makers)(protocol)

    def written(self, message: dict[str, Any], protocol: str | None) -> str | bytes:
        """Return a message in a wire format, as far as it fits into one."""
        try:
            return as_v1(message) if protocol == V1 else as_json(message)
        except (
            AttributeError,
            TypeError,
            KeyError,
            UnicodeError,
        ):  # no part of this format
            return json.dumps(message, default=str)

    def honest(self, protocol: str | None) -> str | bytes:
        """Return an action as a page sends it, with a key of one's own or of somebody else."""
        chance = self.chance
        kind, key = chance.choice(ACTIONS[:11]), chance.choice([*self.own, *self.stolen])
        held: dict[str, Any] = {"kind": kind, "id": f"h{chance.randrange(10**9)}", "key": key}
        held |= {
            "save": {"answers": {"situation": "x"}, "changed": ["situation"], "base": 0},
            "acknowledge": {"note": chance.choice(WORDS)},
            "end": {"back": chance.choice([*self.own, *self.stolen])},
        }.get(kind, {})
        if kind == "ping":
            held.pop("key")
        return self.written(message(content=said(self.comm, held)), protocol)

    def action(self, protocol: str | None) -> str | bytes:
        """Return an action on the page's own channel, with a state no form has."""
        chance = self.chance
        held: dict[str, Any] = {
            "kind": chance.choice(ACTIONS),
            "id": chance.choice([f"f{chance.randrange(10**9)}", *self.words]),
            "key": chance.choice([*self.own, *self.stolen, *self.stolen, *WORDS]),
        }
        if held["kind"] == "save":
            names = [f"q{n}" for n in range(3)] + ["day", "mood", "note", "__proto__", "situation"]
            held["answers"] = {name: self.value() for name in chance.sample(names, 4)}
            held |= {"changed": chance.sample(names, 2), "base": chance.choice([0, 1, -1, 2**70])}
        for _ in range(chance.randrange(4)):
            held[chance.choice(FIELDS)] = self.value()
        return self.written(message(content=said(self.comm, held)), protocol)

    def forged(self, protocol: str | None) -> str | bytes:
        """Return a whole message of a kind, channel, comm or method that no page sends."""
        chance = self.chance
        content = {
            "code": "open('iopkit-was-here', 'w')",
            "comm_id": chance.choice([self.comm, "new", *self.stolen]),
            "target_name": chance.choice(TARGETS),
            "data": {"method": chance.choice(METHODS), "state": {"view": self.value()}, "content": {}},
            "restart": False,
            "value": "x",
        }
        kind, channel = chance.choice(KINDS), chance.choice(CHANNELS)
        forged = message(kind, content, channel=channel)  # type: ignore[arg-type]
        if chance.random() < 0.3:
            forged["header"][chance.choice(list(forged["header"]))] = self.value()
        return self.written(forged, protocol)

    def scrambled(self, protocol: str | None) -> str | bytes:
        """Return an honest ping in which one part, somewhere, is something else."""
        made = deepcopy(message(comm=self.comm))
        place: Any = made
        while True:
            name = self.chance.choice(list(place))
            if isinstance(place[name], dict) and place[name] and self.chance.random() < 0.7:
                place = place[name]
                continue
            place[name] = self.value()
            return self.written(made, protocol)

    def mutated(self, protocol: str | None) -> str | bytes:
        """Return an honest ping with some of its bytes changed, doubled, cut out or cut off."""
        chance = self.chance
        frame = self.written(message(comm=self.comm), protocol)
        raw = bytearray(frame.encode() if isinstance(frame, str) else frame)
        changes: list[Callable[[int], object]] = [
            lambda at: raw.__setitem__(at, chance.randrange(256)),
            lambda at: raw.insert(at, chance.randrange(256)),
            lambda at: raw.__delitem__(slice(at, at + chance.randrange(9))),
            lambda at: raw.extend(raw[at : at + 40]),
        ]
        for _ in range(chance.randint(1, 5)):
            if raw:
                chance.choice(changes)(chance.randrange(len(raw)))
        return bytes(raw) if protocol == V1 else raw.decode("utf-8", "replace")

    def noise(self, protocol: str | None) -> str | bytes:
        """Return bytes or text that mean nothing."""
        raw = self.chance.randbytes(self.chance.choice([0, 1, 8, 64, 600]))
        return raw if self.chance.random() < 0.5 else raw.decode("latin-1")

    def value(self, deep: int = 0) -> Any:
        """Return any value that JSON has, and some that only Python's has."""
        chance = self.chance
        plain = [None, True, -1, 0, 2**63, 1e308, float("nan"), float("-inf"), chance.choice(self.words)]
        if chance.random() < 0.01:
            return nested(chance.choice([100, 900, 20_000]))
        if deep > 3 or chance.random() < 0.6:
            return chance.choice(plain)
        inner = [self.value(deep + 1) for _ in range(chance.randrange(4))]
        return inner if chance.random() < 0.5 else {chance.choice(FIELDS): one for one in inner}


def said(comm: str, action: dict[str, Any]) -> dict[str, Any]:
    """Return what a page's own message carries."""
    return {"comm_id": comm, "data": {"method": "custom", "content": action}}


def nested(depth: int) -> Any:
    """Return a list in a list in a list."""
    found: list[Any] = []
    for _ in range(depth if depth < 950 else 0):
        found = [found]
    return found if depth < 950 else "[" * depth
