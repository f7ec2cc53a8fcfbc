"""Pairs of values as dots: one across, one upwards, larger where several days fall together. No line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iopkit.charts.axis import LEFT, RIGHT, WIDTH, draw_figure, element, label, shorten, size
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import day_label, tick_labels, value_label
from iopkit.charts.ticks import nice_ticks, scale_ticks
from iopkit.measures.pairing import Pair
from iopkit.words import say, several

HEIGHT, TOP, FOOT = 250, 26, 44
DOT, MOST = 3.5, 9.0
"""The radius of one day, and the largest: the area grows with the days."""
NEAR, FEW = 2.5, 20.0
"""A scale longer than the second of these is cut to its used part where that is shorter by the first."""


@dataclass(frozen=True)
class Axis:
    """What one direction shows: its name, its unit, and the ends of its scale where there are any."""

    name: str
    unit: str = ""
    ends: tuple[float, float] | None = None

    def ticks(self, values: Sequence[float]) -> list[float]:
        """Return the values with a label: of the whole scale, or round ones where little of it is used."""
        if self.ends and NEAR * (max(values) - min(values)) < self.ends[1] - self.ends[0] > FEW:
            return nice_ticks(min(values), max(values), self.unit)
        return scale_ticks(values, self.ends, self.unit)

    def said(self, value: float, language: str) -> str:
        """Return a value as people read it."""
        return value_label(value, self.unit, language=language)


@dataclass(frozen=True)
class Ground:
    """Where dots are drawn: the ends of the two axes."""

    across: tuple[float, float]
    up: tuple[float, float]

    def x(self, value: float) -> float:
        """Return how far to the right a value lies."""
        low, high = self.across
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return how far down a value lies."""
        low, high = self.up
        return HEIGHT - FOOT - (value - low) / (high - low) * (HEIGHT - FOOT - TOP)


def scatter(title: str, found: Sequence[Pair], *, across: Axis, up: Axis, language: str = "en") -> Figure:
    """Return the pairs as dots, with their days as a table."""
    ticks = across.ticks([pair.first for pair in found]), up.ticks([pair.second for pair in found])
    ground = Ground(*((one[0], one[-1]) for one in ticks))
    summary = describe(found, across, up, language)
    drawn = [*draw_ground(ground, ticks, across, up), *draw_dots(ground, found, across, up, language)]
    rows = [
        [
            day_label(pair.day, language),
            across.said(pair.first, language),
            up.said(pair.second, language),
        ]
        for pair in found
    ]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, HEIGHT, drawn),
        table=Table(head=[say("Day", language), across.name, up.name], rows=rows),
    )


def describe(found: Sequence[Pair], across: Axis, up: Axis, language: str = "en") -> str:
    """Return one sentence: how many pairs, and from where to where each series goes."""
    first, second = [pair.first for pair in found], [pair.second for pair in found]
    return several(
        "{count} pair: {first} from {low} to {high}, {second} from {least} to {most}.",
        "{count} pairs: {first} from {low} to {high}, {second} from {least} to {most}.",
        language,
        len(found),
        first=across.name,
        low=across.said(min(first), language),
        high=across.said(max(first), language),
        second=up.name,
        least=up.said(min(second), language),
        most=up.said(max(second), language),
    )


def draw_ground(
    ground: Ground, ticks: tuple[Sequence[float], Sequence[float]], across: Axis, up: Axis
) -> list[Element]:
    """Return the grid with its labels, the name of what goes across below and of what goes up above."""
    bottom = HEIGHT - FOOT
    drawn: list[Element] = [label(shorten(up.name, WIDTH - 8), 4, 13, name="chart-text chart-strong")]
    for value, text in zip(ticks[1], tick_labels(ticks[1], up.unit), strict=True):
        y = ground.y(value)
        drawn.append(element("path", d=f"M{LEFT} {size(y)}H{WIDTH - RIGHT}", class_="chart-grid"))
        drawn.append(label(text, LEFT - 5, y + 4, "end"))
    drawn.append(element("path", d=f"M{LEFT} {bottom}H{WIDTH - RIGHT}", class_="chart-axis"))
    for value, text in zip(ticks[0], tick_labels(ticks[0], across.unit), strict=True):
        x = ground.x(value)
        drawn.append(element("path", d=f"M{size(x)} {bottom}v4", class_="chart-axis"))
        drawn.append(label(text, x, bottom + 17, "end" if x > WIDTH - RIGHT - 12 else "middle"))
    drawn.append(
        label(shorten(across.name, WIDTH - 8), WIDTH - RIGHT, HEIGHT - 6, "end", "chart-text chart-strong")
    )
    return drawn


def draw_dots(ground: Ground, found: Sequence[Pair], across: Axis, up: Axis, language: str) -> list[Element]:
    """Return a dot for each place with a pair, which says its values and its days; the largest first."""
    days: dict[tuple[float, float], list[date]] = defaultdict(list)
    for pair in found:
        days[pair.first, pair.second].append(pair.day)
    drawn = []
    for (first, second), here in sorted(days.items(), key=lambda one: (-len(one[1]), one[0])):
        words = say(
            "{days}: {first} {value}, {second} {other}",
            language,
            days=", ".join(day_label(day, language) for day in here),
            first=across.name,
            value=across.said(first, language),
            second=up.name,
            other=up.said(second, language),
        )
        radius = min(DOT * len(here) ** 0.5, MOST)
        dot = element(
            "circle",
            [element("title", [words])],
            cx=ground.x(first),
            cy=ground.y(second),
            r=radius,
            class_="chart-dot",
        )
        drawn.append(dot)
    return drawn
