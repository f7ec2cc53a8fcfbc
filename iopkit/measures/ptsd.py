"""Items of the PCL-5 that count as present, by cluster. It is a count for clinicians, no diagnosis."""

from collections.abc import Mapping
from datetime import date

from iopkit.measures.ratings import rating
from iopkit.worksheets.functions import Figures, Worked

CLUSTERS = {"b": range(1, 6), "c": range(6, 8), "d": range(8, 15), "e": range(15, 21)}
"""Which items belong to clusters B to E (National Center for PTSD)."""

PRESENT = 2
"""An item rated 2 ("Moderately") or more is present (Weathers 2013)."""


def clusters(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many items of each cluster are present; None where an item of the cluster has no answer."""
    values: dict[str, float | None] = {}
    for name, numbers in CLUSTERS.items():
        rated = [rating(answers, f"pcl5_{number}") for number in numbers]
        known = [one for one in rated if one is not None]
        complete = len(known) == len(rated)
        values[f"present_{name}"] = sum(1 for one in known if one >= PRESENT) if complete else None
    return Worked(values)


FIGURES: Mapping[str, Figures] = {
    "clusters": Figures(tuple(f"present_{name}" for name in CLUSTERS), clusters),
}
