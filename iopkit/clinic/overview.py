"""What a caseload needs of many clients at once, without opening their entries.

Counts and days come from columns that are not sealed, counted in the database. Only the first and the last
entry of one measure are opened, and a seat remembers their scores until an entry of the measure changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, null, or_, select
from sqlalchemy.orm import Session

from iopkit.clinic import couples
from iopkit.clinic.access import Thing
from iopkit.clinic.entries import entry_place
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import EntryRow, ReadingRow
from iopkit.clinic.ties import Ties


@dataclass(frozen=True)
class Wanted:
    """What is asked for: counts since a day, what came in since ``week``, one measure by its first score.

    ``once``: worksheets whose entries are wanted since ``earliest``, for what is due once and open for long.
    """

    since: date
    week: date
    measure: str
    score: str
    once: frozenset[str] = frozenset()
    earliest: date = date.max


@dataclass(frozen=True)
class Sent:
    """A submitted entry, without what stands in it."""

    worksheet_id: str
    assignment_id: str | None
    about: date
    submitted_at: datetime
    status: str = "submitted"


@dataclass(frozen=True)
class Overview:
    """One client: when the last entry came, how many are unread, what came in, first and last score."""

    last: datetime | None = None
    unread: int = 0
    sent: tuple[Sent, ...] = ()
    scores: tuple[float, ...] = ()
    """The measure's first and last score; one when there is only one, none when there is none."""


def overview_of(seat: Seat, client_ids: Iterable[str], wanted: Wanted) -> dict[str, Overview]:
    """Return an overview by client, in as many queries for thirty clients as for one."""
    ids = list(dict.fromkeys(client_ids))
    with seat.reading() as session:
        tied = seat.ties(session, *ids)
        general = {one: seat.require(tied, one, action="read", thing="entry") for one in ids}
        look = _Look(seat, tied, {}, {one: {why} for one, why in general.items()})
        counted = look.counts(session, ids, wanted)
        sent = look.sent(session, ids, wanted)
        scores = look.scores(session, counted, wanted)
    _leave_word(seat, ids, look.whys)
    return {
        one: Overview(
            counted.get(one, _Counts()).last,
            counted.get(one, _Counts()).unread,
            tuple(sent.get(one, ())),
            scores.get(one, ()),
        )
        for one in ids
    }


Kind = tuple[str, str, bool, bool]
"""What the policy is asked about: client, domain, whether it is private, whether it is a check-in."""


