"""The slope of a measure over time. A line needs 3 points, a stated slope 5 (convention of this project)."""

from collections.abc import Sequence
from itertools import combinations
from statistics import median

LINE_NEEDS = 3
SLOPE_NEEDS = 5


def theil_sen(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the median slope between all pairs of points with different x, or None under five points.

    Sen 1968, J Am Stat Assoc 63:1379–1389. One wild value hardly moves it, unlike least squares.
    """
    if len(points) < SLOPE_NEEDS:
        return None
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    return median(slopes) if slopes else None
