"""Rooms of a couple: a drill's state in the store, so that it outlives any page, kernel or server.

Who may do what in a room follows what both write together: each partner in their own seat while joint work
is open, their couples therapist as one who looks on, nudges and pauses. What a drill does is ``drill.py``.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iopkit.clinic import couples, live, people
from iopkit.clinic import drill as engine
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.drill import Event, Room
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow, CoupleRow
from iopkit.clinic.tables_room import RoomEventRow, RoomRow, RoomSeatRow
from iopkit.errors import NotFoundError
from iopkit.words import sentence
from iopkit.worksheets.drill import Drill
from iopkit.worksheets.drill_check import own_drills as drills_of

AWAY = timedelta(seconds=20)
"""Who has not been heard of for so long is shown as away; a therapist then no longer has the floor."""
TOUCH = timedelta(seconds=5)
UNDERWAY = timedelta(minutes=30)
TIME_OUT = "time-out"
LONGEST_APART = timedelta(minutes=engine.LONGEST_APART)
NO_ROOM = sentence("There is nothing for the two of you here at the moment.")


@dataclass(frozen=True)
class Sitting:
    """A room as one of the three in it has it. ``seat`` is 0 or 1, None for the therapist."""

    id: str
    drill: Drill
    room: Room
    seat: int | None
    names: tuple[str, str]
    here: tuple[bool, bool]
    therapist: str
    """Name of the therapist who is there now, "" for nobody."""
    began_at: datetime
    ended_at: datetime | None
    client_ids: tuple[str, str]
    now: float


@dataclass(frozen=True)
class Together:
    """What is there for a couple: whether anything may be, the drills given, the rooms, the newest first."""

    names: tuple[str, str]
    client_ids: tuple[str, str]
    drills: tuple[Drill, ...]
    open: Mapping[str, str]
    past: tuple[Sitting, ...]


def together(seat: Seat, client_id: str) -> Together:
    """Return the drills of a client's couple; empty while joint work is not open or nothing is given."""
    with seat.reading() as session:
        couple = _couple(seat, session, client_id)
        who = people.by_ids(seat.office, session, {couple.first_id, couple.second_id})
        names = (who[couple.first_id].name, who[couple.second_id].name)
        ids = (couple.first_id, couple.second_id)
        if not couples.is_open(session, couple):
            return Together(names, ids, (), {}, ())
        rows = session.scalars(
            select(RoomRow).where(RoomRow.couple_id == couple.id).order_by(RoomRow.began_at.desc())
        ).all()
        given = _given(seat, couple)
        drills = tuple(one for one in _drills(seat.person.language).values() if one.worksheet in given)
        return Together(
            names,
            ids,
            drills,
            {row.drill_id: row.id for row in rows if row.ended_at is None},
            tuple(sittings(seat, session, [row for row in rows if row.ended_at is not None], couple)),
        )


@again
def begin(seat: Seat, drill_id: str) -> str:
    """Return the id of the couple's open room of a drill that was given to them, or of a new one."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="conjoint-entry", domain="couples")
        couple = _couple(seat, session, me)
        drill = _drills().get(drill_id)
        if (
            drill is None
            or not couples.is_open(session, couple)
            or drill.worksheet not in _given(seat, couple)
        ):
            raise NotFoundError(NO_ROOM)
        session.get_one(CoupleRow, couple.id, with_for_update=True)
        return _begin(seat, session, couple, drill, 0)


def look(seat: Seat, room_id: str) -> Sitting:
    """Return how a room stands for this person, without leaving a trace."""
    with seat.reading() as session:
        row, couple = _find(seat, session, room_id, "read")
        return _sitting(seat, session, row, couple)


@again
def join(seat: Seat, room_id: str) -> Sitting:
    """Return how a room stands, noted that this person is there; a therapist's coming is in the audit."""
    with seat.reading() as session:
        row, couple = _find(seat, session, room_id, "read")
        known = session.get(RoomSeatRow, (room_id, seat.person.id))
        fresh = known is not None and seat.office.now() - known.seen_at < TOUCH
        if fresh or row.ended_at is not None:
            return _sitting(seat, session, row, couple)
    with seat.writing() as session:
        row, couple = _find(seat, session, room_id, "read")
        _touch(seat, session, row, couple)
        return _free(seat, session, row, couple)


