"""What the page of an entry's earlier versions shows: to its own client only."""

from typing import Literal

from iopkit.apps.shown import Shown


class Changed(Shown):
    """One question, how it was answered before ("" for not at all), and since."""

    title: str
    before: str
    after: str


class VersionLine(Shown):
    """One time at which the entry was handed in or corrected, and what that changed."""

    when: str
    changes: list[Changed]


class KeptLine(Shown):
    """An answer that was given on another page at the same time and did not stand."""

    title: str
    when: str
    text: str


class Versions(Shown):
    """The earlier versions of one entry, the newest first. ``back`` is the key of the entry."""

    name: Literal["versions"] = "versions"
    title: str
    back: str
    versions: list[VersionLine]
    kept: list[KeptLine]
    empty: str
