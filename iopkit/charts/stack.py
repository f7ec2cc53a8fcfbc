"""Stacked weeks: one column a week, its parts one above the other, each with a pattern and its number."""

from collections.abc import Sequence
from datetime import date, timedelta

from iopkit.charts.axis import LEFT, RIGHT, WIDTH, Frame, draw_axes, draw_figure, label
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import day_label, number_label, plural, short_day
from iopkit.charts.marks import draw_legend, draw_part, legend_height
from iopkit.charts.ticks import nice_ticks
from iopkit.measures.shapes import Stack, Stacked

ROOM = 15
"""The least height of a part that has its number in it."""


def stack(title: str, found: Stack, *, start: date, end: date) -> Figure:
    """Return the weeks that touch the days ``start`` to ``end``, on one time axis."""
    weeks = [week for week in found.weeks if week.start <= end and week.start + timedelta(6) >= start]
    ticks = nice_ticks(0, max([1.0, *(sum(week.counts) for week in weeks)]))
    top = legend_height(found.parts) + 8
    frame = Frame(start, end, 0, ticks[-1], height=int(160 + top), top=top)
    summary = describe(title, found, weeks)
    drawn = [*draw_legend(found.parts, parts=True)]
    drawn += draw_axes(frame, [(tick, number_label(tick)) for tick in ticks])
    drawn += [part for week in weeks for part in draw_week(frame, week, found)]
    rows = [[day_label(week.start), *(number_label(count) for count in week.counts)] for week in weeks]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, frame.height, drawn),
        table=Table(head=["Week of", *map(capital, found.parts)], rows=rows),
    )


def capital(text: str) -> str:
    """Return the text with a capital at the start."""
    return text[:1].upper() + text[1:]


def describe(title: str, found: Stack, weeks: Sequence[Stacked]) -> str:
    """Return one sentence: the sum of each part, in how many weeks, then the first part at first and last."""
    total = sum(sum(week.counts) for week in weeks)
    if not total:
        return f"{title}: nothing to show yet."
    sums = [sum(week.counts[part] for week in weeks) for part in range(len(found.parts))]
    said = [f"{number_label(count)} {name}" for name, count in zip(found.parts, sums, strict=True) if count]
    text = f"{number_label(total)} {found.of} in {plural(len(weeks), 'week')}: {', '.join(said)}"
    if len(weeks) == 1:
        return f"{text}."
    return f"{text}; {found.parts[0]}: {share(weeks[0])}, {share(weeks[-1])}."


def share(week: Stacked) -> str:
    """Return how much of a week's sum is its first part."""
    counts = f"{number_label(week.counts[0])} of {number_label(sum(week.counts))}"
    return f"{counts} in the week of {short_day(week.start)}"


def draw_week(frame: Frame, week: Stacked, found: Stack) -> list[Element]:
    """Return the column of one week, its first part at the bottom."""
    left = max(frame.x(max(week.start, frame.start)) - frame.day_width / 2, LEFT)
    last = min(week.start + timedelta(6), frame.end)
    right = min(frame.x(last) + frame.day_width / 2, WIDTH - RIGHT)
    width = min((right - left) * 0.84, 60)
    x = (left + right - width) / 2
    drawn: list[Element] = []
    below = 0.0
    for number, count in enumerate(week.counts):
        if not count:
            continue
        foot, y = frame.y(below), frame.y(below + count)
        said = f"Week of {day_label(week.start)}: {number_label(count)} {found.parts[number]}"
        drawn.append(draw_part(number, x, y, width, foot - y, said))
        if foot - y >= ROOM and width >= 12:
            name = f"chart-text chart-value chart-on-{number % 4 + 1}"
            drawn.append(label(number_label(count), x + width / 2, (y + foot) / 2 + 4, "middle", name))
        below += count
    return drawn
