"""Stated reasons: a supervisor's to read, a clinician's to break the glass. Short, logged, shown."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people
from iopkit.clinic.access import DOMAINS
from iopkit.clinic.audit import Action
from iopkit.clinic.cipher import Place
from iopkit.clinic.record_privacy import StatedReason
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import PersonRow
from iopkit.clinic.tables_privacy import StatedReasonRow
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.words import sentence

Why = Literal["supervision", "break-glass"]
ACTIONS: dict[Why, Action] = {"supervision": "state-reason", "break-glass": "break-glass"}
LONGEST_MINUTES = {"supervision": 480, "break-glass": 240}
SHORTEST_REASON = 10
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that Unicode calls printable and that show nothing."""
NO_REASON = sentence("There is no stated reason here that you can open.")
NO_CLIENT = sentence("There is no client by that user name or id.")


def state(seat: Seat, user_or_id: str, reason: str, *, kind: Why, minutes: int) -> StatedReason:
    """Return the reason as stored; the client's record is open to read for so many minutes."""
    _check(reason, kind, minutes)
    action = ACTIONS[kind]
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action=action, thing="person")  # before anybody is looked up
        client = people.find(session, user_or_id)
        if client.kind != "client":
            raise NotFoundError(NO_CLIENT)
        _require(seat, session, client, action)
        now = seat.office.now()
        row = StatedReasonRow(id=seat.office.new_id(), kind=kind, person_id=seat.person.id)
        row.client_id, row.at, row.until = client.id, now, now + timedelta(minutes=minutes)
        row.sealed = seat.office.seal(session, place(row), {"reason": reason.strip()})
        session.add(row)
        session.flush()
        seat.audit(session, action, client_id=client.id, thing="stated-reason", thing_id=row.id)
        return as_reasons(seat, session, [row])[0]


def reasons(seat: Seat, client_id: str | None) -> list[StatedReason]:
    """Return stated reasons about one client, or (for the coordinator) about all, the newest first."""
    chosen = select(StatedReasonRow).order_by(StatedReasonRow.at.desc(), StatedReasonRow.id)
    with seat.reading() as session:
        tied = seat.ties(session, *([client_id] if client_id else []))
        if client_id is not None:
            seat.require(tied, client_id, action="read", thing="stated-reason")
            chosen = chosen.where(StatedReasonRow.client_id == client_id)
        rows = [
            row
            for row in session.scalars(chosen)
            if seat.ask(tied, row.client_id, action="read", thing="stated-reason").allowed
        ]
        return as_reasons(seat, session, rows)


def acknowledge(seat: Seat, reason_id: str) -> StatedReason:
    """Return the stated reason, noted as seen by the coordinator; who saw it first stands."""
    with seat.writing() as session:
        row = session.get(StatedReasonRow, reason_id, with_for_update=True)
        if row is None:
            raise NotFoundError(NO_REASON)
        try:
            tied = seat.ties(session, row.client_id)
            seat.require(tied, row.client_id, action="acknowledge", thing="stated-reason", thing_id=row.id)
        except AccessError as error:
            raise NotFoundError(NO_REASON) from error
        if row.seen_at is None:
            row.seen_at, row.seen_by_id = seat.office.now(), seat.person.id
            seat.audit(
                session, "acknowledge", client_id=row.client_id, thing="stated-reason", thing_id=row.id
            )
        return as_reasons(seat, session, [row])[0]


def as_reasons(seat: Seat, session: Session, rows: Sequence[StatedReasonRow]) -> list[StatedReason]:
    """Return records for rows, in a constant number of queries."""
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    ids = {one for row in rows for one in (row.person_id, row.seen_by_id) if one}
    who = people.by_ids(seat.office, session, ids)
    return [
        StatedReason(
            row.id,
            cast(Why, row.kind),
            row.client_id,
            who[row.person_id].name,
            seat.office.unseal(session, place(row), row.sealed)["reason"],
            row.at,
            row.until,
            row.seen_at,
            who[row.seen_by_id].name if row.seen_by_id else None,
        )
        for row in rows
    ]


def place(row: StatedReasonRow) -> Place:
    """Return where a reason's text belongs."""
    return Place("stated_reason", row.client_id, row.id, "sealed")


def _require(seat: Seat, session: Session, client: PersonRow, action: str) -> None:
    """Ask the policy as if no reason had been stated yet: a second one may follow the first."""
    tied = seat.ties(session, client.id)
    tied.reasons.clear()
    seat.require(tied, client.id, action=action, thing="person", domain=_elsewhere(tied.domains, client.id))


def _elsewhere(domains: dict[str, frozenset[str]], client_id: str) -> str | None:
    """Return a domain in which the reader does not treat the client, if there is one."""
    own = domains.get(client_id, frozenset())
    return next((domain for domain in DOMAINS if domain not in own), None)


def in_sight(reason: str) -> str:
    """Return a reason as somebody sees it: signs that show nothing are gone, blanks are single.

    >>> in_sight("\u200b\u3164 a \u00a0 visit")
    'a visit'
    """
    shown = (one if one.isprintable() and one not in BLANK else " " for one in reason)
    return " ".join("".join(shown).split())


def _check(reason: str, kind: Why, minutes: int) -> None:
    if len(in_sight(reason)) < SHORTEST_REASON:
        raise AnswerError([f"reason: State the reason in at least {SHORTEST_REASON} characters."])
    if not 1 <= minutes <= LONGEST_MINUTES[kind]:
        raise AnswerError([f"minutes: Choose from 1 to {LONGEST_MINUTES[kind]} minutes."])
