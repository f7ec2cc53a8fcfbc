"""Columns over time: one for each day or week that has a value, with what it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iopkit.charts.axis import LEFT, RIGHT, TOP, WIDTH, Frame, draw_axes, draw_figure, element, label
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import (
    IN_HOURS,
    day_label,
    number_label,
    plural,
    short_day,
    tick_labels,
    value_label,
)
from iopkit.charts.ticks import scale_ticks

DIGIT = 8.3
"""The width of a digit of 12 in a wide typeface: labels of neighbours must not touch."""


@dataclass(frozen=True)
class Column:
    """A value of the ``days`` days from ``start`` on (7: a week); ``note`` says what it stands on."""

    start: date
    value: float
    note: str = ""
    days: int = 1


def bars(
    title: str, columns: Sequence[Column], *, unit: str, top: float | None, start: date, end: date
) -> Figure:
    """Return the columns between two days on one time axis; ``top`` is the end of the scale, if any."""
    shown = [one for one in columns if one.start <= end and one.start + timedelta(one.days - 1) >= start]
    shown.sort(key=lambda one: one.start)
    ticks = scale_ticks([one.value for one in shown], None if top is None else (0, top), unit)
    frame = Frame(start, end, ticks[0], ticks[-1], height=190, top=TOP + 6)
    summary = describe(title, shown, unit)
    labels = list(zip(ticks, tick_labels(ticks, unit), strict=True))
    drawn = draw_axes(frame, labels) + [part for one in shown for part in draw_column(frame, one, unit)]
    first = "Week of" if any(one.days == 7 for one in shown) else "Day"
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, frame.height, drawn),
        table=Table(
            head=[first, title, "Stands on"] if any(one.note for one in shown) else [first, title],
            rows=[row(one, unit, any(other.note for other in shown)) for one in shown],
        ),
    )


def row(column: Column, unit: str, noted: bool) -> list[str]:
    """Return the numbers of one column."""
    cells = [day_label(column.start), value_label(column.value, unit)]
    return [*cells, column.note] if noted else cells


def describe(title: str, columns: Sequence[Column], unit: str) -> str:
    """Return one sentence: how many days or weeks, and from what to what."""
    if not columns:
        return f"{title}: no entries in this time."
    weeks = columns[0].days == 7
    of = "week" if weeks else "day"
    first, last = columns[0], columns[-1]
    if len(columns) == 1:
        when = f"in the week of {short_day(first.start)}" if weeks else f"on {short_day(first.start)}"
        note = f" ({first.note})" if first.note else ""
        return f"{title}: {said(first.value, unit)} {when}{note}."
    if weeks:
        before = f"{said(first.value, unit)} in the week of {short_day(first.start)}"
        after = f"{said(last.value, unit)} in the week of {short_day(last.start)}"
        return f"{title}: {before}, {after}, n {plural(len(columns), of)}."
    mean = sum(one.value for one in columns) / len(columns)
    low, high = min(one.value for one in columns), max(one.value for one in columns)
    return (
        f"{title}: on average {said(mean, unit)} a day, from {said(low, unit)} to "
        f"{said(high, unit)}, n {plural(len(columns), of)}."
    )


def said(value: float, unit: str) -> str:
    """Return a value in a sentence; percentages without decimals."""
    return value_label(value, unit, 0 if unit == "%" else 1)


def column_label(value: float, unit: str, top: float) -> str:
    """Return the few letters above a column: hours where the axis has hours.

    >>> column_label(86.4, "%", 100), column_label(80, "minutes", 90), column_label(80, "minutes", 300)
    ('86%', '80', '1.3')
    """
    if unit == "minutes":
        return number_label(value / 60) if top >= IN_HOURS else number_label(value, 0)
    return f"{number_label(value, 0)}%" if unit == "%" else number_label(value)


def draw_column(frame: Frame, column: Column, unit: str) -> list[Element]:
    """Return one column with its value above it where there is room."""
    left = max(frame.x(max(column.start, frame.start)) - frame.day_width / 2, LEFT)
    last = min(column.start + timedelta(column.days - 1), frame.end)
    right = min(frame.x(last) + frame.day_width / 2, WIDTH - RIGHT)
    gap = min((right - left) * 0.2, 4)
    y, foot = frame.y(column.value), frame.y(frame.low)
    when = f"Week of {day_label(column.start)}" if column.days == 7 else day_label(column.start)
    note = f", {column.note}" if column.note else ""
    words = element("title", [f"{when}: {value_label(column.value, unit)}{note}"])
    height = max(foot - y, 1.5)
    box = element(
        "rect",
        [words],
        x=left + gap / 2,
        y=foot - height,
        width=right - left - gap,
        height=height,
        rx=min(2, (right - left) / 4),
        class_="chart-bar",
    )
    text = column_label(column.value, unit, frame.high)
    if len(text) * DIGIT > right - left - 1:
        return [box]
    return [box, label(text, (left + right) / 2, foot - height - 4, "middle", "chart-text chart-value")]
