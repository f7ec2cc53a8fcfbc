"""Totals typed in from forms that a program has a licence for, each under its own name."""

from collections.abc import Mapping
from datetime import date

from iopkit.measures.ratings import rating
from iopkit.worksheets.functions import Figures, Worked

ITEMS = {
    **{
        name: f"{name}_total"
        for name in ("isi", "psqi", "wsas", "ders16", "oq45", "ors", "who5", "promis", "audit", "dast10")
    },
    **{name: name for name in ("bam_use", "bam_risk", "bam_protective")},
}
"""Score → the item it is typed into."""


def totals(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the total of the form that was chosen; all others are None, and nothing is missing."""
    return Worked({name: rating(answers, item) for name, item in ITEMS.items()})


FIGURES: Mapping[str, Figures] = {"totals": Figures(tuple(ITEMS), totals)}
