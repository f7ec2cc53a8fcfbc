"""A drill as data: a live exercise of two partners as steps, each with who has the floor and where it leads.

One file beside the worksheet it belongs to: ``speaker-listener.drill.yaml``. ``docs/drills.md`` says how to
write one; ``drill_check.py`` proves that every step is reached and that every step can end.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from iopkit.worksheets.elements import Name, Text
from iopkit.worksheets.model import Header, WorksheetId

Floor = Literal["speaker", "listener", "either", "each"]
"""Who acts in a step: the one who speaks, the one who listens, whoever presses first, or both, each alone."""

DAY = 24 * 60 * 60


class Offered(Header):
    """One answer of a choice."""

    value: Name
    text: Text


class Ask(Header):
    """What a step records: a few words, a number from 0 to 10, a choice, or minutes from now.

    ``kept`` says for whom: ``both`` see it; ``own`` is only for who wrote it; ``sealed`` opens for both
    together once both have sealed theirs.
    """

    name: Name
    kind: Literal["text", "rating", "choice", "minutes"]
    label: Text
    kept: Literal["both", "own", "sealed"] = "both"
    low: Text | None = None
    high: Text | None = None
    choices: Annotated[tuple[Offered, ...], Field(max_length=12)] = ()
    optional: bool = False


class When(Header):
    """A condition: what was last answered under ``name`` (by either) is at least so much, or is this."""

    name: Name
    at_least: int | None = None
    equals: Name | None = None


class Exit(Header):
    """One way on. After ``times`` uses it leads to ``then`` instead; ``swap`` lets the two trade places."""

    label: Text
    to: Name
    when: When | None = None
    swap: bool = False
    times: Annotated[int, Field(ge=1, le=20)] | None = None
    then: Name | None = None


class Step(Header):
    """One screen: whose turn it is, what to do with it, what it records, how long, and the ways on."""

    id: Name
    title: Text
    floor: Floor
    say: Text
    wait: Text | None = None
    ask: Ask | None = None
    shows: Annotated[tuple[Name, ...], Field(max_length=6)] = ()
    if_both: Name | None = None
    seconds: Annotated[int, Field(ge=5, le=DAY)] | None = None
    until: Name | None = None
    lapse: Name | None = None
    not_before: Annotated[int, Field(ge=1, le=DAY)] | None = None
    go: Annotated[tuple[Exit, ...], Field(max_length=4)] = ()


class Drill(Header):
    """A whole exercise. A step without ``go`` is an end; ``stop`` and ``time-out`` are in every step."""

    id: WorksheetId
    version: Annotated[str, Field(pattern=r"^[1-9]\d*\.\d+$")]
    worksheet: WorksheetId
    title: Text
    about: Text
    minutes: Annotated[int, Field(ge=1, le=180)]
    start: Name
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=40)]

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        """Return the steps by id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def asks(self) -> Mapping[str, Ask]:
        """Return what the steps record, by name."""
        return {step.ask.name: step.ask for step in self.steps if step.ask}
