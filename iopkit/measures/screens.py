"""Drug screens: how many tests were positive, and how many of those no prescription explains."""

from collections.abc import Mapping
from datetime import date

from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

NAMES = ("tested", "positive", "unexplained", "confirmed")


def panel(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return counts over the tests that have a result; all None when there is none.

    A positive result that a laboratory did not confirm counts as tested and not as positive: the first test
    is presumptive (ASAM 2017). Only a plain yes to "prescribed" explains one.
    """
    results = [row for row in rows(answers.get("results")) if row.get("result")]
    if not results:
        return Worked(dict.fromkeys(NAMES))
    positive = [
        row for row in results if row["result"] == "positive" and row.get("confirmed") != "not_confirmed"
    ]
    return Worked(
        {
            "tested": len(results),
            "positive": len(positive),
            "unexplained": sum(1 for row in positive if row.get("prescribed") != "yes"),
            "confirmed": sum(1 for row in positive if row.get("confirmed") == "yes"),
        }
    )


FIGURES: Mapping[str, Figures] = {"panel": Figures(NAMES, panel)}
