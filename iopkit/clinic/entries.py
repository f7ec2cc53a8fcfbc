"""Entries as a reader may see them: drafts of one's own, submitted entries of those one treats."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iopkit.clinic import assignments, couples, shelf
from iopkit.clinic.access import Action, Thing
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.opened import is_open
from iopkit.clinic.record import Entry
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow, EntryRow, PersonRow, ReadingRow
from iopkit.clinic.ties import Ties
from iopkit.errors import AccessError, NotFoundError
from iopkit.words import sentence
from iopkit.worksheets import Worksheet

NO_ENTRY = sentence("There is no entry here that you can open.")
NO_ASSIGNMENT = sentence("There is no assignment here that you can open.")
WITH_CLINICIAN = sentence("This page is opened by a clinician, together with you. Ask your care team for it.")
BLANK: Mapping[str, Any] = {"answers": {}, "scores": {}, "bands": {}, "flags": [], "touched": {}}


def entry_place(row: EntryRow) -> Place:
    """Return where an entry's sealed content belongs."""
    return Place("entry", owner(row), row.id, "sealed")


def owner(row: EntryRow) -> str:
    """Return with whose key an entry and all that belongs to it is sealed: a client's, or a couple's."""
    return row.couple_id or row.client_id


def thing_of(row: EntryRow) -> Thing:
    """Return what an entry is to the access policy."""
    if row.couple_id is not None:
        return "conjoint-entry"
    if row.status == "draft":
        return "draft"
    if row.worksheet_id == couples.CHECK_IN:
        return "check-in"
    return "private-entry" if row.private else "entry"


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
        general = seat.require(tied, client_id, action="read", thing="entry")
        chosen = submitted([client_id], worksheet_id=worksheet_id, since=since, until=until)
        found, whys = readable(seat, session, session.scalars(chosen).all(), tied)
    seat.viewed(client_id, "record", whys=[*whys.values(), general])
    return found


def newest(seat: Seat, worksheet_id: str) -> Entry | None:
    """Return one's own newest submitted entry of a worksheet; part of another page, it is no view itself."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="entry")
        chosen = submitted([me], worksheet_id=worksheet_id).limit(1)
        found = as_entries(seat, session, session.scalars(chosen).all())
    return found[0] if found else None


def entries_of(seat: Seat, client_ids: Iterable[str], since: date | None) -> dict[str, list[Entry]]:
    """Return submitted entries by client, in as many queries for thirty clients as for one."""
    ids = list(dict.fromkeys(client_ids))
    found: dict[str, list[Entry]] = {client_id: [] for client_id in ids}
    with seat.reading() as session:
        tied = seat.ties(session, *ids)
        general = {one: seat.require(tied, one, action="read", thing="entry") for one in ids}
        rows = session.scalars(submitted(ids, since=since)).all()
        listed, whys = readable(seat, session, rows, tied)
    for entry in listed:
        found[entry.client_id].append(entry)
    rests = {one: {general[one], *(whys[entry.id] for entry in found[one])} - {""} for one in ids}
    alone = [one for one in ids if rests[one] or len(ids) == 1]
    for one in alone:  # what rests on more than the care team is logged for itself
        seat.viewed(one, "record", whys=rests[one])
    if others := [one for one in ids if one not in alone]:
        seat.viewed(None, "record", ",".join(others))
    return found


def entry(seat: Seat, entry_id: str) -> Entry:
    """Return one entry; what the reader may not see is not found."""
    with seat.reading() as session:
        row = find(seat, session, entry_id, "read")
        tied = seat.ties(session, row.client_id)
        why = tied.tie(row.client_id, row.domain, thing=thing_of(row), thing_id=row.id)[1]
        found = as_entries(seat, session, [row])[0]
    seat.viewed(found.client_id, "entry", found.id, whys=[why])
    return found


@again
def mark_read(seat: Seat, entry_id: str) -> None:
    """Note that the reader has read the entry as it stands."""
    with seat.writing() as session:
        row = find(seat, session, entry_id, "read")
        reading = session.get(ReadingRow, (row.id, seat.person.id))
        if reading is None:
            reading = ReadingRow(entry_id=row.id, person_id=seat.person.id)
            session.add(reading)
        reading.revision, reading.at = row.revision, seat.office.now()


@again
def draft(seat: Seat, worksheet_id: str, *, assignment_id: str | None, day: date | None) -> Entry:
    """Return the open draft of this worksheet (for this assignment and day), or a new one."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="draft")
        session.get_one(PersonRow, me, with_for_update=True)  # two pages opened at once share one draft
        assigned = assignment(seat, session, assignment_id, worksheet_id, couples.gate(seat, session))
        chosen = _drafts(me).where(
            EntryRow.worksheet_id == worksheet_id, EntryRow.assignment_id == assignment_id
        )
        row = session.scalars(chosen if day is None else chosen.where(EntryRow.about == day)).first()
        if row is None:
            worksheet = shelf.newest(seat.office, worksheet_id)
            if worksheet.audience == "clinician":
                raise AccessError(WITH_CLINICIAN)
            row = begin(seat, session, worksheet, assigned, day=day)
        return as_entries(seat, session, [row])[0]


