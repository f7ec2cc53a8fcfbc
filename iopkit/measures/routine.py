"""The rhythm of days: anchors planned and kept, how regular the time of getting up is, sleep habits kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from iopkit.measures.shapes import Bar, Bars, Filled, Overview
from iopkit.measures.sleep_week import circular_sd
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

DAY_NAMES = ("kept", "hit_rate", "wake")

HABITS = ("day_habits", "evening_habits", "night_habits")

FEWEST_WAKINGS = 3
"""A standard deviation of fewer times says nothing."""


@dataclass(frozen=True)
class RoutineDay:
    """One day: anchors that happened out of those with an answer; ``wake`` in minutes after midnight."""

    day: date
    kept: int
    answered: int
    wake: int | None


@dataclass(frozen=True)
class RoutineWeek:
    """One week from Monday ``start``: share of anchors kept in percent, over ``days`` days with an answer.

    ``wake_sd`` is the circular standard deviation of getting up in minutes, from three ``wakings`` on.
    """

    start: date
    days: int
    hit_rate: float
    wakings: int
    wake_sd: float | None


def day_figures(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many anchors were kept, their share in percent, and when the person got up.

    The share counts anchors that have an answer. Getting up is the time given; where it happened as planned
    and no time was given, the planned one.
    """
    found = routine_day(answers, day)
    return Worked(
        {
            "kept": found.kept if found.answered else None,
            "hit_rate": 100 * found.kept / found.answered if found.answered else None,
            "wake": found.wake,
        }
    )


def routine_day(answers: Mapping[str, object], day: date) -> RoutineDay:
    """Return what one entry says about its day."""
    anchors = [row for row in rows(answers.get("anchors")) if row.get("anchor")]
    answered = [row for row in anchors if row.get("done")]
    kept = [row for row in answered if row.get("done") != "no"]
    wakings = [at for row in kept if row.get("anchor") == "wake" and (at := _when(row)) is not None]
    return RoutineDay(day, len(kept), len(answered), wakings[0] if wakings else None)


def routine_weeks(days: Iterable[RoutineDay]) -> list[RoutineWeek]:
    """Return one week for each that has a day with an answer, oldest first; nothing is imputed."""
    weeks: dict[date, list[RoutineDay]] = {}
    for one in sorted(days, key=lambda found: found.day):
        if one.answered:
            weeks.setdefault(one.day - timedelta(one.day.weekday()), []).append(one)
    return [_week(start, present) for start, present in weeks.items()]


def sleep_habits(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many sleep habits are marked in the three lists; None when none of them was answered."""
    lists = [answer for item in HABITS if isinstance(answer := answers.get(item), list)]
    marked = [value for answer in lists for value in answer if value != "none"]
    return Worked({"habits": len(marked) if lists else None})


def _when(row: Mapping[str, object]) -> int | None:
    """Return the minutes after midnight at which an anchor happened, as far as it is known."""
    given = row.get("actual")
    if given is None and row.get("done") == "yes":
        given = row.get("planned")
    if not isinstance(given, str):
        return None
    at = time.fromisoformat(given)
    return at.hour * 60 + at.minute


def _week(start: date, days: list[RoutineDay]) -> RoutineWeek:
    wakings = [float(one.wake) for one in days if one.wake is not None]
    return RoutineWeek(
        start=start,
        days=len({one.day for one in days}),
        hit_rate=100 * sum(one.kept for one in days) / sum(one.answered for one in days),
        wakings=len(wakings),
        wake_sd=circular_sd(wakings) if len(wakings) >= FEWEST_WAKINGS else None,
    )


FIGURES: Mapping[str, Figures] = {
    "day": Figures(DAY_NAMES, day_figures),
    "sleep_habits": Figures(("habits",), sleep_habits),
}


def weeks(entries: Sequence[Filled]) -> Bars:
    """Return the share of anchors kept, week by week."""
    found = routine_weeks(routine_day(entry.answers, entry.day) for entry in entries)
    return Bars(tuple(Bar(week.start, week.hit_rate, f"{week.days} of 7 days") for week in found), "%", 100)


def regularity(entries: Sequence[Filled]) -> Bars:
    """Return the standard deviation of getting up in minutes, for the weeks with three times or more."""
    found = routine_weeks(routine_day(entry.answers, entry.day) for entry in entries)
    bars = [
        Bar(week.start, week.wake_sd, f"{week.wakings} mornings")
        for week in found
        if week.wake_sd is not None
    ]
    return Bars(tuple(bars), "minutes")


def _answered(entry: Filled) -> int:
    return routine_day(entry.answers, entry.day).answered > 0


def _woke(entry: Filled) -> int:
    return routine_day(entry.answers, entry.day).wake is not None


OVERVIEWS: Mapping[str, Overview] = {
    "weeks": Overview("bars", weeks, _answered, ("anchors.done",), "days looked back at", needs=2),
    "regularity": Overview(
        "bars",
        regularity,
        _woke,
        ("anchors.anchor", "anchors.actual"),
        "mornings of one week",
        needs=FEWEST_WAKINGS,
    ),
}
