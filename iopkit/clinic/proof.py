"""Proof that nobody meddled: the audit trail, every encrypted value, every revision, and anchors outside."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.cipher import Place
from iopkit.clinic.office import Office
from iopkit.clinic.tables import (
    AlertRow,
    AssignmentRow,
    AuditHeadRow,
    AuditRow,
    ConflictRow,
    EntryRow,
    EnvelopeRow,
    MessageRow,
    PersonRow,
    RevisionRow,
    SecondFactorRow,
)
from iopkit.clinic.tables_assignments import SetAsideRow
from iopkit.clinic.tables_calendar import ReminderChoiceRow
from iopkit.clinic.tables_device import PinRow
from iopkit.clinic.tables_groups import GroupRow, GroupWorkRow
from iopkit.clinic.tables_privacy import ConsentRow, CoupleEnvelopeRow, NoteRow, ReviewRow, StatedReasonRow
from iopkit.clinic.tables_room import RoomRow
from iopkit.errors import StoreError

ANCHOR = re.compile(r"iopkit audit row (\d+) ([0-9a-f]{64})")
COMPARED = ("answers", "scores", "bands", "flags")


Owner = Callable[[Any], tuple[str, str]]


@dataclass(frozen=True)
class Sealed:
    """Where a table keeps encrypted values, and how the owner of the key and the row are named in them."""

    table: Any
    columns: tuple[str, ...]
    owner: Owner
    place: str = ""

    def places(self, row: object) -> Iterator[tuple[Place, bytes]]:
        """Return each encrypted value of a row with the place that it was sealed for."""
        owner, row_id = self.owner(row)
        for column in self.columns:
            value = getattr(row, column)
            if value is not None:
                yield Place(self.place or self.table.__tablename__, owner, row_id, column), value


_of_client: Owner = attrgetter("client_id", "id")
_of_maker: Owner = attrgetter("by_id", "id")
OWN = (
    Sealed(PersonRow, ("name_sealed",), lambda row: (row.id, row.id)),
    Sealed(AssignmentRow, ("note_sealed", "settings_sealed"), _of_client),
    Sealed(EntryRow, ("sealed",), lambda row: (row.couple_id or row.client_id, row.id)),
    Sealed(SecondFactorRow, ("secret_sealed",), lambda row: (row.person_id, row.id)),
    Sealed(PinRow, ("sealed",), lambda row: (row.person_id, row.person_id)),
    Sealed(AlertRow, ("sealed", "note_sealed"), _of_client),
    Sealed(NoteRow, ("sealed",), _of_client),
    Sealed(ReviewRow, ("sealed",), _of_client),
    Sealed(ConsentRow, ("sealed",), _of_client),
    Sealed(StatedReasonRow, ("sealed",), _of_client),
    Sealed(ReminderChoiceRow, ("email_sealed",), lambda row: (row.client_id, row.client_id)),
    Sealed(RoomRow, ("sealed",), attrgetter("couple_id", "id")),
    Sealed(SetAsideRow, ("sealed",), _of_client),
    Sealed(GroupRow, ("name_sealed",), _of_maker),
    Sealed(GroupWorkRow, ("note_sealed", "settings_sealed"), _of_maker),
)
"""Tables whose rows say by themselves whose key sealed them."""
OF_ENTRY = (
    Sealed(RevisionRow, ("sealed",), lambda pair: (pair[1], pair[0].id)),
    Sealed(ConflictRow, ("sealed",), lambda pair: (pair[1], pair[0].id)),
    Sealed(MessageRow, ("sealed",), lambda pair: (pair[1], f"{pair[0].entry_id}/{pair[0].id}")),
)
"""Tables whose values are sealed with the key of the entry that they belong to."""


@dataclass(frozen=True)
class Proof:
    """What was looked at, and the first fault that was found: a sentence, or "" for none."""

    rows: int
    values: int
    fault: str = ""


def prove(office: Office, anchors: Iterable[str] = ()) -> Proof:
    """Return the proof of a whole store; ``anchors`` are lines written by ``anchor_line`` earlier."""
    with office.database.read(PROGRAM) as session:
        rows = session.scalar(select(func.count()).select_from(AuditRow)) or 0
        broken = office.audit.verify(session)
        if broken is not None:
            return Proof(rows, 0, _row_fault(broken))
        for line in anchors:
            if fault := _anchor_fault(session, line):
                return Proof(rows, 0, fault)
        for row in [*session.scalars(select(EnvelopeRow)), *session.scalars(select(CoupleEnvelopeRow))]:
            if fault := _envelope_fault(office, row):
                return Proof(rows, 0, fault)
        values = 0
        for place, value in _values(session):
            if fault := _value_fault(office, session, place, value):
                return Proof(rows, values, fault)
            values += 1
        return Proof(rows, values, _revision_fault(office, session))


def anchor_line(office: Office) -> str:
    """Return the head of the audit trail as one line to keep outside of the database."""
    with office.database.read() as session:
        head = session.get_one(AuditHeadRow, 1)
        at = office.now().astimezone(UTC).isoformat(timespec="seconds")
        return f"{at} iopkit audit row {head.seq} {head.mac}"


def append_anchor(path: Path, line: str) -> None:
    """Add an anchor to a file and wait until it is on the disk."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"The anchor cannot be written to {path}: {error.strerror}.") from error


