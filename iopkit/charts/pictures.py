"""The pictures of one worksheet, drawn from its entries as its ``charts`` say: for apps and reports alike."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import cast

from iopkit.charts import scored
from iopkit.charts.appointments import ON_TIME, mark_appointments
from iopkit.charts.bars import Column, bars
from iopkit.charts.choices import choice_texts
from iopkit.charts.figure import Figure, Pictures
from iopkit.charts.groups import groups, named
from iopkit.charts.hours import hour_grid
from iopkit.charts.slope import renamed, slope
from iopkit.charts.span import Span
from iopkit.charts.stack import stack
from iopkit.charts.week import week
from iopkit.measures.shapes import Bars, Filled, Groups, Hours, Overview, Pairs, Shape, Stack, WeekCard
from iopkit.worksheets.functions import overview
from iopkit.worksheets.model import Chart, Worksheet


def pictures(
    worksheet: Worksheet,
    entries: Sequence[Filled],
    *,
    start: date,
    end: date,
    clinician: bool = False,
    language: str = "en",
    marked: Sequence[date] = (),
) -> Pictures | None:
    """Return the pictures of a worksheet's entries between two days; None when there is nothing to say.

    A chart with too few entries becomes a sentence that says how many more it needs. ``marked``: days of
    appointments, shown where the axis is time.
    """
    shown = [entry for entry in entries if start <= entry.day <= end]
    charts = [chart for chart in worksheet.charts if clinician or chart.audience == "client"]
    span = Span(start, end, language, tuple(marked), plain=not clinician)
    drawn = list(draw_all(worksheet, charts, shown, span)) if shown else []
    if not drawn:
        return None
    return Pictures(
        title=worksheet.title,
        figures=[one for one in drawn if isinstance(one, Figure)],
        waiting=[one for one in drawn if isinstance(one, str)],
    )


def draw_all(
    worksheet: Worksheet, charts: Sequence[Chart], entries: Sequence[Filled], span: Span
) -> Iterator[Figure | str]:
    """Yield for each chart its figure, or what it waits for; nothing where no entry has anything for it."""
    for chart in charts:
        found = cast(Overview, overview(chart.function)) if chart.function else None
        counts = found.counts if found else partial(scored.counts, chart)
        needs = found.needs if found else scored.needs(chart, worksheet)
        there = sum(counts(entry) for entry in entries)
        if there >= needs:
            figure = (
                draw_overview(chart, found, worksheet, entries, span)
                if found
                else scored.draw(chart, worksheet, entries, span)
            )
            yield mark_appointments(figure, span.marked, span) if chart.kind in ON_TIME else figure
        elif there:
            yield waiting(chart, needs - there, found.of if found else "entries")


def waiting(chart: Chart, more: int, of: str) -> str:
    """Return what a chart waits for.

    >>> waiting(Chart(kind="hours", title="When urges come", function="urges.hours"), 2, "urges with a time")
    '“When urges come” needs 2 more (urges with a time), then it is drawn here.'
    """
    return f"“{chart.title}” needs {more} more ({of}), then it is drawn here."


def draw_overview(
    chart: Chart, found: Overview, worksheet: Worksheet, entries: Sequence[Filled], span: Span
) -> Figure:
    """Return the figure of a function over many entries."""
    shape = with_names(found.work_out(entries), found, worksheet)
    match shape:
        case Bars():
            columns = [Column(bar.start, bar.value, bar.stands_on, days=7) for bar in shape.bars]
            return bars(chart.title, columns, unit=shape.unit, top=shape.top, start=span.start, end=span.end)
        case Groups():
            return groups(chart.title, shape)
        case Pairs():
            return slope(chart.title, shape)
        case Hours():
            return hour_grid(chart.title, shape)
        case Stack():
            return stack(chart.title, shape, start=span.start, end=span.end)
        case WeekCard():
            return week(chart.title, shape)


def with_names(shape: Shape, found: Overview, worksheet: Worksheet) -> Shape:
    """Return the shape with the texts of choices in place of their values."""
    if not found.labels:
        return shape
    texts = choice_texts(worksheet, found.labels)
    if isinstance(shape, Groups):
        return named(shape, [texts.get(one.name, one.name) for one in shape.groups])
    if isinstance(shape, Pairs):
        return renamed(shape, [texts.get(one.name, one.name) for one in shape.pairs])
    return shape
