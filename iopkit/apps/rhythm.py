"""Rhythms as a clinician says them, and the rule of RFC 5545 behind each."""

from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from iopkit.apps.message_library import Rhythm
from iopkit.apps.words import WEEKDAYS, day_words, rhythm
from iopkit.charts.labels import clock_label
from iopkit.errors import AnswerError

NO_DAY = "Choose at least one day of the week."
NEVER = "There is no such day between the first and the last one. Choose another day or a later end."


def rule(chosen: Rhythm) -> str:
    """Return the RFC 5545 rule of a rhythm, "" for once; AnswerError when it would never come.

    >>> rule(Rhythm(often="weekly", days=["TU", "TH"], starts=date(2026, 3, 13), due=time(21)))
    'FREQ=WEEKLY;BYDAY=TU,TH'
    """
    if chosen.often == "once":
        return ""
    if chosen.often == "daily":
        return "FREQ=DAILY"
    days = (
        list(WEEKDAYS)[:5] if chosen.often == "weekdays" else [one for one in WEEKDAYS if one in chosen.days]
    )
    if not days:
        raise AnswerError([NO_DAY])
    made = f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    if (
        chosen.ends is not None
        and chosen.ends >= chosen.starts
        and not comes(made, chosen.starts, chosen.ends)
    ):
        raise AnswerError([NEVER])
    return made


def comes(made: str, starts: date, ends: date) -> bool:
    """Return whether a rule names a day between two days."""
    first = datetime.combine(starts, time())
    return bool(rrulestr(made, dtstart=first).between(first, datetime.combine(ends, time()), inc=True))


def in_words(chosen: Rhythm, today: date) -> str:
    """Return a rhythm as people say it, with its first and last day.

    >>> in_words(Rhythm(often="daily", starts=date(2026, 3, 13), due=time(21)), date(2026, 3, 13))
    'every day from today, by 9:00 pm'
    """
    by = f"by {clock_label(chosen.due)}"
    if chosen.often == "once":
        return f"once, by {day_words(chosen.ends or chosen.starts, today)}, {clock_label(chosen.due)}"
    until = f" until {day_words(chosen.ends, today)}" if chosen.ends else ""
    return f"{rhythm(rule(chosen))} from {day_words(chosen.starts, today)}{until}, {by}"
