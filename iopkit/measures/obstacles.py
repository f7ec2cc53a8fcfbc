"""What a client says about their homework: how thoroughly it was done, and what was in the way."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iopkit.measures.ratings import rating
from iopkit.worksheets.evaluation import rows

CODES = {
    "forgot": "forgot",
    "no_time": "no-time",
    "unclear": "unclear",
    "too_hard": "too-hard",
    "too_upsetting": "too-upsetting",
    "no_privacy": "no-privacy",
    "no_point": "no-point",
    "partner": "partner",
    "device": "device",
    "other": "other",
}
"""The choices of the worksheet homework-review by the codes of the program's one list of obstacles."""


@dataclass(frozen=True)
class Said:
    """The qualities (0 to 4) and the obstacles that a client named, each as often as they did."""

    qualities: tuple[float, ...] = ()
    obstacles: tuple[str, ...] = ()

    @property
    def quality(self) -> float | None:
        """The mean quality, or None when nothing was rated: that is not 0."""
        return sum(self.qualities) / len(self.qualities) if self.qualities else None

    @property
    def most(self) -> list[tuple[str, int]]:
        """The obstacles with how often each was named, the most frequent first."""
        return sorted(Counter(self.obstacles).items(), key=lambda one: (-one[1], one[0]))


def said(reviews: Iterable[Mapping[str, object]], put_off: Iterable[str] = ()) -> Said:
    """Return what answers of homework-review say, and obstacles named when something was put off.

    >>> said([{"homework": [{"quality": 3}, {"quality": 0, "obstacles": ["no_time"]}]}], ["forgot"]).quality
    1.5
    """
    pieces = [row for answers in reviews for row in rows(answers.get("homework"))]
    qualities = [value for row in pieces if (value := rating(row, "quality")) is not None]
    named = [str(one) for row in pieces for one in _listed(row.get("obstacles"))]
    known = [CODES.get(one, "other") for one in named]
    return Said(tuple(qualities), (*known, *(one for one in put_off if one)))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
