"""What tells lines and parts of one chart apart without colour: shapes, dashes, patterns, and a legend."""

from collections.abc import Sequence

from iopkit.charts.axis import LEFT, LETTER, RIGHT, WIDTH, element, label, shorten, size
from iopkit.charts.figure import Element

ROW = 17
"""The height of one line of the legend."""

LINES = 4
"""Series with a shape of their own; the checker of worksheets refuses more."""


def draw_mark(number: int, x: float, y: float, r: float, words: str = "") -> Element:
    """Return the shape of a series: circle, square, triangle or diamond, the second and fourth hollow."""
    said = [element("title", [words])] if words else []
    name = f"chart-mark-{number % LINES + 1}"
    if number % LINES == 0:
        return element("circle", said, cx=x, cy=y, r=r, class_=name)
    if number % LINES == 1:
        return element("rect", said, x=x - r, y=y - r, width=2 * r, height=2 * r, class_=name)
    corners: tuple[tuple[float, float], ...]
    if number % LINES == 2:
        corners = ((x, y - r * 1.2), (x + r * 1.1, y + r), (x - r * 1.1, y + r))
    else:
        corners = ((x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y))
    points = " ".join(f"{size(one)},{size(two)}" for one, two in corners)
    return element("polygon", said, points=points, class_=name)


def draw_part(number: int, x: float, y: float, width: float, height: float, words: str = "") -> Element:
    """Return one part of a stack: plain, lined across, lined downwards, or empty; each with an edge."""
    said = [element("title", [words])] if words else []
    box = element("rect", x=x, y=y, width=width, height=height, class_=f"chart-part-{number % LINES + 1}")
    if number % LINES == 1:
        lines = [f"M{size(x)} {size(y + at)}h{size(width)}" for at in steps(height)]
    elif number % LINES == 2:
        lines = [f"M{size(x + at)} {size(y)}v{size(height)}" for at in steps(width)]
    else:
        lines = []
    hatch = [element("path", d="".join(lines), class_="chart-hatch")] if lines else []
    return element("g", [*said, box, *hatch])


def steps(length: float, step: float = 4) -> list[float]:
    """Return places inside a length, ``step`` apart."""
    return [step * number for number in range(1, int((length - 0.5) / step) + 1)]


def legend_rows(names: Sequence[str]) -> list[list[tuple[int, str]]]:
    """Return the names with their numbers in as many rows as they need, as many in a row as fit."""
    rows: list[list[tuple[int, str]]] = []
    room = 0.0
    for number, name in enumerate(names):
        width = 20 + len(name) * LETTER + 10
        if not rows or width > room:
            rows.append([])
            room = WIDTH - RIGHT - 4
        rows[-1].append((number, name))
        room -= width
    return rows


def legend_height(names: Sequence[str]) -> float:
    """Return how much room the legend takes above a chart."""
    return ROW * len(legend_rows(names)) + 6


def draw_legend(names: Sequence[str], *, parts: bool = False, top: float = 0) -> list[Element]:
    """Return each shape (or pattern of a part) with its name beside it."""
    drawn: list[Element] = []
    for place, row in enumerate(legend_rows(names)):
        x, y = 4.0, top + ROW * place + 8
        for number, name in row:
            sample = draw_part(number, x, y - 5, 13, 10) if parts else draw_mark(number, x + 6, y, 4)
            drawn += [sample, label(shorten(name, WIDTH - LEFT), x + 19, y + 4)]
            x += 20 + len(name) * LETTER + 10
    return drawn
