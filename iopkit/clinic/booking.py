"""Making appointments: what stands in the way is shown first; then they are booked, noted, called off."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import appointments, busy, group_calendar, groups, people, program
from iopkit.clinic.database import again
from iopkit.clinic.record_calendar import Attendance, Booking, Clash
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CareTeamRow, PersonRow
from iopkit.clinic.tables_calendar import AppointmentMemberRow, AppointmentRow, AttendanceRow
from iopkit.clinic.tables_groups import GroupMemberRow
from iopkit.clinic.ties import day_of, is_current
from iopkit.errors import AnswerError, NotFoundError
from iopkit.measures.appointments import Span, collide, happens, is_rule
from iopkit.words import sentence

CHECKED = timedelta(weeks=26)
"""How far ahead it is looked whether a repeated appointment collides."""
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)
LARGEST_GROUP = 30
NO_APPOINTMENT = sentence("There is no appointment here that you can change.")
WHEN = sentence("Say when it begins and ends: between 5 minutes and 12 hours, at most two years from now.")
RULE = sentence("This way of repeating does not work. Choose one of the offered ones.")
NEVER = sentence("This never happens: it ends before it begins.")
WHO = {
    "individual": sentence("An individual appointment is for one client."),
    "couples": sentence("A couples appointment is for both partners, with their couples therapist."),
    "group": sentence("A group appointment is for 2 to 30 clients."),
}
TEAM = sentence("The clinician is not on the care team of everybody in this domain on that day.")
OF_GROUP = sentence("Not everybody who comes is in this group on that day.")
NOT_YET = sentence("Whether somebody came is noted once it has begun.")


def clashes(seat: Seat, booking: Booking) -> list[Clash]:
    """Return what an appointment would collide with in the next 26 weeks, soonest first."""
    with seat.reading() as session:
        _check(seat, session, booking)
        until = booking.first.start + CHECKED
        wanted = happens(booking.first, booking.rrule, booking.zone, since=booking.first.start, until=until)
        who = people.by_ids(seat.office, session, [*booking.client_ids, booking.clinician_id])
        taken: list[tuple[Span, str, str]] = []
        found = appointments.load(
            seat, session, appointments.of_people(booking.client_ids, booking.clinician_id)
        )
        for row in found.rows:
            held = [booking.clinician_id] if row.clinician_id == booking.clinician_id else []
            for span in found.spans(row, wanted[0].start - CHECKED / 26, until):
                off = found.marks.get((row.id, span.start), {})
                come = [one for one in found.who(row.id, span.start) if off.get(one) != "cancelled"]
                held_now = held if come or row.id not in found.members else []
                both = [*held_now, *(one for one in come if one in booking.client_ids)]
                taken += [(span, one, "appointment") for one in both]
        for time in busy.of_clients(session, booking.client_ids):
            spans = happens(
                time.first, time.rrule, time.zone, since=wanted[0].start - CHECKED / 26, until=until
            )
            taken += [(span, time.client_id, time.kind) for span in spans]
        minutes = int(program.settings(session)["transition-minutes"])
    hits = collide(wanted, [span for span, _, _ in taken], transition=timedelta(minutes=minutes))
    found_ones = [
        Clash(wanted[number], who[taken[other][1]].name, taken[other][2], gap.total_seconds() / 60)  # type: ignore[arg-type]  # the table holds these words
        for number, other, gap in hits
    ]
    return sorted(set(found_ones), key=lambda one: (one.span, one.whose, one.taken, one.between))


@again
def book(seat: Seat, booking: Booking) -> str:
    """Return the id of a new appointment, made whether or not it collides: ``clashes`` says so before."""
    with seat.writing() as session:
        _check(seat, session, booking)
        made = AppointmentRow(id=seat.office.new_id(), kind=booking.kind, domain=booking.domain)
        made.clinician_id, made.by_id, made.zone = booking.clinician_id, seat.person.id, booking.zone
        made.starts_at, made.ends_at, made.rrule = booking.first.start, booking.first.end, booking.rrule
        made.made_at, made.stopped_at = seat.office.now(), None
        made.group_id = booking.group_id or None
        session.add(made)
        session.flush()
        for one in booking.client_ids:
            session.add(AppointmentMemberRow(appointment_id=made.id, client_id=one, domain=booking.domain))
            seat.audit(session, "book", client_id=one, thing="schedule", thing_id=made.id)
        if booking.group_id:
            session.flush()
            _until_they_leave(seat, session, booking)
        session.flush()
        return made.id


@again
def mark(seat: Seat, appointment_id: str, client_id: str, began: datetime, state: Attendance | None) -> None:
    """Note whether a client came to one occurrence, or that it is off for them; None takes that back."""
    with seat.writing() as session:
        row = _find(seat, session, appointment_id, [client_id])
        span = _occurrence(row, began)
        if client_id not in _members(session, appointment_id, began):
            raise NotFoundError(NO_APPOINTMENT)
        if state in ("attended", "missed") and span.start > seat.office.now():
            raise AnswerError([NOT_YET])
        _note(seat, session, row, client_id, began, state)


@again
def call_off(seat: Seat, appointment_id: str, began: datetime, *, undo: bool = False) -> None:
    """Call one occurrence off for everybody who comes, or let it happen after all."""
    with seat.writing() as session:
        everybody = _members(session, appointment_id, began)
        row = _find(seat, session, appointment_id, everybody)
        _occurrence(row, began)
        for one in everybody:
            _note(seat, session, row, one, began, None if undo else "cancelled")


@again
def stop(seat: Seat, appointment_id: str, at: datetime) -> None:
    """Let nothing of an appointment begin from an instant on; what was before stays."""
    with seat.writing() as session:
        everybody = _members(session, appointment_id)
        row = _find(seat, session, appointment_id, everybody)
        row.stopped_at = max(at, seat.office.now())
        for one in everybody:
            seat.audit(session, "book", client_id=one, thing="schedule", thing_id=row.id)


def _note(
    seat: Seat, session: Session, row: AppointmentRow, client_id: str, began: datetime, state: str | None
) -> None:
    key = (row.id, client_id, began)
    known = session.get(AttendanceRow, key, with_for_update=True)
    if state is None:
        if known is not None:
            session.delete(known)
    elif known is not None:
        known.state, known.by_id, known.at = state, seat.person.id, seat.office.now()
    else:
        made = AttendanceRow(appointment_id=row.id, client_id=client_id, began_at=began, domain=row.domain)
        made.state, made.by_id, made.at = state, seat.person.id, seat.office.now()
        session.add(made)
    session.flush()
    seat.audit(session, "mark", client_id=client_id, thing="schedule", thing_id=row.id)


def _until_they_leave(seat: Seat, session: Session, booking: Booking) -> None:
    """Let each member of a group come to its new appointment until their last day in the group."""
    chosen = select(GroupMemberRow).where(GroupMemberRow.group_id == booking.group_id)
    for member in session.scalars(chosen.where(GroupMemberRow.client_id.in_(booking.client_ids))).all():
        group_calendar.settle(seat, session, member, seat.today(session, member.client_id)[1])


def _members(session: Session, appointment_id: str, at: datetime | None = None) -> list[str]:
    """Return who comes to an appointment, to what begins at an instant or at all."""
    chosen = select(AppointmentMemberRow).where(AppointmentMemberRow.appointment_id == appointment_id)
    rows = session.scalars(chosen.order_by(AppointmentMemberRow.client_id))
    return [one.client_id for one in rows if at is None or one.comes(at)]


def _find(seat: Seat, session: Session, appointment_id: str, client_ids: list[str]) -> AppointmentRow:
    row = session.get(AppointmentRow, appointment_id)
    if row is None or not client_ids or not set(client_ids) <= set(_members(session, appointment_id)):
        raise NotFoundError(NO_APPOINTMENT)
    tied = seat.ties(session, *client_ids)
    for one in client_ids:
        seat.require(tied, one, action="write", thing="schedule", domain=row.domain, thing_id=row.id)
    return row


def _occurrence(row: AppointmentRow, began: datetime) -> Span:
    until = began + timedelta(seconds=1)
    if row.stopped_at is None or began < row.stopped_at:
        first = Span(row.starts_at, row.ends_at)
        for span in happens(first, row.rrule, row.zone, since=began, until=until):
            if span.start == began:
                return span
    raise NotFoundError(NO_APPOINTMENT)


def _check(seat: Seat, session: Session, booking: Booking) -> None:
    """Return when an appointment can be made by this person; AnswerError or AccessError otherwise."""
    tied = seat.ties(session, *booking.client_ids)
    for one in booking.client_ids:
        seat.require(tied, one, action="write", thing="schedule", domain=booking.domain)
    _check_time(seat, booking)
    if problem := _who_problem(session, booking):
        raise AnswerError([problem])
    if booking.group_id:
        _check_group(seat, session, booking)
    clinician = session.get(PersonRow, booking.clinician_id)
    own = seat.person.kind != "clinician" or booking.clinician_id == seat.person.id
    if clinician is None or clinician.kind != "clinician" or not own:
        raise AnswerError([TEAM])
    chosen = select(CareTeamRow).where(
        CareTeamRow.client_id.in_(booking.client_ids), CareTeamRow.domain == booking.domain
    )
    team = session.scalars(chosen.where(CareTeamRow.clinician_id == booking.clinician_id)).all()
    day = day_of(booking.first.start, booking.zone)
    if {row.client_id for row in team if is_current(row, day)} != set(booking.client_ids):
        raise AnswerError([TEAM])


def _check_group(seat: Seat, session: Session, booking: Booking) -> None:
    """Return when all who come belong to a group of this domain on the first day."""
    group = groups.find(seat, session, booking.group_id)
    chosen = select(GroupMemberRow).where(GroupMemberRow.group_id == group.id)
    day = day_of(booking.first.start, booking.zone)
    there = {row.client_id for row in session.scalars(chosen) if is_current(row, day)}
    fits = booking.kind == "group" and booking.domain == group.domain
    if not fits or not set(booking.client_ids) <= there:
        raise AnswerError([OF_GROUP])


def _check_time(seat: Seat, booking: Booking) -> None:
    people.check_zone(booking.zone)
    first, now = booking.first, seat.office.now()
    far = timedelta(days=730)
    if not (SHORTEST <= first.end - first.start <= LONGEST and now - far / 2 < first.start < now + far):
        raise AnswerError([WHEN])
    if not is_rule(booking.rrule):
        raise AnswerError([RULE])
    if not happens(first, booking.rrule, booking.zone, since=first.start, until=first.start + CHECKED):
        raise AnswerError([NEVER])


def _who_problem(session: Session, booking: Booking) -> str:
    who = set(booking.client_ids)
    fits = (
        len(who) == len(booking.client_ids)
        and {
            "individual": len(who) == 1,
            "couples": len(who) == 2 and booking.domain == "couples" and _is_couple(session, booking),
            "group": 2 <= len(who) <= LARGEST_GROUP,
        }[booking.kind]
    )
    return "" if fits else WHO[booking.kind]


def _is_couple(session: Session, booking: Booking) -> bool:
    first, second = booking.client_ids
    return people.partner_id(session, first) == second
