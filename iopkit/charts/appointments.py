"""Appointments on the time axis of a chart: a dashed line with a small triangle, named for whoever listens.

Charts of one page share their axis, so the marks stand under each other. A picture without days has none.
"""

from collections.abc import Sequence
from datetime import date

from iopkit.charts.axis import FOOT, TOP, Frame, element, size
from iopkit.charts.figure import Element, Figure
from iopkit.charts.labels import day_label, short_day
from iopkit.charts.span import Span
from iopkit.words import say, several

ON_TIME = ("line", "bars", "nights")
"""The kinds of chart whose axis is time, to the pixel the same."""
NAMED = 6
"""So many appointments are named by day in the words of a picture; of more, how many there were."""


def mark_appointments(figure: Figure, days: Sequence[date], span: Span) -> Figure:
    """Return a figure whose axis is time with a mark on each day in it, and words about them."""
    shown = sorted({day for day in days if span.start <= day <= span.end})
    if not shown:
        return figure
    height = int(figure.svg[1]["viewBox"].split()[3])
    frame = Frame(span.start, span.end, 0, 1, height=height, language=span.language)
    summary = f"{figure.summary} {words(shown, span.language)}"
    tag, attributes, (title, _desc, *drawn) = figure.svg
    described = element("desc", [summary])
    under = behind(drawn)
    marked = [*drawn[:under], *(draw(frame, day) for day in shown), *drawn[under:]]
    return figure.model_copy(
        update={"summary": summary, "svg": [tag, attributes, [title, described, *marked]]}
    )


def behind(drawn: Sequence[Element]) -> int:
    """Return where marks belong among the parts of a picture: over its bands, under its grid and values."""
    names = [part[1].get("class", "") for part in drawn]
    return next((at for at, name in enumerate(names) if name in ("chart-grid", "chart-axis")), 0)


def words(days: Sequence[date], language: str = "en") -> str:
    """Return on which days there were appointments, or on how many."""
    if len(days) > NAMED:
        return several(
            "{count} appointment is marked.", "{count} appointments are marked.", language, len(days)
        )
    named = ", ".join(short_day(day, language) for day in days)
    return several("Appointment on {days}.", "Appointments on {days}.", language, len(days), days=named)


def draw(frame: Frame, day: date) -> Element:
    """Return the mark of one appointment: a line through the picture that stands on a triangle."""
    x, bottom = frame.x(day), frame.height - FOOT
    said = say("Appointment: {day}", frame.language, day=day_label(day, frame.language))
    line = element("path", d=f"M{size(x)} {TOP}V{bottom}", class_="chart-appointment")
    corners = f"{size(x)},{size(bottom - 7)} {size(x + 4)},{bottom} {size(x - 4)},{bottom}"
    foot = element("polygon", points=corners, class_="chart-appointment-foot")
    return element("g", [element("title", [said]), line, foot])
