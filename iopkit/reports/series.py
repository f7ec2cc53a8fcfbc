"""The series that a client's entries offer: each score of a day that has an order, one value a day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iopkit.charts.scored import day_values, unit
from iopkit.clinic.record import Entry
from iopkit.reports.course import filled
from iopkit.worksheets import Worksheet
from iopkit.worksheets.model import Score

CLOCK = "minutes after midnight"
"""A clock time has no order around midnight: 23:50 is not far from 00:10."""


@dataclass(frozen=True, repr=False)
class Track:
    """One score of one worksheet over the days: ``name`` is ``worksheet.score`` in every language."""

    name: str
    worksheet: Worksheet
    score: Score
    days: Mapping[date, float]
    versions: tuple[str, ...]

    @property
    def unit(self) -> str:
        """How its values read."""
        return unit(self.score)

    @property
    def ends(self) -> tuple[float, float] | None:
        """The ends of its scale, where there are any."""
        ends = self.score.range
        return None if ends is None else (float(ends[0]), float(ends[1]))


def tracks(entries: Sequence[Entry], worksheet: Callable[[str], Worksheet]) -> list[Track]:
    """Return all series with a value on any day, by worksheet and as it lists them.

    Measures are left out: they look back over weeks, so no day of theirs is one day. A day with several
    entries has the sum of counts and minutes, and the mean of what has a scale.
    """
    sheets = sorted((worksheet(one) for one in {entry.worksheet_id for entry in entries}), key=place)
    return [
        track
        for sheet in sheets
        if sheet.category != "measures"
        for score in sheet.scores
        if is_daily(score) and (track := track_of(sheet, score, entries)).days
    ]


def place(sheet: Worksheet) -> str:
    """Return what worksheets are ordered by."""
    return sheet.title


def is_daily(score: Score) -> bool:
    """Return whether a score is about one day and has an order."""
    return score.look_back is None and score.unit != CLOCK


def track_of(sheet: Worksheet, score: Score, entries: Iterable[Entry]) -> Track:
    """Return one series: its values by day and the versions of the worksheet that they come from."""
    used = [one for one in filled(entries, sheet.id) if one.scores.get(score.name) is not None]
    return Track(
        name=f"{sheet.id}.{score.name}",
        worksheet=sheet,
        score=score,
        days=day_values(score, used),
        versions=tuple(sorted({one.version for one in used})),
    )