def drafts(seat: Seat) -> list[Entry]:
    """Return one's own open drafts, the one saved last at the top."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="draft")
        gate = couples.gate(seat, session)
        rows = [row for row in session.scalars(_drafts(me)) if not gate.hides(row.worksheet_id)]
        return as_entries(seat, session, rows)


def find(seat: Seat, session: Session, entry_id: str, action: Action) -> EntryRow:
    """Return the row of an entry, locked for a write; not there and not allowed are the same answer."""
    row = session.get(EntryRow, entry_id, with_for_update=action == "write")
    if row is None:
        seat.missed(EntryRow, entry_id, "entry")
        raise NotFoundError(NO_ENTRY)
    thing = thing_of(row)
    if thing == "draft" and seat.person.kind == "clinician" and is_open(session, row, seat.office.now()):
        thing = "shared-draft"
    if action == "write" and thing in ("entry", "private-entry", "check-in"):
        thing = "correction"
    try:
        _require(seat, session, row, action, thing)
    except AccessError as error:
        raise NotFoundError(NO_ENTRY) from error
    if row.status == "draft" and couples.gate(seat, session).hides(row.worksheet_id):
        raise NotFoundError(NO_ENTRY)
    return row


def _require(seat: Seat, session: Session, row: EntryRow, action: Action, thing: Thing) -> None:
    """Ask the policy; what a couple owns opens to a partner, or to who may read it of both."""
    ids = couples.owners(session, row)
    tied = seat.ties(session, *ids)
    for one in (seat.person.id,) if seat.person.id in ids else ids:
        seat.require(tied, one, action=action, thing=thing, domain=row.domain, thing_id=row.id)


def as_entries(seat: Seat, session: Session, rows: Sequence[EntryRow]) -> list[Entry]:
    """Return records for rows, in a constant number of queries."""
    office = seat.office
    office.load_envelopes(session, {owner(row) for row in rows})
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
        private=row.private,
        couple_id=row.couple_id,
        answered_at=datetime.fromisoformat(held["answered_at"]) if held.get("answered_at") else None,
    )


def readable(
    seat: Seat, session: Session, rows: Sequence[EntryRow], tied: Ties
) -> tuple[list[Entry], dict[str, str]]:
    """Return those of the rows that the reader may read, and by id what each of them rests on."""
    whys: dict[str, str] = {}
    allowed = []
    for row in rows:
        said = seat.ask(
            tied, row.client_id, action="read", thing=thing_of(row), domain=row.domain, thing_id=row.id
        )
        if said.allowed:
            allowed.append(row)
            whys[row.id] = said.why
    return as_entries(seat, session, allowed), whys


def submitted(
    client_ids: list[str],
    *,
    worksheet_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Select[EntryRow]:
    """Return the query for submitted entries of these clients, newest first; joint ones are not theirs."""
    chosen = select(EntryRow).where(EntryRow.client_id.in_(client_ids), EntryRow.status == "submitted")
    chosen = chosen.where(EntryRow.couple_id.is_(None))
    if worksheet_id is not None:
        chosen = chosen.where(EntryRow.worksheet_id == worksheet_id)
    if since is not None:
        chosen = chosen.where(EntryRow.about >= since)
    if until is not None:
        chosen = chosen.where(EntryRow.about <= until)
    return chosen.order_by(EntryRow.about.desc(), EntryRow.submitted_at.desc(), EntryRow.id)


def _drafts(client_id: str) -> Select[EntryRow]:
    chosen = select(EntryRow).where(EntryRow.client_id == client_id, EntryRow.status == "draft")
    chosen = chosen.where(EntryRow.couple_id.is_(None))
    return chosen.order_by(EntryRow.saved_at.desc(), EntryRow.id)


def assignment(
    seat: Seat, session: Session, assignment_id: str | None, worksheet_id: str, gate: couples.Gate
) -> AssignmentRow | None:
    """Return an own assignment of a worksheet, or of the one it is the short form of.

    Joint work is there only as an assignment, and only when it may be.
    """
    if assignment_id is None:
        if gate.is_joint(worksheet_id):
            raise NotFoundError(NO_ASSIGNMENT)
        return None
    row = session.get(AssignmentRow, assignment_id)
    if row is None or row.client_id != seat.person.id:
        raise NotFoundError(NO_ASSIGNMENT)
    if worksheet_id not in (row.worksheet_id, shelf.newest(seat.office, row.worksheet_id).short):
        raise NotFoundError(NO_ASSIGNMENT)
    if gate.hides(worksheet_id):
        raise NotFoundError(NO_ASSIGNMENT)
    return row


def begin(
    seat: Seat,
    session: Session,
    worksheet: Worksheet,
    assigned: AssignmentRow | None,
    *,
    day: date | None = None,
    couple_id: str | None = None,
    entry_id: str | None = None,
) -> EntryRow:
    """Return a new draft, of whoever sits here or of their couple."""
    office, client_id = seat.office, seat.person.id
    shelf.keep(office, session, worksheet)
    today, zone = seat.today(session, client_id)
    row = EntryRow(id=entry_id or office.new_id(), client_id=client_id)
    row.worksheet_id = worksheet.id
    row.version, row.domain = worksheet.version, assigned.domain if assigned else worksheet.domain
    row.assignment_id = assigned.id if assigned else None
    row.status, row.about, row.zone = "draft", day or today, zone
    row.started_at = row.saved_at = office.now()
    row.submitted_at, row.revision, row.base = None, 0, 0
    row.private, row.couple_id = worksheet.private, couple_id
    own = assigned if assigned and assigned.worksheet_id == worksheet.id else None
    settings = assignments.settings_of(seat, session, own) if own else {}
    asked = shelf.as_asked(worksheet, settings)
    content = {**BLANK, "answers": asked.begin, "settings": worksheet.fitting(settings)}
    row.sealed = office.seal(session, entry_place(row), content)
    session.add(row)
    session.flush()
    return row
