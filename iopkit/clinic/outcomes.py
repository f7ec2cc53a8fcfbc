"""What came of a couple's drills: entries with two owners, and what of each may leave with one of them.

A room that is over is owned by both. Out of the program each takes what they said and wrote themself, their
own private figures among it. The other's words go along only with both signatures for this one recipient, and
what the other keeps to themself never does. While joint work is closed there is nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from iopkit.clinic import conjoint, couples, remains, rooms
from iopkit.clinic.rooms import Sitting
from iopkit.clinic.seat import Seat
from iopkit.errors import AccessError


@dataclass(frozen=True, repr=False)
class Line:
    """One thing that was said: under which name, asked how, by whom, and the answer as number or words."""

    name: str
    label: str
    value: int | str
    text: str
    mine: bool
    who: str


@dataclass(frozen=True, repr=False)
class Outcome:
    """One drill that is over, as one of its two owners may take it along."""

    id: str
    drill_id: str
    version: str
    title: str
    about: date
    ended_at: datetime
    done: bool
    """Whether it was played to its end; who stopped it stands nowhere."""
    lines: tuple[Line, ...]
    owners: tuple[str, ...]
    """Ids of those whose words are in it."""


def outcomes(seat: Seat, recipient: str = "") -> tuple[Outcome, ...]:
    """Return what came of one's drills as it may leave, newest first; each export is audited.

    It leaves with oneself, or to another ``recipient`` once both have signed for them: then without what
    either keeps to themself.
    """
    me, own = seat.person.id, not recipient
    with seat.reading() as session:
        couple = couples.couple_of(session, me)
        if couple is None:
            return ()
        tied = seat.ties(session, me)
        seat.require(tied, me, action="export", thing="conjoint-entry", domain="couples")
        signed = conjoint.signed(seat, session, couple, recipient or seat.person.name)
        both = (couple.first_id, couple.second_id)
        whole = {one.client_id for one in signed} == set(both)
        couple_id, why = couple.id, ",".join(sorted(f"consent:{one.id}" for one in signed))
    if not own and not whole:
        raise AccessError(conjoint.BOTH)
    past = rooms.together(seat, me)
    made = [_outcome(seat, one, whole=whole) for one in (past if own else remains.of_both(past)).past]
    found = tuple(one for one in made if one.lines)
    if found:
        with seat.writing() as session:
            for one in both if whole else (me,):
                told = why if whole else ""
                seat.audit(session, "export", client_id=one, thing="couple", thing_id=couple_id, why=told)
    return found


def _outcome(seat: Seat, sitting: Sitting, *, whole: bool) -> Outcome:
    ended = sitting.ended_at or sitting.began_at
    ours = sitting.client_ids
    found = tuple(_lines(sitting, whole=whole))
    return Outcome(
        sitting.id,
        sitting.drill.id,
        sitting.drill.version,
        sitting.drill.title,
        sitting.began_at.astimezone(ZoneInfo(seat.person.zone)).date(),
        ended,
        sitting.room.ended == "done",
        found,
        tuple(one for seat_, one in enumerate(ours) if whole or seat_ == sitting.seat),
    )


def _lines(sitting: Sitting, *, whole: bool) -> Iterator[Line]:
    for one in sitting.room.said:
        mine = one.seat == sitting.seat
        if mine or (whole and remains.may_read(sitting, one)):
            ask = sitting.drill.asks[one.name]
            texts = {choice.value: choice.text for choice in ask.choices}
            text = texts.get(str(one.value), str(one.value))
            yield Line(one.name, ask.label, one.value, text, mine, sitting.names[one.seat])
