"""What to give next, sized to what was in the way: proposals a clinician takes up or leaves."""

from collections.abc import Sequence
from datetime import datetime

from iopkit.apps.library import assign_key
from iopkit.apps.view_hour import NextThing, Preset
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry, Person
from iopkit.errors import AccessError, NotFoundError
from iopkit.reports.homework import local_day, week_adherence
from iopkit.reports.kept import Kept
from iopkit.words import say, sentence
from iopkit.worksheets import Worksheet

MOST = 3
CALM = "guided-breathing"
ONCE = Preset(often="once")
THREE = Preset(often="weekly", days=["MO", "WE", "FR"])
SIZED = {
    "forgot": (sentence("Forgotten: fewer days, at a fixed time of day"), THREE),
    "no-time": (sentence("No time: the same on three days a week"), THREE),
    "unclear": (sentence("Not clear: once, begun together in the appointment"), ONCE),
    "too-hard": (sentence("Too hard: once, as a small try"), ONCE),
    "too-upsetting": (sentence("Too upsetting: something calming first"), ONCE),
    "no-privacy": (sentence("No privacy: on fewer days, at a time alone"), THREE),
    "no-point": (sentence("No point seen: once, after talking about what it is for"), ONCE),
    "partner": (sentence("Partner not available: once, at an agreed time"), ONCE),
    "device": (sentence("Trouble with the device: on fewer days, or on paper"), THREE),
    "other": (sentence("Something in the way: on fewer days"), THREE),
}
"""What helps against each obstacle, as a size: a convention of this project for a clinician to judge."""


def next_things(
    desk: Desk,
    person: Person,
    assignments: Sequence[Assignment],
    entries: Sequence[Entry],
    homework: Sequence[Kept],
    *,
    now: datetime,
) -> list[NextThing]:
    """Return at most three proposals: what was done least, sized to the obstacle that was named most."""
    language, today = desk.person.language, local_day(now, person.zone)
    least = [
        (week.completion, one)
        for one in assignments
        if one.stopped_at is None
        and (week := week_adherence([one], entries, now=now, zone=person.zone)).completion is not None
        and week.completion < 1
        and (one.ends is None or one.ends >= today)
    ]
    least.sort(key=lambda found: (found[0] or 0.0, found[1].id))
    found: list[NextThing] = []
    for _share, given in least[:MOST]:
        named = next((one.by_client.most for one in homework if one.domain == given.domain), [])
        text, preset = SIZED[named[0][0]] if named and named[0][0] in SIZED else SIZED["other"]
        calming = bool(named) and named[0][0] == "too-upsetting"
        sheet = offered(desk, CALM if calming else given.worksheet_id)
        assign = assign_key(desk, sheet, person.id) if sheet else ""
        if sheet and assign and sheet.title not in {one.title for one in found}:
            found.append(NextThing(text=say(text, language), title=sheet.title, assign=assign, preset=preset))
    return found


def offered(desk: Desk, worksheet_id: str) -> Worksheet | None:
    """Return a worksheet that can still be given, or None."""
    try:
        return desk.worksheet(worksheet_id)
    except (NotFoundError, AccessError):
        return None
