"""Couples: what stands before joint work, what both own, and a pause that looks like nothing at all.

Joint work is every worksheet for couples but the check-in. It is there for a client once both partners were
shown the secrets policy, both have answered the check-in alone, and nobody has paused it. Until then it is
simply absent, for whichever of these reasons: nothing tells one partner what the other did or said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from iopkit.clinic import people, program, shelf
from iopkit.clinic.office import Office
from iopkit.clinic.record_privacy import JointWork, Preparation
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CoupleRow, EntryRow
from iopkit.clinic.tables_privacy import PauseRow, PreparedRow, ProgramRow
from iopkit.clinic.ties import Ties
from iopkit.errors import NotFoundError
from iopkit.words import sentence

CHECK_IN = "private-check-in"
"""The worksheet that each partner answers alone before the first joint one."""
NO_COUPLE = sentence("This client is not part of a couple here.")


@dataclass(frozen=True)
class Gate:
    """Whether joint work is there for a client."""

    office: Office
    couple_id: str | None
    is_open: bool

    def is_joint(self, worksheet_id: str) -> bool:
        """Return whether a worksheet is joint work of this client's couple."""
        found = shelf.catalog(self.office).get(worksheet_id)
        both = found is not None and found.audience == "couple"
        return self.couple_id is not None and both and worksheet_id != CHECK_IN

    def hides(self, worksheet_id: str) -> bool:
        """Return whether a worksheet is to be absent now."""
        return not self.is_open and self.is_joint(worksheet_id)


def gate(seat: Seat, session: Session) -> Gate:
    """Return the gate of whoever sits here; for everybody but clients in a couple it is open."""
    couple = couple_of(session, seat.person.id) if seat.person.kind == "client" else None
    if couple is None:
        return Gate(seat.office, None, True)
    return Gate(seat.office, couple.id, is_open(session, couple))


def is_open(session: Session, couple: CoupleRow) -> bool:
    """Return whether joint work is there for a couple: both are prepared and nobody has paused it.

    It is asked at each look into a room, so it is one query.
    """
    paused = select(PauseRow.id).where(PauseRow.couple_id == couple.id, PauseRow.ended_at.is_(None)).exists()
    policy = select(ProgramRow.value).where(ProgramRow.name == "secrets-policy").scalar_subquery()
    both = PreparedRow.person_id.in_([couple.first_id, couple.second_id])
    rows = session.execute(select(PreparedRow.person_id, PreparedRow.step, paused, policy).where(both)).all()
    if not rows or rows[0][2]:
        return False
    shown = program.step(rows[0][3] or program.DEFAULTS["secrets-policy"])
    done = {(who, step) for who, step, _, _ in rows}
    ours = (couple.first_id, couple.second_id)
    return all((one, step) in done for one in ours for step in (shown, CHECK_IN))


def couple_of(session: Session, client_id: str) -> CoupleRow | None:
    """Return the couple a client is part of."""
    either = or_(CoupleRow.first_id == client_id, CoupleRow.second_id == client_id)
    return session.scalars(select(CoupleRow).where(either)).first()


def owners(session: Session, row: EntryRow) -> tuple[str, ...]:
    """Return who owns an entry: a client, or both partners."""
    if row.couple_id is None:
        return (row.client_id,)
    couple = session.get_one(CoupleRow, row.couple_id)
    return (couple.first_id, couple.second_id)


def preparation(seat: Seat) -> Preparation | None:
    """Return what a client still has to do alone before joint work; None outside a couple."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="secrets-policy", domain="couples")
        if couple_of(session, me) is None:
            return None
        done = set(session.scalars(select(PreparedRow.step).where(PreparedRow.person_id == me)))
        value = program.settings(session)["secrets-policy"]
        seen = program.policy(value, seen=program.step(value) in done)
        return Preparation(seen, checked_in=CHECK_IN in done)


def joint_work(seat: Seat, client_id: str) -> JointWork:
    """Return how far the joint work of a client's couple is, for their couples therapist."""
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="read", thing="joint-work", domain="couples")
        return _joint_work(seat, session, _couple(session, client_id))


