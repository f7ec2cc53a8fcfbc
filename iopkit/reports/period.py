"""Whose report, over which days: the one place where a report learns who, from when and to when."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from iopkit.charts.labels import full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry, Person
from iopkit.errors import NotFoundError, ReportError

WEEKS = 8
"""How many weeks a report covers when nobody says."""


@dataclass(frozen=True)
class Period:
    """A client and the days of a report, both ends included."""

    client: Person
    since: date
    until: date

    @property
    def end(self) -> datetime:
        """The last instant of the period in the client's zone: what is due after it is not due yet."""
        return datetime.combine(self.until + timedelta(1), time(), ZoneInfo(self.client.zone))

    @property
    def words(self) -> str:
        """The days in words."""
        return f"{full_day(self.since)} to {full_day(self.until)}"


def period(desk: Desk, client: str, *, since: str = "", until: str = "", today: date) -> Period:
    """Return the period of a report; ReportError for wrong days, NotFoundError for no such client.

    Without ``until`` it ends ``today``; without ``since`` it is eight weeks long.
    """
    first, last = span_of(since, until, today)
    return Period(find_client(desk, client), first, last)


def span_of(since: str, until: str, today: date) -> tuple[date, date]:
    """Return the first and the last day; ReportError when they are none or in the wrong order."""
    last = day_of(until, "--to") or today
    first = day_of(since, "--from") or last - timedelta(weeks=WEEKS) + timedelta(1)
    if first > last:
        raise ReportError("The first day of a report (--from) lies after its last day (--to).")
    return first, last


def find_client(desk: Desk, client: str) -> Person:
    """Return the client with this id or user name; AccessError when the reader may not know them."""
    if not client:
        raise NotFoundError("Say whose report this is: client is empty.")
    named = [person for person in desk.clients() if client in (person.id, person.user)]
    return named[0] if named else desk.client(client)


def day_of(text: str, option: str) -> date | None:
    """Return a day written as 2026-03-13, None for ""."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReportError(f"{option} is not a day such as 2026-03-13.") from None


def data_hash(entries: Iterable[Entry]) -> str:
    """Return twelve letters that change when any entry behind a report changes."""
    rows = sorted(
        [entry.id, entry.worksheet_id, entry.version, entry.revision, dict(entry.answers), dict(entry.scores)]
        for entry in entries
    )
    text = json.dumps(rows, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def versions(entries: Iterable[Entry]) -> str:
    """Return the worksheets and versions behind a report."""
    found = sorted({f"{entry.worksheet_id} {entry.version}" for entry in entries})
    return ", ".join(found) if found else "none"
