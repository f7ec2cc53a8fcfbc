"""One week on one page: a row for each thing, a field for each day with its number and perhaps a sign."""

from datetime import timedelta

from iopkit.charts.axis import WIDTH, draw_figure, element, label, shorten
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import WEEKDAYS, number_label, plural, short_day
from iopkit.measures.shapes import Line, WeekCard

SIDE = 2
TOP = 26
ROW = 48
MOST = 12
SHADES = 4


def week(title: str, found: WeekCard) -> Figure:
    """Return the week from its Monday on; a day without a card stays empty."""
    shown = found.lines[:MOST]
    summary = describe(found)
    width = (WIDTH - 2 * SIDE) / 7
    drawn = [
        label(f"{name} {(found.start + timedelta(day)).day}", SIDE + width * (day + 0.5), 14, "middle")
        for day, name in enumerate(WEEKDAYS)
    ]
    for place, line in enumerate(shown):
        drawn += draw_line(found, line, TOP + ROW * place, width)
    foot = TOP + ROW * max(len(shown), 1) + 14
    drawn += [draw_sign(SIDE + 6, foot - 4), label(found.marked, SIDE + 18, foot)]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, foot + 8, drawn),
        table=Table(
            head=["What", *WEEKDAYS, "In the week"],
            rows=[[line.name, *(cell(line, day) for day in range(7)), line.words] for line in found.lines],
        ),
    )


def describe(found: WeekCard) -> str:
    """Return one sentence: which week, how many days have a card, and the week in words."""
    days = plural(found.days, "day")
    return f"The week of {short_day(found.start)}, {days} of 7 with a card: {found.words}."


def cell(line: Line, day: int) -> str:
    """Return what the table says about one day of a row; "–" for nothing."""
    found = [mark for mark in line.marks if mark.day.weekday() == day]
    if not found:
        return "–"
    values = [number_label(mark.value) for mark in found if mark.value is not None]
    marked = ["marked"] if any(mark.marked for mark in found) else []
    return ", ".join([*values, *marked]) or "no rating"


def draw_line(found: WeekCard, line: Line, y: float, width: float) -> list[Element]:
    """Return the name of a row and its seven fields."""
    drawn = [label(shorten(line.name, WIDTH - 2 * SIDE), SIDE, y + 12, name="chart-text chart-strong")]
    for day in range(7):
        x = SIDE + width * day
        marks = [mark for mark in line.marks if mark.day.weekday() == day]
        values = [mark.value for mark in marks if mark.value is not None]
        value = max(values, default=None)
        shade = 0 if not value else min(SHADES, max(1, round(SHADES * value / found.top)))
        name = f"chart-heat-{shade}" if marks else "chart-none"
        drawn.append(element("rect", x=x + 1, y=y + 18, width=width - 2, height=ROW - 24, rx=3, class_=name))
        acted = any(mark.marked for mark in marks)
        if value is not None:
            middle = x + width / 2 - (7 if acted else 0)
            drawn.append(label(number_label(value), middle, y + 34, "middle", "chart-text chart-value"))
        if acted:
            drawn.append(draw_sign(x + width / 2 + (8 if value is not None else 0), y + 30))
    return drawn


def draw_sign(x: float, y: float) -> Element:
    """Return the sign of a marked day: a small diamond."""
    points = f"{x},{y - 6} {x + 6},{y} {x},{y + 6} {x - 6},{y}"
    return element("polygon", points=points, class_="chart-sign")
