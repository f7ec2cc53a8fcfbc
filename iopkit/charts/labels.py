"""Days, clock times and durations as short texts, the same in charts, apps and reports."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from iopkit.words import format_clock, format_day, format_number, say

# Names come from Unicode's locale data, not from strftime, whose names follow the machine: a report must have
# the same bytes everywhere.
MONDAY = date(2024, 1, 1)
DAY_MINUTES = 24 * 60


def weekdays(language: str = "en") -> tuple[str, ...]:
    """Return the short names of the days of the week, from Monday.

    >>> weekdays()[0], weekdays("es")[0]
    ('Mon', 'lun')
    """
    return tuple(format_day(MONDAY + timedelta(days), "EEE", language) for days in range(7))


WEEKDAYS = weekdays()


def day_label(day: date, language: str = "en") -> str:
    """Return a day with its weekday.

    >>> day_label(date(2026, 3, 3))
    'Tue 3 March'
    """
    return format_day(day, say("EEE d MMMM", language), language)


def short_day(day: date, language: str = "en") -> str:
    """Return a day for an axis.

    >>> short_day(date(2026, 3, 3))
    '3 Mar'
    """
    return format_day(day, say("d MMM", language), language)


def full_day(day: date, language: str = "en") -> str:
    """Return a day with its year, for a report.

    >>> full_day(date(2026, 3, 3))
    '3 March 2026'
    """
    return format_day(day, say("d MMMM y", language), language)


def clock_label(at: time | float, language: str = "en") -> str:
    """Return a clock time on the 12-hour clock, from a time or from minutes after midnight (also below 0).

    >>> clock_label(time(21, 10)), clock_label(-75), clock_label(0)
    ('9:10 pm', '10:45 pm', '12:00 am')
    """
    minutes = at.hour * 60 + at.minute if isinstance(at, time) else round(at) % DAY_MINUTES
    return format_clock(time(*divmod(minutes, 60)), language)


def span_label(minutes: float, language: str = "en") -> str:
    """Return a duration in hours and minutes.

    >>> span_label(370), span_label(45), span_label(480)
    ('6 h 10 min', '45 min', '8 h')
    """
    hours, rest = divmod(round(minutes), 60)
    parts = [say("{hours} h", language, hours=hours)] * bool(hours)
    parts += [say("{minutes} min", language, minutes=rest)] * bool(rest or not hours)
    return " ".join(parts)


def number_label(value: float, decimals: int = 1, language: str = "en") -> str:
    """Return a number rounded to what it means, without trailing zeros, with a real minus sign.

    >>> number_label(14.0), number_label(-1.25), number_label(14.625)
    ('14', '−1.2', '14.6')
    """
    text = format_number(value, decimals, language)
    return "0" if text == "−0" else text


def value_label(value: float, unit: str = "", decimals: int = 1, language: str = "en") -> str:
    """Return a figure as people read it, by its unit.

    >>> value_label(370, "minutes"), value_label(75, "%"), value_label(435, "minutes after midnight")
    ('6 h 10 min', '75%', '7:15 am')
    """
    if unit == "minutes":
        return span_label(value, language)
    if unit == "minutes after midnight":
        return clock_label(value, language)
    number = number_label(value, decimals, language)
    return f"{number}%" if unit in ("%", "percent") else f"{number} {unit}".strip()


IN_HOURS = 180
"""An axis of minutes that reaches this far is labelled in hours."""


def tick_labels(values: Sequence[float], unit: str = "") -> list[str]:
    """Return the figures of an axis, where room is small.

    >>> tick_labels([0, 90, 180], "minutes"), tick_labels([0, 45], "minutes"), tick_labels([0, 50], "%")
    (['0 h', '1.5 h', '3 h'], ['0 min', '45 min'], ['0%', '50%'])
    """
    if unit == "minutes":
        hours = max(values, default=0) >= IN_HOURS
        return [
            f"{number_label(value / 60)} h" if hours else f"{number_label(value)} min" for value in values
        ]
    if unit == "minutes after midnight":
        return [clock_label(value).replace(":00", "") for value in values]
    return [value_label(value, unit) if unit in ("%", "percent") else number_label(value) for value in values]


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "entry", "entries"), plural(3, "day")
    ('1 entry', '3 days')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def move_label(value: float, unit: str = "", language: str = "en") -> str:
    """Return the size of a movement; between clock times it is minutes.

    >>> move_label(12.5, "minutes after midnight"), move_label(3, "%")
    ('12 min', '3%')
    """
    return value_label(value, "minutes" if unit == "minutes after midnight" else unit, language=language)
