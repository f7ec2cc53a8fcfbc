"""The slope of a measure over time. A line needs 3 points, a stated slope 5 (convention of this project)."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from statistics import median

from iopkit.errors import ReportError

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


def one_look_back(measure: str, look_backs: Iterable[str | None]) -> str | None:
    """Return the period that all entries of a trend look back over; ReportError when they differ.

    A score over two weeks and one over a day are two measures: a line through both would show a change
    that is none.
    """
    found = list(dict.fromkeys(look_backs))
    if len(found) > 1:
        told = " and ".join(f"'{one}'" if one else "no stated period" for one in found)
        raise ReportError(
            f"Entries of {measure} look back over {told}, so they do not join one trend. "
            "Choose a period in which they look back over the same."
        )
    return found[0] if found else None
