"""Named bars, one below the other, each with its value and the n it stands on in words."""

from collections.abc import Sequence
from dataclasses import replace

from iopkit.charts.axis import LETTER, WIDTH, draw_figure, element, label, shorten
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import number_label, plural, value_label
from iopkit.measures.shapes import Group, Groups

MOST = 8
"""More bars than this are left to the table."""

ROW = 40
SIDE = 4


def groups(title: str, found: Groups) -> Figure:
    """Return one bar for each group, in the order given, the name above it and the value beside it."""
    top = found.top or max([1.0, *(group.value for group in found.groups)])
    shown = found.groups[:MOST]
    summary = describe(title, found)
    drawn = [part for place, group in enumerate(shown) for part in draw_group(place, group, found, top)]
    left = len(found.groups) - len(shown)
    if left:
        drawn.append(label(f"{left} more in the numbers below", SIDE, ROW * len(shown) + 12))
    height = ROW * max(len(shown), 1) + (18 if left else 2)
    rows = [[upper(group.name), value_label(group.value, found.unit), str(group.n)] for group in found.groups]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, height, drawn),
        table=Table(head=["What", title, f"n ({found.nouns[1]})"], rows=rows),
    )


def describe(title: str, found: Groups) -> str:
    """Return one sentence: the highest and lowest group with their values and n."""
    if not found.groups:
        return f"{title}: nothing to show yet."
    first = max(found.groups, key=lambda group: group.value)
    text = f"{title}: highest for {said(first, found)}"
    if len(found.groups) == 1:
        return f"{title}: {said(first, found)}."
    last = min(found.groups, key=lambda group: group.value)
    if last.value == first.value:
        return f"{title}: the same for all, {worth(first, found).split(',')[0]}."
    return f"{text}, lowest for {said(last, found)}."


def said(group: Group, found: Groups) -> str:
    """Return a group with its value and n."""
    return f"“{group.name}”, {worth(group, found)}"


def worth(group: Group, found: Groups) -> str:
    """Return the value of a group and what it stands on; a count is said out of its n."""
    if found.counts:
        return f"{number_label(group.value, 0)} of {plural(group.n, *found.nouns)}"
    return f"{value_label(group.value, found.unit, 0)}, n {group.n}"


def draw_group(place: int, group: Group, found: Groups, top: float) -> list[Element]:
    """Return the name and value of a group, and its bar on a pale track as long as the scale."""
    y = ROW * place
    value = worth(group, found)
    room = WIDTH - 2 * SIDE - len(value) * LETTER - 12
    whole = WIDTH - 2 * SIDE
    length = max(whole * min(group.value / top, 1), 1.5)
    words = element("title", [f"{upper(group.name)}: {value}"])
    return [
        label(shorten(upper(group.name), room), SIDE, y + 13),
        label(value, WIDTH - SIDE, y + 13, "end"),
        element("rect", x=SIDE, y=y + 19, width=whole, height=12, rx=2, class_="chart-track"),
        element("rect", [words], x=SIDE, y=y + 19, width=length, height=12, rx=2, class_="chart-bar"),
    ]


def upper(text: str) -> str:
    """Return the text with a capital at the start."""
    return text[:1].upper() + text[1:]


def named(found: Groups, names: Sequence[str]) -> Groups:
    """Return the groups with other names, in the same order."""
    renamed = tuple(replace(one, name=name) for name, one in zip(names, found.groups, strict=True))
    return replace(found, groups=renamed)
