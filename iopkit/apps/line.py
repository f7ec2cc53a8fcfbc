"""Entries as lines of a list, with the words of their reader."""

from collections.abc import Iterable
from datetime import datetime

from iopkit.apps.place import key
from iopkit.apps.view import EntryLine
from iopkit.apps.words import moment, upper
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.excerpt import figures, summary


def entry_lines(
    desk: Desk, entries: Iterable[Entry], *, now: datetime, parts: tuple[str, ...] = ()
) -> list[EntryLine]:
    """Return one line for each entry, in the order given; ``parts`` are added to the places they lead to."""
    return [entry_line(desk, entry, now=now, parts=parts) for entry in entries]


def entry_line(desk: Desk, entry: Entry, *, now: datetime, parts: tuple[str, ...] = ()) -> EntryLine:
    """Return when, which worksheet, what stands in it in one line, and its figures."""
    worksheet = desk.worksheet_of(entry)
    language = desk.person.language
    return EntryLine(
        key=key(desk, "entry", entry.id, *parts),
        title=worksheet.title,
        when=upper(moment(entry.submitted_at or entry.saved_at, now, entry.zone, language)),
        summary=summary(entry, worksheet),
        figures=figures(entry, worksheet, language),
        unread=desk.person.kind != "client" and not entry.read_by_me,
    )
