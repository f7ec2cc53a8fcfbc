"""What figures over many entries look like: one shape for each kind of picture, and the entry they read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["bars", "groups", "slope", "hours", "stack", "week"]
"""The kinds of picture that draw figures over many entries."""


@dataclass(frozen=True, repr=False)
class Filled:
    """One submitted entry: the day it is about, its answers, and its scores and bands."""

    day: date
    answers: Mapping[str, object]
    scores: Mapping[str, float | None] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True)
class Bar:
    """One value of the week from Monday ``start``, and in words what it stands on, such as "5 days"."""

    start: date
    value: float
    stands_on: str


@dataclass(frozen=True)
class Bars:
    """A value a week; ``top`` is the end of the scale where there is one."""

    bars: tuple[Bar, ...]
    unit: str = ""
    top: float | None = None


@dataclass(frozen=True)
class Group:
    """A named value and the ``n`` it stands on; ``name`` is a choice's value where the chart has labels."""

    name: str
    value: float
    n: int


@dataclass(frozen=True)
class Groups:
    """Values side by side, in the order to show them; ``nouns`` name what ``n`` counts, one and many.

    With ``counts`` a value is how many of the n.
    """

    groups: tuple[Group, ...]
    nouns: tuple[str, str]
    unit: str = ""
    top: float | None = None
    counts: bool = False


@dataclass(frozen=True)
class Pair:
    """The means of ``n`` ratings before and after of one thing."""

    name: str
    before: float
    after: float
    n: int


@dataclass(frozen=True)
class Pairs:
    """Things rated twice, on a scale from ``low`` to ``high``; ``each`` are single entries behind a mean."""

    pairs: tuple[Pair, ...]
    low: float
    high: float
    of: str
    ends: tuple[str, str] = ("Before", "After")
    each: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Cell:
    """``n`` events in one hour (0–23) of one weekday (Monday is 0); ``note`` is said beside them."""

    weekday: int
    hour: int
    n: int
    note: str = ""


@dataclass(frozen=True)
class Hours:
    """When in the week something happens; ``one`` and ``many`` name it, such as "urge" and "urges"."""

    cells: tuple[Cell, ...]
    one: str
    many: str


@dataclass(frozen=True)
class Stacked:
    """The week from Monday ``start``: a count for each part, in the order of the parts."""

    start: date
    counts: tuple[float, ...]


@dataclass(frozen=True)
class Stack:
    """Counts of at most four named parts, week by week; ``of`` is what is counted."""

    parts: tuple[str, ...]
    weeks: tuple[Stacked, ...]
    of: str


@dataclass(frozen=True)
class Mark:
    """What stands on one day of a row: a value, and whether it is ``marked``."""

    day: date
    value: float | None
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a week: its name, what stands on each day, and the row in words."""

    name: str
    marks: tuple[Mark, ...]
    words: str


@dataclass(frozen=True)
class WeekCard:
    """One week on one page, from Monday ``start``; ``marked`` says what a marked day means.

    ``words`` says the whole week in one clause.
    """

    start: date
    lines: tuple[Line, ...]
    days: int
    top: float
    marked: str
    words: str


Shape = Bars | Groups | Pairs | Hours | Stack | WeekCard


@dataclass(frozen=True)
class Overview:
    """A function of many entries, the kind of picture that draws it, and how much it needs.

    ``counts`` says how many things one entry holds for it, ``needs`` how many there must be in all, and
    ``of`` what they are called. ``reads`` are the items it needs in the worksheet. ``labels`` is the item
    whose choices give the names of groups and pairs.
    """

    kind: Kind
    work_out: Callable[[Sequence[Filled]], Shape]
    counts: Callable[[Filled], int]
    reads: tuple[str, ...]
    of: str
    needs: int = 1
    labels: str = ""
