"""How many small pleasant things a week held."""

from collections.abc import Mapping
from datetime import date

from iopkit.worksheets.functions import Figures, Worked

LISTS = ("at_home", "outside", "with_people", "for_me")


def pleasant(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many things are marked in the four lists together; None when none of them was answered."""
    marked = [answer for item in LISTS if isinstance(answer := answers.get(item), list)]
    return Worked({"marked": sum(map(len, marked)) if marked else None})


FIGURES: Mapping[str, Figures] = {"pleasant": Figures(("marked",), pleasant)}
