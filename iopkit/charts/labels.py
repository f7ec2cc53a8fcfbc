"""Days, clock times and durations as short texts, the same in charts, apps and reports."""

from datetime import date, time

# Not strftime: its names follow the machine's locale, and a report must have the same bytes everywhere.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY_MINUTES = 24 * 60


def day_label(day: date) -> str:
    """Return a day with its weekday.

    >>> day_label(date(2026, 3, 3))
    'Tue 3 March'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_day(day: date) -> str:
    """Return a day for an axis.

    >>> short_day(date(2026, 3, 3))
    '3 Mar'
    """
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def full_day(day: date) -> str:
    """Return a day with its year, for a report.

    >>> full_day(date(2026, 3, 3))
    '3 March 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_label(at: time | float) -> str:
    """Return a clock time on the 12-hour clock, from a time or from minutes after midnight (also below 0).

    >>> clock_label(time(21, 10)), clock_label(-75), clock_label(0)
    ('9:10 pm', '10:45 pm', '12:00 am')
    """
    minutes = at.hour * 60 + at.minute if isinstance(at, time) else round(at) % DAY_MINUTES
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"


def span_label(minutes: float) -> str:
    """Return a duration in hours and minutes.

    >>> span_label(370), span_label(45), span_label(480)
    ('6 h 10 min', '45 min', '8 h')
    """
    hours, rest = divmod(round(minutes), 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def number_label(value: float, decimals: int = 1) -> str:
    """Return a number rounded to what it means, without trailing zeros, with a real minus sign.

    >>> number_label(14.0), number_label(-1.25), number_label(14.625)
    ('14', '−1.2', '14.6')
    """
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in {"-0", "0"} else text).replace("-", "−")