@dataclass
class _Look:
    """One reading of a caseload: what the policy said about each kind of entry, and what that rests on."""

    seat: Seat
    tied: Ties
    said: dict[Kind, bool]
    whys: dict[str, set[str]]

    def may(self, kind: Kind, entry_id: str | None) -> bool:
        """Return whether the reader may read an entry, or without an id all entries of its kind."""
        if entry_id not in self.tied.shares and kind in self.said:
            return self.said[kind]
        client_id, domain, private, check_in = kind
        thing: Thing = "check-in" if check_in else "private-entry" if private else "entry"
        answer = self.seat.ask(
            self.tied, client_id, action="read", thing=thing, domain=domain, thing_id=entry_id
        )
        if answer.allowed:
            self.whys[client_id].add(answer.why)
        if entry_id not in self.tied.shares:
            self.said[kind] = answer.allowed
        return answer.allowed

    def counts(self, session: Session, ids: Sequence[str], wanted: Wanted) -> dict[str, "_Counts"]:
        """Return by client what the database counts: the last entry, unread ones, changes of the measure."""
        shared = list(self.tied.shares)
        alone = case((EntryRow.id.in_(shared), EntryRow.id), else_=None) if shared else null()
        last = func.max(EntryRow.submitted_at).label("last")
        unread = func.sum(case((ReadingRow.revision >= EntryRow.revision, 0), else_=1)).label("unread")
        measured = case((EntryRow.worksheet_id == wanted.measure, EntryRow.revision), else_=0)
        stand = (func.sum(measured).label("revisions"), func.max(case((measured > 0, EntryRow.saved_at))))
        mine = and_(ReadingRow.entry_id == EntryRow.id, ReadingRow.person_id == self.seat.person.id)
        chosen = select(*_KIND, alone.label("alone"), last, unread, *stand).outerjoin(ReadingRow, mine)
        chosen = chosen.where(_theirs(ids, wanted.since)).group_by(*_KIND[:3], "check_in", "alone")
        found: dict[str, _Counts] = {}
        for client_id, domain, private, check_in, entry_id, newest, number, *how in session.execute(chosen):
            if self.may((client_id, domain, private, bool(check_in)), entry_id):
                before = found.get(client_id, _Counts())
                newest = max(before.last or newest, newest)
                kinds = (*before.measure, (domain, private, entry_id, *how))
                found[client_id] = _Counts(newest, before.unread + int(number), kinds)
        return found

    def sent(self, session: Session, ids: Sequence[str], wanted: Wanted) -> dict[str, list[Sent]]:
        """Return by client what came in of late, as homework counts it."""
        late = and_(EntryRow.worksheet_id.in_(wanted.once), EntryRow.about >= wanted.earliest)
        recent = or_(EntryRow.about >= wanted.week, late) if wanted.once else EntryRow.about >= wanted.week
        content = (EntryRow.worksheet_id, EntryRow.assignment_id, EntryRow.about, EntryRow.submitted_at)
        chosen = select(*_KIND, EntryRow.id, *content).where(_theirs(ids, wanted.since), recent)
        found: dict[str, list[Sent]] = {}
        held: Any
        for client_id, domain, private, check_in, entry_id, *held in session.execute(chosen):
            if self.may((client_id, domain, private, bool(check_in)), entry_id):
                found.setdefault(client_id, []).append(Sent(*held))
        return found

    def scores(
        self, session: Session, counted: Mapping[str, "_Counts"], wanted: Wanted
    ) -> dict[str, tuple[float, ...]]:
        """Return by client the first and the last score of the measure; entries without it do not count.

        What did not change since this person was shown it last is not looked at again.
        """
        asked = (wanted.since, wanted.measure, wanted.score)
        stands = {one: (asked, counts.measure) for one, counts in counted.items()}
        known = self.seat.scores
        new = [one for one, stand in stands.items() if known.get(one, (None, ()))[0] != stand]
        if new:
            found = self._scores(session, new, wanted)
            known.update({one: (stands[one], found.get(one, ())) for one in new})
        return {one: known[one][1] for one in stands}

    def _scores(self, session: Session, ids: Sequence[str], wanted: Wanted) -> dict[str, tuple[float, ...]]:
        chosen = select(*_KIND, EntryRow.id, EntryRow.about)
        chosen = chosen.where(_theirs(ids, wanted.since), EntryRow.worksheet_id == wanted.measure)
        days: dict[str, dict[date, str]] = {}
        rows = session.execute(chosen.order_by(EntryRow.submitted_at, EntryRow.id))
        for client_id, domain, private, check_in, entry_id, about in rows:
            if self.may((client_id, domain, private, bool(check_in)), entry_id):
                days.setdefault(client_id, {})[about] = entry_id
        in_order = {one: [found[day] for day in sorted(found)] for one, found in days.items()}
        opened = _Opened(self.seat, session, wanted.score, {})
        first = opened.ends(in_order)
        last = opened.ends({one: listed[::-1] for one, listed in in_order.items()})
        return {
            one: (value, last[one][1]) if entry_id != last[one][0] else (value,)
            for one, (entry_id, value) in first.items()
        }


@dataclass(frozen=True)
class _Counts:
    """What the database counts of one client; ``measure`` changes whenever an entry of it does."""

    last: datetime | None = None
    unread: int = 0
    measure: tuple[object, ...] = ()


@dataclass(frozen=True)
class _Opened:
    """The score of single entries, each opened once."""

    seat: Seat
    session: Session
    name: str
    known: dict[str, float | None]

    def ends(self, ids: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, float]]:
        """Return by client the first entry of a list that has a score, and that score."""
        found: dict[str, tuple[str, float]] = {}
        at = 0
        while waiting := {
            one: listed[at] for one, listed in ids.items() if len(listed) > at and one not in found
        }:
            self._open([one for one in waiting.values() if one not in self.known])
            for one, entry_id in waiting.items():
                value = self.known[entry_id]
                if value is not None:
                    found[one] = (entry_id, value)
            at += 1
        return found

    def _open(self, ids: Sequence[str]) -> None:
        rows = self.session.scalars(select(EntryRow).where(EntryRow.id.in_(ids))).all() if ids else []
        self.seat.office.load_envelopes(self.session, {row.client_id for row in rows})
        for row in rows:
            held = self.seat.office.unseal(self.session, entry_place(row), row.sealed)
            self.known[row.id] = held["scores"].get(self.name)


_KIND = (
    EntryRow.client_id,
    EntryRow.domain,
    EntryRow.private,
    (EntryRow.worksheet_id == couples.CHECK_IN).label("check_in"),
)


def _theirs(ids: Sequence[str], since: date) -> ColumnElement[bool]:
    """Return which entries count: submitted by these clients themselves, about a day since then."""
    own = and_(EntryRow.client_id.in_(ids), EntryRow.status == "submitted")
    return and_(own, EntryRow.couple_id.is_(None), EntryRow.about >= since)


def _leave_word(seat: Seat, ids: Sequence[str], whys: Mapping[str, set[str]]) -> None:
    """Leave the audit rows of a caseload; what rests on more than the care team is logged for itself."""
    rests = {one: whys[one] - {""} for one in ids}
    alone = [one for one in ids if rests[one] or len(ids) == 1]
    for one in alone:
        seat.viewed(one, "record", whys=rests[one])
    if others := [one for one in ids if one not in alone]:
        seat.viewed(None, "record", ",".join(others))
