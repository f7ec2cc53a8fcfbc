"""A section of pictures for each worksheet with enough entries, the same as the apps draw.

What is still too little for a picture is not named: a report is read once, nothing will be drawn there later.
"""

from collections.abc import Sequence

from iopkit.charts import pictures
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.block import AnyBlock, Blocks, Chart, Heading, Text
from iopkit.reports.course import SLEEP, Weeks, filled
from iopkit.reports.period import Period

NONE = "No other worksheet has enough entries for a picture yet."


def picture_sections(desk: Desk, period: Period, entries: Sequence[Entry]) -> Blocks:
    """Return the pictures of all worksheets but measures and sleep, which have sections of their own."""
    blocks: list[AnyBlock] = [Heading(text="Pictures")]
    sheets = [desk.worksheet(name) for name in {entry.worksheet_id for entry in entries}]
    for sheet in sorted(sheets, key=lambda sheet: sheet.title):
        if sheet.id == SLEEP or sheet.category == "measures":
            continue
        span = Weeks(start=period.since, end=period.until)
        clinician = desk.person.kind != "client"
        found = pictures(sheet, filled(entries, sheet.id), **span, clinician=clinician)
        if found is None or not found.figures:
            continue
        blocks.append(Heading(text=found.title, level=3))
        blocks += [Chart(figure=figure) for figure in found.figures]
    return Blocks(blocks if len(blocks) > 1 else [*blocks, Text(text=NONE)])
