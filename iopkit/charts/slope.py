"""Before and after: one line for each thing that was rated twice, its name and values written at its ends."""

from collections.abc import Sequence
from dataclasses import replace

from iopkit.charts.axis import LETTER, draw_figure, element, label, shorten, size
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.groups import upper
from iopkit.charts.labels import value_label
from iopkit.charts.marks import LINES, draw_mark
from iopkit.measures.shapes import Pair, Pairs

MOST = 6
"""More lines than this are left to the table."""

MOST_THIN = 30
"""As many single entries as can be seen behind their mean."""

APART = 17
"""The least distance of two labels."""

LEFT_END = 152
RIGHT_END = 236
TOP = 30
HEIGHT = 210


def slope(title: str, found: Pairs, *, unit: str = "") -> Figure:
    """Return a line from before to after for each pair, means over ``n``, most rated first."""
    shown = found.pairs[:MOST]
    summary = describe(title, found, unit)
    height = max(HEIGHT, TOP + 2 * APART + APART * len(shown)) + (16 if len(found.pairs) > MOST else 0)
    drawn = [
        element("path", d=f"M{LEFT_END} {TOP - 8}V{height - 8}", class_="chart-axis"),
        element("path", d=f"M{RIGHT_END} {TOP - 8}V{height - 8}", class_="chart-axis"),
        label(found.ends[0], LEFT_END, 14, "middle", "chart-text chart-strong"),
        label(found.ends[1], RIGHT_END, 14, "middle", "chart-text chart-strong"),
    ]
    befores = spread([place(found, pair.before, height) for pair in shown], height)
    afters = spread([place(found, pair.after, height) for pair in shown], height)
    drawn += [draw_thin(found, one, height) for one in found.each[-MOST_THIN:]]
    for number, pair in enumerate(shown):
        drawn += draw_pair(number, pair, found, height, (befores[number], afters[number]), unit)
    rows = [
        [upper(pair.name), value_label(pair.before, unit), value_label(pair.after, unit), str(pair.n)]
        for pair in found.pairs
    ]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, height, drawn),
        table=Table(head=["What", *found.ends, f"n ({found.of})"], rows=rows),
    )


def describe(title: str, found: Pairs, unit: str) -> str:
    """Return one sentence: each thing from before to after with its n, at most three."""
    if not found.pairs:
        return f"{title}: nothing was rated twice yet."
    if len(found.pairs) == 1:
        (pair,) = found.pairs
        ends = zip(found.ends, (pair.before, pair.after), strict=True)
        both = ", ".join(f"{end.lower()} {value_label(value, unit, 0)}" for end, value in ends)
        return f"{upper(pair.name)}: on average {both}, n {pair.n}."
    said = [
        f"{pair.name} {value_label(pair.before, unit, 0)} → {value_label(pair.after, unit, 0)} (n {pair.n})"
        for pair in found.pairs[:3]
    ]
    more = len(found.pairs) - len(said)
    rest = f"; {more} more in the numbers" if more > 0 else ""
    return f"On average, {', '.join(said)}{rest}."


def place(found: Pairs, value: float, height: float) -> float:
    """Return the height of a value."""
    share = (value - found.low) / (found.high - found.low)
    return (height - 18) - min(max(share, 0.0), 1.0) * (height - 18 - TOP)


def spread(places: Sequence[float], height: float) -> list[float]:
    """Return places for labels around the given ones, at least ``APART`` from each other, inside the picture.

    Labels that would touch become a block with its middle where their middle was.

    >>> spread([60, 62, 120], 200)
    [52.5, 69.5, 120.0]
    """
    blocks: list[tuple[float, list[int]]] = []
    for index in sorted(range(len(places)), key=lambda each: places[each]):
        blocks.append((places[index], [index]))
        while len(blocks) > 1 and foot(blocks[-2]) + APART > head(blocks[-1]):
            (above, first), (below, second) = blocks[-2:]
            count = len(first) + len(second)
            middle = (above * len(first) + below * len(second)) / count
            blocks[-2:] = [(middle, [*first, *second])]
    found = [0.0] * len(places)
    for middle, members in blocks:
        half = (len(members) - 1) * APART / 2
        middle = min(max(middle, TOP + half), height - 10 - half)
        for step, index in enumerate(members):
            found[index] = middle - half + step * APART
    return found


def head(block: tuple[float, list[int]]) -> float:
    """Return where the first label of a block stands."""
    return block[0] - (len(block[1]) - 1) * APART / 2


def foot(block: tuple[float, list[int]]) -> float:
    """Return where the last label of a block stands."""
    return block[0] + (len(block[1]) - 1) * APART / 2


def draw_thin(found: Pairs, one: tuple[float, float], height: float) -> Element:
    """Return the thin line of one entry behind the mean of all."""
    first, last = (place(found, value, height) for value in one)
    return draw_line(first, last, "chart-thin")


def draw_line(first: float, last: float, name: str) -> Element:
    """Return a line from the left end to the right."""
    return element("path", d=f"M{LEFT_END} {size(first)}L{RIGHT_END} {size(last)}", fill="none", class_=name)


def draw_pair(
    number: int, pair: Pair, found: Pairs, height: float, labels: tuple[float, float], unit: str
) -> list[Element]:
    """Return one line with its two marks, its name and value on the left and its value on the right."""
    first, last = place(found, pair.before, height), place(found, pair.after, height)
    before, after = value_label(pair.before, unit, 0), value_label(pair.after, unit, 0)
    words = f"{upper(pair.name)}: {before} before, {after} after, n {pair.n}"
    dash = number % LINES + 1
    alone = len(found.pairs) == 1
    name = shorten(upper(pair.name), LEFT_END - 42 - len(before) * LETTER)
    left, right = (y + 4 for y in labels)
    line = draw_line(first, last, f"chart-line chart-line-{dash}")
    signs = [draw_mark(number, LEFT_END - 16, labels[0], 4), draw_mark(number, RIGHT_END + 16, labels[1], 4)]
    return [
        line,
        draw_mark(number, LEFT_END, first, 4.5),
        draw_mark(number, RIGHT_END, last, 4.5, words),
        *([] if alone else signs),
        label(before if alone else f"{name} {before}", LEFT_END - (12 if alone else 26), left, "end"),
        label(after if alone else f"{after}, n {pair.n}", RIGHT_END + (12 if alone else 26), right),
    ]


def renamed(found: Pairs, names: Sequence[str]) -> Pairs:
    """Return the pairs with other names, in the same order."""
    pairs = tuple(replace(one, name=name) for name, one in zip(names, found.pairs, strict=True))
    return replace(found, pairs=pairs)
