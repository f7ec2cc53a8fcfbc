"""Round numbers for an axis."""

from collections.abc import Sequence
from math import ceil, floor

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
MINUTES = (5, 10, 15, 30, 60, 120, 180, 240, 360, 720)
MOST = 5
"""More labels than this crowd a phone."""


def nice_ticks(low: float, high: float, unit: str = "") -> list[float]:
    """Return at most six round values that hold ``low`` and ``high``, evenly apart.

    >>> nice_ticks(0, 87), nice_ticks(350, 480, "minutes"), nice_ticks(0, 0)
    ([0, 20, 40, 60, 80, 100], [330, 360, 390, 420, 450, 480], [0, 1])
    """
    steps = MINUTES if unit.startswith("minutes") else STEPS
    for step in [step for step in steps if unit != "minutes" or high <= 60 or step >= 30]:
        first, last = floor(low / step), ceil(high / step)
        if last - first <= MOST:
            return [step * number for number in range(first, max(last, first + 1) + 1)]
    return [low, high]


def even_ticks(low: float, high: float) -> list[float]:
    """Return even steps of a given scale.

    >>> even_ticks(0, 10), even_ticks(0, 100), even_ticks(-10, 10), even_ticks(0, 7)
    ([0, 5, 10], [0, 20, 40, 60, 80, 100], [-10, -5, 0, 5, 10], [0, 7])
    """
    span = high - low
    whole = [count for count in (5, 4, 6, 3, 2) if span % count == 0]
    count = next((count for count in whole if span / count % 5 == 0), whole[0] if whole else 1)
    step = span / count
    return [tidy(low + step * number) for number in range(count + 1)]


def tidy(value: float) -> float:
    """Return a whole number as a whole number."""
    return int(value) if float(value).is_integer() else value


def scale_ticks(values: Sequence[float], ends: tuple[float, float] | None, unit: str = "") -> list[float]:
    """Return the ticks of a stated scale, or round ones around the values; counts begin at 0."""
    if ends is not None:
        return even_ticks(*ends)
    low = min(values, default=0)
    clock = unit == "minutes after midnight"
    return nice_ticks(low if clock else min(low, 0), max(values, default=1), unit)
