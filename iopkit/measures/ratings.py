"""Ratings before and after: the means of what was rated both times, so that both compare the same things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, object]


@dataclass(frozen=True)
class BeforeAfter:
    """Two means and their difference; all three are None when nothing was rated both times."""

    before: float | None
    after: float | None
    change: float | None


def before_after(rows: Sequence[Row], before: str, after: str) -> BeforeAfter:
    """Return the means of the items ``before`` and ``after`` over the rows that have both.

    >>> before_after([{"then": 8, "now": 5}, {"then": 2}], "then", "now")
    BeforeAfter(before=8.0, after=5.0, change=-3.0)
    """
    both = [row for row in rows if rating(row, before) is not None and rating(row, after) is not None]
    first = mean([number for row in both if (number := rating(row, before)) is not None])
    second = mean([number for row in both if (number := rating(row, after)) is not None])
    if first is None or second is None:
        return BeforeAfter(None, None, None)
    return BeforeAfter(first, second, second - first)


def rating(row: Row, item: str) -> float | None:
    """Return an answer as a number; anything else, also nothing, is None and never 0."""
    found = row.get(item)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def mean(numbers: Sequence[float]) -> float | None:
    """Return the arithmetic mean, or None of nothing."""
    return sum(numbers) / len(numbers) if numbers else None
