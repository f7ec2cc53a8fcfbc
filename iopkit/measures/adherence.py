"""Homework done: what was assigned against what came in, for one client, week and domain.

Nothing here judges: "no data" when nothing was assigned, and no figure without its n.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

BACK_FILLED_EVENT = timedelta(hours=24)
"""An entry about an event is back-filled when it comes later than this (a convention of this project)."""

BACK_FILLED_DIARY = timedelta(hours=36)
"""A diary entry is back-filled when it comes later than this after its day began (same convention)."""


@dataclass(frozen=True)
class Plan:
    """The rhythm of an assignment: ``rrule`` is RFC 5545 without DTSTART, "" means once."""

    rrule: str
    due: time
    starts: date
    ends: date | None
    zone: str


@dataclass(frozen=True)
class Occurrence:
    """One due instance. It is open from ``day`` to the day before the next one (``until``, None: no end)."""

    day: date
    due: datetime
    until: date | None

    def holds(self, day: date) -> bool:
        """Return whether an entry about this day belongs to this occurrence."""
        return self.day <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Done:
    """One submitted entry: the day it is about, when it came in, and when the event was, where known."""

    about: date
    submitted_at: datetime
    event_at: datetime | None = None


@dataclass(frozen=True)
class Adherence:
    """Counts of one stretch of time: occurrences, and days with something due and with an entry."""

    assigned: int
    submitted: int
    on_time: int
    late: int
    back_filled: int
    days_due: int
    days_done: int
    lag: timedelta | None

    @property
    def completion(self) -> float | None:
        """The share submitted, or None when nothing was assigned."""
        return self.submitted / self.assigned if self.assigned else None

    @property
    def coverage(self) -> float | None:
        """The share of due days with an entry, or None when no day was due."""
        return self.days_done / self.days_due if self.days_due else None

    @property
    def words(self) -> str:
        """What to print: the count with its n, or "nothing was due"."""
        return f"{self.submitted} of {self.assigned}" if self.assigned else "nothing was due"


def occurrences(plan: Plan, since: date, until: date) -> list[Occurrence]:
    """Return the due instances with a day between ``since`` and ``until``, both included.

    A single assignment (no rule) is due at its end day and open from its start.
    """
    zone = ZoneInfo(plan.zone)
    if not plan.rrule:
        if plan.starts > until or (plan.ends or plan.starts) < since:
            return []
        due = datetime.combine(plan.ends or plan.starts, plan.due, zone)
        return [Occurrence(plan.starts, due, None)]
    last = min(until, plan.ends) if plan.ends else until
    start = datetime.combine(plan.starts, time())
    rule = rrulestr(plan.rrule, dtstart=start)
    stop = datetime.combine(last, time())
    found = rule.between(datetime.combine(since, time()), stop, inc=True)
    after = rule.after(stop)
    nexts = [*found, after][1:]
    return [
        Occurrence(at.date(), datetime.combine(at.date(), plan.due, zone), next_at and day_before(next_at))
        for at, next_at in zip(found, nexts, strict=True)
    ]


def day_before(at: datetime) -> date:
    """Return the day before an instant's day."""
    return at.date() - timedelta(1)


def fill(due: Sequence[Occurrence], done: Sequence[Done]) -> list[Done | None]:
    """Return for each occurrence the first entry that belongs to it, or None; an entry fills one only."""
    rest = sorted(done, key=lambda one: one.submitted_at)
    filled: list[Done | None] = []
    for occurrence in due:
        match = next((one for one in rest if occurrence.holds(one.about)), None)
        if match is not None:
            rest.remove(match)
        filled.append(match)
    return filled


def back_filled(one: Done, zone: str) -> bool:
    """Return whether an entry came long after what it is about (its event where known, else its day)."""
    if one.event_at is not None:
        return one.submitted_at - one.event_at > BACK_FILLED_EVENT
    return one.submitted_at - datetime.combine(one.about, time(), ZoneInfo(zone)) > BACK_FILLED_DIARY


def adherence(due: Sequence[Occurrence], done: Sequence[Done], *, zone: str, now: datetime) -> Adherence:
    """Return the counts for one assignment; an entry that no occurrence waits for counts nowhere.

    What is not due yet at ``now`` counts only when it is already done.
    """
    filled = list(zip(due, fill(due, done), strict=True))
    pairs = [(occurrence, one) for occurrence, one in filled if one is not None]
    counted = [occurrence for occurrence, one in filled if one is not None or occurrence.due <= now]
    on_time = sum(one.submitted_at <= occurrence.due for occurrence, one in pairs)
    lags = [(one.submitted_at - one.event_at).total_seconds() for _, one in pairs if one.event_at is not None]
    return Adherence(
        assigned=len(counted),
        submitted=len(pairs),
        on_time=on_time,
        late=len(pairs) - on_time,
        back_filled=sum(back_filled(one, zone) for _, one in pairs),
        days_due=len({occurrence.day for occurrence in counted}),
        days_done=len({occurrence.day for occurrence, _ in pairs}),
        lag=timedelta(seconds=median(lags)) if lags else None,
    )


def together(parts: Sequence[Adherence]) -> Adherence:
    """Return the sum over several assignments; the lag is left out, a median does not add up."""
    return Adherence(
        assigned=sum(part.assigned for part in parts),
        submitted=sum(part.submitted for part in parts),
        on_time=sum(part.on_time for part in parts),
        late=sum(part.late for part in parts),
        back_filled=sum(part.back_filled for part in parts),
        days_due=sum(part.days_due for part in parts),
        days_done=sum(part.days_done for part in parts),
        lag=None,
    )
