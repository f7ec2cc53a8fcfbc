"""Homework of one client: what is due, what is done, from assignments and entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from iopkit.clinic.record import Assignment, Entry
from iopkit.clinic.story import belongs, story
from iopkit.measures.adherence import Adherence, counts, together
from iopkit.measures.occurrences import Done, Occurrence, history

LOOK_BACK = timedelta(62)
"""How far back an undone occurrence is still shown: the longest usual rhythm is a month."""


class Counted(Protocol):
    """What counting needs of an entry: an ``Entry`` has it, and so has what a caseload knows of one."""

    @property
    def worksheet_id(self) -> str:
        """Return which worksheet it is."""

    @property
    def assignment_id(self) -> str | None:
        """Return what it was made for."""

    @property
    def status(self) -> str:
        """Return whether it is a draft or submitted."""

    @property
    def about(self) -> date:
        """Return the day it is about."""

    @property
    def submitted_at(self) -> datetime | None:
        """Return when it came in."""


E = TypeVar("E", bound=Counted)


def local_day(at: datetime, zone: str) -> date:
    """Return the day of an instant in a person's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def entries_for(assignment: Assignment, entries: Iterable[E]) -> list[E]:
    """Return the submitted entries that count for an assignment: made for it, or for none."""
    return [entry for entry in entries if entry.status == "submitted" and belongs(entry, assignment)]


def done(entries: Iterable[E]) -> dict[Done, E]:
    """Return submitted entries by what counting needs of them."""
    return {
        Done(entry.about, entry.submitted_at): entry for entry in entries if entry.submitted_at is not None
    }


@dataclass(frozen=True)
class Due:
    """One occurrence of an assignment and the entry that fills it, if there is one."""

    assignment: Assignment
    occurrence: Occurrence
    entry: Entry | None


def due(assignment: Assignment, entries: Iterable[Entry], *, today: date, zone: str) -> list[Due]:
    """Return the occurrences around today, oldest first: the last two months and the coming week."""
    known = done(entries_for(assignment, entries))
    found = counted(assignment, list(known), since=today - LOOK_BACK, until=today + timedelta(6), zone=zone)
    return [Due(assignment, occurrence, known[one] if one else None) for occurrence, one in found]


def counted(
    assignment: Assignment, done: Sequence[Done], *, since: date, until: date, zone: str
) -> list[tuple[Occurrence, Done | None]]:
    """Return occurrences between two days with what fills them; nothing is due from an ended assignment."""
    found = history(
        story((*assignment.former, assignment.rhythm), assignment.pauses, zone, assignment.appointments),
        done,
        since,
        until,
    )
    stop = assignment.stopped_at
    return [
        (occurrence, one)
        for occurrence, one in found
        if one is not None or stop is None or occurrence.due <= stop
    ]


def week_adherence(
    assignments: Sequence[Assignment], entries: Sequence[Counted], *, now: datetime, zone: str
) -> Adherence:
    """Return what was due in the seven days up to now and what of it is done."""
    today = local_day(now, zone)
    return period_adherence(assignments, entries, since=today - timedelta(6), until=today, now=now, zone=zone)


def period_adherence(
    assignments: Sequence[Assignment],
    entries: Sequence[Counted],
    *,
    since: date,
    until: date,
    now: datetime,
    zone: str,
) -> Adherence:
    """Return what was due between two days and what of it is done by ``now``."""
    parts = []
    for assignment in assignments:
        known = list(done(entries_for(assignment, entries)))
        found = counted(assignment, known, since=since, until=until, zone=zone)
        parts.append(counts(found, zone=zone, now=now))
    return together(parts)
