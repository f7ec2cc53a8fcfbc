"""Times and names in words of the person who reads: "today, 9:10 pm", "every Monday"."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from iopkit.charts.labels import MONTHS, clock_label, day_label

WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
"""Days of the week by their codes in a recurrence rule."""

TREATS = {
    "individual": "individual therapist",
    "couples": "couples therapist",
    "substance-use": "drug and alcohol counselor",
    "medical": "prescriber",
}
"""What a clinician of a domain is called."""


def local(at: datetime, zone: str) -> datetime:
    """Return an instant on the wall clock of a zone."""
    return at.astimezone(ZoneInfo(zone))


def day_words(day: date, today: date) -> str:
    """Return a day as people say it, within a week of today by its name.

    >>> day_words(date(2026, 3, 4), today=date(2026, 3, 3))
    'tomorrow'
    """
    ahead = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if ahead in near:
        return near[ahead]
    if 1 < ahead < 7:
        return list(WEEKDAYS.values())[day.weekday()]
    return day_label(day) if day.year == today.year else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(at: datetime, now: datetime, zone: str) -> str:
    """Return an instant as people say it: the day and the clock time in their zone."""
    here = local(at, zone)
    return f"{day_words(here.date(), local(now, zone).date())}, {clock_label(here.time())}"


def upper(text: str) -> str:
    """Return the text with a capital at the start, the rest as it is."""
    return text[:1].upper() + text[1:]


def ago(day: date, today: date) -> str:
    """Return how long ago a day was.

    >>> ago(date(2026, 3, 1), today=date(2026, 3, 3))
    '2 days ago'
    """
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def greeting(now: datetime, zone: str, name: str) -> str:
    """Return a greeting that fits the hour, with the first name."""
    hour = local(now, zone).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    return f"Good {part}, {name.split()[0] if name.split() else 'and welcome'}"


def rhythm(rrule: str) -> str:
    """Return a recurrence rule in words, as far as worksheets use them; other rules are "on some days".

    >>> rhythm("FREQ=DAILY"), rhythm("FREQ=WEEKLY;BYDAY=MO,WE,FR"), rhythm("")
    ('every day', 'every Monday, Wednesday and Friday', 'once')
    """
    if not rrule:
        return "once"
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    days = [WEEKDAYS[code] for code in parts.get("BYDAY", "").split(",") if code in WEEKDAYS]
    weekdays = list(WEEKDAYS.values())[:5]
    often, each = parts.get("FREQ"), parts.get("INTERVAL", "1") == "1"
    if each and ((often == "DAILY" and not days) or len(days) == len(WEEKDAYS)):
        return "every day"
    if each and often in ("DAILY", "WEEKLY") and days == weekdays:
        return "every weekday"
    if each and often in ("DAILY", "WEEKLY") and days:
        return f"every {listing(days)}"
    if each and often == "WEEKLY":
        return "every week"
    return "on some days"


def listing(names: Sequence[str]) -> str:
    """Return names in a row.

    >>> listing(["Ana", "Ben", "Cy"])
    'Ana, Ben and Cy'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "entry", "entries"), count(3, "alert")
    ('1 entry', '3 alerts')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
