"""The course of one client over time, from their entries: nights, measures, and the charts of both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict

from iopkit.charts import Band, Figure, NightBar, Point, Scale, night_bar, trend
from iopkit.clinic.record import Entry
from iopkit.measures.change import Change, change
from iopkit.measures.shapes import Filled
from iopkit.measures.sleep import Night
from iopkit.words import say
from iopkit.worksheets import Worksheet

NIGHT = ("tib", "spt", "tst", "twak", "se", "se_dse", "midsleep")
SLEEP = "sleep-diary"


def submitted(entries: Iterable[Entry], worksheet_id: str) -> list[Entry]:
    """Return the submitted entries of one worksheet, the last for each day it is about, oldest first."""
    found = [entry for entry in entries if entry.worksheet_id == worksheet_id and entry.status == "submitted"]
    by_day = {
        entry.about: entry for entry in sorted(found, key=lambda entry: entry.submitted_at or entry.saved_at)
    }
    return [by_day[day] for day in sorted(by_day)]


def nights(entries: Iterable[Entry]) -> dict[date, Night]:
    """Return the scored nights by the day they ended on."""
    found: dict[date, Night] = {}
    for entry in submitted(entries, SLEEP):
        figures = {name: value for name in NIGHT if (value := entry.scores.get(name)) is not None}
        if len(figures) == len(NIGHT):
            found[entry.about] = Night(**figures)
    return found


def night_bars(entries: Iterable[Entry]) -> list[NightBar]:
    """Return the scored nights as bars, clock times as answered."""
    scored = [entry for entry in submitted(entries, SLEEP) if entry.scores.get("tst") is not None]
    return [night_bar(entry.about, entry.answers, entry.scores) for entry in scored]


@dataclass(frozen=True)
class Course:
    """One measure of one client: its worksheet and the main score of each entry, oldest first."""

    worksheet: Worksheet
    points: tuple[Point, ...]
    language: str = "en"
    plain: bool = False

    @property
    def scale(self) -> Scale:
        """The range and bands of the measure, as its worksheet states them."""
        score = self.worksheet.scores[0]
        low, high = score.range or (0, max([1.0, *(point.value for point in self.points)]))
        bands = tuple(Band(band.name, float(band.low), float(band.high)) for band in score.bands)
        return Scale(float(low), float(high), bands)

    def since(self, day: date) -> "Course":
        """Return the course from a day on."""
        return replace(self, points=tuple(point for point in self.points if point.day >= day))

    def change(self) -> Change | None:
        """Return what the movement from the first to the last entry means, or None under two entries."""
        if len(self.points) < 2:
            return None
        return change(self.worksheet.id, self.points[0].value, self.points[-1].value, self.language)

    def chart(self, start: date, end: date) -> Figure:
        """Return the trend of the measure between two days."""
        title = self.worksheet.title
        return trend(
            title,
            self.points,
            scale=self.scale,
            start=start,
            end=end,
            language=self.language,
            plain=self.plain,
        )


def course(entries: Iterable[Entry], worksheet: Worksheet, language: str = "en") -> Course:
    """Return the course of a measure: the first score of its worksheet, entries without it left out."""
    name = worksheet.scores[0].name
    points = [
        Point(entry.about, value, note(entry, worksheet, name, language))
        for entry in submitted(entries, worksheet.id)
        if (value := entry.scores.get(name)) is not None
    ]
    return Course(worksheet, tuple(points), language)


def note(entry: Entry, worksheet: Worksheet, name: str, language: str = "en") -> str:
    """Return the band of a score and the version it was filled in with."""
    version = say("version {version}", language, version=entry.version)
    band = entry.bands.get(name)
    return f"{worksheet.say(band)}, {version}" if band else version


def filled(entries: Iterable[Entry], worksheet_id: str) -> list[Filled]:
    """Return all submitted entries of one worksheet as charts read them, oldest first."""
    found = [entry for entry in entries if entry.worksheet_id == worksheet_id and entry.status == "submitted"]
    found.sort(key=lambda entry: (entry.about, entry.submitted_at or entry.saved_at))
    return [Filled(entry.about, entry.answers, entry.scores, entry.bands, entry.version) for entry in found]


class Weeks(TypedDict):
    """The first and the last day of some weeks, as charts take them."""

    start: date
    end: date


def weeks_before(day: date, count: int) -> Weeks:
    """Return the weeks that end on a day."""
    return {"start": date.fromordinal(day.toordinal() - 7 * count + 1), "end": day}
