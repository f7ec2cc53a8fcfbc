"""The earlier versions of an entry: what was changed when, in words."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from iopkit.apps.copy import lines
from iopkit.apps.place import key
from iopkit.apps.view_versions import Changed, KeptLine, VersionLine, Versions
from iopkit.apps.words import moment, upper
from iopkit.clinic.desk import Desk
from iopkit.words import say, sentence
from iopkit.worksheets import Worksheet

EMPTY = sentence("There is no earlier version. When you correct this entry, what stood before is kept here.")
FIRST = sentence("{when}: sent")
LATER = sentence("{when}: corrected")


def versions(desk: Desk, entry_id: str, *, now: datetime) -> Versions:
    """Return what was changed in one's own entry, the newest first, and answers that did not stand."""
    found, language = desk.versions(entry_id), desk.person.language
    sheet, zone = desk.worksheet_of(found.entry), found.entry.zone

    def when(at: datetime) -> str:
        return upper(moment(at, now, zone, language))

    shown = [
        VersionLine(
            when=say(LATER, language, when=when(after.at)),
            changes=changes(sheet, before.answers, after.answers),
        )
        for before, after in pairwise(found.versions)
    ]
    if found.versions:
        first = VersionLine(when=say(FIRST, language, when=when(found.versions[0].at)), changes=[])
        shown = [first, *shown]
    kept = [
        KeptLine(title=title, when=when(one.at), text=text)
        for one in found.kept
        for title, text in lines(sheet.items, {one.item: one.value})
    ]
    return Versions(
        title=sheet.title,
        back=key(desk, "entry", entry_id),
        versions=shown[::-1],
        kept=kept,
        empty="" if len(shown) > 1 or kept else say(EMPTY, language),
    )


def changes(sheet: Worksheet, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """Return the questions whose answers differ, in the order of the worksheet."""
    found = []
    for item in sheet.items.values():
        one = {item.id: item}
        old, new = (dict(lines(one, answers)) for answers in (before, after))
        if old != new:
            titles = dict.fromkeys([*old, *new])
            found += [
                Changed(title=title, before=old.get(title, ""), after=new.get(title, ""))
                for title in titles
                if old.get(title) != new.get(title)
            ]
    return found
