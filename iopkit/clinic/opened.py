"""Whether a draft is open: its client lets whoever treats them in its domain fill it in with them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from iopkit.clinic.tables import EntryRow
from iopkit.clinic.tables_together import TogetherRow

HOURS = timedelta(hours=4)
"""How long a draft stays open at most: an appointment and what comes around it."""


def is_open(session: Session, row: EntryRow, now: datetime) -> bool:
    """Return whether a draft is open to those who treat its client in its domain."""
    if row.status != "draft" or row.private or row.couple_id is not None:
        return False
    opened = session.get(TogetherRow, (row.id, row.client_id))
    return opened is not None and now - opened.since < HOURS
