"""Homework done: what was assigned against what came in, for one client, week and domain.

Nothing here judges: "no data" when nothing was assigned, and no figure without its n.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from iopkit.measures.occurrences import Done, Occurrence, fill

BACK_FILLED_EVENT = timedelta(hours=24)
"""An entry about an event is back-filled when it comes later than this (a convention of this project)."""

BACK_FILLED_DIARY = timedelta(hours=36)
"""A diary entry is back-filled when it comes later than this after its day began (same convention)."""


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


def back_filled(one: Done, zone: str) -> bool:
    """Return whether an entry came long after what it is about (its event where known, else its day)."""
    if one.event_at is not None:
        return one.submitted_at - one.event_at > BACK_FILLED_EVENT
    return one.submitted_at - datetime.combine(one.about, time(), ZoneInfo(zone)) > BACK_FILLED_DIARY


def adherence(due: Sequence[Occurrence], done: Sequence[Done], *, zone: str, now: datetime) -> Adherence:
    """Return the counts for one assignment; an entry that no occurrence waits for counts nowhere."""
    return counts(list(zip(due, fill(due, done), strict=True)), zone=zone, now=now)


def counts(filled: Sequence[tuple[Occurrence, Done | None]], *, zone: str, now: datetime) -> Adherence:
    """Return the counts of occurrences with what fills each.

    What is not due yet at ``now`` counts only when it is already done.
    """
    pairs = [(occurrence, one) for occurrence, one in filled if one is not None]
    counted = [occurrence for occurrence, one in filled if one is not None or occurrence.due <= now]
    on_time = sum(one.submitted_at <= occurrence.due + occurrence.grace for occurrence, one in pairs)
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
