"""What a run of tests says of its failures: shortly, at its very end, and no comparison that takes minutes.

Pytest compares two texts line by line and letter by letter: for 200 kB that took longer than a test may last,
and what then broke was the run. CI keeps the last 2,000 characters: they are the names and the reasons.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

LONG = 10_000
"""From so many characters on, only the first difference is told."""
AROUND = 60
LINE, LINES, NAMES = 100, 8, 16
"""How long the reason of one failure may be, how many get one, how many are named: CI keeps so much."""


class _ToldError(Exception):
    """Carries what is said of a comparison past pytest's own, which all hooks would wait for."""


class Comparing:
    """Says of a long comparison that failed where its sides part."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        lines = compared(op, left, right)
        if lines:
            raise _ToldError(lines)


class Catching:
    """Hands over what ``Comparing`` said."""

    @pytest.hookimpl(wrapper=True)
    def pytest_assertrepr_compare(self) -> Iterator[None]:
        try:
            return (yield)
        except _ToldError as told:
            return [told.args[0]]


def compared(op: str, left: object, right: object) -> list[str]:
    """Return how two sides differ when one of them is long; nothing leaves it to pytest."""
    if max(_size(left), _size(right)) < LONG:
        return []
    head = f"{_named(left)} {op} {_named(right)}"
    if op != "==" or type(left) is not type(right):
        return [head, f"left: {_cut(left)}", f"right: {_cut(right)}"]
    where, one, other = _parting(left, right)
    return [head, f"they part at {where}:", f"left: {_cut(one)}", f"right: {_cut(other)}"]


def _size(value: object) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_size(key) + _size(kept) for key, kept in value.items())
    return 8 + sum(map(_size, value)) if isinstance(value, list | tuple | set | frozenset) else 8


def _named(value: object) -> str:
    unit = {str: "characters", bytes: "bytes"}.get(type(value), "items")
    return f"{type(value).__name__} of {len(value)} {unit}" if hasattr(value, "__len__") else repr(value)


def _cut(value: object) -> str:
    if isinstance(value, str | bytes):
        return repr(value[: 2 * AROUND]) + ("…" if len(value) > 2 * AROUND else "")
    said = repr(value)
    return said[: 4 * AROUND] + ("…" if len(said) > 4 * AROUND else "")


def _parting(left: Any, right: Any) -> tuple[str, object, object]:
    """Return where two unequal values of one kind first differ, and what is there."""
    if isinstance(left, str | bytes):
        at = next(
            (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), _shorter(left, right)
        )
        start = max(0, at - AROUND)
        return f"{at}", left[start : at + AROUND], right[start : at + AROUND]
    if isinstance(left, set | frozenset):
        return (
            "what only one of them holds",
            sorted(left - right, key=repr)[:3],
            sorted(right - left, key=repr)[:3],
        )
    if isinstance(left, Mapping):
        nothing = object()
        keys = [key for key in [*left, *right] if left.get(key, nothing) != right.get(key, nothing)]
        key = next(iter(keys), None)
        return _inside(key, left.get(key), right.get(key))
    if isinstance(left, list | tuple):
        at = next(
            (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), _shorter(left, right)
        )
        return _inside(at, *(side[at] if at < len(side) else None for side in (left, right)))
    return "themselves", left, right


def _shorter(left: Any, right: Any) -> int:
    return min(len(left), len(right))


def _inside(place: object, left: object, right: object) -> tuple[str, object, object]:
    if type(left) is type(right) and isinstance(left, str | bytes | list | tuple | set | frozenset | Mapping):
        where, one, other = _parting(left, right)
        return f"[{place!r}] {where}", one, other
    return f"[{place!r}]", left, right


class Ending:
    """Says at the very end what failed, also where the run itself broke."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.broke = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.setdefault(report.nodeid, _reason(report.longrepr))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.setdefault(report.nodeid, _reason(report.longrepr))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep the first one: the others mostly follow from it."""
        lines = [line for line in str(excinfo.value).splitlines() if line.strip()]
        self.broke = self.broke or f"{excinfo.typename}: " + " | ".join(line.strip() for line in lines[-3:])

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        said = self.said()
        if said:
            config.get_terminal_writer().write("\n".join(["", *said, ""]))

    def said(self) -> list[str]:
        """Return the names of what failed, each on a line with its reason while they are few."""
        few = len(self.failed) <= LINES
        lines = [
            f"FAILED {name}" + (f" - {reason[:LINE]}" if few and reason else "")
            for name, reason in [*self.failed.items()][:NAMES]
        ]
        lines += [f"… and {len(self.failed) - NAMES} more"] if len(self.failed) > NAMES else []
        return lines + ([f"THE RUN BROKE: {self.broke[: 3 * LINE]}"] if self.broke else [])


def _reason(longrepr: object) -> str:
    crash = getattr(longrepr, "reprcrash", None)
    lines = str(crash.message if crash else longrepr).strip().splitlines()
    return (lines[0] if crash else lines[-1]) if lines else ""


def pytest_configure(config: pytest.Config) -> None:
    """Compare shortly everywhere; the process that started the workers speaks at the end."""
    config.pluginmanager.register(Comparing())
    config.pluginmanager.register(Catching())
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ending())
