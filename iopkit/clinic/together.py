"""Filling in together: a client opens a draft of their own to whoever treats them in its domain.

It is open until it is closed or handed in, or the hours are over.
The draft stays what it is, one row that saves are merged into item by item. What this adds is who is in it,
and where; nobody hands it in but its client. A look at it leaves no audit row: opening it did, saving does.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iopkit.clinic import couples, entries, live, people
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.opened import is_open
from iopkit.clinic.record import Entry
from iopkit.clinic.record_together import Kept, Present, Together
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import ConflictRow, EntryRow, LoginRow
from iopkit.clinic.tables_together import TogetherRow
from iopkit.errors import AccessError, NotFoundError
from iopkit.words import sentence

AWAY = timedelta(seconds=20)
"""Whoever was not heard of for so long is not in the draft any more."""
MOST_KEPT = 20
ALONE = sentence("This worksheet is for one person alone; it cannot be filled in together.")


@again
def start(seat: Seat, entry_id: str) -> None:
    """Open one's own draft."""
    with seat.writing() as session:
        row = _own(seat, session, entry_id)
        alone = row.private or row.worksheet_id == couples.CHECK_IN
        if alone or row.couple_id is not None or row.status != "draft":
            raise AccessError(ALONE)
        end(session, row)
        session.add(_seat_in(seat, row))
        session.flush()
        seat.audit(session, "share", client_id=row.client_id, thing="draft", thing_id=row.id)
        _tell(session, row)


@again
def stop(seat: Seat, entry_id: str) -> None:
    """Close one's own draft again: the others are out at once."""
    with seat.writing() as session:
        row = _own(seat, session, entry_id)
        end(session, row)
        seat.audit(session, "unshare", client_id=row.client_id, thing="draft", thing_id=row.id)
        _tell(session, row)


def end(session: Session, row: EntryRow) -> None:
    """Let nobody be in a draft any more."""
    session.execute(delete(TogetherRow).where(TogetherRow.entry_id == row.id))


@again
def be_at(seat: Seat, entry_id: str, item: str, *, typing: bool) -> None:
    """Note at which question one is, for the others to see; the hours run on from the opening."""
    with seat.writing() as session:
        row = entries.find(seat, session, entry_id, "read")
        if not is_open(session, row, seat.office.now()):
            return
        mine = session.get(TogetherRow, (row.id, seat.person.id))
        if mine is None:
            mine = _seat_in(seat, row)
            session.add(mine)
        mine.at, mine.item, mine.typing = seat.office.now(), item, typing
        session.flush()
        live.changed(session, row.id)


def state(seat: Seat, entry_id: str) -> Together:
    """Return how a draft stands now, and who is in it; NotFoundError for whom it is closed."""
    now = seat.office.now()
    with seat.reading() as session:
        row = entries.find(seat, session, entry_id, "read")
        entry = entries.as_entries(seat, session, [row])[0]
        if not is_open(session, row, now):
            return Together(entry, open=False)
        return Together(entry, True, _present(seat, session, row, now), _kept(seat, session, row))


def opened(seat: Seat, client_id: str) -> list[Entry]:
    """Return the drafts of a client that are open to this clinician now."""
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        chosen = select(EntryRow).join(TogetherRow, TogetherRow.entry_id == EntryRow.id)
        chosen = chosen.where(EntryRow.client_id == client_id, TogetherRow.person_id == client_id)
        rows = [
            row
            for row in session.scalars(chosen.order_by(EntryRow.saved_at.desc(), EntryRow.id))
            if is_open(session, row, seat.office.now())
            and seat.ask(tied, client_id, action="read", thing="shared-draft", domain=row.domain).allowed
        ]
        return entries.as_entries(seat, session, rows)


def _own(seat: Seat, session: Session, entry_id: str) -> EntryRow:
    row = entries.find(seat, session, entry_id, "write")
    if row.client_id != seat.person.id:
        raise NotFoundError(entries.NO_ENTRY)
    tied = seat.ties(session, seat.person.id)
    seat.require(tied, seat.person.id, action="share", thing="draft", domain=row.domain)
    return row


def _seat_in(seat: Seat, row: EntryRow) -> TogetherRow:
    now = seat.office.now()
    return TogetherRow(
        entry_id=row.id,
        person_id=seat.person.id,
        client_id=row.client_id,
        domain=row.domain,
        since=now,
        at=now,
        item="",
        typing=False,
    )


def _tell(session: Session, row: EntryRow) -> None:
    session.flush()
    live.changed(session, row.id)
    live.changed(session, row.client_id)


def _present(seat: Seat, session: Session, row: EntryRow, now: datetime) -> tuple[Present, ...]:
    chosen = select(TogetherRow).where(TogetherRow.entry_id == row.id).order_by(TogetherRow.since)
    here = [one for one in session.scalars(chosen) if now - one.at < AWAY]
    here.sort(key=lambda one: one.person_id != one.client_id)  # the client first
    who = people.by_ids(seat.office, session, {one.person_id for one in here})
    return tuple(
        Present(
            who[one.person_id].name,
            who[one.person_id].kind,
            one.item,
            one.typing,
            me=one.person_id == seat.person.id,
        )
        for one in here
    )


def _kept(seat: Seat, session: Session, row: EntryRow) -> tuple[Kept, ...]:
    chosen = select(ConflictRow).where(ConflictRow.entry_id == row.id).order_by(ConflictRow.base.desc())
    found = []
    for one in session.scalars(chosen.limit(MOST_KEPT)):
        place = Place("conflict", entries.owner(row), one.id, "sealed")
        for item, lost in seat.office.unseal(session, place, one.sealed).items():
            value = None if lost["absent"] else lost["value"]
            found.append(Kept(item, value, _who(seat, session, lost["by"]), one.at))
    return tuple(found)


def _who(seat: Seat, session: Session, by: str) -> str:
    """Return the name of who a save came from: a page of theirs, a login, or the operator's own command."""
    login = session.get(LoginRow, by)
    person_id = login.person_id if login else by.partition("/")[0]
    return people.by_ids(seat.office, session, {person_id})[person_id].name
