"""Where a client stands on a pathway: worked out from when it began, what was sent and what was decided.

Pure: no store, no clock. Nothing of it is kept anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from iopkit.worksheets.conditions import parse
from iopkit.worksheets.evaluation import holds
from iopkit.worksheets.pathway import Pathway, Way, flat

State = Literal["waits", "asks", "ready", "open", "done", "skipped"]


@dataclass(frozen=True)
class Facts:
    """What is known of one pathway of a client on a day.

    ``sent``: the days entries of a step are about, in order. ``opened``: steps that have an assignment.
    ``decided``: what a clinician decided about a step, and on which day. ``scores``: the newest by their flat
    names (``phq-9__total``).
    """

    today: date
    starts: date
    sent: Mapping[str, Sequence[date]] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()
    decided: Mapping[str, tuple[Literal["yes", "skip"], date]] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """One step as it stands. ``since``: the day from which it may open, where that is known.

    ``waits_for``: ``day``, ``step`` or ``score``, what keeps it closed.
    """

    step: Way
    state: State
    since: date | None = None
    waits_for: Literal["", "day", "step", "score"] = ""


def stand(pathway: Pathway, facts: Facts) -> list[Standing]:
    """Return each step of a pathway as it stands on a day, in order."""
    return [_standing(step, facts) for step in pathway.steps]


def _standing(step: Way, facts: Facts) -> Standing:
    decided = facts.decided.get(step.id)
    if decided is not None and decided[0] == "skip":
        return Standing(step, "skipped", decided[1])
    if step.id in facts.opened:
        return Standing(step, "done" if facts.sent.get(step.id) else "open")
    begins = facts.starts if step.after is None else _done(step.after, step.entries, facts)
    if begins is None:
        return Standing(step, "waits", waits_for="step")
    since = begins + timedelta(step.delay)
    if facts.today < since:
        return Standing(step, "waits", since, "day")
    if step.when is not None and not holds(parse(flat(step.when)), facts.scores):
        return Standing(step, "waits", since, "score")
    if step.ask is not None and decided is None:
        return Standing(step, "asks", since)
    return Standing(step, "ready", since)


def _done(before: str, entries: int, facts: Facts) -> date | None:
    """Return the day on which a step was done often enough, or skipped; None while it was not."""
    decided = facts.decided.get(before)
    if decided is not None and decided[0] == "skip":
        return decided[1]
    days = facts.sent.get(before, ())
    return days[entries - 1] if len(days) >= entries else None
