"""A measure over time: dots, a line where there are enough of them, bands in the background with their names.

Gaps stay gaps: two entries further apart than ``gap`` days are not joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from iopkit.charts.axis import LEFT, RIGHT, WIDTH, Frame, draw_axes, draw_figure, element, size
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import day_label, move_label, short_day, tick_labels, value_label
from iopkit.charts.ticks import even_ticks
from iopkit.measures.trend import LINE_NEEDS, theil_sen
from iopkit.words import mark, say

WAYS = {
    (True, True): mark("about {size} later each week"),
    (True, False): mark("about {size} earlier each week"),
    (False, True): mark("about {size} up each week"),
    (False, False): mark("about {size} down each week"),
}
"""How a measure moves: whether it is a clock time, and whether it rises."""
BAND_SHADES = 5
NAME_WIDTH = 110


@dataclass(frozen=True)
class Point:
    """One value on one day; ``note`` is printed beside it in the table and the tooltip (band, version)."""

    day: date
    value: float
    note: str = ""


@dataclass(frozen=True)
class Band:
    """A named range of values, both ends included."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Scale:
    """The range of a measure, its bands from best to worst, and how values read (``unit`` such as "%").

    ``ticks`` are the values with a label where there are no bands.
    """

    low: float
    high: float
    bands: tuple[Band, ...] = ()
    unit: str = ""
    gap: int = 14
    ticks: tuple[float, ...] = ()


def trend(
    title: str,
    points: Sequence[Point],
    *,
    scale: Scale,
    start: date,
    end: date,
    language: str = "en",
    plain: bool = False,
) -> Figure:
    """Return the measure over the days ``start`` to ``end``; points outside are left out.

    ``plain``: its sentence is without the words of statistics.
    """
    frame = Frame(start, end, scale.low, scale.high, height=220, language=language)
    shown = sorted((point for point in points if frame.holds(point.day)), key=lambda point: point.day)
    summary = (plainly if plain else describe)(title, shown, scale, language)
    drawn = [
        *draw_bands(frame, scale, shown),
        *draw_axes(frame, value_ticks(scale)),
        *draw_lines(frame, shown, scale.gap),
        *[draw_dot(frame, point, scale.unit) for point in shown],
    ]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, frame.height, drawn),
        table=Table(
            head=[say("Day", language), title, say("Note", language)],
            rows=[
                [day_label(p.day, language), value_label(p.value, scale.unit, language=language), p.note]
                for p in shown
            ],
        ),
    )


def describe(title: str, points: Sequence[Point], scale: Scale, language: str = "en") -> str:
    """Return one sentence: from, to, how many, and the slope a week where there are enough entries."""
    if len(points) < 2:
        return few(title, points, scale, language)
    known = ends(title, points, scale, language)
    text = say("{title}: {first}, {last}, n {count}", language, **known, count=len(points))
    slope = week_slope(points)
    if slope is None:
        return say("{text}; fewer than 5 entries, so no slope is stated.", language, text=text)
    if is_level(slope):
        return say("{text}; level (slope about 0 a week, Theil–Sen).", language, text=text)
    return say("{text}; {way} (Theil–Sen).", language, text=text, way=way(slope, scale, language))


def plainly(title: str, points: Sequence[Point], scale: Scale, language: str = "en") -> str:
    """Return the same in plain words: from, to, and how it moves where there are enough entries."""
    if len(points) < 2:
        return few(title, points, scale, language)
    text = say("{title}: {first}, {last}", language, **ends(title, points, scale, language))
    slope = week_slope(points)
    if slope is None:
        return f"{text}."
    if is_level(slope):
        return say("{text}; about the same from week to week.", language, text=text)
    return say("{text}; {way}.", language, text=text, way=way(slope, scale, language))


def few(title: str, points: Sequence[Point], scale: Scale, language: str) -> str:
    """Return what is said of no entry or of one."""
    if not points:
        return say("{title}: no entries in this time.", language, title=title)
    one = at_day(points[0], scale, language)
    return say("{title}: one entry, {value}.", language, title=title, value=one)


