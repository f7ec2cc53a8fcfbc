"""Appointments in time: when a rule lets them happen, the hours of a week, what collides. Pure functions.

An appointment keeps its wall time: a weekly one at six stays at six when the clocks change. A time that is
skipped by a change of the clocks happens an hour later, one that comes twice the first time (RFC 5545).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

MOST = 1000
"""So many occurrences of one appointment are looked at, however long the time asked about."""
PROGRAM_HOURS = 9.0
"""Hours a week that make an intensive outpatient program for adults (ASAM Criteria, level 2.1)."""
TRANSITION_MINUTES = 15
"""What somebody needs between two things, unless the program says otherwise."""
_DAYS = "MO|TU|WE|TH|FR|SA|SU"
_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY",
    "INTERVAL": r"[1-9]|1[0-2]",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}T([01]\d|2[0-3])([0-5]\d){2}",
    "BYDAY": rf"([1-4]|-1)?({_DAYS})(,([1-4]|-1)?({_DAYS}))*",
    "WKST": _DAYS,
}
"""The parts that a rule of ours may have. Whatever fits them happens, so no search is without an end."""


@dataclass(frozen=True, order=True)
class Span:
    """Time from one instant up to another."""

    start: datetime
    end: datetime

    @property
    def hours(self) -> float:
        """Return its length."""
        return (self.end - self.start).total_seconds() / 3600


@dataclass(frozen=True)
class Week:
    """The hours of one week against the program's minimum."""

    hours: float
    minimum: float

    @property
    def is_met(self) -> bool:
        """Return whether the week has at least the hours it should have."""
        return self.hours >= self.minimum - 1e-6


def is_rule(rrule: str) -> bool:
    """Return whether a recurrence rule is one that appointments use; "" happens once.

    >>> [is_rule(one) for one in ("FREQ=WEEKLY;BYDAY=TU,TH", "", "FREQ=SECONDLY", "FREQ=MONTHLY;BYDAY=6MO")]
    [True, True, False, False]
    """
    if not rrule:
        return True
    found: dict[str, str] = {}
    for part in rrule.split(";"):
        name, _, value = part.partition("=")
        if name in found or not re.fullmatch(_PARTS.get(name, r"(?!)"), value):
            return False
        found[name] = value
    if "FREQ" not in found or {"COUNT", "UNTIL"} <= found.keys():
        return False
    numbered = bool(re.search(r"\d", found.get("BYDAY", "")))
    return not (numbered and found["FREQ"] != "MONTHLY") and _has_end(found.get("UNTIL", ""))


def _has_end(until: str) -> bool:
    try:
        return not until or bool(datetime.strptime(until[:8], "%Y%m%d"))
    except ValueError:
        return False


def instant(wall: datetime, zone: str) -> datetime:
    """Return the instant of a wall time.

    >>> instant(datetime(2026, 3, 8, 2, 30), "America/New_York").isoformat()  # skipped: an hour later
    '2026-03-08T07:30:00+00:00'
    """
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def happens(first: Span, rrule: str, zone: str, *, since: datetime, until: datetime) -> list[Span]:
    """Return when an appointment happens, as far as it touches the time between two instants."""
    length = first.end - first.start
    if not rrule:
        return [first] if first.start < until and since < first.end else []
    begins = first.start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    low = since.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - length - timedelta(hours=2)
    found: list[Span] = []
    for wall in rrulestr(rrule, dtstart=begins).xafter(low, inc=True):
        start = first.start if wall == begins else instant(wall, zone)
        if start >= until or len(found) == MOST:
            break
        if since < start + length:
            found.append(Span(start, start + length))
    return found


def week_of(day: date, zone: str) -> Span:
    """Return the week of a day, from Monday to Monday at midnight in a zone."""
    monday = day - timedelta(day.weekday())
    midnights = (datetime.combine(monday + timedelta(days), time()) for days in (0, 7))
    return Span(*(instant(wall, zone) for wall in midnights))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the time that spans cover together, in order."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def week_hours(spans: Iterable[Span], minimum: float = PROGRAM_HOURS) -> Week:
    """Return the hours of a week's appointments; what overlaps counts once.

    >>> at = lambda day, hours: Span(datetime(2026, 3, day, 9), datetime(2026, 3, day, 9 + hours))
    >>> [week_hours([at(day, hours) for day in (2, 4, 6)]).is_met for hours in (3, 2)]
    [True, False]
    """
    return Week(sum(one.hours for one in merged(spans)), minimum)


def collide(
    wanted: Sequence[Span], taken: Sequence[Span], *, transition: timedelta
) -> list[tuple[int, int, timedelta]]:
    """Return which wanted spans come too close to which taken ones: their numbers, and the time in between.

    The time in between is 0 where they overlap, else shorter than ``transition``.
    """
    found = []
    for number, one in enumerate(wanted):
        for other, have in enumerate(taken):
            between = max(have.start - one.end, one.start - have.end)
            if between < transition or (one.start < have.end and have.start < one.end):
                found.append((number, other, max(between, timedelta())))
    return found
