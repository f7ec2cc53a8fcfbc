"""What remains of a couple's drills, for one reader: pictures over time, and what both wrote down together.

Nothing here compares the two, says who stopped, or shows a figure that somebody keeps to themself to anybody
else: a number is drawn for its own owner, and for the others only where both agreed to show theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from iopkit.charts.bars import Column, bars
from iopkit.charts.figure import Figure
from iopkit.charts.lines import Series, lines
from iopkit.charts.stack import stack
from iopkit.charts.trend import Point, Scale
from iopkit.clinic import drill as engine
from iopkit.clinic.drill import Said
from iopkit.clinic.returns import agreed
from iopkit.clinic.rooms import Sitting, Together
from iopkit.measures.shapes import Stack
from iopkit.measures.weeks import stacked
from iopkit.words import say

HEARD, RECEIVED, GOALS, TIME_OUT = "felt_heard", "received", "shared-goals", "time-out"
GRACE = 300
"""Seconds after the agreed time within which the sentence to begin again counts as on time."""
TEN = Scale(0, 10, gap=60, ticks=(0, 5, 10))
TALKS = 90
"""So many seconds of a floor make a talk whose turns are worth a picture."""


@dataclass(frozen=True)
class Goal:
    """One goal of both: the day, the goal, whose step it is and how near it felt to each."""

    day: date
    goal: str
    steps: tuple[tuple[str, str, str], ...]
    """Name, own step, how near it felt from 0 to 10 ("" for no answer)."""


@dataclass(frozen=True)
class Span:
    """The days of a picture, whose clock they are on, and the reader's language."""

    since: date
    until: date
    zone: str
    language: str

    def day(self, sitting: Sitting) -> date:
        """Return the day on which a drill began."""
        return sitting.began_at.astimezone(ZoneInfo(self.zone)).date()

    def within(self, past: Sequence[Sitting]) -> list[Sitting]:
        """Return the drills that were played to their end in these days, the oldest first."""
        done = [one for one in past if one.room.ended == "done" and self.since <= self.day(one) <= self.until]
        return sorted(done, key=lambda one: (one.began_at, one.id))


def agreed_to_show(sitting: Sitting, name: str) -> bool:
    """Return whether both agreed to show what each kept under a name."""
    for step in sitting.drill.steps:
        if name in step.shows and step.if_both:
            said = engine.latest(sitting.room, step.if_both)
            return len(said) == 2 and all(one.value == "yes" for one in said)
    return False


def may_read(sitting: Sitting, one: Said) -> bool:
    """Return whether the reader of a sitting may read a thing that was said in it."""
    kept = sitting.drill.asks[one.name].kept
    return kept != "own" or one.seat == sitting.seat or agreed_to_show(sitting, one.name)


def of_both(found: Together) -> Together:
    """Return the drills of a couple without what each keeps to themself: a shared device shows none of it."""
    past = []
    for sitting in found.past:
        room = sitting.room
        said = [
            one
            for one in room.said
            if sitting.drill.asks[one.name].kept != "own" or agreed_to_show(sitting, one.name)
        ]
        past.append(replace(sitting, room=replace(room, said=type(room.said)(said))))
    return replace(found, past=tuple(past))


def on_time(sitting: Sitting) -> bool:
    """Return whether both were back from a time-out when it was agreed."""
    at, again = agreed(sitting), engine.latest(sitting.room, "reentry")
    return at is not None and bool(again) and again[-1].moment <= at.timestamp() + GRACE


def figures(past: Sequence[Sitting], span: Span) -> list[Figure]:
    """Return the pictures that have anything to show."""
    done = span.within(past)
    made = [
        together(done, span),
        numbers(done, span, HEARD, say("How well each felt heard", span.language)),
        turns(done, span),
        returned(done, span),
        numbers(done, span, RECEIVED, say("How well thanks could be received", span.language)),
    ]
    return [one for one in made if one is not None]


def together(done: Sequence[Sitting], span: Span) -> Figure | None:
    """Return how many exercises were done together, week by week."""
    weeks = stacked((span.day(one), (1.0,)) for one in done)
    if not weeks:
        return None
    columns = [Column(week.start, week.counts[0], days=7) for week in weeks]
    title = say("Exercises done together", span.language)
    return bars(title, columns, unit="", top=None, start=span.since, end=span.until)


def numbers(done: Sequence[Sitting], span: Span, name: str, title: str) -> Figure | None:
    """Return a number from 0 to 10 over time: one's own, another's only where both showed theirs."""
    found: dict[int, dict[date, Point]] = {}
    for sitting in done:
        for one in engine.latest(sitting.room, name):
            if may_read(sitting, one):
                day = span.day(sitting)
                found.setdefault(one.seat, {})[day] = Point(day, float(one.value))
    if not found:
        return None
    names = done[0].names
    series = [Series(names[seat], tuple(points.values())) for seat, points in sorted(found.items())]
    return lines(title, series, scale=TEN, start=span.since, end=span.until)


def turns(done: Sequence[Sitting], span: Span) -> Figure | None:
    """Return for how many minutes each had the floor, week by week."""
    spoken = [one for one in done if sum(one.room.spoke) >= TALKS]
    counted = ((span.day(one), (_minutes(one, 0), _minutes(one, 1))) for one in spoken)
    weeks = stacked(counted)
    if not weeks:
        return None
    shape = Stack(spoken[0].names, weeks, say("minutes with the floor", span.language))
    return stack(say("Turns in talking", span.language), shape, start=span.since, end=span.until)


def returned(done: Sequence[Sitting], span: Span) -> Figure | None:
    """Return how time-outs ended, week by week."""
    apart = [one for one in done if one.drill.id == TIME_OUT]
    counted = ((span.day(one), (float(on_time(one)), float(not on_time(one)))) for one in apart)
    parts = (say("back as agreed", span.language), say("later", span.language))
    shape = Stack(parts, stacked(counted), say("time-outs", span.language))
    title = say("Back from time-outs", span.language)
    return stack(title, shape, start=span.since, end=span.until) if apart else None


def goals(past: Sequence[Sitting], span: Span) -> list[Goal]:
    """Return the goals of both with each one's step and check-in, the newest first."""
    found = []
    for sitting in reversed(span.within(past)):
        named = engine.latest(sitting.room, "goal") if sitting.drill.id == GOALS else []
        if named:
            steps = {one.seat: str(one.value) for one in engine.latest(sitting.room, "step")}
            near = {one.seat: str(one.value) for one in engine.latest(sitting.room, "near")}
            both = (
                (name, steps.get(seat, ""), near.get(seat, "")) for seat, name in enumerate(sitting.names)
            )
            found.append(Goal(span.day(sitting), str(named[-1].value), tuple(both)))
    return found


def thanks(past: Sequence[Sitting], span: Span) -> list[tuple[str, int]]:
    """Return how many thanks each of the two gave; empty without any."""
    said = [one.seat for sitting in span.within(past) for one in sitting.room.said if one.name == "thanks"]
    return [(name, said.count(seat)) for seat, name in enumerate(past[0].names)] if said else []


def _minutes(sitting: Sitting, seat: int) -> float:
    return float(max(1, round(sitting.room.spoke[seat] / 60))) if sitting.room.spoke[seat] else 0.0


def first_day(past: Sequence[Sitting], zone: str, now: datetime) -> date:
    """Return the day of the first drill, today without any."""
    days = [one.began_at.astimezone(ZoneInfo(zone)).date() for one in past]
    return min(days, default=now.astimezone(ZoneInfo(zone)).date())
