"""Homework of one client: what is due, what is done, from assignments and entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from iopkit.clinic.record import Assignment, Entry
from iopkit.measures.adherence import (
    Adherence,
    Done,
    Occurrence,
    Plan,
    adherence,
    fill,
    occurrences,
    together,
)

LOOK_BACK = timedelta(62)
"""How far back an undone occurrence is still shown: the longest usual rhythm is a month."""


def local_day(at: datetime, zone: str) -> date:
    """Return the day of an instant in a person's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def plan_of(assignment: Assignment, zone: str) -> Plan:
    """Return the rhythm of an assignment in a client's zone."""
    return Plan(assignment.rrule, assignment.due, assignment.starts, assignment.ends, zone)


def entries_for(assignment: Assignment, entries: Iterable[Entry]) -> list[Entry]:
    """Return the submitted entries that count for an assignment: made for it, or for none."""
    return [
        entry
        for entry in entries
        if entry.status == "submitted"
        and entry.worksheet_id == assignment.worksheet_id
        and entry.assignment_id in (assignment.id, None)
    ]


def done(entries: Iterable[Entry]) -> dict[Done, Entry]:
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
    found = occurrences(plan_of(assignment, zone), today - LOOK_BACK, today + timedelta(6))
    known = done(entries_for(assignment, entries))
    return [
        Due(assignment, occurrence, known[one] if one else None)
        for occurrence, one in zip(found, fill(found, list(known)), strict=True)
    ]


def week_adherence(
    assignments: Sequence[Assignment], entries: Sequence[Entry], *, now: datetime, zone: str
) -> Adherence:
    """Return what was due in the seven days up to now and what of it is done."""
    today = local_day(now, zone)
    return period_adherence(assignments, entries, since=today - timedelta(6), until=today, now=now, zone=zone)


def period_adherence(
    assignments: Sequence[Assignment],
    entries: Sequence[Entry],
    *,
    since: date,
    until: date,
    now: datetime,
    zone: str,
) -> Adherence:
    """Return what was due between two days and what of it is done by ``now``."""
    return together(
        [
            adherence(
                occurrences(plan_of(assignment, zone), since, until),
                list(done(entries_for(assignment, entries))),
                zone=zone,
                now=now,
            )
            for assignment in assignments
        ]
    )
