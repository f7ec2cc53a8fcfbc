"""What a client puts off, and what is in the way: said in one tap, kept for the clinicians of its domain.

Who may fill in may put off; who may read the assignment may read what was in the way.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record import SetAside
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow
from iopkit.clinic.tables_assignments import SetAsideRow
from iopkit.errors import AnswerError, NotFoundError
from iopkit.words import sentence

Kind = Literal["later", "not-now", "asked"]
NO_ASSIGNMENT = sentence("There is no assignment here that you can open.")
OBSTACLES = {
    "forgot": sentence("I forgot"),
    "no-time": sentence("No time"),
    "unclear": sentence("It was not clear what to do"),
    "too-hard": sentence("Too hard"),
    "too-upsetting": sentence("Too upsetting"),
    "no-privacy": sentence("No privacy"),
    "no-point": sentence("I did not see the point"),
    "partner": sentence("My partner was not available"),
    "device": sentence("Trouble with the device"),
    "other": sentence("Something else"),
}
"""What may be in the way of homework (clinical facts, adherence): a fixed list, so that it can be counted."""
LONGEST = 500


@again
def set_aside(
    seat: Seat,
    assignment_id: str,
    *,
    day: date,
    kind: Kind,
    obstacle: str = "",
    words: str = "",
    message_id: str = "",
) -> SetAside:
    """Return what was put off; the same message puts it off once.

    ``kind``: ``later`` today, ``not-now`` for this occurrence, ``asked`` for an answer to the question what
    is in the way (an empty obstacle is "I would rather not say"). ``words`` are the client's own.
    """
    if obstacle and obstacle not in OBSTACLES:
        raise AnswerError([sentence("Choose one of the list.")])
    if len(words) > LONGEST:
        raise AnswerError([sentence("Please say it in at most 500 characters.")])
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="draft")
        given = session.get(AssignmentRow, assignment_id)
        if given is None or given.client_id != me:
            raise NotFoundError(NO_ASSIGNMENT)
        told = hashlib.sha256(f"{me} {assignment_id} {message_id}".encode()).hexdigest()[:32]
        row_id = told if message_id else seat.office.new_id()
        row = session.get(SetAsideRow, row_id)
        if row is None:
            row = SetAsideRow(id=row_id, assignment_id=given.id, client_id=me, domain=given.domain)
            row.day, row.at, row.kind = day, seat.office.now(), kind
            row.sealed = seat.office.seal(session, place(row), {"obstacle": obstacle, "words": words.strip()})
            session.add(row)
            seat.audit(session, "save", client_id=me, thing="assignment", thing_id=given.id)
        return _record(seat, session, row)


def put_off(seat: Seat, client_id: str, since: date) -> list[SetAside]:
    """Return what a client put off since a day, of the domains the reader may read, the newest first."""
    return put_off_of(seat, [client_id], since)[client_id]


def put_off_of(seat: Seat, client_ids: Iterable[str], since: date) -> dict[str, list[SetAside]]:
    """Return what clients put off since a day, in as many queries for thirty clients as for one."""
    ids = list(dict.fromkeys(client_ids))
    chosen = select(SetAsideRow).where(SetAsideRow.client_id.in_(ids), SetAsideRow.day >= since)
    found: dict[str, list[SetAside]] = {client_id: [] for client_id in ids}
    with seat.reading() as session:
        tied = seat.ties(session, *ids)
        for client_id in ids:
            seat.require(tied, client_id, action="read", thing="assignment")
        seat.office.load_envelopes(session, ids)
        for row in session.scalars(chosen.order_by(SetAsideRow.at.desc(), SetAsideRow.id)):
            asked = {"action": "read", "thing": "assignment", "domain": row.domain}
            if seat.ask(tied, row.client_id, **asked).allowed:
                found[row.client_id].append(_record(seat, session, row))
    return found


def place(row: SetAsideRow) -> Place:
    """Return what the words of a row are sealed for."""
    return Place("set_aside", row.client_id, row.id, "sealed")


def _record(seat: Seat, session: Session, row: SetAsideRow) -> SetAside:
    told = seat.office.unseal(session, place(row), row.sealed)
    kind: Kind = row.kind  # type: ignore[assignment]  # written by set_aside alone
    return SetAside(row.assignment_id, row.day, row.at, kind, told["obstacle"], told.get("words", ""))
