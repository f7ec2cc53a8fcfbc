"""Entries as a reader may see them: drafts of one's own, submitted entries of those one treats."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iopkit.clinic import assignments, shelf
from iopkit.clinic.cipher import Place
from iopkit.clinic.record import Entry
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow, EntryRow, PersonRow, ReadingRow
from iopkit.errors import AccessError, NotFoundError

NO_ENTRY = "There is no entry here that you can open."
NO_ASSIGNMENT = "There is no assignment here that you can open."
WITH_CLINICIAN = "This page is opened by a clinician, together with you. Ask your care team for it."
BLANK: Mapping[str, Any] = {"answers": {}, "scores": {}, "bands": {}, "flags": [], "touched": {}}


def entry_place(row: EntryRow) -> Place:
    """Return where an entry's sealed content belongs."""
    return Place("entry", row.client_id, row.id, "sealed")


def entries(
    seat: Seat,
    client_id: str,
    *,
    worksheet_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[Entry]:
    """Return a client's submitted entries of the domains the reader may read, newest first."""
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="read", thing="entry")
        chosen = _submitted([client_id], worksheet_id=worksheet_id, since=since, until=until)
        found = _readable(seat, session, session.scalars(chosen).all())
    seat.viewed(client_id, "record")
    return found


def entries_of(seat: Seat, client_ids: Iterable[str], since: date | None) -> dict[str, list[Entry]]:
    """Return submitted entries by client, in as many queries for thirty clients as for one."""
    ids = list(dict.fromkeys(client_ids))
    found: dict[str, list[Entry]] = {client_id: [] for client_id in ids}
    with seat.reading() as session:
        tied = seat.ties(session, *ids)
        for client_id in ids:
            seat.require(tied, client_id, action="read", thing="entry")
        for entry in _readable(seat, session, session.scalars(_submitted(ids, since=since)).all()):
            found[entry.client_id].append(entry)
    seat.viewed(ids[0] if len(ids) == 1 else None, "record", None if len(ids) == 1 else ",".join(ids))
    return found


def entry(seat: Seat, entry_id: str) -> Entry:
    """Return one entry; what the reader may not see is not found."""
    with seat.reading() as session:
        row = find(seat, session, entry_id, "read")
        found = as_entries(seat, session, [row])[0]
    seat.viewed(found.client_id, "entry", found.id)
    return found


def mark_read(seat: Seat, entry_id: str) -> None:
    """Note that the reader has read the entry as it stands."""
    with seat.writing() as session:
        row = find(seat, session, entry_id, "read")
        reading = session.get(ReadingRow, (row.id, seat.person.id))
        if reading is None:
            reading = ReadingRow(entry_id=row.id, person_id=seat.person.id)
            session.add(reading)
        reading.revision, reading.at = row.revision, seat.office.now()


def draft(seat: Seat, worksheet_id: str, *, assignment_id: str | None, day: date | None) -> Entry:
    """Return the open draft of this worksheet (for this assignment and day), or a new one."""
    me = seat.person.id
    if shelf.newest(seat.office, worksheet_id).audience == "clinician":
        raise AccessError(WITH_CLINICIAN)
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="draft")
        session.get_one(PersonRow, me, with_for_update=True)  # two pages opened at once share one draft
        assigned = _assignment(seat, session, assignment_id, worksheet_id)
        chosen = _drafts(me).where(
            EntryRow.worksheet_id == worksheet_id, EntryRow.assignment_id == assignment_id
        )
        row = session.scalars(chosen if day is None else chosen.where(EntryRow.about == day)).first()
        if row is None:
            row = _begin(seat, session, worksheet_id, assigned, day)
        return as_entries(seat, session, [row])[0]


