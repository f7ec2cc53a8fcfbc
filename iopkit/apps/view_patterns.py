"""What the page of patterns shows: two series of one client, day by day, and what they cannot tell."""

from typing import Literal

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Choice
from iopkit.charts.figure import Figure


class Idea(Shown):
    """A pair that is often asked about, and the key of the page that shows it."""

    key: str
    label: str


class Patterns(Shown):
    """Two series of one client. ``series`` are those to choose from; ``first`` and ``second`` are chosen.

    ``kind``: "none" (nothing chosen), "few" (under 14 pairs: no figure), "still" (a series hardly moves), or
    "shown". ``key`` is the page's key without a choice, to ask about another pair.
    """

    name: Literal["patterns"] = "patterns"
    client: str
    key: str
    back: str
    series: list[Choice]
    ideas: list[Idea]
    first: str = ""
    second: str = ""
    lag: Literal[0, 1] = 0
    kind: Literal["none", "few", "still", "shown"] = "none"
    pair: str = ""
    """The chosen pair, in words."""
    lines: list[str] = []
    """What can be said of it, in sentences."""
    figures: list[Figure] = []
    cautions: list[str] = []
    empty: str = ""
