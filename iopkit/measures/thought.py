"""What a thought record changed: each feeling, distress as their mean, belief in the hot thought."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from iopkit.measures.emotion import RATED_TWICE
from iopkit.measures.shapes import Filled, Group, Groups, Overview
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

MOST_FEELINGS = 5
"""Feelings with a figure of their own: as many as the worksheet has room for."""

NAMES = (
    "distress_before",
    "distress_after",
    "distress_change",
    "belief_before",
    "belief_after",
    "belief_change",
    *(f"change_{number}" for number in range(1, MOST_FEELINGS + 1)),
)


def change(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return distress and belief (0–100) before, after and their change; below zero is relief.

    Distress is the mean of the feelings rated both times, so that before and after compare the same ones. A
    feeling or thought without both ratings has no change.
    """
    feelings = rows(answers.get("feelings"))
    pairs = [(_rating(row, "before"), _rating(row, "after")) for row in feelings]
    rated = [(before, after) for before, after in pairs if before is not None and after is not None]
    before, after = _mean([pair[0] for pair in rated]), _mean([pair[1] for pair in rated])
    belief_before, belief_after = _hot_belief(answers), _rating(answers, "hot_belief_after")
    figures = {
        "distress_before": before,
        "distress_after": after,
        "distress_change": _difference(before, after),
        "belief_before": belief_before,
        "belief_after": belief_after,
        "belief_change": _difference(belief_before, belief_after),
    }
    for number in range(1, MOST_FEELINGS + 1):
        figures[f"change_{number}"] = _difference(*pairs[number - 1]) if number <= len(pairs) else None
    return Worked(figures)


def _hot_belief(answers: Mapping[str, object]) -> float | None:
    """Return how much the hot thought was believed at first: the chosen one, or the only one there is."""
    thoughts = [row for row in rows(answers.get("thoughts")) if row.get("thought")]
    if len(thoughts) > 1:
        thoughts = [row for row in thoughts if row.get("thought") == answers.get("hot_thought")]
    return _rating(thoughts[0], "belief") if thoughts else None


def _rating(row: Mapping[str, object], name: str) -> float | None:
    found = row.get(name)
    return found if isinstance(found, int | float) else None


def _mean(numbers: Sequence[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


FIGURES: Mapping[str, Figures] = {"change": Figures(NAMES, change)}

FEWEST_RECORDS = 3
"""Fewer records than this have no common habit of thought (a convention of this project)."""


def styles(entries: Sequence[Filled]) -> Groups:
    """Return in how many records each thinking style was marked, the commonest first, of records with one."""
    marked = [found for entry in entries if (found := _styles(entry))]
    counted = Counter(style for found in marked for style in found)
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    groups = tuple(Group(style, times, len(marked)) for style, times in ordered)
    return Groups(groups, ("record", "records"), "", len(marked) or None, counts=True)


def evidence(entries: Sequence[Filled]) -> Groups:
    """Return the share of records in which something that speaks against the thought was found."""
    written = [entry.answers for entry in entries if entry.answers.get("thoughts")]
    against = sum(1 for answers in written if str(answers.get("evidence_against") or "").strip())
    share = 100 * against / len(written) if written else 0.0
    return Groups(
        (Group("something against the thought", share, len(written)),), ("record", "records"), "%", 100
    )


def _styles(entry: Filled) -> set[str]:
    found = entry.answers.get("styles")
    return {str(style) for style in found if style != "none"} if isinstance(found, list) else set()


def _with_style(entry: Filled) -> int:
    return bool(_styles(entry))


def _with_thought(entry: Filled) -> int:
    return bool(entry.answers.get("thoughts"))


OVERVIEWS: Mapping[str, Overview] = {
    "feelings": RATED_TWICE,
    "styles": Overview(
        "groups",
        styles,
        _with_style,
        ("styles",),
        "records with a thinking style",
        needs=FEWEST_RECORDS,
        labels="styles",
    ),
    "evidence": Overview(
        "groups", evidence, _with_thought, ("thoughts", "evidence_against"), "records", needs=FEWEST_RECORDS
    ),
}