def read_anchors(path: Path) -> list[str]:
    """Return the anchors in a file; StoreError when it cannot be read or holds none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The anchors in {path} cannot be read. Name the file that holds them.") from error
    found = [line for line in lines if ANCHOR.search(line)]
    if not found:
        raise StoreError(f"There is no anchor in {path}. Write one with: iopkit audit anchor --to {path}")
    return found


def send_anchor(line: str, address: str | tuple[str, int]) -> None:
    """Send an anchor to a syslog: the path of its socket, or host and port."""
    import logging
    from logging.handlers import SysLogHandler

    try:
        handler = SysLogHandler(address, facility=SysLogHandler.LOG_AUTHPRIV)
    except OSError as error:
        raise StoreError("There is no syslog here. Name a file, or syslog:HOST:PORT.") from error
    try:
        handler.ident = "iopkit: "
        handler.emit(logging.LogRecord("iopkit", logging.INFO, "", 0, line, None, None))
    finally:
        handler.close()


def _values(session: Session) -> Iterator[tuple[Place, bytes]]:
    for kind in OWN:
        for row in session.scalars(select(kind.table)).yield_per(500):
            yield from kind.places(row)
    owner = func.coalesce(EntryRow.couple_id, EntryRow.client_id)
    for kind in OF_ENTRY:
        joined = select(kind.table, owner).join(EntryRow, EntryRow.id == kind.table.entry_id)
        for pair in session.execute(joined).yield_per(500):
            yield from _places_of_pair(kind, pair)


def _places_of_pair(kind: Sealed, pair: Sequence[Any]) -> Iterator[tuple[Place, bytes]]:
    whose, row_id = kind.owner(pair)
    if pair[0].sealed is not None:
        yield Place(kind.table.__tablename__, whose, row_id, "sealed"), pair[0].sealed


def _envelope_fault(office: Office, row: EnvelopeRow | CoupleEnvelopeRow) -> str:
    try:
        office.open_envelope(row)
    except (StoreError, ValueError):
        return f"The key of {row.owner_id} was changed or moved. Restore the database from a backup."
    return ""


def _value_fault(office: Office, session: Session, place: Place, value: bytes) -> str:
    try:
        office.unseal(session, place, value)
    except (StoreError, ValueError):
        return (
            f"The value {place.column} of table {place.table}, row {place.row}, was changed, moved, or its "
            "key is gone. Restore the database from a backup."
        )
    return ""


def _revision_fault(office: Office, session: Session) -> str:
    """Return a fault when a revision is missing, or a sent entry is not what its newest revision says."""
    counted = select(EntryRow.id, EntryRow.revision, func.count(RevisionRow.id), func.max(RevisionRow.number))
    joined = counted.outerjoin(RevisionRow, RevisionRow.entry_id == EntryRow.id)
    for entry_id, newest, count, highest in session.execute(
        joined.group_by(EntryRow.id, EntryRow.revision).order_by(EntryRow.id)
    ):
        if not newest == count == (highest or 0):
            return _revision_sentence(entry_id)
    both = select(EntryRow, RevisionRow).join(RevisionRow, RevisionRow.entry_id == EntryRow.id)
    last = both.where(RevisionRow.number == EntryRow.revision).order_by(EntryRow.id)
    for entry, revision in session.execute(last).yield_per(500):
        if not _same(office, session, entry, revision):
            return _revision_sentence(entry.id)
    return ""


def _same(office: Office, session: Session, entry: EntryRow, revision: RevisionRow) -> bool:
    owner = entry.couple_id or entry.client_id
    now = office.unseal(session, Place("entry", owner, entry.id, "sealed"), entry.sealed)
    then = office.unseal(session, Place("revision", owner, revision.id, "sealed"), revision.sealed)
    return all(now[name] == then[name] for name in COMPARED)


def _revision_sentence(entry_id: str) -> str:
    return f"The entry {entry_id} is not what its revisions say. Restore the database from a backup."


def _anchor_fault(session: Session, line: str) -> str:
    found = ANCHOR.search(line)
    if found is None:
        return ""
    seq, mac = int(found[1]), found[2]
    head = session.get_one(AuditHeadRow, 1)
    if head.seq < seq:
        return f"The audit trail was cut: an anchor knows row {seq}, and it ends at row {head.seq}."
    stored = session.scalar(select(AuditRow.mac).where(AuditRow.seq == seq)) if seq else "0" * 64
    return (
        "" if stored == mac else f"The audit trail was written anew: row {seq} is not the one of an anchor."
    )


def _row_fault(broken: int) -> str:
    return f"The audit trail is broken at row {broken}: it was changed, removed, or not written by iopkit."
