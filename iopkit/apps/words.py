"""Times and names in words of the person who reads: "today, 9:10 pm", "every Monday"."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from iopkit.charts.labels import clock_label, day_label, full_day
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS
from iopkit.words import format_day, say, sentence, several

WEEKDAYS = {
    code: format_day(date(2024, 1, 1 + number), "EEEE", "en")
    for number, code in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
}
"""Days of the week by their codes in a recurrence rule."""

DOMAINS = {
    "individual": sentence("individual"),
    "couples": sentence("couples"),
    "substance-use": sentence("substance use"),
    "medical": sentence("medical"),
}
"""What a domain is called."""

TREATS = {
    "individual": sentence("individual therapist"),
    "couples": sentence("couples therapist"),
    "substance-use": sentence("drug and alcohol counselor"),
    "medical": sentence("prescriber"),
}
"""What a clinician of a domain is called."""


def local(at: datetime, zone: str) -> datetime:
    """Return an instant on the wall clock of a zone."""
    return at.astimezone(ZoneInfo(zone))


def day_words(day: date, today: date, language: str = "en") -> str:
    """Return a day as people say it, within a week of today by its name.

    >>> day_words(date(2026, 3, 4), today=date(2026, 3, 3))
    'tomorrow'
    """
    ahead = (day - today).days
    near = {0: sentence("today"), 1: sentence("tomorrow"), -1: sentence("yesterday")}
    if ahead in near:
        return say(near[ahead], language)
    if 1 < ahead < 7:
        return format_day(day, say("EEEE", language), language)
    return day_label(day, language) if day.year == today.year else full_day(day, language)


def moment(at: datetime, now: datetime, zone: str, language: str = "en") -> str:
    """Return an instant as people say it: the day and the clock time in their zone."""
    here = local(at, zone)
    day = day_words(here.date(), local(now, zone).date(), language)
    return f"{day}, {clock_label(here.time(), language)}"


def upper(text: str) -> str:
    """Return the text with a capital at the start, the rest as it is."""
    return text[:1].upper() + text[1:]


def ago(day: date, today: date, language: str = "en") -> str:
    """Return how long ago a day was.

    >>> ago(date(2026, 3, 1), today=date(2026, 3, 3))
    '2 days ago'
    """
    days = (today - day).days
    near = {0: sentence("today"), 1: sentence("yesterday")}
    return say(near.get(days, sentence("{days} days ago", days=days)), language)


def greeting(now: datetime, zone: str, name: str, language: str = "en") -> str:
    """Return a greeting that fits the hour, with the first name."""
    hour = local(now, zone).hour
    first = name.split()[0] if name.split() else say("and welcome", language)
    if 4 <= hour < 12:
        return say("Good morning, {name}", language, name=first)
    if 12 <= hour < 18:
        return say("Good afternoon, {name}", language, name=first)
    return say("Good evening, {name}", language, name=first)


def rhythm(rrule: str, language: str = "en") -> str:
    """Return a recurrence rule in words, as far as worksheets use them; other rules are "on some days".

    >>> rhythm("FREQ=DAILY"), rhythm("FREQ=WEEKLY;BYDAY=MO,WE,FR"), rhythm("")
    ('every day', 'every Monday, Wednesday and Friday', 'once')
    """
    if not rrule:
        return say("once", language)
    if rrule == BEFORE_APPOINTMENTS:
        return say("before each appointment", language)
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    codes = [code for code in parts.get("BYDAY", "").split(",") if code in WEEKDAYS]
    days = [day_name(code, language) for code in codes]
    every = int(parts.get("INTERVAL", "1"))
    text = often_words(parts.get("FREQ", ""), every, codes, days, language)
    if "COUNT" not in parts:
        return text
    count = int(parts["COUNT"])
    return several("{often}, {count} time", "{often}, {count} times", language, count, often=text)


def often_words(often: str, every: int, codes: Sequence[str], days: Sequence[str], language: str) -> str:
    """Return how often something comes, by the parts of its rule."""
    each = every == 1
    if each and ((often == "DAILY" and not days) or len(days) == len(WEEKDAYS)):
        return say("every day", language)
    if each and often in ("DAILY", "WEEKLY") and codes == list(WEEKDAYS)[:5]:
        return say("every weekday", language)
    if each and often in ("DAILY", "WEEKLY") and days:
        return say("every {days}", language, days=listing(days, language))
    if each and often == "WEEKLY":
        return say("every week", language)
    if often == "WEEKLY" and days:
        names = listing(days, language)
        if every == 2:
            return say("every second week on {days}", language, days=names)
        return say("every {number} weeks on {days}", language, number=every, days=names)
    return say("on some days", language)


def day_name(code: str, language: str = "en") -> str:
    """Return the name of a day of the week by its code in a recurrence rule.

    >>> day_name("TU"), day_name("TU", "es")
    ('Tuesday', 'martes')
    """
    return format_day(date(2024, 1, 1 + list(WEEKDAYS).index(code)), "EEEE", language)


def listing(names: Sequence[str], language: str = "en") -> str:
    """Return names in a row.

    >>> listing(["Ana", "Ben", "Cy"])
    'Ana, Ben and Cy'
    """
    if len(names) < 2:
        return "".join(names)
    return say("{first} and {last}", language, first=", ".join(names[:-1]), last=names[-1])
