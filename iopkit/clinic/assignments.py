"""Assignments: worksheets given to a client by a clinician, in the domain they treat the client in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from dateutil.rrule import rrulestr
from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people, shelf
from iopkit.clinic.cipher import Place
from iopkit.clinic.record import Assignment
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow
from iopkit.clinic.ties import Ties
from iopkit.errors import AnswerError

RULE = "The rhythm is not an RFC 5545 rule such as FREQ=DAILY."


@dataclass(frozen=True)
class Plan:
    """When and why a worksheet is given."""

    note: str
    rrule: str
    due: time
    starts: date
    ends: date | None


def assign(seat: Seat, client_id: str, worksheet_id: str, domain: str, plan: Plan) -> Assignment:
    """Return the new assignment; AnswerError when its rhythm or its days make no sense."""
    _check(plan)
    worksheet = shelf.newest(seat.office, worksheet_id)
    with seat.writing() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="write", thing="assignment", domain=domain)
        row = AssignmentRow(id=seat.office.new_id(), client_id=client_id, by_id=seat.person.id)
        row.worksheet_id, row.domain, row.made_at = worksheet.id, domain, seat.office.now()
        row.rrule, row.due, row.starts, row.ends = plan.rrule, plan.due, plan.starts, plan.ends
        row.note_sealed = seat.office.seal(session, _place(row), {"note": plan.note})
        session.add(row)
        seat.audit(session, "assign", client_id=client_id, thing="assignment", thing_id=row.id)
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
        rows = [row for row in rows if _may_read(seat, tied, row)]
        for one in _as_assignments(seat, session, rows):
            found[one.client_id].append(one)
    seat.viewed(ids[0] if len(ids) == 1 else None, "record", None if len(ids) == 1 else ",".join(ids))
    return found


def _may_read(seat: Seat, tied: Ties, row: AssignmentRow) -> bool:
    return seat.ask(tied, row.client_id, action="read", thing="assignment", domain=row.domain).allowed


def _check(plan: Plan) -> None:
    if plan.ends is not None and plan.ends < plan.starts:
        raise AnswerError(["The last day lies before the first."])
    if plan.rrule:
        try:
            rrulestr(plan.rrule)
        except ValueError as error:
            raise AnswerError([RULE]) from error


def _as_assignments(seat: Seat, session: Session, rows: Sequence[AssignmentRow]) -> list[Assignment]:
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    who = people.by_ids(seat.office, session, [row.by_id for row in rows])
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
        )
        for row in rows
    ]


def _place(row: AssignmentRow) -> Place:
    return Place("assignment", row.client_id, row.id, "note_sealed")
