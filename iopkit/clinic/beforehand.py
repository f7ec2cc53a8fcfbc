"""When the appointments are that a worksheet is given for: due at each, open from the day after the last."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic.tables import AssignmentRow
from iopkit.clinic.tables_assignments import FormerRhythmRow
from iopkit.clinic.tables_calendar import AppointmentMemberRow, AppointmentRow, AttendanceRow
from iopkit.measures.appointments import Span, happens
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS

AHEAD = timedelta(weeks=8)
"""How far ahead appointments are looked for."""
BACK = timedelta(weeks=60)
"""How far back: a rhythm that began earlier keeps what was done in it."""
OFF = ("cancelled", "excused")
"""An appointment that was called off, or from which the client was excused, asks for nothing."""

Starts = dict[tuple[str, str], tuple[datetime, ...]]
"""The beginnings of appointments by client and domain, soonest first."""


def of_assignments(
    session: Session, rows: Iterable[AssignmentRow], former: Iterable[FormerRhythmRow], now: datetime
) -> dict[str, tuple[datetime, ...]]:
    """Return for each assignment that is or was due before appointments when these begin, by its id."""
    given = list(rows)
    once = {one.assignment_id for one in former if one.rrule == BEFORE_APPOINTMENTS}
    wanted = [row for row in given if row.rrule == BEFORE_APPOINTMENTS or row.id in once]
    if not wanted:
        return {}
    found = starts(session, {row.client_id for row in wanted}, now)
    return {row.id: found.get((row.client_id, row.domain), ()) for row in wanted}


def starts(session: Session, client_ids: Iterable[str], now: datetime) -> Starts:
    """Return when appointments of clients begin, in three queries for any number of them."""
    ids = list(client_ids)
    come = select(AppointmentMemberRow).where(AppointmentMemberRow.client_id.in_(ids))
    members: dict[str, list[AppointmentMemberRow]] = {}
    for one in session.scalars(come):
        members.setdefault(one.appointment_id, []).append(one)
    off = select(AttendanceRow).where(AttendanceRow.client_id.in_(ids), AttendanceRow.state.in_(OFF))
    called_off = {(one.appointment_id, one.client_id, one.began_at) for one in session.scalars(off)}
    made: dict[tuple[str, str], set[datetime]] = {}
    for row in session.scalars(select(AppointmentRow).where(AppointmentRow.id.in_(members))):
        until = now + AHEAD if row.stopped_at is None else min(now + AHEAD, row.stopped_at)
        first = Span(row.starts_at, row.ends_at)
        for span in happens(first, row.rrule, row.zone, since=now - BACK, until=until):
            for client_id in (one.client_id for one in members[row.id] if one.comes(span.start)):
                if (row.id, client_id, span.start) not in called_off:
                    made.setdefault((client_id, row.domain), set()).add(span.start)
    return {whose: tuple(sorted(found)) for whose, found in made.items()}
