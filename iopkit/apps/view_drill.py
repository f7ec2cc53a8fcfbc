"""What the pages of a couple's drills show: what there is to do, and a room with one action a screen."""

from typing import Literal

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Way
from iopkit.charts.figure import Pictures


class DrillCard(Shown):
    """A drill that was given to the couple: one button, the same words whoever opened it first."""

    key: str
    title: str
    about: str
    minutes: int


class PastDrill(Shown):
    """A drill that was: when, how it ended, and what its reader may see of it in lines."""

    title: str
    when: str
    lines: list[str]


class SharedGoal(Shown):
    """A goal of both: what, when, and each one's step with how near it felt."""

    goal: str
    when: str
    lines: list[str]


class Couple(Shown):
    """The page of the two (or of their therapist): drills to do, drills done; ``quiet`` without any."""

    name: Literal["couple"] = "couple"
    heading: str
    lead: str
    quiet: str
    cards: list[DrillCard]
    figures: list[str]
    pictures: Pictures | None = None
    goals: list[SharedGoal] = []
    past: list[PastDrill]
    way: Way | None = None
    door: Way | None = None
    """Where partners say who else may have this."""


class Person(Shown):
    """One of the two: name, whether their page is there, and which of the two colours is theirs."""

    name: str
    here: str
    is_here: bool
    colour: int


class Line(Shown):
    """One thing that was said: by whom, under which heading."""

    who: str
    colour: int
    label: str
    text: str


class HandOver(Shown):
    """A device that two partners share, as who holds it has it: to whom it goes next, and until when."""

    to: str
    until: str
    joint: bool
    """Whether a PIN opened the page: then it holds what is of both, and nothing else."""


class Option(Shown):
    """One thing to choose."""

    value: str
    text: str


class Question(Shown):
    """What this step records from the reader."""

    kind: Literal["text", "rating", "choice", "minutes"]
    label: str
    low: str = ""
    high: str = ""
    options: list[Option] = []
    optional: bool = False


class Button(Shown):
    """A way on, or something a therapist does: ``verb``, its ``way`` or ``value``."""

    verb: str
    label: str
    way: int = 0
    value: str | None = None


class Drill(Shown):
    """A room as its reader has it now. Times are seconds of the server's clock; ``now`` is when it was made.

    ``at`` is the step a reply to this screen is meant for. ``stamp`` tells this state from another and is
    the same for as long as the reader sees the same.
    """

    name: Literal["drill"] = "drill"
    key: str
    live: str
    stamp: str
    at: int
    now: float
    heading: str
    title: str
    turn: str
    colour: int
    text: str
    mine: bool
    people: list[Person]
    therapist: str
    nudge: str
    lines: list[Line]
    question: Question | None
    buttons: list[Button]
    may_stop: bool
    ends: float | None
    opens: float | None
    agreed: str
    """When the two agreed to be back, in words; "" outside a time apart."""
    waiting: str
    ended: str
    way: Way