@again
def act(seat: Seat, room_id: str, event: Event) -> str:
    """Return the id of the room to be in after an event: another one after a time-out was called."""
    with seat.writing() as session:
        row, couple = _find(seat, session, room_id, "write", lock=True)
        sitting = _free(seat, session, row, couple)
        mine = Event(event.verb, event.id, sitting.seat, event.at, event.way, event.value)
        before = sitting.room
        after = engine.apply(sitting.drill, before, mine, sitting.now)
        if event.id not in before.seen:
            _keep(seat, session, row, after)
            _note(seat, session, row, mine)
        if after.ended == TIME_OUT and TIME_OUT in _drills() and sitting.seat is not None:
            return _begin(seat, session, couple, _drills()[TIME_OUT], sitting.seat)
        return room_id


def underway(seat: Seat) -> str:
    """Return the id of the room in which one of the two was last, "" when it is closed or long ago."""
    with seat.reading() as session:
        couple = couples.couple_of(session, seat.person.id)
        if couple is None or not couples.is_open(session, couple):
            return ""
        chosen = select(RoomRow.id).join(RoomSeatRow, RoomSeatRow.room_id == RoomRow.id)
        chosen = chosen.where(RoomRow.couple_id == couple.id, RoomRow.ended_at.is_(None))
        chosen = chosen.where(RoomSeatRow.seen_at > seat.office.now() - UNDERWAY)
        return session.scalars(chosen.order_by(RoomSeatRow.seen_at.desc())).first() or ""


def follows(seat: Seat, sitting: Sitting) -> str:
    """Return the id of the time-out that ended a room, "" when none is open."""
    with seat.reading() as session:
        row, couple = _find(seat, session, sitting.id, "read")
        found = _open(session, couple, TIME_OUT)
        later = found is not None and row.ended_at is not None and found.began_at >= row.ended_at
        return found.id if found is not None and later else ""


def _begin(seat: Seat, session: Session, couple: CoupleRow, drill: Drill, speaker: int) -> str:
    found = _open(session, couple, drill.id)
    if found is not None:
        return found.id
    seat.office.ensure_couple_envelope(session, couple.id)
    now = seat.office.now()
    row = RoomRow(
        id=seat.office.new_id(),
        couple_id=couple.id,
        client_id=couple.first_id,
        drill_id=drill.id,
        version=drill.version,
        began_at=now,
        ended_at=None,
        number=0,
        sealed=b"",
    )
    room = engine.begin(drill, now.timestamp(), speaker)
    row.sealed = seat.office.seal(session, _place(row), room.as_data())
    session.add(row)
    session.flush()
    seat.audit(session, "view", client_id=None, thing="couple", thing_id=couple.id)
    return row.id


def _open(session: Session, couple: CoupleRow, drill_id: str) -> RoomRow | None:
    chosen = select(RoomRow).where(
        RoomRow.couple_id == couple.id, RoomRow.drill_id == drill_id, RoomRow.ended_at.is_(None)
    )
    return session.scalars(chosen.order_by(RoomRow.began_at, RoomRow.id)).first()


def _given(seat: Seat, couple: CoupleRow) -> set[str]:
    """Return the worksheets that one of the two has been given and that were not ended.

    The program looks: PostgreSQL shows a partner no assignment of the other, and each needs to know of both.
    """
    both = AssignmentRow.client_id.in_([couple.first_id, couple.second_id])
    chosen = select(AssignmentRow.worksheet_id).where(
        both, AssignmentRow.domain == "couples", AssignmentRow.stopped_at.is_(None)
    )
    with seat.office.database.read(PROGRAM) as session:
        return set(session.scalars(chosen))


def _couple(seat: Seat, session: Session, client_id: str) -> CoupleRow:
    """Return a couple, to a partner or to the couples therapist of both."""
    couple = couples.couple_of(session, client_id)
    if couple is None:
        raise NotFoundError(NO_ROOM)
    _require(seat, session, couple, "read")
    return couple


def _find(
    seat: Seat, session: Session, room_id: str, action: str, *, lock: bool = False
) -> tuple[RoomRow, CoupleRow]:
    chosen = select(RoomRow, CoupleRow).join(CoupleRow, CoupleRow.id == RoomRow.couple_id)
    chosen = chosen.where(RoomRow.id == room_id)
    found = session.execute(chosen.with_for_update(of=RoomRow) if lock else chosen).first()
    if found is None:
        raise NotFoundError(NO_ROOM)
    row, couple = found
    ours = (couple.first_id, couple.second_id)
    if seat.person.kind == "client" and seat.person.id not in ours:
        raise NotFoundError(NO_ROOM)
    _require(seat, session, couple, action)
    if not couples.is_open(session, couple):
        raise NotFoundError(NO_ROOM)
    return row, couple


