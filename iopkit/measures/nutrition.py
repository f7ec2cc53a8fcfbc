"""The rhythm of eating on one day: first meal, longest waking gap, hours from the last caffeine to bed.

Times only. Calories and weights are left out on purpose (eating-disorder safety).
"""

from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise

from iopkit.words import sentence
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

WHOLE_DAY = 24 * 60
DAY_BEGINS = 4 * 60
"""Without a time of waking up, what lies before 4 am belongs to the night of the day."""


def day_figures(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return first meal (minutes after midnight), longest gap (minutes) and caffeine to bed (hours).

    The waking day runs from ``woke`` to ``bedtime``, also past midnight. What has no time has no part in it.
    """
    woke, bedtime = _clock(answers.get("woke")), _clock(answers.get("bedtime"))
    start = DAY_BEGINS if woke is None else woke
    bed = None if bedtime is None else _since(start, bedtime)
    meals = sorted(_since(start, at) for at in _times(answers, "meals"))
    drinks = [_since(start, at) for at in _times(answers, "caffeine")]
    return Worked(
        {
            "first_meal": (start + meals[0]) % WHOLE_DAY if meals else None,
            "longest_gap": _longest_gap(meals, from_waking=woke is not None, bed=bed),
            "caffeine_to_bed": _hours(drinks, bed),
        },
        asks=_doubts(meals, drinks, bed),
    )


def _longest_gap(meals: list[int], *, from_waking: bool, bed: int | None) -> float | None:
    """Return the longest stretch without food between waking up and bed, as far as both are known."""
    points = [*([0] if from_waking else []), *meals, *([bed] if bed is not None else [])]
    gaps = [after - before for before, after in pairwise(points)]
    return max(gaps) if gaps and min(gaps) >= 0 else None


def _hours(drinks: list[int], bed: int | None) -> float | None:
    before = [at for at in drinks if bed is not None and at <= bed]
    return (bed - max(before)) / 60 if before and bed is not None else None


def _doubts(meals: list[int], drinks: list[int], bed: int | None) -> dict[str, str]:
    """Return a question where a meal or drink lies after bedtime: often morning and evening mixed up."""
    asked = {"meals": meals, "caffeine": drinks}
    text = sentence("One of these times lies between bed and waking up. Is that right?")
    return {item: text for item, times in asked.items() if bed is not None and any(at > bed for at in times)}


def _times(answers: Mapping[str, object], item: str) -> list[int]:
    found = [_clock(row.get("time")) for row in rows(answers.get(item))]
    return [at for at in found if at is not None]


def _clock(answer: object) -> int | None:
    if not isinstance(answer, str):
        return None
    at = time.fromisoformat(answer)
    return at.hour * 60 + at.minute


def _since(start: int, at: int) -> int:
    """Return the minutes from the start of the waking day to a clock time."""
    return (at - start) % WHOLE_DAY


NAMES = ("first_meal", "longest_gap", "caffeine_to_bed")
FIGURES: Mapping[str, Figures] = {"day": Figures(NAMES, day_figures)}
