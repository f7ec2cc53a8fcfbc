"""Sleep by weeks: means over the nights present, with n of 7, and how regular they were; nothing imputed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import atan2, cos, log, pi, sin, sqrt

from iopkit.measures.sleep import Night

FEW_NIGHTS = 5
"""Under this many nights a weekly mean is marked "few nights" (Carney 2012 asks for most of the week)."""

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class SleepWeek:
    """Means of one week of nights that ended on ``start`` to ``start`` + 6; minutes and percent.

    ``se`` is sleep time / time in bed; ``se_dse`` is the other efficiency (Reed & Sacco 2016).
    ``regularity`` is the circular standard deviation of midsleep in minutes, from three nights on.
    """

    start: date
    n: int
    tib: float
    tst: float
    se: float
    se_dse: float
    midsleep: float
    regularity: float | None

    @property
    def few(self) -> bool:
        """Whether the means stand on few nights."""
        return self.n < FEW_NIGHTS

    @property
    def nights(self) -> str:
        """How many nights stand behind the means, in words."""
        return f"{self.n} of 7" + (", few nights" if self.few else "")


def sleep_weeks(nights: Mapping[date, Night]) -> list[SleepWeek]:
    """Return one week for each that has a night, oldest first; weeks begin on Monday."""
    by_week: dict[date, list[Night]] = {}
    for day in sorted(nights):
        by_week.setdefault(day - timedelta(day.weekday()), []).append(nights[day])
    return [one_week(start, present) for start, present in by_week.items()]


def one_week(start: date, nights: list[Night]) -> SleepWeek:
    """Return the means over the nights present."""
    middles = [night.midsleep for night in nights]
    return SleepWeek(
        start=start,
        n=len(nights),
        tib=mean(night.tib for night in nights),
        tst=mean(night.tst for night in nights),
        se=mean(night.se for night in nights),
        se_dse=mean(night.se_dse for night in nights),
        midsleep=circular_mean(middles),
        regularity=circular_sd(middles) if len(middles) >= 3 else None,
    )


def mean(values: Iterable[float]) -> float:
    """Return the arithmetic mean."""
    present = list(values)
    return sum(present) / len(present)


def circular_mean(minutes: list[float]) -> float:
    """Return the mean of clock times in minutes after midnight: 23:50 and 00:10 make 00:00, not noon.

    >>> round(circular_mean([23 * 60 + 50, 10]), 6) % 1440
    0.0
    """
    x, y = resultant(minutes)
    return atan2(y, x) * DAY_MINUTES / (2 * pi) % DAY_MINUTES


def circular_sd(minutes: list[float]) -> float:
    """Return the circular standard deviation of clock times in minutes, √(−2 ln R) (Mardia & Jupp 2000)."""
    length = min(sqrt(sum(part**2 for part in resultant(minutes))), 1.0)
    return sqrt(-2 * log(length)) * DAY_MINUTES / (2 * pi)


def resultant(minutes: list[float]) -> tuple[float, float]:
    """Return the mean of the times as points on the unit circle."""
    angles = [2 * pi * at / DAY_MINUTES for at in minutes]
    return mean(cos(angle) for angle in angles), mean(sin(angle) for angle in angles)
