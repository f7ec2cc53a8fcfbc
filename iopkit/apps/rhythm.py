"""Rhythms as a clinician says them, and the rule of RFC 5545 behind each."""

from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from iopkit.apps.message_library import Rhythm
from iopkit.apps.words import WEEKDAYS, day_words, rhythm
from iopkit.charts.labels import clock_label
from iopkit.errors import AnswerError
from iopkit.words import say, sentence

NO_DAY = sentence("Choose at least one day of the week.")
NEVER = sentence(
    "There is no such day between the first and the last one. Choose another day or a later end."
)


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


def in_words(chosen: Rhythm, today: date, language: str = "en") -> str:
    """Return a rhythm as people say it, with its first and last day.

    >>> in_words(Rhythm(often="daily", starts=date(2026, 3, 13), due=time(21)), date(2026, 3, 13))
    'every day from today, by 9:00 pm'
    """
    clock = clock_label(chosen.due, language)
    if chosen.often == "once":
        day = day_words(chosen.ends or chosen.starts, today, language)
        return say("once, by {day}, {clock}", language, day=day, clock=clock)
    often, first = rhythm(rule(chosen), language), day_words(chosen.starts, today, language)
    if chosen.ends:
        last = day_words(chosen.ends, today, language)
        return say(
            "{often} from {first} until {last}, by {clock}",
            language,
            often=often,
            first=first,
            last=last,
            clock=clock,
        )
    return say("{often} from {first}, by {clock}", language, often=often, first=first, clock=clock)
