"""The notice that goes with substance-use records in a report, at its head and at its end."""

from collections.abc import Iterable

from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry
from iopkit.reports.block import AnyBlock, Callout


def notice(desk: Desk, shown: Iterable[Entry | Assignment]) -> list[AnyBlock]:
    """Return the notice of 42 CFR 2.32 with the consents it rests on; nothing if nothing shown needs it."""
    found = desk.disclosure(shown)
    return [] if found is None else [Callout(text=found.text, tone="care")]
