"""Choosing and leaving a program: hours a week, cost, what is in place, homework kept."""

from collections.abc import Mapping, Sequence
from datetime import date

from iopkit.measures.ratings import mean, rating
from iopkit.words import sentence
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

COST = ("days", "plan_share", "extra", "total")

NEEDED = {
    "days_week": "Without the days a week the cost cannot be worked out.",
    "weeks": "Without the number of weeks the cost cannot be worked out.",
    "copay": "Write 0 if there is no copay. Your plan can tell you.",
    "deductible_left": "Write 0 if the deductible is paid. Your plan can tell you.",
    "coinsurance": "Write 0 if you pay no percentage. Your plan can tell you.",
}
"""What the cost rests on, and what to say where it is missing: nothing is taken for 0."""

EXTRAS = ("travel_day", "care_day", "pay_lost_day")
"""What a day costs beside the program."""

PRICE_NEEDED = "With a deductible or a percentage to pay, the price of a day is needed. The program knows it."

READY = ("goal", "safe_home", "ride", "time", "privacy", "support", "told", "basics")
"""What makes a start easier; none of them is a condition."""

RULERS = ("importance", "confidence", "ready_now")

PLACED = ("therapist", "prescriber", "meetings_set", "home_safe", "crisis_plan")


def hours(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the hours a week of a program: sessions a week × hours of each; None when one is missing."""
    sessions, each = rating(answers, "sessions_week"), rating(answers, "session_hours")
    return Worked({"hours_week": None if sessions is None or each is None else sessions * each})


def cost(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return program days, the client's share under the plan, other costs, and their sum in dollars.

    Share = deductible left (at most the price) + percentage of the rest + copays, at most what is left until
    the yearly limit. Extras that were not given are left out; everything else that is missing is a gap.
    """
    gaps = {item: text for item, text in NEEDED.items() if rating(answers, item) is None}
    days = _product(answers, "days_week", "weeks")
    extras = [number for item in EXTRAS if (number := rating(answers, item)) is not None]
    extra = sum(extras) * days if extras and days is not None else None
    if gaps or days is None:
        return Worked({"days": days, "plan_share": None, "extra": extra, "total": None}, gaps=gaps)
    share = _share(answers, days)
    if share is None:
        gaps = {"price_day": PRICE_NEEDED}
    total = None if share is None else share + (extra or 0)
    return Worked({"days": days, "plan_share": share, "extra": extra, "total": total}, gaps=gaps)


def readiness(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many of eight things are in place, and the mean of importance, confidence and readiness."""
    given = [number for item in RULERS if (number := rating(answers, item)) is not None]
    return Worked(
        {
            "in_place": _yes(answers, READY),
            "readiness": mean(given) if len(given) == len(RULERS) else None,
        }
    )


def homework(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return mean quality (0–4) and usefulness (0–10) of homework, and how much was done."""
    reviewed = [row for row in rows(answers.get("homework")) if row.get("what")]
    done = [row["done"] for row in reviewed if row.get("done")]
    return Worked(
        {
            "quality": _mean(reviewed, "quality"),
            "useful": _mean(reviewed, "useful"),
            "done": sum(1 for one in done if one in ("all", "part")) if done else None,
        }
    )


def aftercare(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how many of five parts of a plan for afterwards are settled; None while none is answered."""
    return Worked({"settled": _yes(answers, PLACED)})


def attendance(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return sessions attended out of those planned, in percent; more than planned is asked about."""
    planned, attended = rating(answers, "planned_sessions"), rating(answers, "attended")
    if not planned or attended is None:
        return Worked({"attended_share": None})
    if attended > planned:
        asks = {"attended": sentence("These are more than were planned. Please check both.")}
        return Worked({"attended_share": None}, asks)
    return Worked({"attended_share": 100 * attended / planned})


def check_in(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return days of use and days of medicine as prescribed in the week; None where they are not asked."""
    return Worked({name: rating(answers, name) for name in ("use_days", "medicine_days")})


def _share(answers: Mapping[str, object], days: float) -> float | None:
    """Return what the plan leaves to pay, or None when that needs the price of a day."""
    left, percent, copay = (
        rating(answers, item) or 0 for item in ("deductible_left", "coinsurance", "copay")
    )
    price = rating(answers, "price_day")
    if price is None and (left or percent):
        return None
    charged = (price or 0) * days
    deductible = min(left, charged)
    owed = deductible + (charged - deductible) * percent / 100 + copay * days
    limit = rating(answers, "limit_left")
    return owed if limit is None else min(owed, limit)


def _product(answers: Mapping[str, object], *items: str) -> float | None:
    first, second = (rating(answers, item) for item in items)
    return None if first is None or second is None else first * second


def _yes(answers: Mapping[str, object], items: Sequence[str]) -> int | None:
    given = [answers[item] for item in items if answers.get(item) is not None]
    return given.count("yes") if given else None


def _mean(found: Sequence[Mapping[str, object]], item: str) -> float | None:
    return mean([number for row in found if (number := rating(row, item)) is not None])


FIGURES: Mapping[str, Figures] = {
    "hours": Figures(("hours_week",), hours),
    "cost": Figures(COST, cost),
    "readiness": Figures(("in_place", "readiness"), readiness),
    "homework": Figures(("quality", "useful", "done"), homework),
    "aftercare": Figures(("settled",), aftercare),
    "attendance": Figures(("attended_share",), attendance),
    "check_in": Figures(("use_days", "medicine_days"), check_in),
}
