"""What a ``Desk`` gives back about filling in together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from iopkit.clinic.record import Entry


@dataclass(frozen=True)
class Present:
    """Somebody who is in the draft now, the question they are at, and whether they write there."""

    name: str = field(repr=False)
    kind: str
    item: str
    typing: bool
    me: bool


@dataclass(frozen=True)
class Kept:
    """An answer that another one took the place of, when both were given at once; kept beside it."""

    item: str
    value: Any = field(repr=False)
    by: str = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class Together:
    """A draft as it stands, who is in it, and what two people answered at once."""

    entry: Entry
    open: bool
    present: tuple[Present, ...] = ()
    kept: tuple[Kept, ...] = ()


Opened = Mapping[str, tuple[Entry, ...]]
"""The drafts that are open to fill in together, by client."""
