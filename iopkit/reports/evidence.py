"""The entries behind a report: a row for each, with its day and figures, to which the numbers lead."""

from collections.abc import Iterable, Sequence
from datetime import date

from iopkit.charts.labels import day_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.block import AnyBlock, Behind, Blocks, Evidence, Group, Heading, Source, Text
from iopkit.reports.excerpt import figures

HEAD = ["About the day", "Sent", "Version", "Figures"]
ALL = "entries"


def anchor(worksheet_id: str, day: date) -> str:
    """Return what the row of an entry is called on the page; ids of the store are not on it."""
    return f"{worksheet_id}-{day.isoformat()}"


def behind(entries: Iterable[Entry], worksheet_id: str) -> Behind | None:
    """Return the link to the entries of a worksheet, None when there is none."""
    count = sum(entry.worksheet_id == worksheet_id for entry in entries)
    return Behind(anchor=worksheet_id, words=counted(count)) if count else None


def behind_all(entries: Sequence[Entry]) -> Behind | None:
    """Return the link to the first of all entries, None when there is none."""
    names = sorted({entry.worksheet_id for entry in entries})
    return Behind(anchor=names[0], words=counted(len(entries))) if names else None


def counted(number: int) -> str:
    """Return how many entries.

    >>> counted(1), counted(8)
    ('1 entry', '8 entries')
    """
    return "1 entry" if number == 1 else f"{number} entries"


def evidence(desk: Desk, entries: Sequence[Entry]) -> Blocks:
    """Return the section that lists the entries by worksheet, oldest first."""
    heading: list[AnyBlock] = [Heading(text="The entries behind this report")]
    if not entries:
        return Blocks([*heading, Text(text="There is none.")])
    groups = [
        group(desk, worksheet_id, [one for one in entries if one.worksheet_id == worksheet_id])
        for worksheet_id in sorted({entry.worksheet_id for entry in entries})
    ]
    return Blocks([*heading, Evidence(head=HEAD, groups=groups)])


def group(desk: Desk, worksheet_id: str, entries: Sequence[Entry]) -> Group:
    """Return the entries of one worksheet; of several about one day the last sent is what numbers lead to."""
    rows: dict[str, Source] = {}
    ordered = sorted(entries, key=lambda one: (one.about, one.submitted_at or one.saved_at, one.id))
    for entry in ordered:
        name = anchor(worksheet_id, entry.about)
        if name in rows:
            earlier = rows.pop(name)
            number = sum(key.startswith(name) for key in rows) + 1
            rows[f"{name}-{number}"] = earlier.model_copy(update={"anchor": f"{name}-{number}"})
        rows[name] = Source(anchor=name, cells=cells(desk, entry))
    return Group(anchor=worksheet_id, title=desk.worksheet(worksheet_id).title, rows=list(rows.values()))


def cells(desk: Desk, entry: Entry) -> list[str]:
    """Return what is said of one entry: its days, its version, its figures."""
    sent = day_label(entry.submitted_at.date()) if entry.submitted_at else ""
    return [day_label(entry.about), sent, entry.version, "; ".join(figures(entry, desk.worksheet_of(entry)))]
