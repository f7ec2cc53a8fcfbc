"""Feelings in a log: how strong before and after, and at which part of the day they are strongest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from iopkit.measures.ratings import before_after, mean, rating
from iopkit.measures.shapes import Filled, Group, Groups, Overview, Pair, Pairs
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

FEELINGS = ("feelings_before", "feelings_after", "feelings_change")
WORRIES = ("worry_before", "worry_after", "worry_change")

PARTS = (("night", 0), ("morning", 5), ("afternoon", 12), ("evening", 17), ("night", 22))
"""Parts of the day, each with the hour at which it begins."""


@dataclass(frozen=True)
class DayPart:
    """The mean strength (0–100) of the feelings in ``n`` entries of one part of the day."""

    name: str
    strength: float
    n: int


def log(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the mean strength of the feelings rated both times, before and after, and its change."""
    felt = before_after(rows(answers.get("feelings")), "before", "after")
    return Worked(dict(zip(FEELINGS, (felt.before, felt.after, felt.change), strict=True)))


def worries(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the mean strength (0–10) of worries when they came, at worry time, and its change."""
    rated = before_after(rows(answers.get("worries")), "before", "after")
    return Worked(dict(zip(WORRIES, (rated.before, rated.after, rated.change), strict=True)))


def day_parts(entries: Iterable[Mapping[str, object]]) -> list[DayPart]:
    """Return the parts of the day that have entries, in order of the day.

    An entry counts once, with the mean of its feelings, however many it names. Entries without a time or
    without a rating have no part in it.
    """
    found: dict[str, list[float]] = {"morning": [], "afternoon": [], "evening": [], "night": []}
    for answers in entries:
        at = answers.get("time")
        rated = [rating(row, "before") for row in rows(answers.get("feelings"))]
        strength = mean([number for number in rated if number is not None])
        if isinstance(at, str) and strength is not None:
            found[part_of_day(time.fromisoformat(at))].append(strength)
    return [DayPart(name, sum(each) / len(each), len(each)) for name, each in found.items() if each]


def part_of_day(at: time) -> str:
    """Return the part of the day of a clock time.

    >>> part_of_day(time(4, 59)), part_of_day(time(5, 0))
    ('night', 'morning')
    """
    return [name for name, begins in PARTS if begins <= at.hour][-1]


FIGURES: Mapping[str, Figures] = {"log": Figures(FEELINGS, log), "worries": Figures(WORRIES, worries)}

FEWEST_FELT = 5
"""Fewer entries than this say nothing about parts of the day (a convention of this project)."""

TOP = 100


def parts(entries: Sequence[Filled]) -> Groups:
    """Return how strong feelings were in each part of the day that has entries."""
    found = day_parts(entry.answers for entry in entries)
    return Groups(
        tuple(Group(part.name, part.strength, part.n) for part in found), ("entry", "entries"), "", TOP
    )


def feelings(entries: Sequence[Filled]) -> Pairs:
    """Return each feeling before and after, means over the times it was rated twice, most rated first."""
    found: dict[str, list[tuple[float, float]]] = {}
    for row in (row for entry in entries for row in rows(entry.answers.get("feelings"))):
        before, after = rating(row, "before"), rating(row, "after")
        if row.get("feeling") and before is not None and after is not None:
            found.setdefault(str(row["feeling"]), []).append((before, after))
    pairs = [
        Pair(
            name, sum(one for one, _ in each) / len(each), sum(two for _, two in each) / len(each), len(each)
        )
        for name, each in found.items()
    ]
    return Pairs(tuple(sorted(pairs, key=lambda pair: (-pair.n, pair.name))), 0, TOP, "ratings")


def _placed(entry: Filled) -> int:
    return len(day_parts([entry.answers]))


def _rated_twice(entry: Filled) -> int:
    return len(feelings([entry]).pairs) > 0


RATED_TWICE = Overview(
    "slope",
    feelings,
    _rated_twice,
    ("feelings.feeling", "feelings.before", "feelings.after"),
    "entries with a feeling rated before and after",
    labels="feelings.feeling",
)

OVERVIEWS: Mapping[str, Overview] = {
    "parts": Overview(
        "groups",
        parts,
        _placed,
        ("time", "feelings.before"),
        "entries with a time and a feeling",
        needs=FEWEST_FELT,
    ),
    "feelings": RATED_TWICE,
}
