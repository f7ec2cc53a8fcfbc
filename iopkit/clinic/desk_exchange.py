"""The part of a desk about what leaves the program and what comes into it from elsewhere."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from iopkit.clinic import leaving, outcomes, transcribing
from iopkit.clinic.leaving import Leaving
from iopkit.clinic.outcomes import Outcome
from iopkit.clinic.record import Saved
from iopkit.clinic.seat import Seat


class DeskExchange:
    """What ``Desk`` can do about records that leave, and entries that were filled in elsewhere."""

    _seat: Seat

    def leaving(self, client_id: str, *, since: date | None = None, until: date | None = None) -> Leaving:
        """Return what of a client's record this person may take out; the audit trail says that they did."""
        return leaving.leaving(self._seat, client_id, since=since, until=until)

    def outcomes(self, recipient: str = "") -> tuple[Outcome, ...]:
        """Return what came of one's drills, as it may leave with oneself or to whom both signed for."""
        return outcomes.outcomes(self._seat, recipient)

    def transcribe(
        self,
        worksheet_id: str,
        answers: Mapping[str, Any],
        *,
        answered_at: datetime,
        message_id: str,
        version: str | None = None,
        assignment_id: str | None = None,
        day: date | None = None,
    ) -> Saved:
        """Return one's own entry of what was filled in elsewhere; the same message is stored once."""
        found = transcribing.Transcript(worksheet_id, version, answers, answered_at, assignment_id, day)
        return transcribing.transcribe(self._seat, found, message_id)
