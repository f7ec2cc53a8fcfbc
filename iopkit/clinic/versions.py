"""Earlier versions of one's own entry: how it stood at each handing in, and the answers that did not stand.

They are their client's alone: whoever else may read an entry reads it as it is now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import entries
from iopkit.clinic.cipher import Place
from iopkit.clinic.record import Entry
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import ConflictRow, EntryRow, RevisionRow
from iopkit.errors import NotFoundError

MOST_KEPT = 100


@dataclass(frozen=True)
class Version:
    """An entry as it was handed in, or corrected, at a time; the first one has number 1."""

    number: int
    at: datetime
    answers: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class KeptAnswer:
    """An answer that another page's answer took the place of; None where that page had removed it."""

    item: str
    at: datetime
    value: Any = field(repr=False)


@dataclass(frozen=True)
class Versions:
    """An entry as it stands, how it stood before (the first one first), and what was kept beside it."""

    entry: Entry
    versions: tuple[Version, ...]
    kept: tuple[KeptAnswer, ...]


def versions(seat: Seat, entry_id: str) -> Versions:
    """Return the earlier versions of one's own entry; for anybody else's, NotFoundError or AccessError."""
    with seat.reading() as session:
        row = entries.find(seat, session, entry_id, "read")
        if row.couple_id is not None:
            raise NotFoundError(entries.NO_ENTRY)
        tied = seat.ties(session, row.client_id)
        what = {"action": "read", "thing": "correction"}
        seat.require(tied, row.client_id, **what, domain=row.domain, thing_id=row.id)
        entry = entries.as_entries(seat, session, [row])[0]
        found = Versions(entry, _handed_in(seat, session, row), _kept(seat, session, row))
    seat.viewed(found.entry.client_id, "correction", found.entry.id)
    return found


def _handed_in(seat: Seat, session: Session, row: EntryRow) -> tuple[Version, ...]:
    chosen = select(RevisionRow).where(RevisionRow.entry_id == row.id).order_by(RevisionRow.number)
    found = []
    for one in session.scalars(chosen):
        held = seat.office.unseal(
            session, Place("revision", entries.owner(row), one.id, "sealed"), one.sealed
        )
        found.append(Version(one.number, one.at, held["answers"]))
    return tuple(found)


def _kept(seat: Seat, session: Session, row: EntryRow) -> tuple[KeptAnswer, ...]:
    chosen = select(ConflictRow).where(ConflictRow.entry_id == row.id).order_by(ConflictRow.base.desc())
    found = []
    for one in session.scalars(chosen.limit(MOST_KEPT)):
        place = Place("conflict", entries.owner(row), one.id, "sealed")
        for item, lost in seat.office.unseal(session, place, one.sealed).items():
            found.append(KeptAnswer(item, one.at, None if lost["absent"] else lost["value"]))
    return tuple(found)
