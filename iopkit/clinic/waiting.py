"""Whether something waits for a client today, as the program asks before it reminds. No content is opened.

It looks at which assignments are due and which entries came in, at nothing that stands in them, so it leaves
no row in the client's access log.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import couples, pathways, rhythms
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.office import Office
from iopkit.clinic.record import Person, Rhythm
from iopkit.clinic.story import belongs, story
from iopkit.clinic.tables import AssignmentRow, EntryRow
from iopkit.clinic.tables_assignments import SetAsideRow
from iopkit.clinic.tables_calendar import AppointmentMemberRow, AppointmentRow, AttendanceRow
from iopkit.measures.appointments import Span, happens
from iopkit.measures.occurrences import Done, history

NEAR = timedelta(hours=24)
"""An appointment is near when it begins within this time."""
LOOK_BACK = timedelta(62)


def waits(office: Office, person: Person) -> bool:
    """Return whether work of today is open and still in time, or an appointment begins within a day."""
    now = office.now()
    pathways.advance(office, [person.id])
    with office.database.read(PROGRAM) as session:
        return _is_near(session, person.id, now) or _is_open(office, session, person, now)


def _is_near(session: Session, client_id: str, now: datetime) -> bool:
    chosen = select(AppointmentMemberRow).where(AppointmentMemberRow.client_id == client_id)
    mine = {one.appointment_id: one for one in session.scalars(chosen)}
    off = select(AttendanceRow.appointment_id, AttendanceRow.began_at).where(
        AttendanceRow.client_id == client_id, AttendanceRow.state.in_(("cancelled", "excused"))
    )
    called_off = {(row.appointment_id, row.began_at) for row in session.execute(off)}
    for row in session.scalars(select(AppointmentRow).where(AppointmentRow.id.in_(mine))):
        last = now + NEAR if row.stopped_at is None else min(now + NEAR, row.stopped_at)
        first = Span(row.starts_at, row.ends_at)
        for span in happens(first, row.rrule, row.zone, since=now, until=last):
            comes = span.start >= now and mine[row.id].comes(span.start)
            if comes and (row.id, span.start) not in called_off:
                return True
    return False


def _is_open(office: Office, session: Session, person: Person, now: datetime) -> bool:
    couple = couples.couple_of(session, person.id)
    gate = couples.Gate(
        office,
        couple.id if couple else None,
        couple is None or couples.is_open(session, couple),
    )
    today = now.astimezone(ZoneInfo(person.zone)).date()
    given = session.scalars(select(AssignmentRow).where(AssignmentRow.client_id == person.id)).all()
    given = [row for row in given if not gate.hides(row.worksheet_id)]
    put_off = set(
        session.scalars(
            select(SetAsideRow.assignment_id).where(
                SetAsideRow.client_id == person.id, SetAsideRow.day == today
            )
        )
    )
    changed = rhythms.history(session, given, now)
    sent = session.execute(
        select(EntryRow.worksheet_id, EntryRow.assignment_id, EntryRow.about, EntryRow.submitted_at).where(
            EntryRow.client_id == person.id,
            EntryRow.status == "submitted",
            EntryRow.about >= today - LOOK_BACK,
        )
    ).all()
    for row in given:
        if row.id in put_off or (row.stopped_at is not None and row.stopped_at <= now):
            continue
        done = [Done(one.about, one.submitted_at) for one in sent if belongs(one, row)]
        if _is_due(row, changed, done, person, today, now):
            return True
    return False


def _is_due(
    row: AssignmentRow,
    changed: rhythms.History,
    done: list[Done],
    person: Person,
    today: date,
    now: datetime,
) -> bool:
    newest = Rhythm(row.rrule, row.due, row.starts, row.ends, row.grace)
    told = story(
        (*changed.former.get(row.id, ()), newest),
        changed.pauses.get(row.id, ()),
        person.zone,
        changed.appointments.get(row.id, ()),
    )
    return any(
        by is None
        and at.holds(today)
        and at.due >= now
        and at.due.astimezone(ZoneInfo(person.zone)).date() == today
        for at, by in history(told, done, today - LOOK_BACK, today)
    )