def _require(seat: Seat, session: Session, couple: CoupleRow, action: str) -> None:
    """Ask the policy for a partner, or for who treats both: their therapist acts as who may resume."""
    ours = (couple.first_id, couple.second_id)
    own = seat.person.id in ours
    asked = (seat.person.id,) if own else ours
    tied = seat.ties(session, *asked)
    for one in asked:
        seat.require(tied, one, action="read", thing="conjoint-entry", domain="couples")
        if action == "write":
            verb, thing = ("write", "conjoint-entry") if own else ("resume", "joint-work")
            seat.require(tied, one, action=verb, thing=thing, domain="couples")


def sittings(seat: Seat, session: Session, rows: Sequence[RoomRow], couple: CoupleRow) -> Iterator[Sitting]:
    """Yield how rooms stand, but not those whose drill a site took away or made anew since."""
    for row in rows:
        with suppress(NotFoundError):
            yield _sitting(seat, session, row, couple)


def _sitting(seat: Seat, session: Session, row: RoomRow, couple: CoupleRow) -> Sitting:
    now = seat.office.now()
    drill = _drills(seat.person.language).get(row.drill_id)
    room = engine.from_data(seat.office.unseal(session, _place(row), row.sealed))
    if drill is None or room.step not in drill.by_id or {one.name for one in room.said} - drill.asks.keys():
        raise NotFoundError(NO_ROOM)
    seen = {one.person_id: one.seen_at for one in session.scalars(_seats(row))}
    ours = (couple.first_id, couple.second_id)
    others = [one for one, at in seen.items() if one not in ours and now - at < AWAY]
    who = people.by_ids(seat.office, session, {*ours, *others})
    here = [one in seen and now - seen[one] < AWAY for one in ours]
    return Sitting(
        row.id,
        drill,
        room if room.ended else engine.tick(drill, room, now.timestamp()),
        ours.index(seat.person.id) if seat.person.id in ours else None,
        (who[couple.first_id].name, who[couple.second_id].name),
        (here[0], here[1]),
        who[sorted(others)[0]].name if others else "",
        row.began_at,
        row.ended_at,
        ours,
        now.timestamp(),
    )


def _touch(seat: Seat, session: Session, row: RoomRow, couple: CoupleRow) -> None:
    now, me = seat.office.now(), seat.person.id
    known = session.get(RoomSeatRow, (row.id, me))
    back = known is None or now - known.seen_at >= AWAY
    if known is None:
        session.add(RoomSeatRow(room_id=row.id, person_id=me, seen_at=now))
    else:
        known.seen_at = now
    session.flush()
    if back:
        live.changed(session, row.id)
        if me not in (couple.first_id, couple.second_id):
            for one in (couple.first_id, couple.second_id):
                seat.audit(session, "view", client_id=one, thing="couple", thing_id=couple.id)


def _free(seat: Seat, session: Session, row: RoomRow, couple: CoupleRow) -> Sitting:
    """Return how a room stands, the floor given back when the therapist who had it is not there any more."""
    sitting = _sitting(seat, session, row, couple)
    stands = sitting.room.held or sitting.room.paused is not None
    if row.ended_at is not None or sitting.therapist or not stands or seat.person.kind == "clinician":
        return sitting
    gone = Event("gone", f"gone-{sitting.room.at}-{sitting.now}")
    after = engine.apply(sitting.drill, sitting.room, gone, sitting.now)
    _keep(seat, session, row, after)
    return replace(sitting, room=after)


def _keep(seat: Seat, session: Session, row: RoomRow, room: Room) -> None:
    row.sealed = seat.office.seal(session, _place(row), room.as_data())
    row.number += 1
    if room.ended and row.ended_at is None:
        row.ended_at = seat.office.now()
    session.flush()
    live.changed(session, row.id)


def _note(seat: Seat, session: Session, row: RoomRow, event: Event) -> None:
    session.add(
        RoomEventRow(
            id=seat.office.new_id(),
            room_id=row.id,
            by_id=seat.person.id,
            message_id=event.id,
            verb=event.verb,
            at=seat.office.now(),
        )
    )
    session.flush()


def _seats(row: RoomRow) -> Select[RoomSeatRow]:
    return select(RoomSeatRow).where(RoomSeatRow.room_id == row.id)


def _place(row: RoomRow) -> Place:
    return Place("room", row.couple_id, row.id, "sealed")


def in_couple(seat: Seat) -> bool:
    """Return whether the person at the desk is part of a couple."""
    with seat.reading() as session:
        return couples.couple_of(session, seat.person.id) is not None


def _drills(language: str = "en") -> Mapping[str, Drill]:
    return drills_of(os.environ.get("IOPKIT_WORKSHEETS", ""), language)
