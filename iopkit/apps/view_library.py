"""What the library shows: the shelf, and one worksheet to try out."""

from typing import Any, Literal

from iopkit.apps.shown import Shown


class LibraryRow(Shown):
    """One worksheet on the shelf. ``status`` is for staff; ``assign`` and ``paper`` are keys, or ""."""

    key: str
    title: str
    about: str
    category: str
    domain: str
    minutes: int
    audience: str
    status: str
    assign: str
    paper: str


class Library(Shown):
    """All worksheets this person may look at. ``chosen_for`` names the client one chooses for, if any."""

    name: Literal["library"] = "library"
    rows: list[LibraryRow]
    chosen_for: str = ""
    back: str = ""
    """Key of the page one came from, with ``chosen_for``."""


class Preview(Shown):
    """One worksheet to try out: a real form from which nothing goes anywhere. ``note`` says so."""

    name: Literal["preview"] = "preview"
    title: str
    about: str
    minutes: int
    version: str
    facts: list[str]
    note: str
    survey: dict[str, Any]
    flags: dict[str, str]
    messages: dict[str, str]
    """What is said of each safety rule that fires here: that nobody is told, then its own text."""
    next_step: str
    assign: str
    paper: str
    shelf: str
    """Key of the library."""