def ends(title: str, points: Sequence[Point], scale: Scale, language: str) -> dict[str, str]:
    """Return the title, and the first and the last value with their days."""
    first, last = (at_day(point, scale, language) for point in (points[0], points[-1]))
    return {"title": title, "first": first, "last": last}


def week_slope(points: Sequence[Point]) -> float | None:
    """Return the Theil–Sen slope a week; None under five entries."""
    first = points[0].day
    return theil_sen([((point.day - first).days / 7, point.value) for point in points])


def is_level(slope: float) -> bool:
    """Return whether a slope a week is said to be none."""
    return abs(slope) < 0.05


def way(slope: float, scale: Scale, language: str) -> str:
    """Return by how much a measure moves each week, and where to."""
    words = WAYS[scale.unit == "minutes after midnight", slope > 0]
    return say(words, language, size=move_label(abs(slope), scale.unit, language))


def at_day(point: Point, scale: Scale, language: str) -> str:
    """Return a value and its day."""
    value = value_label(point.value, scale.unit, language=language)
    return say("{value} on {day}", language, value=value, day=short_day(point.day, language))


def value_ticks(scale: Scale) -> list[tuple[float, str]]:
    """Return the values that get a label: the band borders, or five even steps."""
    if scale.bands:
        values = [*(band.low for band in scale.bands), scale.high]
    else:
        values = list(scale.ticks) or even_ticks(scale.low, scale.high)
    ordered = sorted(set(values))
    return list(zip(ordered, tick_labels(ordered, scale.unit), strict=True))


def draw_bands(frame: Frame, scale: Scale, points: Sequence[Point]) -> list[Element]:
    """Return a shade and a name for each band, so that the name carries the meaning and not the shade.

    The names stand on the side where fewer of the dots are.
    """
    early = sum(frame.x(point.day) < LEFT + NAME_WIDTH for point in points)
    late = sum(frame.x(point.day) > WIDTH - RIGHT - NAME_WIDTH for point in points)
    x, anchor = (LEFT + 5, "start") if early < late else (WIDTH - RIGHT - 5, "end")
    drawn: list[Element] = []
    ordered = sorted(scale.bands, key=lambda band: band.low)
    tops = [*(band.low for band in ordered), scale.high][1:]
    for number, (band, top) in enumerate(zip(ordered, tops, strict=True), start=1):
        y, foot = frame.y(top), frame.y(band.low)
        shade = f"chart-band chart-band-{min(number, BAND_SHADES)}"
        drawn.append(element("rect", x=LEFT, y=y, width=WIDTH - LEFT - RIGHT, height=foot - y, class_=shade))
        drawn.append(element("text", [band.name], x=x, y=y + 13, class_="chart-text", text_anchor=anchor))
    return drawn


def draw_lines(frame: Frame, points: Sequence[Point], gap: int, name: str = "chart-line") -> list[Element]:
    """Return one line for each run of entries without a gap; none under three entries in all."""
    if len(points) < LINE_NEEDS:
        return []
    runs = [[points[0]]]
    for before, after in pairwise(points):
        if (after.day - before.day).days > gap:
            runs.append([])
        runs[-1].append(after)
    return [
        element("polyline", points=joined(frame, run), class_=name, fill="none")
        for run in runs
        if len(run) > 1
    ]


def joined(frame: Frame, points: Sequence[Point]) -> str:
    """Return the coordinates of a line through the points."""
    return " ".join(f"{size(frame.x(point.day))},{size(frame.y(point.value))}" for point in points)


def draw_dot(frame: Frame, point: Point, unit: str) -> Element:
    """Return one dot that says its day, value and note."""
    note = f", {point.note}" if point.note else ""
    value = value_label(point.value, unit, language=frame.language)
    words = f"{day_label(point.day, frame.language)}: {value}{note}"
    return element(
        "circle",
        [element("title", [words])],
        cx=frame.x(point.day),
        cy=frame.y(point.value),
        r=min(4, max(frame.day_width * 0.55, 2.6)),
        class_="chart-dot",
    )
