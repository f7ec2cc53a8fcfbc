"""The course of one client over time, from their entries: nights, measures, and the charts of both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from iopkit.charts import Band, Figure, NightBar, Point, Scale, trend
from iopkit.clinic.record import Entry
from iopkit.measures.change import Change, change
from iopkit.measures.sleep import Night
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
    return [night_bar(entry) for entry in scored]


def night_bar(entry: Entry) -> NightBar:
    """Return one night in minutes after midnight of the day it ended on, counted back from out of bed."""
    out = minutes(entry.answers["out_of_bed"])
    awake = before(minutes(entry.answers["final_awakening"]), out)
    tried = before(minutes(entry.answers["tried_to_sleep"]), awake)
    return NightBar(
        day=entry.about,
        into_bed=before(minutes(entry.answers["into_bed"]), tried),
        asleep=tried + float(entry.answers.get("sleep_latency") or 0),
        awake=awake,
        out_of_bed=out,
        tst=entry.scores["tst"] or 0.0,
        se=entry.scores["se"] or 0.0,
    )


def minutes(clock: str) -> float:
    """Return minutes after midnight of "HH:MM"."""
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute


def before(at: float, later: float) -> float:
    """Return the last time of this clock reading at or before ``later``."""
    return later - (later - at) % (24 * 60)


@dataclass(frozen=True)
class Course:
    """One measure of one client: its worksheet and the main score of each entry, oldest first."""

    worksheet: Worksheet
    points: tuple[Point, ...]

    @property
    def scale(self) -> Scale:
        """The range and bands of the measure, as its worksheet states them."""
        score = self.worksheet.scores[0]
        low, high = score.range or (0, max([1.0, *(point.value for point in self.points)]))
        bands = tuple(Band(band.name, float(band.low), float(band.high)) for band in score.bands)
        return Scale(float(low), float(high), bands)

    def since(self, day: date) -> "Course":
        """Return the course from a day on."""
        return Course(self.worksheet, tuple(point for point in self.points if point.day >= day))

    def change(self) -> Change | None:
        """Return what the movement from the first to the last entry means, or None under two entries."""
        if len(self.points) < 2:
            return None
        return change(self.worksheet.id, self.points[0].value, self.points[-1].value)

    def chart(self, start: date, end: date) -> Figure:
        """Return the trend of the measure between two days."""
        return trend(self.worksheet.title, self.points, scale=self.scale, start=start, end=end)


def course(entries: Iterable[Entry], worksheet: Worksheet) -> Course:
    """Return the course of a measure: the first score of its worksheet, entries without it left out."""
    name = worksheet.scores[0].name
    points = [
        Point(entry.about, value, note(entry, name))
        for entry in submitted(entries, worksheet.id)
        if (value := entry.scores.get(name)) is not None
    ]
    return Course(worksheet, tuple(points))


def note(entry: Entry, name: str) -> str:
    """Return the band of a score and the version it was filled in with."""
    band = entry.bands.get(name)
    return f"{band}, version {entry.version}" if band else f"version {entry.version}"


def weeks_before(day: date, count: int) -> Mapping[str, date]:
    """Return ``start`` and ``end`` of the weeks that end on a day."""
    return {"start": date.fromordinal(day.toordinal() - 7 * count + 1), "end": day}
