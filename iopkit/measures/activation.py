"""What became of planned activities: how many were done, and what they did for the mood."""

from collections.abc import Mapping, Sequence
from datetime import date

from iopkit.measures.ratings import before_after
from iopkit.measures.shapes import Filled, Overview, Stack
from iopkit.measures.weeks import stacked
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

NAMES = ("done", "done_share", "mood_before", "mood_after", "mood_change")

HAPPENED = ("yes", "partly", "other_time")
"""What counts as done: also in part, also at another time."""


def plan(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many activities were done, their share in percent, and mood 0–10 before and after.

    The share counts activities that have an answer to "did it happen"; one not looked back at is not counted
    as left out. Mood is the mean over activities rated both times.
    """
    activities = [row for row in rows(answers.get("activities")) if row.get("activity")]
    reviewed = [row for row in activities if row.get("done")]
    done = [row for row in reviewed if row.get("done") in HAPPENED]
    mood = before_after(activities, "mood_before", "mood_after")
    return Worked(
        {
            "done": len(done) if reviewed else None,
            "done_share": 100 * len(done) / len(reviewed) if reviewed else None,
            "mood_before": mood.before,
            "mood_after": mood.after,
            "mood_change": mood.change,
        }
    )


FIGURES: Mapping[str, Figures] = {"plan": Figures(NAMES, plan)}

PARTS = ("done, at least in part", "not this time", "not looked back at yet")


def weeks(entries: Sequence[Filled]) -> Stack:
    """Return what became of planned activities, week by week."""
    counted = []
    for entry in entries:
        named = [row for row in rows(entry.answers.get("activities")) if row.get("activity")]
        done = sum(row.get("done") in HAPPENED for row in named)
        left = sum(row.get("done") == "no" for row in named)
        counted.append((entry.day, (done, left, len(named) - done - left)))
    return Stack(PARTS, stacked(counted), "planned activities")


def _planned(entry: Filled) -> int:
    return any(row.get("activity") for row in rows(entry.answers.get("activities")))


OVERVIEWS: Mapping[str, Overview] = {
    "weeks": Overview("stack", weeks, _planned, ("activities.done",), "entries with a plan", needs=2)
}