def drafts(seat: Seat) -> list[Entry]:
    """Return one's own open drafts, the one saved last at the top."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="draft")
        return as_entries(seat, session, session.scalars(_drafts(me)).all())


def find(seat: Seat, session: Session, entry_id: str, action: Literal["read", "write"]) -> EntryRow:
    """Return the row of an entry, locked for a write; not there and not allowed are the same answer."""
    row = session.get(EntryRow, entry_id, with_for_update=action == "write")
    if row is None:
        raise NotFoundError(NO_ENTRY)
    thing = "draft" if row.status == "draft" else "entry"
    tied = seat.ties(session, row.client_id)
    try:
        seat.require(tied, row.client_id, action=action, thing=thing, domain=row.domain, thing_id=row.id)
    except AccessError as error:
        raise NotFoundError(NO_ENTRY) from error
    return row


def as_entries(seat: Seat, session: Session, rows: Sequence[EntryRow]) -> list[Entry]:
    """Return records for rows, in a constant number of queries."""
    office = seat.office
    office.load_envelopes(session, {row.client_id for row in rows})
    mine = select(ReadingRow).where(
        ReadingRow.person_id == seat.person.id, ReadingRow.entry_id.in_([row.id for row in rows])
    )
    read = {reading.entry_id: reading.revision for reading in session.scalars(mine)} if rows else {}
    return [_as_entry(seat, session, row, read.get(row.id, -1) >= row.revision) for row in rows]


def _as_entry(seat: Seat, session: Session, row: EntryRow, read: bool) -> Entry:
    held = seat.office.unseal(session, entry_place(row), row.sealed)
    return Entry(
        row.id,
        row.client_id,
        row.worksheet_id,
        row.version,
        row.domain,
        row.assignment_id,
        cast(Literal["draft", "submitted"], row.status),
        row.about,
        row.zone,
        row.started_at,
        row.saved_at,
        row.submitted_at,
        row.revision,
        row.base,
        answers=held["answers"],
        scores=held["scores"],
        bands=held["bands"],
        flags=tuple(held["flags"]),
        read_by_me=read,
        settings=held.get("settings", {}),
    )


def _readable(seat: Seat, session: Session, rows: Sequence[EntryRow]) -> list[Entry]:
    tied = seat.ties(session, *{row.client_id for row in rows})
    allowed = [
        row
        for row in rows
        if seat.ask(tied, row.client_id, action="read", thing="entry", domain=row.domain).allowed
    ]
    return as_entries(seat, session, allowed)


def _submitted(
    client_ids: list[str],
    *,
    worksheet_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Select[EntryRow]:
    chosen = select(EntryRow).where(EntryRow.client_id.in_(client_ids), EntryRow.status == "submitted")
    if worksheet_id is not None:
        chosen = chosen.where(EntryRow.worksheet_id == worksheet_id)
    if since is not None:
        chosen = chosen.where(EntryRow.about >= since)
    if until is not None:
        chosen = chosen.where(EntryRow.about <= until)
    return chosen.order_by(EntryRow.about.desc(), EntryRow.submitted_at.desc(), EntryRow.id)


def _drafts(client_id: str) -> Select[EntryRow]:
    chosen = select(EntryRow).where(EntryRow.client_id == client_id, EntryRow.status == "draft")
    return chosen.order_by(EntryRow.saved_at.desc(), EntryRow.id)


def _assignment(
    seat: Seat, session: Session, assignment_id: str | None, worksheet_id: str
) -> AssignmentRow | None:
    if assignment_id is None:
        return None
    row = session.get(AssignmentRow, assignment_id)
    if row is None or row.client_id != seat.person.id or row.worksheet_id != worksheet_id:
        raise NotFoundError(NO_ASSIGNMENT)
    return row


def _begin(
    seat: Seat, session: Session, worksheet_id: str, assigned: AssignmentRow | None, day: date | None
) -> EntryRow:
    office, client_id = seat.office, seat.person.id
    worksheet = shelf.newest(office, worksheet_id)
    shelf.keep(office, session, worksheet)
    today, zone = seat.today(session, client_id)
    row = EntryRow(id=office.new_id(), client_id=client_id, worksheet_id=worksheet_id)
    row.version, row.domain = worksheet.version, assigned.domain if assigned else worksheet.domain
    row.assignment_id = assigned.id if assigned else None
    row.status, row.about, row.zone = "draft", day or today, zone
    row.started_at = row.saved_at = office.now()
    row.submitted_at, row.revision, row.base = None, 0, 0
    settings = assignments.settings_of(seat, session, assigned) if assigned else {}
    asked = shelf.as_asked(worksheet, settings)
    content = {**BLANK, "answers": asked.begin, "settings": worksheet.fitting(settings)}
    row.sealed = office.seal(session, entry_place(row), content)
    session.add(row)
    session.flush()
    return row
