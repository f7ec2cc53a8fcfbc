"""Medicines taken as prescribed: of one day, and of a week over its days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iopkit.measures.ratings import rating
from iopkit.measures.shapes import Bar, Bars, Filled, Overview
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

NAMES = ("due", "taken", "adherence", "bother")

DUE = ("yes", "part", "more", "no")
"""Answers about a medicine that was due. Only the first is as prescribed."""


@dataclass(frozen=True)
class MedicineWeek:
    """One week from Monday ``start``: percent taken as prescribed of ``due`` doses on ``days`` days."""

    start: date
    days: int
    due: int
    adherence: float


def day_figures(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return medicines due, taken as prescribed, their share in percent, and how much effects bother (0–10).

    A medicine without an answer, or not due, counts neither way.
    """
    due, taken = counted(answers)
    return Worked(
        {
            "due": due or None,
            "taken": taken if due else None,
            "adherence": 100 * taken / due if due else None,
            "bother": rating(answers, "bother"),
        }
    )


def counted(answers: Mapping[str, object]) -> tuple[int, int]:
    """Return how many medicines were due and how many of them were taken as prescribed.

    >>> counted({"medicines": [{"taken": "yes"}, {"taken": "more"}, {"taken": "not_due"}, {}]})
    (2, 1)
    """
    due = [row["taken"] for row in rows(answers.get("medicines")) if row.get("taken") in DUE]
    return len(due), due.count("yes")


def medicine_weeks(entries: Iterable[tuple[date, Mapping[str, object]]]) -> list[MedicineWeek]:
    """Return one week for each that has a medicine due, oldest first; nothing is imputed."""
    weeks: dict[date, list[tuple[date, int, int]]] = {}
    for day, answers in sorted(entries, key=lambda entry: entry[0]):
        due, taken = counted(answers)
        if due:
            weeks.setdefault(day - timedelta(day.weekday()), []).append((day, due, taken))
    return [_week(start, present) for start, present in weeks.items()]


def _week(start: date, present: list[tuple[date, int, int]]) -> MedicineWeek:
    due = sum(each for _, each, _ in present)
    taken = sum(each for _, _, each in present)
    return MedicineWeek(start, len({day for day, _, _ in present}), due, 100 * taken / due)


FIGURES: Mapping[str, Figures] = {"day": Figures(NAMES, day_figures)}


def weeks(entries: Sequence[Filled]) -> Bars:
    """Return the share of doses taken as prescribed, week by week."""
    found = medicine_weeks((entry.day, entry.answers) for entry in entries)
    bars = [Bar(week.start, week.adherence, f"{week.due} due on {week.days} of 7 days") for week in found]
    return Bars(tuple(bars), "%", 100)


def _with_due(entry: Filled) -> int:
    return counted(entry.answers)[0] > 0


OVERVIEWS: Mapping[str, Overview] = {
    "weeks": Overview("bars", weeks, _with_due, ("medicines.taken",), "days with a medicine due", needs=2)
}
