"""The days a page of charts covers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """The first and the last day of a time axis, both shown, and the language of its words.

    ``marked``: days of appointments, drawn where the axis is time. ``plain``: no words of statistics.
    """

    start: date
    end: date
    language: str = "en"
    marked: tuple[date, ...] = ()
    plain: bool = False
