"""Rhythms as a clinician says them, and the rule of RFC 5545 behind each."""

from datetime import date, datetime, time
from typing import cast

from dateutil.rrule import rrulestr

from iopkit.apps.message_library import Rhythm, Weekday
from iopkit.apps.words import WEEKDAYS, day_words, rhythm
from iopkit.charts.labels import clock_label
from iopkit.clinic.record import Assignment
from iopkit.errors import AnswerError
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS
from iopkit.words import say, sentence, several

NO_DAY = sentence("Choose at least one day of the week.")
NEVER = sentence(
    "There is no such day between the first and the last one. Choose another day or a later end."
)
WORKDAYS = list(WEEKDAYS)[:5]


def rule(chosen: Rhythm) -> str:
    """Return the RFC 5545 rule of a rhythm, "" for once; AnswerError when it would never come.

    >>> rule(Rhythm(often="weekly", days=["TU", "TH"], every=2, starts=date(2026, 3, 13), due=time(21)))
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH'
    """
    if chosen.often == "once":
        return ""
    if chosen.often == "before":
        return BEFORE_APPOINTMENTS
    times = f";COUNT={chosen.times}" if chosen.times else ""
    if chosen.often == "daily":
        return f"FREQ=DAILY{times}"
    days = WORKDAYS if chosen.often == "weekdays" else [one for one in WEEKDAYS if one in chosen.days]
    if not days:
        raise AnswerError([NO_DAY])
    every = f";INTERVAL={chosen.every}" if chosen.often == "weekly" and chosen.every > 1 else ""
    made = f"FREQ=WEEKLY{every};BYDAY={','.join(days)}{times}"
    if (
        chosen.ends is not None
        and chosen.ends >= chosen.starts
        and not comes(made, chosen.starts, chosen.ends)
    ):
        raise AnswerError([NEVER])
    return made


def chosen(given: Assignment) -> Rhythm:
    """Return the rhythm of an assignment as a form shows it; a rule of another kind has no days chosen."""
    parts = dict(part.partition("=")[::2] for part in given.rrule.split(";"))
    days = [cast(Weekday, one) for one in parts.get("BYDAY", "").split(",") if one in WEEKDAYS]
    shown = Rhythm(
        often="once", starts=given.starts, ends=given.ends, due=given.due.replace(second=0), grace=given.grace
    )
    if not given.rrule:
        return shown
    if given.rrule == BEFORE_APPOINTMENTS:
        return shown.model_copy(update={"often": "before"})
    every, times = int(parts.get("INTERVAL", 1)), int(parts.get("COUNT", 0))
    if parts.get("FREQ") == "DAILY" and not days and every == 1:
        return shown.model_copy(update={"often": "daily", "times": times})
    if parts.get("FREQ") == "WEEKLY" and days == WORKDAYS and every == 1:
        return shown.model_copy(update={"often": "weekdays", "times": times})
    return shown.model_copy(update={"often": "weekly", "days": days, "every": min(every, 4), "times": times})


def comes(made: str, starts: date, ends: date) -> bool:
    """Return whether a rule names a day between two days."""
    first = datetime.combine(starts, time())
    return bool(rrulestr(made, dtstart=first).between(first, datetime.combine(ends, time()), inc=True))


def in_words(chosen: Rhythm, today: date, language: str = "en") -> str:
    """Return a rhythm as people say it, with its first and last day.

    >>> in_words(Rhythm(often="daily", starts=date(2026, 3, 13), due=time(21)), date(2026, 3, 13))
    'every day from today, by 9:00 pm'
    """
    text = without_grace(chosen, today, language)
    if not chosen.grace:
        return text
    return say(
        "{rhythm}; {grace} later still counts as on time",
        language,
        rhythm=text,
        grace=grace(chosen, language),
    )


def grace(chosen: Rhythm, language: str) -> str:
    """Return how long after its time something still counts as on time."""
    hours, minutes = divmod(chosen.grace, 60)
    if minutes or not hours:
        return several("{count} minute", "{count} minutes", language, chosen.grace)
    if hours % 24:
        return several("{count} hour", "{count} hours", language, hours)
    return several("{count} day", "{count} days", language, hours // 24)


def without_grace(chosen: Rhythm, today: date, language: str) -> str:
    """Return a rhythm with its days and its time."""
    clock = clock_label(chosen.due, language)
    if chosen.often == "once":
        day = day_words(chosen.ends or chosen.starts, today, language)
        return say("once, by {day}, {clock}", language, day=day, clock=clock)
    often, first = rhythm(rule(chosen), language), day_words(chosen.starts, today, language)
    last = day_words(chosen.ends, today, language) if chosen.ends else ""
    values = {"often": often, "first": first, "last": last, "clock": clock}
    if chosen.often == "before":
        if last:
            return say("{often} from {first} until {last}", language, **values)
        return say("{often} from {first}", language, **values)
    if last:
        return say("{often} from {first} until {last}, by {clock}", language, **values)
    return say("{often} from {first}, by {clock}", language, **values)
