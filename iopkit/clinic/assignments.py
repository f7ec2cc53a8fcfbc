"""Assignments: worksheets given to a client by a clinician, in the domain they treat the client in."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import couples, people, rhythms, shelf
from iopkit.clinic.audit import Action
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record import Assignment
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow, CareTeamRow
from iopkit.clinic.ties import Ties
from iopkit.errors import AnswerError
from iopkit.measures import occurrences
from iopkit.words import sentence
from iopkit.worksheets import Worksheet

FOR_CLINICIANS = sentence("This worksheet is filled in by clinicians. It cannot be given to a client.")
RETIRED = sentence("This worksheet is not used any more. Choose another.")
FOR_COUPLES = sentence("This worksheet is for couples. Only the couples therapist can give it.")
AFTER_TEAM = sentence(
    "Your time on this client's care team ends before the first day. Choose an earlier one."
)


@dataclass(frozen=True)
class Plan:
    """When and why a worksheet is given."""

    note: str
    rrule: str
    due: time
    starts: date
    ends: date | None
    settings: Mapping[str, Any] = field(default_factory=dict)
    grace: int = 0


@again
def assign(
    seat: Seat, client_id: str, worksheet_id: str, domain: str, plan: Plan, message_id: str = ""
) -> Assignment:
    """Return the new assignment; AnswerError when its rhythm, its days or its settings make no sense.

    With a ``message_id`` the same message makes one assignment, however often it comes.
    """
    worksheet = checked(seat, worksheet_id, domain, plan)
    with seat.writing() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="write", thing="assignment", domain=domain)
        check_team(session, seat, client_id, domain, plan)
        row_id = id_of(seat, client_id, message_id)
        row = session.get(AssignmentRow, row_id) or give(
            seat, session, row_id, client_id=client_id, worksheet=worksheet, domain=domain, plan=plan
        )
        return _as_assignments(seat, session, [row])[0]


def checked(seat: Seat, worksheet_id: str, domain: str, plan: Plan) -> Worksheet:
    """Return the worksheet to give; AnswerError when it cannot be given in this domain and in this way."""
    rhythms.check(plan.rrule, plan.starts, plan.ends, plan.grace)
    worksheet = shelf.newest(seat.office, worksheet_id)
    _check_audience(worksheet, domain)
    worksheet.with_settings(plan.settings)
    return worksheet


def give(
    seat: Seat,
    session: Session,
    row_id: str,
    *,
    client_id: str,
    worksheet: Worksheet,
    domain: str,
    plan: Plan,
) -> AssignmentRow:
    """Return the row of a new assignment, for whom everything was checked."""
    plan = from_now(plan, seat.office.now(), seat.today(session, client_id)[1])
    row = AssignmentRow(id=row_id, client_id=client_id, by_id=seat.person.id)
    row.worksheet_id, row.domain, row.made_at = worksheet.id, domain, seat.office.now()
    row.rrule, row.due, row.starts, row.ends = plan.rrule, plan.due, plan.starts, plan.ends
    row.grace = plan.grace
    row.note_sealed = seat.office.seal(session, _place(row), {"note": plan.note})
    if plan.settings:
        row.settings_sealed = seat.office.seal(session, _place(row, "settings_sealed"), plan.settings)
    session.add(row)
    seat.audit(session, "assign", client_id=client_id, thing="assignment", thing_id=row.id)
    return row


def from_now(plan: Plan, now: datetime, zone: str) -> Plan:
    """Return a plan whose first time is still to come in a zone; see ``occurrences.given_now``."""
    grace = timedelta(minutes=plan.grace)
    ahead = occurrences.given_now(
        occurrences.Plan(plan.rrule, plan.due, plan.starts, plan.ends, zone, grace), now
    )
    return replace(plan, starts=ahead.starts, ends=ahead.ends)


def stop(seat: Seat, assignment_id: str) -> Assignment:
    """Return the assignment, ended as of now; what was done stays, and nothing is due from it any more."""
    return _mark(seat, assignment_id, stopped=True)


def resume(seat: Seat, assignment_id: str) -> Assignment:
    """Return the assignment, running again as if it had not been ended."""
    return _mark(seat, assignment_id, stopped=False)


@again
def _mark(seat: Seat, assignment_id: str, *, stopped: bool) -> Assignment:
    with seat.writing() as session:
        row = rhythms.own(seat, session, assignment_id)
        if (row.stopped_at is not None) != stopped:
            row.stopped_at = seat.office.now() if stopped else None
            action: Action = "stop" if stopped else "resume"
            seat.audit(session, action, client_id=row.client_id, thing="assignment", thing_id=row.id)
        return _as_assignments(seat, session, [row])[0]


def assignments(seat: Seat, client_id: str) -> list[Assignment]:
    """Return a client's assignments of the domains the reader may read, the newest first."""
    return assignments_of(seat, [client_id])[client_id]


