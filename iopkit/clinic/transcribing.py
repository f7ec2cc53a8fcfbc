"""Entries that were filled in elsewhere, on paper or in an offline form, and entered here later."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from iopkit.clinic import couples, entries, saving, shelf
from iopkit.clinic.database import again
from iopkit.clinic.record import Saved
from iopkit.clinic.saving import Message
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import EntryRow
from iopkit.errors import AnswerError
from iopkit.worksheets import Worksheet

OLDEST = timedelta(days=3660)
AHEAD = timedelta(days=1)
"""A clock of another machine may be wrong by so much."""
WHEN = "answered_at: expected a time of the last ten years, got another"
VERSION = "version: expected a version of the worksheet that is known here, got another"


@dataclass(frozen=True, repr=False)
class Transcript:
    """What was filled in: the worksheet and its version, the answers, when, for which assignment and day."""

    worksheet_id: str
    version: str | None
    answers: Mapping[str, Any]
    answered_at: datetime
    assignment_id: str | None = None
    day: date | None = None


@again
def transcribe(seat: Seat, found: Transcript, message_id: str) -> Saved:
    """Return the stored entry; one that was entered before is returned as it is, marked as repeated."""
    me, now = seat.person.id, seat.office.now()
    if found.answered_at.tzinfo is None or not now - OLDEST < found.answered_at < now + AHEAD:
        raise AnswerError([WHEN])
    entry_id = hashlib.sha256(f"transcribed {me} {message_id}".encode()).hexdigest()[:32]
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="draft")
        known = session.get(EntryRow, entry_id)
        if known is not None:
            entry = entries.as_entries(seat, session, [known])[0]
            return Saved(entry, known.saved_at, repeated=True)
        gate = couples.gate(seat, session)
        assigned = entries.assignment(seat, session, found.assignment_id, found.worksheet_id, gate)
        worksheet = _worksheet(seat, found)
        row = entries.begin(seat, session, worksheet, assigned, day=found.day, entry_id=entry_id)
        row.started_at = found.answered_at.astimezone(UTC)
        if found.day is None:
            row.about = found.answered_at.astimezone(UTC).date()
        answered_at = found.answered_at.astimezone(UTC).isoformat(timespec="seconds")
        message = Message("transcribed", found.answers, frozenset(found.answers), 0, True, answered_at)
        return saving.store(seat, session, row, message)


def _worksheet(seat: Seat, found: Transcript) -> Worksheet:
    """Return the worksheet, which must be the newest: an older paper is read by a person."""
    worksheet = shelf.newest(seat.office, found.worksheet_id)
    if found.version not in (None, worksheet.version):
        raise AnswerError([VERSION])
    return worksheet
