"""Which days have both of two series, one of them, or none: a column a week, a row a weekday."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from iopkit.charts.axis import LETTER, RIGHT, WIDTH, draw_figure, element, label, shorten, size
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import day_label, short_day, weekdays
from iopkit.measures.pairing import Presence
from iopkit.measures.weeks import monday
from iopkit.words import say, several

LEFT, TOP, CELL, ROW = 38, 24, 22, 24
KINDS: tuple[Presence, ...] = ("both", "first", "second", "none")


@dataclass(frozen=True)
class Place:
    """Where one day stands: its column's width, and the corner of its box."""

    x: float
    y: float
    width: float


def presence_map(
    title: str, found: Mapping[date, Presence], *, names: tuple[str, str], language: str = "en"
) -> Figure:
    """Return the days of a map that has at least one; ``names`` are those of the two series."""
    counted = Counter(found.values())
    words = kind_words(names, language)
    summary = several(
        "{both} of {count} day has both.",
        "{both} of {count} days have both.",
        language,
        len(found),
        both=counted["both"],
    )
    first, last = monday(min(found)), max(found)
    weeks = (last - first).days // 7 + 1
    width = min((WIDTH - LEFT - RIGHT) / weeks, 44.0)
    drawn = draw_frame(first, weeks, width, language)
    for day, kind in found.items():
        column = (day - first).days // 7
        place = Place(LEFT + width * column, TOP + CELL * day.weekday(), width)
        drawn.append(draw_day(place, kind, f"{day_label(day, language)}: {words[kind]}"))
    bottom = TOP + 7 * CELL + 12
    for number, kind in enumerate(KINDS):
        y = bottom + ROW * number
        drawn += [draw_day(Place(LEFT, y, 20), kind), label(shorten(words[kind], 250), LEFT + 26, y + 15)]
    height = int(bottom + ROW * len(KINDS) + 8)
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, height, drawn),
        table=Table(
            head=[say("What a day has", language), say("Days", language)],
            rows=[[words[kind], str(counted[kind])] for kind in KINDS],
        ),
    )


def kind_words(names: tuple[str, str], language: str = "en") -> dict[Presence, str]:
    """Return what a day has, in words."""
    return {
        "both": say("both", language),
        "first": say("only: {name}", language, name=names[0]),
        "second": say("only: {name}", language, name=names[1]),
        "none": say("neither", language),
    }


def draw_frame(first: date, weeks: int, width: float, language: str) -> list[Element]:
    """Return the names of the weekdays and the first day of every week that has room for it."""
    names = weekdays(language)
    drawn = [label(name, LEFT - 6, TOP + CELL * row + 15, "end") for row, name in enumerate(names)]
    step = max(1, -(-int(7 * LETTER) // int(width)))
    for week in range(0, weeks, step):
        x = LEFT + width * week
        if x < WIDTH - RIGHT - 6 * LETTER:
            drawn.append(label(short_day(first + timedelta(7 * week), language), x, 15))
    return drawn


def draw_day(at: Place, kind: Presence, words: str = "") -> Element:
    """Return one day: full with both, its lower or its upper half with one, empty with none."""
    said = [element("title", [words])] if words else []
    x, y, width, height = at.x + 1, at.y + 1, at.width - 2, CELL - 2.0
    box = element("rect", x=x, y=y, width=width, height=height, rx=2, class_="chart-none")
    right, bottom = size(x + width), size(y + height)
    parts: dict[Presence, list[Element]] = {
        "both": [element("rect", x=x, y=y, width=width, height=height, rx=2, class_="chart-bar")],
        "first": [
            element("path", d=f"M{size(x)} {size(y)}V{bottom}H{right}Z", class_="chart-bar"),
        ],
        "second": [
            element("path", d=f"M{size(x)} {size(y)}H{right}V{bottom}Z", class_="chart-sign"),
        ],
        "none": [],
    }
    return element("g", [*said, box, *parts[kind]])