def assignments_of(seat: Seat, client_ids: Iterable[str]) -> dict[str, list[Assignment]]:
    """Return assignments by client, in as many queries for thirty clients as for one."""
    ids = list(dict.fromkeys(client_ids))
    chosen = select(AssignmentRow).where(AssignmentRow.client_id.in_(ids))
    found: dict[str, list[Assignment]] = {client_id: [] for client_id in ids}
    with seat.reading() as session:
        tied = seat.ties(session, *ids)
        for client_id in ids:
            seat.require(tied, client_id, action="read", thing="assignment")
        seat.office.load_envelopes(session, ids)
        rows = session.scalars(chosen.order_by(AssignmentRow.made_at.desc(), AssignmentRow.id)).all()
        gate = couples.gate(seat, session)
        rows = [row for row in rows if _may_read(seat, tied, row) and not gate.hides(row.worksheet_id)]
        for one in _as_assignments(seat, session, rows):
            found[one.client_id].append(one)
    seat.viewed(ids[0] if len(ids) == 1 else None, "record", None if len(ids) == 1 else ",".join(ids))
    return found


def _may_read(seat: Seat, tied: Ties, row: AssignmentRow) -> bool:
    return seat.ask(tied, row.client_id, action="read", thing="assignment", domain=row.domain).allowed


def id_of(seat: Seat, whose_id: str, message_id: str) -> str:
    """Return the id for what is given to a client or group: of its message, so that it is made once."""
    if not message_id:
        return seat.office.new_id()
    return hashlib.sha256(f"{seat.person.id} {whose_id} {message_id}".encode()).hexdigest()[:32]


def _check_audience(worksheet: Worksheet, domain: str) -> None:
    if worksheet.status == "retired":
        raise AnswerError([RETIRED])
    if worksheet.audience == "clinician":
        raise AnswerError([FOR_CLINICIANS])
    if worksheet.audience == "couple" and domain != "couples":
        raise AnswerError([FOR_COUPLES])


def check_team(session: Session, seat: Seat, client_id: str, domain: str, plan: Plan) -> None:
    """Return when the assignment begins in the clinician's time on the care team."""
    mine = select(CareTeamRow.until).where(CareTeamRow.client_id == client_id, CareTeamRow.domain == domain)
    untils = session.scalars(mine.where(CareTeamRow.clinician_id == seat.person.id)).all()
    if untils and all(until is not None and until < plan.starts for until in untils):
        raise AnswerError([AFTER_TEAM])


def _as_assignments(seat: Seat, session: Session, rows: Sequence[AssignmentRow]) -> list[Assignment]:
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    who = people.by_ids(seat.office, session, [row.by_id for row in rows])
    changed = rhythms.history(session, rows, seat.office.now())
    return [
        Assignment(
            row.id,
            row.client_id,
            row.worksheet_id,
            row.domain,
            who[row.by_id],
            seat.office.unseal(session, _place(row), row.note_sealed)["note"],
            row.rrule,
            row.due,
            row.starts,
            row.ends,
            row.stopped_at,
            settings_of(seat, session, row),
            row.grace,
            changed.former.get(row.id, ()),
            changed.pauses.get(row.id, ()),
            changed.appointments.get(row.id, ()),
        )
        for row in rows
    ]


def settings_of(seat: Seat, session: Session, row: AssignmentRow) -> dict[str, Any]:
    """Return what an assignment sets in its worksheet."""
    if row.settings_sealed is None:
        return {}
    return seat.office.unseal(session, _place(row, "settings_sealed"), row.settings_sealed)


def _place(row: AssignmentRow, column: str = "note_sealed") -> Place:
    return Place("assignment", row.client_id, row.id, column)
