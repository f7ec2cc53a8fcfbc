"""Goals with a step each: how sure of the step, whether it was taken, how far along the goal is."""

from collections.abc import Mapping
from datetime import date

from iopkit.measures.ratings import mean, rating
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

NAMES = ("confidence", "progress", "steps_done")

TAKEN = ("yes", "partly")
"""A step taken in part is taken."""


def progress(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return mean confidence and progress (0–10) over the goals named, and how many steps were taken."""
    goals = [row for row in rows(answers.get("goals")) if row.get("goal")]
    answered = [row["step_done"] for row in goals if row.get("step_done")]
    return Worked(
        {
            "confidence": mean([sure for row in goals if (sure := rating(row, "confidence")) is not None]),
            "progress": mean([far for row in goals if (far := rating(row, "progress")) is not None]),
            "steps_done": sum(1 for done in answered if done in TAKEN) if answered else None,
        }
    )


def one(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return confidence and progress (0–10) of a single goal, and how many of its steps are done."""
    steps = [row["done"] for row in rows(answers.get("steps")) if row.get("step") and row.get("done")]
    return Worked(
        {
            "confidence": rating(answers, "confidence"),
            "progress": rating(answers, "progress"),
            "steps_done": sum(1 for done in steps if done in TAKEN) if steps else None,
        }
    )


FIGURES: Mapping[str, Figures] = {"progress": Figures(NAMES, progress), "one": Figures(NAMES, one)}
