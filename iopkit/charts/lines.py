"""Several scores of one scale over time: a shape and a dash for each, named above the chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iopkit.charts.axis import Frame, draw_axes, draw_figure
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import day_label, short_day, value_label
from iopkit.charts.marks import draw_legend, draw_mark, legend_height
from iopkit.charts.trend import Point, Scale, draw_lines, value_ticks


@dataclass(frozen=True)
class Series:
    """One named score and its values."""

    name: str
    points: tuple[Point, ...]


def lines(title: str, series: Sequence[Series], *, scale: Scale, start: date, end: date) -> Figure:
    """Return the scores over the days ``start`` to ``end``; points outside are left out."""
    names = [one.name for one in series]
    top = legend_height(names) + 6
    frame = Frame(start, end, scale.low, scale.high, height=int(170 + top), top=top)
    shown = [
        Series(one.name, tuple(sorted((p for p in one.points if frame.holds(p.day)), key=lambda p: p.day)))
        for one in series
    ]
    summary = describe(title, shown, scale.unit)
    drawn = [*draw_legend(names), *draw_axes(frame, value_ticks(scale))]
    for number, one in enumerate(shown):
        drawn += draw_lines(frame, one.points, scale.gap, f"chart-line chart-line-{number + 1}")
    for number, one in enumerate(shown):
        drawn += draw_marks(frame, number, one, scale.unit)
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, frame.height, drawn),
        table=table(shown, scale.unit),
    )


def describe(title: str, series: Sequence[Series], unit: str) -> str:
    """Return one sentence: each score from its first to its last entry, and how many entries there are."""
    days = sorted({point.day for one in series for point in one.points})
    if not days:
        return f"{title}: no entries in this time."
    moves = []
    for one in series:
        if one.points:
            first, last = (value_label(one.points[at].value, unit) for at in (0, -1))
            moves.append(f"{one.name} {first} → {last}" if len(one.points) > 1 else f"{one.name} {first}")
    span = f"{short_day(days[0])} to {short_day(days[-1])}" if len(days) > 1 else short_day(days[0])
    return f"{', '.join(moves)}; {span}, n {max(len(one.points) for one in series)}."


def draw_marks(frame: Frame, number: int, series: Series, unit: str) -> list[Element]:
    """Return one shape for each value, which says its day, name and value."""
    radius = min(4, max(frame.day_width * 0.5, 2.6))
    return [
        draw_mark(
            number,
            frame.x(point.day),
            frame.y(point.value),
            radius,
            f"{day_label(point.day)}: {series.name} {value_label(point.value, unit)}",
        )
        for point in series.points
    ]


def table(series: Sequence[Series], unit: str) -> Table:
    """Return one row a day and one column a score; several values of a day stand in one cell."""
    days = sorted({point.day for one in series for point in one.points})
    rows = [
        [
            day_label(day),
            *(
                ", ".join(value_label(point.value, unit) for point in one.points if point.day == day) or "–"
                for one in series
            ),
        ]
        for day in days
    ]
    return Table(head=["Day", *(one.name for one in series)], rows=rows)
