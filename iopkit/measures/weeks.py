"""Weeks from Monday to Sunday."""

from collections.abc import Iterable
from datetime import date, timedelta

from iopkit.measures.shapes import Stacked


def monday(day: date) -> date:
    """Return the Monday of a day's week.

    >>> monday(date(2026, 3, 8))
    datetime.date(2026, 3, 2)
    """
    return day - timedelta(day.weekday())


def stacked(counted: Iterable[tuple[date, tuple[float, ...]]]) -> tuple[Stacked, ...]:
    """Return the counts of each week that has any, part by part, oldest first."""
    weeks: dict[date, list[tuple[float, ...]]] = {}
    for day, counts in sorted(counted):
        weeks.setdefault(monday(day), []).append(counts)
    summed = [Stacked(start, tuple(map(sum, zip(*each, strict=True)))) for start, each in weeks.items()]
    return tuple(week for week in summed if any(week.counts))
