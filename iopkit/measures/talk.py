"""How a talk in turns went: whose turns they were, and how many were said back rightly."""

from collections.abc import Mapping
from datetime import date

from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked


def balance(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the percentage of turns that were the writer's own, and of those confirmed as understood.

    Turns without a speaker, or without an answer whether it was right, are left out of that figure.
    """
    turns = rows(answers.get("turns"))
    speakers = [row["speaker"] for row in turns if row.get("speaker")]
    answered = [row["confirmed"] for row in turns if row.get("confirmed")]
    return Worked({"my_turns": _share(speakers, "me"), "confirmed": _share(answered, "yes")})


def _share(found: list[object], wanted: str) -> float | None:
    return 100 * found.count(wanted) / len(found) if found else None


FIGURES: Mapping[str, Figures] = {"balance": Figures(("my_turns", "confirmed"), balance)}
