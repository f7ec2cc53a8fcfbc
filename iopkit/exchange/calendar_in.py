"""Busy times out of another program's calendar file: from when to when; no titles, places or people.

Such a file may be anything: it is measured before it is parsed, only what has an hour is taken, and only
rules that are known to happen are followed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from iopkit.errors import AnswerError
from iopkit.measures.appointments import Span, merged
from iopkit.words import sentence

if TYPE_CHECKING:
    from icalendar import Calendar, Event

LARGEST = 2_000_000
MOST_EVENTS = 5000
DEEPEST = 3
"""Components within each other: a calendar, an event, an alarm."""
AHEAD = timedelta(weeks=26)
LONGEST = timedelta(days=1)
"""What lasts longer is a day or a journey, not an hour."""
TOO_LARGE = sentence(
    "This calendar is too large: at most 2 MB and 5,000 events. Export only the coming months."
)
NOT_ONE = sentence(
    "This is not a calendar file that can be read. Export it again as an .ics file; nothing was changed."
)
_DAYS = "(MO|TU|WE|TH|FR|SA|SU)"
_RULE = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "COUNT": r"[1-9]\d{0,4}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "BYDAY": rf"([+-]?[1-4]|-1)?{_DAYS}(,([+-]?[1-4]|-1)?{_DAYS})*",
    "BYMONTHDAY": r"([1-9]|1\d|2[0-8]|-1)(,([1-9]|1\d|2[0-8]|-1))*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYSETPOS": r"[1-4]|-1",
    "WKST": _DAYS,
}
"""Parts of a rule that is followed. Others could be searched for in vain until the year 9999."""


BROKEN = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError),
    OSError,  # the name of a zone that is no file name
)
"""What the libraries raise at a file that is none."""


@dataclass
class Taken:
    """The busy times of a file, and how many of its events were left out for which reason."""

    spans: list[Span] = field(default_factory=list)
    all_day: int = 0
    free: int = 0
    unknown: int = 0


def busy_times(data: bytes, *, zone: str, now: datetime) -> Taken:
    """Return the busy times of a file in the coming 26 weeks; times without a zone are read in ``zone``."""
    lines = _lines(data)
    calendars = _parsed("\r\n".join(lines))
    taken, events = Taken(), 0
    for calendar in calendars:
        kept = [one for one in calendar.walk("VEVENT") if _keeps(one, taken)]
        events += len(kept)
        if events > MOST_EVENTS:
            raise AnswerError([TOO_LARGE])
        taken.spans += _spans(calendar, kept, zone=zone, now=now)
    taken.spans = merged(taken.spans)
    return taken


def _lines(data: bytes) -> list[str]:
    """Return the unfolded lines of a file, once it is small and shallow enough to be parsed."""
    if len(data) > LARGEST or data.count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise AnswerError([TOO_LARGE])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswerError([NOT_ONE]) from error
    lines = [one for one in re.sub(r"\r?\n[ \t]", "", text).splitlines() if one.strip()]
    if not _is_nested(lines):
        raise AnswerError([NOT_ONE])
    return [one for one in lines if _MATTERS.match(one)]


def _is_nested(lines: list[str]) -> bool:
    """Return whether these are whole calendars, no deeper than calendars are."""
    open_ones: list[str] = []
    for one in lines:
        verb, _, name = one.strip().upper().partition(":")
        if verb == "BEGIN":
            open_ones.append(name)
        elif not open_ones or (verb == "END" and open_ones.pop() != name):
            return False
        if len(open_ones) > DEEPEST or (open_ones and open_ones[0] != "VCALENDAR"):
            return False
    return bool(lines) and not open_ones


_MATTERS = re.compile(
    r"(BEGIN|END|VERSION|PRODID|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP"
    r"|TZID|TZOFFSETFROM|TZOFFSETTO|TZNAME|X-MICROSOFT-CDO-BUSYSTATUS|X-WR-TIMEZONE)[:;]",
    re.IGNORECASE,
)
"""The lines that say when. Titles, places, notes and people are dropped before anything is parsed."""


def _parsed(text: str) -> list[Any]:
    from icalendar import Calendar

    try:
        found = Calendar.from_ical(text, multiple=True)
        return [one for one in found if isinstance(one, Calendar)]
    except BROKEN as error:
        raise AnswerError([NOT_ONE]) from error


def _keeps(event: "Event", taken: Taken) -> bool:
    """Return whether an event takes up an hour; what does not is counted."""
    try:
        start = event.get("DTSTART")
        if start is None or not hasattr(start, "dt"):
            taken.unknown += 1
        elif not isinstance(start.dt, datetime):
            taken.all_day += 1
        elif _is_free(event) and "RECURRENCE-ID" not in event:
            taken.free += 1
        elif not _is_followed(event) or _is_backwards(event, start.dt):
            taken.unknown += 1
        else:
            return True
    except (ValueError, TypeError, AttributeError):
        taken.unknown += 1
    return False


def _is_free(event: "Event") -> bool:
    return (
        str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(event.get("STATUS", "")).upper() == "CANCELLED"
        or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    )


def _is_backwards(event: "Event", start: datetime) -> bool:
    end = event.get("DTEND")
    return end is not None and isinstance(end.dt, datetime) and end.dt <= start


def _is_followed(event: "Event") -> bool:
    """Return whether the rule of an event, if any, is one that happens."""
    rule = event.get("RRULE")
    if rule is None:
        return True
    if isinstance(rule, list):
        return False
    text = rule.to_ical().decode()
    parts = [part.partition("=") for part in text.split(";")]
    fits = all(re.fullmatch(_RULE.get(name, r"(?!)"), value) for name, _, value in parts)
    return fits and any(name == "FREQ" for name, _, _ in parts)


def _spans(calendar: "Calendar", events: list["Event"], *, zone: str, now: datetime) -> Iterator[Span]:
    """Yield from when to when events happen, in the time looked at."""
    import recurring_ical_events
    from icalendar import Calendar

    own = Calendar()
    for zone_of in calendar.walk("VTIMEZONE"):
        own.add_component(zone_of)
    for event in events:
        own.add_component(event)
    here = ZoneInfo(_zone_of(calendar, zone))
    try:
        found = recurring_ical_events.of(own, skip_bad_series=True).between(now, now + AHEAD)
        for one in found:
            start, end = (_aware(at, here) for at in (one.start, one.end))
            if not _is_free(one) and now < end and timedelta() < end - start <= LONGEST:
                yield Span(start, end)
    except BROKEN as error:
        raise AnswerError([NOT_ONE]) from error


def _zone_of(calendar: "Calendar", zone: str) -> str:
    """Return the zone of times that name none: what the file says of itself (Google's habit), else ours."""
    named = str(calendar.get("X-WR-TIMEZONE", ""))
    try:
        return ZoneInfo(named).key if named else zone
    except (ValueError, OSError, KeyError):
        return zone


def _aware(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)
