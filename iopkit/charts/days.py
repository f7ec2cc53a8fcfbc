"""A calendar of days: a column a week, a row a weekday, each day with its number, darker for more."""

from collections.abc import Mapping
from datetime import date, timedelta

from iopkit.charts.axis import RIGHT, WIDTH, draw_figure, element, label
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import WEEKDAYS, day_label, number_label, plural, short_day, value_label
from iopkit.measures.weeks import monday

MOST_WEEKS = 13
"""More weeks than this leave no room for a number in a day; the last ones are shown."""

LEFT = 34
TOP = 24
CELL = 25
SHADES = 4


def calendar(
    title: str, values: Mapping[date, float], *, unit: str, top: float | None, start: date, end: date
) -> Figure:
    """Return the days between two days; a day without an entry is empty, a 0 is a 0."""
    first = max(monday(start), monday(end) - timedelta(7 * (MOST_WEEKS - 1)))
    weeks = (end - first).days // 7 + 1
    shown = {day: value for day, value in sorted(values.items()) if max(start, first) <= day <= end}
    highest = top or max([1.0, *shown.values()])
    summary = describe(title, shown, unit, weeks)
    width = (WIDTH - LEFT - RIGHT) / weeks
    drawn = draw_frame(first, weeks, width)
    for number in range(weeks * 7):
        day = first + timedelta(number)
        if start <= day <= end:
            drawn.append(draw_day(day, shown.get(day), (number // 7, width), highest, unit))
    height = TOP + 7 * CELL + 24
    drawn.append(label(f"{legend(unit)} Darker is more.", LEFT, height - 7))
    rows = [[day_label(day), value_label(value, unit)] for day, value in shown.items()]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, height, drawn),
        table=Table(head=["Day", title], rows=rows),
    )


def legend(unit: str) -> str:
    """Return what the number in a day means."""
    return "Minutes of each day." if unit == "minutes" else "The number of each day."


def describe(title: str, values: Mapping[date, float], unit: str, weeks: int) -> str:
    """Return one sentence: on how many days, how much in all or on average, in how many weeks."""
    days = sum(1 for value in values.values() if value > 0)
    if not days:
        return f"{title}: no days in this time."
    total = sum(values.values())
    return f"{title}: {value_label(total, unit)} in all, on {plural(days, 'day')} in {plural(weeks, 'week')}."


def draw_frame(first: date, weeks: int, width: float) -> list[Element]:
    """Return the names of the weekdays and the first day of every week that has room for it."""
    drawn = [label(name, LEFT - 6, TOP + CELL * row + 17, "end") for row, name in enumerate(WEEKDAYS)]
    step = max(1, -(-44 // int(width)))
    for week in range(0, weeks, step):
        drawn.append(label(short_day(first + timedelta(7 * week)), LEFT + width * week, 15))
    return drawn


def draw_day(day: date, value: float | None, at: tuple[int, float], highest: float, unit: str) -> Element:
    """Return one day: empty without an entry, else its shade and its number."""
    week, width = at
    x, y = LEFT + width * week, TOP + CELL * day.weekday()
    shade = 0 if not value else min(SHADES, max(1, round(SHADES * value / highest)))
    name = "chart-none" if value is None else f"chart-heat-{shade}"
    box = element("rect", x=x + 1, y=y + 1, width=width - 2, height=CELL - 2, rx=3, class_=name)
    if value is None:
        return box
    words = element("title", [f"{day_label(day)}: {value_label(value, unit)}"])
    text = number_label(value, 0)
    return element("g", [words, box, label(text, x + width / 2, y + 17, "middle", "chart-text chart-value")])
