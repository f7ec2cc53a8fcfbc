"""The client's own record: all entries as a diary, newest first, with charts on one time axis."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from iopkit.apps.line import entry_lines
from iopkit.apps.place import key
from iopkit.apps.view import History, NavItem, Pictures
from iopkit.charts import pictures
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.course import SLEEP, filled, weeks_before
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence
from iopkit.worksheets import Worksheet

WEEKS = 8
EMPTY = sentence("What you send will be kept here, newest first, so that you can look back at it.")

DOORS = (
    ("who-sees", sentence("Who can see what")),
    ("access-log", sentence("Who looked when")),
    ("consents", sentence("My consents")),
)
"""The other pages of a client's record."""


def history(desk: Desk, *, now: datetime) -> History:
    """Return all sent entries and the charts of the last eight weeks."""
    entries = desk.entries(desk.person.id)
    return History(
        entries=entry_lines(desk, entries, now=now),
        charts=charts(desk, entries, local_day(now, desk.person.zone)),
        empty="" if entries else say(EMPTY, desk.person.language),
        shared=entry_lines(desk, desk.shared(), now=now),
        doors=[NavItem(key=key(desk, name), label=say(label, desk.person.language)) for name, label in DOORS],
    )


def charts(
    desk: Desk,
    entries: Iterable[Entry],
    today: date,
    *,
    weeks: int = WEEKS,
    marked: Sequence[date] = (),
) -> list[Pictures]:
    """Return the pictures of each worksheet with entries, on one time axis: sleep, then measures first.

    ``marked`` are days of appointments, marked on that axis.
    """
    span = weeks_before(today, weeks)
    shown = [entry for entry in entries if span["start"] <= entry.about <= span["end"]]
    sheets = [desk.worksheet(worksheet_id) for worksheet_id in {entry.worksheet_id for entry in shown}]
    staff, language = desk.person.kind != "client", desk.person.language
    drawn = [
        pictures(sheet, filled(shown, sheet.id), **span, clinician=staff, language=language, marked=marked)
        for sheet in sorted(sheets, key=place)
    ]
    return [one for one in drawn if one is not None]


def place(sheet: Worksheet) -> tuple[bool, bool, str]:
    """Return what the sections are ordered by."""
    return sheet.id != SLEEP, sheet.category != "measures", sheet.title
