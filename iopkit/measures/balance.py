"""Where the hours of a week go, and what became lighter at home."""

from collections.abc import Mapping
from datetime import date

from iopkit.measures.ratings import rating
from iopkit.words import sentence
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

WEEK_HOURS = 7 * 24

ROLES = tuple(f"{role}_hours" for role in ("sleep", "work", "program", "family", "home", "self", "other"))

LIGHTER = ("less", "wait", "hand_over", "drop")
"""What may become of a task, other than that it has to be done as before."""


def week(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the hours counted, and how many of 168 are left when every role was given.

    More than 168 hours is asked about, not refused: people do two things at once.
    """
    given = [hours for role in ROLES if (hours := rating(answers, role)) is not None]
    if not given:
        return Worked({"total": None, "left": None})
    total = sum(given)
    if total > WEEK_HOURS:
        text = sentence(
            "These hours add up to more than the {hours} of a week. Is something counted twice?",
            hours=WEEK_HOURS,
        )
        return Worked({"total": total, "left": None}, asks={"other_hours": text})
    return Worked({"total": total, "left": WEEK_HOURS - total if len(given) == len(ROLES) else None})


def tasks(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many tasks became lighter; None while nothing was decided."""
    decisions = [row["decision"] for row in rows(answers.get("tasks")) if row.get("decision")]
    lighter = sum(1 for decision in decisions if decision in LIGHTER)
    return Worked({"relieved": lighter if decisions else None})


FIGURES: Mapping[str, Figures] = {
    "week": Figures(("total", "left"), week),
    "tasks": Figures(("relieved",), tasks),
}
