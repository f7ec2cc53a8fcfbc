"""Charts of the scores of single entries: lines, columns, before and after, a calendar, nights."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from iopkit.charts.bars import Column, bars
from iopkit.charts.days import calendar
from iopkit.charts.figure import Figure
from iopkit.charts.lines import Series, lines
from iopkit.charts.sleep import night_bar, sleep_raster
from iopkit.charts.slope import slope
from iopkit.charts.span import Span
from iopkit.charts.ticks import scale_ticks
from iopkit.charts.trend import Band, Point, Scale, trend
from iopkit.measures.ratings import mean
from iopkit.measures.shapes import Filled, Pair, Pairs
from iopkit.worksheets.model import Chart, Score, Worksheet

NEEDS = {"line": 2, "bars": 2, "slope": 1, "calendar": 2, "nights": 1}
"""Entries with a value that make a picture worth looking at; an instrument is drawn from its first on."""

MEASURE_GAP = 14
"""Entries of an instrument further apart than this many days are not joined by a line."""

LEAST_GAP = 3
"""What is written every day is joined over this many days."""


def needs(chart: Chart, worksheet: Worksheet) -> int:
    """Return how many entries with a value a chart needs."""
    return 1 if worksheet.category == "measures" else NEEDS[chart.kind]


def counts(chart: Chart, entry: Filled) -> int:
    """Return 1 when an entry has what the chart draws, else 0: both of a pair, or any of the scores."""
    there = [entry.scores.get(name) is not None for name in chart.scores]
    if chart.kind == "slope":
        return int(any(before and after for before, after in zip(there[::2], there[1::2], strict=True)))
    return int(all(there) if chart.kind == "nights" else any(there))


def draw(chart: Chart, worksheet: Worksheet, entries: Sequence[Filled], span: Span) -> Figure:
    """Return the figure of a chart of scores."""
    scores = {score.name: score for score in worksheet.scores}
    chosen = [scores[name] for name in chart.scores]
    if chart.kind == "slope":
        return slope(chart.title, pairs(chart, chosen, entries), unit=unit(chosen[0]))
    if chart.kind == "nights":
        nights = [
            night_bar(one.day, one.answers, one.scores) for one in by_day(entries) if counts(chart, one)
        ]
        return sleep_raster(nights, chart.title, start=span.start, end=span.end, language=span.language)
    if chart.kind == "line":
        return line(chart, worksheet, chosen, entries, span)
    days = day_values(chosen[0], entries)
    top = None if chosen[0].range is None else float(chosen[0].range[1])
    if chart.kind == "calendar":
        return calendar(chart.title, days, unit=unit(chosen[0]), top=top, start=span.start, end=span.end)
    columns = [Column(day, value) for day, value in days.items()]
    return bars(chart.title, columns, unit=unit(chosen[0]), top=top, start=span.start, end=span.end)


def line(
    chart: Chart, worksheet: Worksheet, chosen: Sequence[Score], entries: Sequence[Filled], span: Span
) -> Figure:
    """Return one score with its bands, or several with a shape for each."""
    instrument = worksheet.category == "measures"
    shown = by_day(entries) if instrument else list(entries)
    series = [Series(score.title, points(score, shown, noted=instrument)) for score in chosen]
    values = [point.value for one in series for point in one.points]
    gap = MEASURE_GAP if instrument else usual_gap([point.day for one in series for point in one.points])
    scale = scale_of(chosen[0], values, gap=gap)
    if len(series) == 1:
        days = {"start": span.start, "end": span.end}
        return trend(
            chart.title, series[0].points, scale=scale, **days, language=span.language, plain=span.plain
        )
    return lines(chart.title, series, scale=scale, start=span.start, end=span.end)


def usual_gap(days: Iterable[date]) -> int:
    """Return how many days apart two entries may be to be joined: twice their usual distance.

    >>> [usual_gap(date(2026, 3, day) for day in days) for days in ((2, 3, 4), (1, 9, 17))]
    [3, 16]
    """
    apart = [(after - before).days for before, after in pairwise(sorted(set(days)))]
    return max(LEAST_GAP, round(2 * median(apart))) if apart else LEAST_GAP


def scale_of(score: Score, values: Sequence[float], *, gap: int) -> Scale:
    """Return the scale of a score as its worksheet states it, else one around its values."""
    ends = None if score.range is None else (float(score.range[0]), float(score.range[1]))
    ticks = scale_ticks(values, ends, unit(score))
    bands = tuple(Band(band.name, float(band.low), float(band.high)) for band in score.bands)
    return Scale(ticks[0], ticks[-1], bands, unit(score), gap, tuple(ticks))


def points(score: Score, entries: Iterable[Filled], *, noted: bool) -> tuple[Point, ...]:
    """Return the values of a score; of an instrument with its band and version."""
    found = []
    for entry in entries:
        value = entry.scores.get(score.name)
        if value is not None:
            band = entry.bands.get(score.name)
            version = f"version {entry.version}" if noted else ""
            found.append(Point(entry.day, value, ", ".join(filter(None, (band, version)))))
    return tuple(found)


def pairs(chart: Chart, chosen: Sequence[Score], entries: Sequence[Filled]) -> Pairs:
    """Return the mean of each pair of scores over the entries that have both, and a lone pair's entries."""
    found, each, ends = [], [], ("Before", "After")
    for first, second in zip(chosen[::2], chosen[1::2], strict=True):
        both = [
            (before, after)
            for entry in entries
            if (before := entry.scores.get(first.name)) is not None
            and (after := entry.scores.get(second.name)) is not None
        ]
        name, ends = pair_words(chart.title, first.title, second.title)
        if both:
            before, after = (mean([values[at] for values in both]) or 0.0 for at in (0, 1))
            found.append(Pair(name, before, after, len(both)))
            each += both
    low, high = chosen[0].range or (0, max([1.0, *(value for pair in each for value in pair)]))
    single = tuple(each) if len(chosen) == 2 else ()
    return Pairs(tuple(found), float(low), float(high), "entries", ends, single)


def pair_words(chart: str, first: str, second: str) -> tuple[str, tuple[str, str]]:
    """Return what a pair is called and what its two ends are.

    >>> pair_words("Fear", "Fear before", "Fear after"), pair_words("Steps", "Expected", "Real")
    (('Fear', ('Before', 'After')), ('Steps', ('Expected', 'Real')))
    """
    name = first.removesuffix(" before")
    if second == f"{name} after" or {first, second} == {"Before", "After"}:
        return (chart if name == "Before" else name), ("Before", "After")
    return chart, (first, second)


def day_values(score: Score, entries: Iterable[Filled]) -> dict[date, float]:
    """Return one value a day: the sum of counts and minutes, the mean of what has a range."""
    found: dict[date, list[float]] = {}
    for entry in entries:
        value = entry.scores.get(score.name)
        if value is not None:
            found.setdefault(entry.day, []).append(value)
    return {
        day: sum(values) if score.range is None else sum(values) / len(values)
        for day, values in sorted(found.items())
    }


def by_day(entries: Iterable[Filled]) -> list[Filled]:
    """Return the last entry of each day, oldest first."""
    found = {entry.day: entry for entry in entries}
    return [found[day] for day in sorted(found)]


def unit(score: Score) -> str:
    """Return the unit of a score, percent by its sign."""
    return "%" if score.unit == "percent" else score.unit or ""
