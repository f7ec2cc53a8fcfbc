"""Days, clock times and numbers as a language writes them, from the locale data of Babel (Unicode CLDR)."""

from datetime import date, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

LOCALES = {"en": "en_US", "es": "es_US"}
"""The United States in each language: the 12-hour clock, a point before decimals."""

MANY = 4096
"""Texts that are kept: a client's page says some hundred days and numbers, most of them on every visit."""


@lru_cache(maxsize=len(LOCALES))
def locale(language: str) -> Locale:
    """Return the locale data of a language; English for one that is not ours."""
    return Locale.parse(LOCALES.get(language, LOCALES["en"]))


@lru_cache(maxsize=MANY)
def format_day(day: date, pattern: str, language: str) -> str:
    """Return a day by a pattern of Unicode's date fields.

    >>> format_day(date(2026, 3, 3), "EEE d MMMM", "en")
    'Tue 3 March'
    """
    return format_date(day, pattern, locale=locale(language))


@lru_cache(maxsize=MANY)
def format_clock(at: time, language: str) -> str:
    """Return a clock time on the 12-hour clock.

    >>> format_clock(time(21, 10), "en"), format_clock(time(21, 10), "es")
    ('9:10 pm', '9:10 p.m.')
    """
    return format_time(at, "h:mm a", locale=locale(language)).lower()


@lru_cache(maxsize=MANY)
def format_number(value: float, digits: int, language: str) -> str:
    """Return a number rounded to so many digits at most, with a real minus sign.

    >>> format_number(-1.25, 1, "en"), format_number(12000, 0, "es")
    ('−1.2', '12000')
    """
    pattern = f"0.{'#' * digits}" if digits else "0"
    return format_decimal(value, pattern, locale=locale(language)).replace("-", "−")
