"""The client's own record: all entries as a diary, newest first, with charts on one time axis."""

from collections.abc import Iterable
from datetime import date, datetime

from iopkit.apps.line import entry_lines
from iopkit.apps.view import Figure, History
from iopkit.charts import sleep_efficiency, sleep_raster
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.course import course, night_bars, weeks_before
from iopkit.reports.homework import local_day

WEEKS = 8
EMPTY = "What you send will be kept here, newest first, so that you can look back at it."


def history(desk: Desk, *, now: datetime) -> History:
    """Return all sent entries and the charts of the last eight weeks."""
    entries = desk.entries(desk.person.id)
    return History(
        entries=entry_lines(desk, entries, now=now),
        charts=charts(desk, entries, local_day(now, desk.person.zone)),
        empty="" if entries else EMPTY,
    )


def charts(desk: Desk, entries: Iterable[Entry], today: date, *, weeks: int = WEEKS) -> list[Figure]:
    """Return sleep, its efficiency, and each measure that has entries, on one time axis."""
    span = weeks_before(today, weeks)
    shown = [entry for entry in entries if span["start"] <= entry.about <= span["end"]]
    bars = night_bars(shown)
    figures = [sleep_raster(bars, **span), sleep_efficiency(bars, **span)] if bars else []
    for worksheet_id in sorted({entry.worksheet_id for entry in shown}):
        worksheet = desk.worksheet(worksheet_id)
        if worksheet.category == "measures" and worksheet.scores:
            line = course(shown, worksheet)
            figures += [line.chart(**span)] if line.points else []
    return figures
