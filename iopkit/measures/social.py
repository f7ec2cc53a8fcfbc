"""What a map of people shows: which kinds of support there are, and which hang on one person."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

NAMES = ("kinds", "thin")


def support(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many kinds of support have at least one person, and how many exactly one.

    Without anybody whose kinds are marked there is no figure: not asked is not none.
    """
    counted: Counter[object] = Counter()
    for person in rows(answers.get("people")):
        good_for = person.get("good_for")
        counted.update(set(good_for) if isinstance(good_for, list) else ())
    if not counted:
        return Worked(dict.fromkeys(NAMES))
    return Worked({"kinds": len(counted), "thin": sum(1 for times in counted.values() if times == 1)})


FIGURES: Mapping[str, Figures] = {"support": Figures(NAMES, support)}
