"""Counts of the whole program for its coordinator: how many, how much done. No answers, no names, no few.

The counting happens here, behind the access policy, so that whoever asks never holds the rows of a client.
A count about fewer than five people is None; where only one row of a table is hidden, the next smallest is
hidden too, so that it cannot be worked out from the total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import rhythms
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.record import Rhythm
from iopkit.clinic.seat import Seat
from iopkit.clinic.story import belongs, story
from iopkit.clinic.tables import AssignmentRow, CareTeamRow, EntryRow, PersonRow
from iopkit.measures import adherence
from iopkit.measures.adherence import Adherence, together
from iopkit.measures.occurrences import Done, history

FEWEST = 5
"""Fewer people than this are not counted aloud."""
PLAN = "aftercare-plan"


@dataclass(frozen=True)
class Count:
    """One row: a worksheet or domain, how many people, and what was due and done; None is hidden."""

    name: str
    people: int | None
    due: int | None = None
    done: int | None = None
    on_time: int | None = None
    late: int | None = None


@dataclass(frozen=True)
class ProgramCounts:
    """The program between two days. ``ended``: care ended then; ``planned``: of these, with a plan sent."""

    people: int | None
    active: int | None
    """People who sent at least one entry."""
    entries: int | None
    ended: int | None
    planned: int | None
    domains: tuple[Count, ...]
    worksheets: tuple[Count, ...]
    total: Count
    shares: tuple[Count, ...]
    """How many people did at least three quarters, at least half, less than half of their homework."""


@dataclass(frozen=True)
class _Rows:
    """What is counted, by client: care team, assignments, submitted entries, time zone."""

    team: Sequence[CareTeamRow]
    given: Mapping[str, list[AssignmentRow]]
    sent: Mapping[str, list[EntryRow]]
    zones: Mapping[str, str]
    changed: rhythms.History


def counts(seat: Seat, since: date, until: date) -> ProgramCounts:
    """Return the counts of the program between two days; AccessError for whoever does not run it."""
    with seat.reading() as session:
        seat.require(seat.ties(session), seat.person.id, action="read", thing="program")
    with seat.office.database.read(PROGRAM) as session:
        found = _count(_rows(session, since, until, seat.office.now()), since, until)
    seat.viewed(None, "program")
    return found


def _rows(session: Session, since: date, until: date, now: datetime) -> _Rows:
    team = session.scalars(select(CareTeamRow).where(CareTeamRow.since <= until)).all()
    team = [row for row in team if row.until is None or row.until >= since]
    ids = {row.client_id for row in team}
    given: dict[str, list[AssignmentRow]] = {}
    sent: dict[str, list[EntryRow]] = {}
    for row in session.scalars(select(AssignmentRow).where(AssignmentRow.client_id.in_(ids))):
        given.setdefault(row.client_id, []).append(row)
    chosen = select(EntryRow).where(EntryRow.client_id.in_(ids), EntryRow.status == "submitted")
    for entry in session.scalars(chosen):
        sent.setdefault(entry.client_id, []).append(entry)
    zones = {one.id: one.zone for one in session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))}
    changed = rhythms.history(session, [row for rows in given.values() for row in rows], now)
    return _Rows(team, given, sent, zones, changed)


def _count(rows: _Rows, since: date, until: date) -> ProgramCounts:
    people = {row.client_id for row in rows.team}
    inside = {
        one: [entry for entry in rows.sent.get(one, []) if since <= entry.about <= until] for one in people
    }
    active = {one for one, entries in inside.items() if entries}
    running = {row.client_id for row in rows.team if row.until is None or row.until > until}
    ended = people - running
    planned = {one for one in ended if any(entry.worksheet_id == PLAN for entry in rows.sent.get(one, []))}
    parts = {one: _homework(rows, one, since, until) for one in people}
    return ProgramCounts(
        people=shown(len(people)),
        active=shown(len(active)),
        entries=sum(map(len, inside.values())) if len(active) >= FEWEST else None,
        ended=shown(len(ended)),
        planned=shown(len(planned)) if len(ended - planned) == 0 or len(ended - planned) >= FEWEST else None,
        domains=_domains(rows),
        worksheets=_worksheets(parts),
        total=_row("", {one: together(list(found.values())) for one, found in parts.items() if found}),
        shares=_shares(parts),
    )


def _homework(rows: _Rows, client_id: str, since: date, until: date) -> dict[str, Adherence]:
    """Return what a client had due and did, by worksheet."""
    zone = rows.zones[client_id]
    now = datetime.combine(until + timedelta(1), time(), ZoneInfo(zone))
    found: dict[str, list[Adherence]] = {}
    for one in rows.given.get(client_id, []):
        done = [
            Done(entry.about, entry.submitted_at)
            for entry in rows.sent.get(client_id, [])
            if belongs(entry, one) and entry.submitted_at is not None
        ]
        newest = Rhythm(one.rrule, one.due, one.starts, one.ends, one.grace)
        told = story(
            (*rows.changed.former.get(one.id, ()), newest),
            rows.changed.pauses.get(one.id, ()),
            zone,
            rows.changed.appointments.get(one.id, ()),
        )
        filled = history(told, done, since, until)
        kept = [(at, by) for at, by in filled if by or one.stopped_at is None or at.due <= one.stopped_at]
        found.setdefault(one.worksheet_id, []).append(adherence.counts(kept, zone=zone, now=now))
    added = {name: together(parts) for name, parts in found.items()}
    return {name: one for name, one in added.items() if one.assigned}


def _domains(rows: _Rows) -> tuple[Count, ...]:
    by_domain: dict[str, set[str]] = {}
    for row in rows.team:
        by_domain.setdefault(row.domain, set()).add(row.client_id)
    return _hidden(Count(name, len(found)) for name, found in sorted(by_domain.items()))


def _worksheets(parts: Mapping[str, Mapping[str, Adherence]]) -> tuple[Count, ...]:
    names = sorted({name for found in parts.values() for name in found})
    return _hidden(
        _row(name, {one: found[name] for one, found in parts.items() if name in found}, hide=False)
        for name in names
    )


def _row(name: str, parts: Mapping[str, Adherence], *, hide: bool = True) -> Count:
    all_ = together(list(parts.values()))
    found = Count(name, len(parts), all_.assigned, all_.submitted, all_.on_time, all_.late)
    return Count(name, None) if hide and len(parts) < FEWEST else found


def _shares(parts: Mapping[str, Mapping[str, Adherence]]) -> tuple[Count, ...]:
    bands = {"75": 0, "50": 0, "0": 0}
    for found in parts.values():
        share = together(list(found.values())).completion if found else None
        if share is not None:
            bands["75" if share >= 0.75 else "50" if share >= 0.5 else "0"] += 1
    return _hidden(Count(name, number) for name, number in bands.items())


def _hidden(rows: Iterable[Count]) -> tuple[Count, ...]:
    """Return rows without those about few people, nor what would give the only hidden one away."""
    found = list(rows)
    few = {row.name for row in found if 0 < (row.people or 0) < FEWEST}
    others = sorted(
        (row for row in found if row.people and row.name not in few), key=lambda one: one.people or 0
    )
    if len(few) == 1 and others:
        few.add(others[0].name)
    return tuple(Count(row.name, None) if row.name in few else row for row in found)


def shown(number: int) -> int | None:
    """Return a count of people, or None for one to four."""
    return number if number == 0 or number >= FEWEST else None
