"""Changing an assignment that runs: another rhythm, a pause, going on. What was done before stays done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import beforehand
from iopkit.clinic.audit import Action
from iopkit.clinic.database import again
from iopkit.clinic.record import Rest, Rhythm
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow
from iopkit.clinic.tables_assignments import FormerRhythmRow, RestRow
from iopkit.errors import AnswerError
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS, check_rule, comes
from iopkit.words import sentence

NO_ASSIGNMENT = sentence("There is no assignment here that you can change.")
RULE = sentence("The rhythm is not an RFC 5545 rule such as FREQ=DAILY.")
NEVER = sentence(
    "There is no such day between the first and the last one. Choose another day or a later end."
)
BACKWARDS = sentence("The last day lies before the first.")
LONGEST_GRACE = 7 * 24 * 60


@dataclass(frozen=True)
class History:
    """Former rhythms, pauses and the appointments they are due before, by the assignment's id."""

    former: dict[str, tuple[Rhythm, ...]] = field(default_factory=dict)
    pauses: dict[str, tuple[Rest, ...]] = field(default_factory=dict)
    appointments: dict[str, tuple[datetime, ...]] = field(default_factory=dict)


def check(rrule: str, starts: date, ends: date | None, grace: int = 0) -> None:
    """Return when a rhythm makes sense; AnswerError when it is none, runs backwards or never comes."""
    if ends is not None and ends < starts:
        raise AnswerError([BACKWARDS])
    if not 0 <= grace <= LONGEST_GRACE:
        raise AnswerError([sentence("Grace is at most a week.")])
    if rrule in ("", BEFORE_APPOINTMENTS):
        return
    try:
        check_rule(rrule, starts)
    except ValueError as error:
        raise AnswerError([RULE]) from error
    if not comes(rrule, starts, ends):
        raise AnswerError([NEVER])


@again
def change(
    seat: Seat, assignment_id: str, rrule: str, *, due: time, starts: date, ends: date | None, grace: int
) -> None:
    """Give an assignment another rhythm from the client's today on; the one it had is kept."""
    check(rrule, starts, ends, grace)
    with seat.writing() as session:
        row = own(seat, session, assignment_id)
        now = (rrule, due, starts, ends, grace)
        before = (row.rrule, row.due, row.starts, row.ends, row.grace)
        if now == before:
            return
        former = FormerRhythmRow(id=seat.office.new_id(), assignment_id=row.id, client_id=row.client_id)
        former.domain, former.by_id, former.until = row.domain, seat.person.id, seat.office.now()
        former.rrule, former.due, former.starts, former.ends, former.grace = before
        row.rrule, row.due, row.starts, row.ends, row.grace = now
        session.add(former)
        _audit(seat, session, "assign", row)


@again
def pause(seat: Seat, assignment_id: str, until: date | None) -> None:
    """Let nothing be due from an assignment from the client's today on, to a last day or until it goes on."""
    with seat.writing() as session:
        row = own(seat, session, assignment_id)
        today, _zone = seat.today(session, row.client_id)
        if until is not None and until < today:
            raise AnswerError([BACKWARDS])
        if _running(session, row.id, today) is not None:
            return
        made = RestRow(id=seat.office.new_id(), assignment_id=row.id, client_id=row.client_id)
        made.domain, made.by_id, made.at = row.domain, seat.person.id, seat.office.now()
        made.since, made.until = today, until
        session.add(made)
        _audit(seat, session, "pause", row)


@again
def go_on(seat: Seat, assignment_id: str) -> None:
    """Let an assignment go on from the client's today."""
    with seat.writing() as session:
        row = own(seat, session, assignment_id)
        today, _zone = seat.today(session, row.client_id)
        running = _running(session, row.id, today)
        if running is None:
            return
        running.until = today - timedelta(1)
        _audit(seat, session, "resume", row)


def history(session: Session, rows: Sequence[AssignmentRow], now: datetime) -> History:
    """Return what was changed of some assignments, in a constant number of queries."""
    ids = [row.id for row in rows]
    former: dict[str, tuple[Rhythm, ...]] = {}
    pauses: dict[str, tuple[Rest, ...]] = {}
    if not ids:
        return History()
    chosen = select(FormerRhythmRow).where(FormerRhythmRow.assignment_id.in_(ids))
    changed = session.scalars(chosen.order_by(FormerRhythmRow.until, FormerRhythmRow.id)).all()
    for row in changed:
        one = Rhythm(row.rrule, row.due, row.starts, row.ends, row.grace, row.until)
        former[row.assignment_id] = (*former.get(row.assignment_id, ()), one)
    rests = select(RestRow).where(RestRow.assignment_id.in_(ids))
    for rest in session.scalars(rests.order_by(RestRow.at, RestRow.id)):
        held = Rest(rest.at, rest.since, rest.until)
        pauses[rest.assignment_id] = (*pauses.get(rest.assignment_id, ()), held)
    return History(former, pauses, beforehand.of_assignments(session, rows, changed, now))


def own(seat: Seat, session: Session, assignment_id: str) -> AssignmentRow:
    """Return an assignment that this clinician may change, locked."""
    return seat.given(session, AssignmentRow, assignment_id, missing=NO_ASSIGNMENT)


def _running(session: Session, assignment_id: str, today: date) -> RestRow | None:
    found = select(RestRow).where(RestRow.assignment_id == assignment_id)
    rows = session.scalars(found.order_by(RestRow.at.desc(), RestRow.id))
    return next((row for row in rows if row.until is None or row.until >= today), None)


def _audit(seat: Seat, session: Session, action: Action, row: AssignmentRow) -> None:
    seat.audit(session, action, client_id=row.client_id, thing="assignment", thing_id=row.id)