def pause(seat: Seat, client_id: str) -> None:
    """Let a couple's joint tasks be absent from now on; no partner is told."""
    with seat.writing() as session:
        _require_any(seat, seat.ties(session, client_id), client_id)
        _pause(seat, session, _couple(session, client_id), seat.person.id)


def resume(seat: Seat, client_id: str) -> JointWork:
    """Return how far the joint work is, with every pause ended; only the couples therapist may."""
    with seat.writing() as session:
        couple = _couple(session, client_id)
        tied = seat.ties(session, couple.first_id, couple.second_id)
        for one in (couple.first_id, couple.second_id):
            seat.require(tied, one, action="resume", thing="joint-work", domain="couples")
        for row in _pauses(session, couple):
            row.ended_at, row.ended_by_id = seat.office.now(), seat.person.id
            seat.audit(session, "resume", client_id=None, thing="couple", thing_id=couple.id)
        session.flush()
        return _joint_work(seat, session, couple)


def after_save(seat: Seat, session: Session, row: EntryRow, content: Mapping[str, Any]) -> None:
    """Note a check-in that was sent, and pause joint work when it, even as a draft, raises a flag."""
    if row.worksheet_id != CHECK_IN:
        return
    if row.status == "submitted" and content["answers"].get("alone") == "yes":
        program.prepared(seat, session, CHECK_IN)
    couple = couple_of(session, row.client_id)
    if couple is not None and content["flags"]:
        _pause(seat, session, couple, None)


@dataclass(frozen=True)
class _State:
    seen: frozenset[str]
    checked_in: frozenset[str]
    pauses: tuple[PauseRow, ...]
    policy: str

    @property
    def is_open(self) -> bool:
        return len(self.seen) == len(self.checked_in) == 2 and not self.pauses


def _state(session: Session, couple: CoupleRow) -> _State:
    value = program.settings(session)["secrets-policy"]
    both = PreparedRow.person_id.in_([couple.first_id, couple.second_id])
    done = [(row.person_id, row.step) for row in session.scalars(select(PreparedRow).where(both))]
    return _State(
        frozenset(who for who, step in done if step == program.step(value)),
        frozenset(who for who, step in done if step == CHECK_IN),
        tuple(_pauses(session, couple)),
        value,
    )


def _joint_work(seat: Seat, session: Session, couple: CoupleRow) -> JointWork:
    state = _state(session, couple)
    by = {row.by_id for row in state.pauses if row.by_id}
    both = (couple.first_id, couple.second_id)
    who = people.by_ids(seat.office, session, {*both, *by})
    first = min(state.pauses, key=lambda row: (row.at, row.id), default=None)
    at: datetime | None = first.at if first else None
    return JointWork(
        couple.id,
        (who[couple.first_id].name, who[couple.second_id].name),
        state.policy,
        tuple(who[one].name for one in both if one in state.seen),
        tuple(who[one].name for one in both if one in state.checked_in),
        at,
        who[first.by_id].name if first and first.by_id else None,
        state.is_open,
    )


def _couple(session: Session, client_id: str) -> CoupleRow:
    couple = couple_of(session, client_id)
    if couple is None:
        raise NotFoundError(NO_COUPLE)
    return couple


def _require_any(seat: Seat, tied: Ties, client_id: str) -> None:
    """Ask for the domain in which the clinician treats the client: each of them may pause."""
    domain = tied.strongest(client_id)[1]
    seat.require(tied, client_id, action="pause", thing="joint-work", domain=domain)


def _pauses(session: Session, couple: CoupleRow) -> list[PauseRow]:
    mine = select(PauseRow).where(PauseRow.couple_id == couple.id, PauseRow.ended_at.is_(None))
    return list(session.scalars(mine))


def _pause(seat: Seat, session: Session, couple: CoupleRow, by_id: str | None) -> None:
    if any(row.by_id == by_id for row in _pauses(session, couple)):
        return
    session.add(PauseRow(id=seat.office.new_id(), couple_id=couple.id, by_id=by_id, at=seat.office.now()))
    session.flush()
    seat.audit(session, "pause", client_id=None, thing="couple", thing_id=couple.id)
