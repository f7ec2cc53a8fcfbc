"""Appointments in the store: what a reader may know of them, and what follows from one to the next.

Each occurrence is worked out from its rule when asked for; only what somebody noted about one is stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from iopkit.clinic import beforehand, people
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import Meeting
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables_calendar import AppointmentMemberRow, AppointmentRow, AttendanceRow
from iopkit.clinic.ties import Ties
from iopkit.measures.appointments import Span, happens

AHEAD = timedelta(weeks=8)
"""How far ahead the next appointment is looked for."""


@dataclass(frozen=True)
class Booked:
    """Rows of appointments with who comes to them and what was noted, as the database lets them be seen."""

    rows: tuple[AppointmentRow, ...]
    members: dict[str, list[AppointmentMemberRow]]
    marks: dict[tuple[str, datetime], dict[str, str]]
    names: dict[str, Person]

    def who(self, appointment_id: str, at: datetime) -> list[str]:
        """Return who comes to what begins at an instant."""
        return [one.client_id for one in self.members.get(appointment_id, []) if one.comes(at)]

    def spans(self, row: AppointmentRow, since: datetime, until: datetime) -> list[Span]:
        """Return when one happens between two instants, called off or not."""
        last = until if row.stopped_at is None else min(until, row.stopped_at)
        first = Span(row.starts_at, row.ends_at)
        return happens(first, row.rrule, row.zone, since=since, until=last)


def meetings(seat: Seat, *, since: datetime, until: datetime, client_id: str | None = None) -> list[Meeting]:
    """Return what happens between two instants, soonest first.

    A client finds their own, a coordinator everybody's, a clinician the ones they hold; with ``client_id`` it
    is that client's, as far as the reader may know of them.
    """
    me = seat.person
    about = me.id if me.kind == "client" and client_id is None else client_id
    with seat.reading() as session:
        tied = seat.ties(session, *([about] if about else []))
        if about is not None:
            seat.require(tied, about, action="read", thing="schedule")
        else:
            _require_any(seat, tied)
        found = load(seat, session, scope(session, seat, about))
        shown = [
            one
            for row in found.rows
            for span in found.spans(row, since, until)
            if (one := _meeting(seat, tied, found, row, span, about)) is not None
        ]
    if about not in (None, me.id):
        seat.viewed(about, "schedule")
    return sorted(shown, key=lambda one: (one.span, one.appointment_id))


def next_spans(seat: Seat, client_ids: Iterable[str]) -> dict[str, Span]:
    """Return the next appointment of each client whom the reader may know, in the coming eight weeks.

    For a clinician it is the next one with themself: when a client sees somebody else tells what for.
    """
    now, wanted = seat.office.now(), set(client_ids)
    with seat.reading() as session:
        tied = seat.ties(session)
        mine = {one for one in wanted if seat.ask(tied, one, action="read", thing="schedule").allowed}
        own = scope(session, seat, None) if seat.person.kind == "clinician" else true()
        found = load(seat, session, and_(_of_clients(mine), own))
    soonest: dict[str, Span] = {}
    for row in found.rows:
        for span in found.spans(row, now, now + AHEAD):
            off = found.marks.get((row.id, span.start), {})
            for one in found.who(row.id, span.start):
                if one in mine and off.get(one) != "cancelled" and span.start >= now:
                    soonest[one] = min(span, soonest.get(one, span))
    return soonest


def starts_of(seat: Seat, client_id: str, domain: str) -> tuple[datetime, ...]:
    """Return when a client's appointments of a domain begin, for what is due before each of them."""
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="read", thing="schedule", domain=domain)
        return beforehand.starts(session, [client_id], seat.office.now()).get((client_id, domain), ())


def scope(session: Session, seat: Seat, client_id: str | None) -> ColumnElement[bool]:
    """Return which appointments are meant: a client's, the ones a clinician holds, or all."""
    if client_id is not None:
        return _of_clients([client_id])
    return AppointmentRow.clinician_id == seat.person.id if seat.person.kind == "clinician" else true()


def of_people(client_ids: Sequence[str], clinician_id: str) -> ColumnElement[bool]:
    """Return which appointments take the time of these clients or of a clinician."""
    return or_(AppointmentRow.clinician_id == clinician_id, _of_clients(client_ids))


def load(seat: Seat, session: Session, which: ColumnElement[bool]) -> Booked:
    """Return appointments with their members and marks, in four queries however many there are."""
    rows = session.scalars(select(AppointmentRow).where(which).order_by(AppointmentRow.id)).all()
    ids = [row.id for row in rows]
    members: dict[str, list[AppointmentMemberRow]] = {}
    for one in session.scalars(
        select(AppointmentMemberRow)
        .where(AppointmentMemberRow.appointment_id.in_(ids))
        .order_by(AppointmentMemberRow.client_id)
    ):
        members.setdefault(one.appointment_id, []).append(one)
    marks: dict[tuple[str, datetime], dict[str, str]] = {}
    for mark in session.scalars(select(AttendanceRow).where(AttendanceRow.appointment_id.in_(ids))):
        marks.setdefault((mark.appointment_id, mark.began_at), {})[mark.client_id] = mark.state
    known = {one.client_id for listed in members.values() for one in listed} | {
        row.clinician_id for row in rows
    }
    return Booked(tuple(rows), members, marks, people.by_ids(seat.office, session, known))


def _of_clients(client_ids: Iterable[str]) -> ColumnElement[bool]:
    of_them = AppointmentMemberRow.client_id.in_(list(client_ids))
    return AppointmentRow.id.in_(select(AppointmentMemberRow.appointment_id).where(of_them))


def _require_any(seat: Seat, tied: Ties) -> None:
    """Refuse a kind of person who has no calendar."""
    if seat.person.kind != "clinician":
        seat.require(tied, seat.person.id, action="read", thing="schedule")


def _meeting(
    seat: Seat, tied: Ties, found: Booked, row: AppointmentRow, span: Span, about: str | None
) -> Meeting | None:
    """Return one occurrence as the reader may know it; None when they may know nobody who comes."""
    shown = [
        one
        for one in found.who(row.id, span.start)
        if about in (None, one)
        and seat.ask(tied, one, action="read", thing="schedule", domain=row.domain).allowed
    ]
    if not shown:
        return None
    writes = all(
        seat.ask(tied, one, action="write", thing="schedule", domain=row.domain).allowed for one in shown
    )
    whole = writes or seat.person.kind != "clinician" or row.clinician_id == seat.person.id
    marks = found.marks.get((row.id, span.start), {})
    return Meeting(
        row.id,
        span,
        row.zone,
        row.kind if whole else "",
        row.domain if whole else "",
        row.clinician_id if whole else "",
        found.names[row.clinician_id].name if whole else "",
        row.rrule,
        row.made_at,
        {one: found.names[one].name for one in shown},
        {one: marks[one] for one in shown if one in marks and (whole or marks[one] == "cancelled")},
        writes,
        row.group_id or "" if whole and seat.person.kind != "client" else "",
    )
