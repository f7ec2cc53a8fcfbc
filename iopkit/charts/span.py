"""The days a page of charts covers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """The first and the last day of a time axis, both shown."""

    start: date
    end: date
