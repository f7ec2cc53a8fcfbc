"""A diary card: urges apart from acting on them, feelings, skills by module, and a week of cards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iopkit.measures.ratings import mean, rating
from iopkit.measures.shapes import Bar, Bars, Filled, Line, Mark, Overview, Stack, WeekCard
from iopkit.measures.weeks import monday, stacked
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

Row = Mapping[str, object]

DAY = ("urge_max", "urge_mean", "urges_not_acted", "acted", "emotion_max", "skills", "skills_helped")

MODULES = ("skills_mindfulness", "skills_distress", "skills_emotion", "skills_people")
"""The repeating panels of the four modules of skills."""

FEELINGS = ("sadness", "anger", "fear", "shame", "pain", "joy")

HARD = FEELINGS[:-1]
"""Joy is rated too, and is not among what was hard."""

HELPED = ("some", "lot")


@dataclass(frozen=True)
class BehaviorWeek:
    """One target behavior in a week: highest and mean urge (0–5) over ``n`` ratings.

    ``acted`` counts days acted on it, with or without an urge; ``urge_without_act`` days with an urge of 1 or
    more and the answer no.
    """

    behavior: str
    urge_max: float | None
    urge_mean: float | None
    n: int
    acted: int
    urge_without_act: int


@dataclass(frozen=True)
class CardWeek:
    """One week of cards from Monday ``start``: ``days`` with a card, ``skills_days`` with a skill used."""

    start: date
    days: int
    skills_days: int
    behaviors: tuple[BehaviorWeek, ...]


def card(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the highest and mean urge, urges not acted on, acts, the strongest hard feeling, and skills.

    Acting without an urge is an act. A behavior without an answer to "did you do it" counts neither way. A
    card with target behaviors and no skill has 0 skills; one with neither says nothing about them.
    """
    behaviors = _named(answers)
    urges = [urge for row in behaviors if (urge := rating(row, "urge")) is not None]
    answered = [row for row in behaviors if row.get("acted") in ("yes", "no")]
    hard = [strength for item in HARD if (strength := rating(answers, item)) is not None]
    used = _skills(answers)
    return Worked(
        {
            "urge_max": max(urges, default=None),
            "urge_mean": mean(urges),
            "urges_not_acted": sum(map(_held, answered)) if answered else None,
            "acted": sum(1 for row in answered if row["acted"] == "yes") if answered else None,
            "emotion_max": max(hard, default=None),
            "skills": len(used) if used or behaviors else None,
            "skills_helped": sum(1 for row in used if row.get("helped") in HELPED) if used else None,
        }
    )


def card_weeks(cards: Iterable[tuple[date, Mapping[str, object]]]) -> list[CardWeek]:
    """Return one week for each that has a card, oldest first; a day without a card is not imputed."""
    weeks: dict[date, list[tuple[date, Mapping[str, object]]]] = {}
    for day, answers in sorted(cards, key=lambda each: each[0]):
        weeks.setdefault(day - timedelta(day.weekday()), []).append((day, answers))
    return [_week(start, present) for start, present in weeks.items()]


def _week(start: date, present: list[tuple[date, Mapping[str, object]]]) -> CardWeek:
    by_name: dict[str, list[Row]] = {}
    for _, answers in present:
        for row in _named(answers):
            by_name.setdefault(str(row["behavior"]).strip().casefold(), []).append(row)
    return CardWeek(
        start=start,
        days=len({day for day, _ in present}),
        skills_days=len({day for day, answers in present if _skills(answers)}),
        behaviors=tuple(map(_behavior, by_name.values())),
    )


def _behavior(found: list[Row]) -> BehaviorWeek:
    urges = [urge for row in found if (urge := rating(row, "urge")) is not None]
    return BehaviorWeek(
        behavior=str(found[0]["behavior"]).strip(),
        urge_max=max(urges, default=None),
        urge_mean=mean(urges),
        n=len(urges),
        acted=sum(1 for row in found if row.get("acted") == "yes"),
        urge_without_act=sum(map(_held, found)),
    )


