"""Two series of one client, day by day: which days have both, and the pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Series = Mapping[date, float]
"""One value a day; a day without an entry is not in it, a 0 is a 0."""

Presence = Literal["both", "first", "second", "none"]


@dataclass(frozen=True)
class Pair:
    """The first series on a ``day`` and the second on the same day or the one after."""

    day: date
    first: float
    second: float


def pairs(first: Series, second: Series, *, lag: int, start: date, end: date) -> list[Pair]:
    """Return the pairs whose two days lie between two days, oldest first; nothing is filled in.

    ``lag`` counts days of the calendar, not hours: a day that is 23 or 25 hours long is one day.
    """
    after = timedelta(lag)
    return [
        Pair(day, first[day], second[day + after])
        for day in sorted(first)
        if start <= day and day + after <= end and day + after in second
    ]


def presence(first: Series, second: Series, *, lag: int, start: date, end: date) -> dict[date, Presence]:
    """Return for each day what it has: both values of its pair, one of them, or none."""
    after = timedelta(lag)
    found: dict[date, Presence] = {}
    day = start
    while day + after <= end:
        found[day] = KINDS[day in first, day + after in second]
        day += timedelta(1)
    return found


KINDS: Mapping[tuple[bool, bool], Presence] = {
    (True, True): "both",
    (True, False): "first",
    (False, True): "second",
    (False, False): "none",
}
