"""What two people do for each other: time-outs and coming back, the week between them, tasks at home."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from iopkit.measures.ratings import mean, rating
from iopkit.measures.shapes import Filled, Overview, Stack
from iopkit.measures.weeks import stacked
from iopkit.words import sentence
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

SHORTEST = timedelta(minutes=20)
"""Less time apart is asked about: bodies calm slowly (Gottman & Levenson 1988)."""

LONGEST = timedelta(hours=24)
"""Without an agreed time, coming back counts as on time within a day."""

TIME_OUT = ("minutes_apart", "on_time")

WEEK = ("close", "heard", "teamwork", "trust", "enjoyed")
"""What a weekly check-in rates from 0 to 10."""

RITUALS = ("planned", "done", "connected")


@dataclass(frozen=True)
class TimeOuts:
    """How many of ``n`` time-outs, those with an answer about coming back, ended on time."""

    on_time: int
    n: int


def time_out(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the minutes apart, and 1 when both were back at the agreed time or before it, else 0.

    Times are subtracted in UTC, so that an hour lost or won by a clock change is counted. Without an agreed
    time, on time means within 24 hours. Fewer than 20 minutes are asked about, an end before the beginning
    is refused.
    """
    began, agreed, back = (_instant(answers.get(item), zone) for item in ("began", "agreed", "came_back"))
    if answers.get("back") == "no":
        return Worked({"minutes_apart": None, "on_time": 0})
    if began is None or back is None:
        return Worked({"minutes_apart": None, "on_time": None})
    apart = back - began
    if apart < timedelta(0):
        return Worked(
            {}, refused={"came_back": sentence("This is before the time-out began. Please check both.")}
        )
    asks = {}
    if apart < SHORTEST:
        asks["came_back"] = sentence(
            "That is less than 20 minutes. Is it right? Most bodies need longer to calm down."
        )
    on_time = back <= (agreed or began + LONGEST)
    return Worked({"minutes_apart": apart / timedelta(minutes=1), "on_time": int(on_time)}, asks)


def time_outs(entries: Iterable[Mapping[str, object]], *, zone: str) -> TimeOuts:
    """Return how many time-outs of several entries ended on time; those without an answer do not count."""
    found = [time_out(answers, day=date.min, zone=zone).values.get("on_time") for answers in entries]
    known = [on_time for on_time in found if on_time is not None]
    return TimeOuts(sum(1 for on_time in known if on_time), len(known))


def week(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the mean of the ratings of a week together that were given; it needs three of the five."""
    given = [number for item in WEEK if (number := rating(answers, item)) is not None]
    return Worked({"week": mean(given) if len(given) >= 3 else None})


def home(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many tasks at home have somebody who does them from now on, of those named."""
    tasks = [row for row in rows(answers.get("tasks")) if row.get("task")]
    settled = [row for row in tasks if row.get("from_now") not in (None, "open")]
    return Worked({"settled": len(settled) if tasks else None, "fair": rating(answers, "fair")})


def ritual(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how often a ritual was planned and done in the week, and how close it felt (0–10)."""
    return Worked({name: rating(answers, name) for name in RITUALS})


def gratitude(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how well thanks were received (0–10); None while they have not been told."""
    return Worked({"received": rating(answers, "received")})


def _instant(answer: object, zone: str) -> datetime | None:
    """Return the instant of a local date and time, or None."""
    if not isinstance(answer, str):
        return None
    return datetime.fromisoformat(answer).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


FIGURES: Mapping[str, Figures] = {
    "time_out": Figures(TIME_OUT, time_out),
    "week": Figures(("week",), week),
    "home": Figures(("settled", "fair"), home),
    "ritual": Figures(RITUALS, ritual),
    "gratitude": Figures(("received",), gratitude),
}


def returns(entries: Sequence[Filled]) -> Stack:
    """Return how time-outs ended, week by week: back as agreed, or not yet by then."""
    known = [(entry.day, entry.scores["on_time"]) for entry in entries if _returned(entry)]
    counted = [(day, (float(on_time == 1), float(on_time == 0))) for day, on_time in known]
    return Stack(("back as agreed", "later, or not"), stacked(counted), "time-outs")


def _returned(entry: Filled) -> int:
    return entry.scores.get("on_time") is not None


OVERVIEWS: Mapping[str, Overview] = {
    "returns": Overview(
        "stack", returns, _returned, ("back", "came_back"), "time-outs with a return", needs=2
    )
}