def _held(row: Row) -> bool:
    """Return whether there was an urge and it was not acted on."""
    return row.get("acted") == "no" and (rating(row, "urge") or 0) >= 1


def _named(answers: Mapping[str, object]) -> list[Row]:
    return [row for row in rows(answers.get("behaviors")) if row.get("behavior")]


def _skills(answers: Mapping[str, object]) -> list[Row]:
    return [row for module in MODULES for row in rows(answers.get(module)) if row.get("skill")]


FIGURES: Mapping[str, Figures] = {"card": Figures(DAY, card)}

HIGHEST = 5
"""Urges and feelings are rated from 0 to 5."""


def week_card(entries: Sequence[Filled]) -> WeekCard:
    """Return the last week that has a card, on one page: each behavior's urges by day, and acts marked."""
    start = monday(max(entry.day for entry in entries))
    cards = sorted((entry for entry in entries if monday(entry.day) == start), key=lambda entry: entry.day)
    (week,) = card_weeks((entry.day, entry.answers) for entry in cards)
    lines = [_behavior_line(behavior, cards) for behavior in week.behaviors]
    held = sum(behavior.urge_without_act for behavior in week.behaviors)
    acted = sum(behavior.acted for behavior in week.behaviors)
    words = f"urges not acted on {held} ×, acted on {acted} ×"
    return WeekCard(start, (*lines, *_skill_line(cards)), week.days, HIGHEST, "acted on", words)


def acts(entries: Sequence[Filled]) -> Stack:
    """Return urges that were not acted on, and acts, week by week."""
    counted = []
    for entry in entries:
        named = _named(entry.answers)
        acted = sum(row.get("acted") == "yes" for row in named)
        counted.append((entry.day, (sum(map(_held, named)), acted)))
    return Stack(("urge, not acted on", "acted on"), stacked(counted), "answers about a behavior")


def skills_days(entries: Sequence[Filled]) -> Bars:
    """Return on how many days of each week a skill was used, with the days that have a card."""
    found = card_weeks((entry.day, entry.answers) for entry in entries)
    bars = [Bar(week.start, week.skills_days, f"{week.days} of 7 days with a card") for week in found]
    return Bars(tuple(bars), "days", 7)


def _behavior_line(week: BehaviorWeek, cards: Sequence[Filled]) -> Line:
    marks = [
        Mark(entry.day, rating(row, "urge"), marked=row.get("acted") == "yes")
        for entry in cards
        for row in _named(entry.answers)
        if str(row["behavior"]).strip().casefold() == week.behavior.casefold()
    ]
    held = f"urge not acted on {week.urge_without_act} ×, acted on {week.acted} ×"
    if week.urge_mean is None:
        return Line(week.behavior, tuple(marks), f"no urge rated; {held}")
    words = f"mean urge {week.urge_mean:.1f}, highest {week.urge_max:g}, n {week.n}; {held}"
    return Line(week.behavior, tuple(marks), words)


def _skill_line(cards: Sequence[Filled]) -> list[Line]:
    marks = [Mark(entry.day, float(len(used))) for entry in cards if (used := _skills(entry.answers))]
    days = len({mark.day for mark in marks})
    return [Line("Skills used", tuple(marks), f"skills on {days} of 7 days")] if marks else []


def _with_behavior(entry: Filled) -> int:
    return bool(_named(entry.answers))


OVERVIEWS: Mapping[str, Overview] = {
    "week": Overview("week", week_card, _with_behavior, ("behaviors.urge", "behaviors.acted"), "cards"),
    "acts": Overview("stack", acts, _with_behavior, ("behaviors.acted",), "cards", needs=2),
    "skills": Overview("bars", skills_days, _with_behavior, MODULES, "cards", needs=2),
}
