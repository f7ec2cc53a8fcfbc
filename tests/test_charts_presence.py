"""Which days have what: a box for each day, a shape for each kind, words for both."""

from datetime import date, timedelta
from typing import Any

import pytest

from iopkit.charts.axis import RIGHT, WIDTH
from iopkit.charts.figure import Element, Figure
from iopkit.charts.presence import KINDS, presence_map
from iopkit.measures.pairing import Presence

MONDAY = date(2026, 3, 2)
NAMES = ("Sleep efficiency", "Craving")


def found(tree: Element, tag: str) -> list[dict[str, Any]]:
    name, attributes, children = tree
    own = [{**attributes, "text": children}] if name == tag else []
    return own + [one for child in children if isinstance(child, list) for one in found(child, tag)]


def days(*kinds: Presence, language: str = "en", first: date = MONDAY) -> Figure:
    found = {first + timedelta(number): kind for number, kind in enumerate(kinds)}
    return presence_map("Which days have what", found, names=NAMES, language=language)


def words(figure: Figure) -> list[str]:
    return [one["text"][0] for one in found(figure.svg, "title")][1:]


def test_each_day_says_what_it_has() -> None:
    assert words(days("both", "first", "second", "none")) == [
        "Mon 2 March: both",
        "Tue 3 March: only: Sleep efficiency",
        "Wed 4 March: only: Craving",
        "Thu 5 March: neither",
    ]


def test_the_kinds_differ_by_shape_and_not_only_by_colour() -> None:
    lower, upper = found(days("first", "second").svg, "path")[:2]

    assert (lower["class"], upper["class"]) == ("chart-bar", "chart-sign")
    assert "V" in lower["d"].split("H")[0]
    assert "V" not in upper["d"].split("H")[0]


def test_the_table_counts_each_kind() -> None:
    figure = days("both", "both", "first", "none", "none", "none", "none")

    assert figure.table.rows == [
        ["both", "2"],
        ["only: Sleep efficiency", "1"],
        ["only: Craving", "0"],
        ["neither", "4"],
    ]
    assert figure.summary == "2 of 7 days have both."


def test_a_day_stands_in_the_row_of_its_weekday_and_the_column_of_its_week() -> None:
    boxes = found(days(*["both"] * 9, first=date(2026, 3, 6)).svg, "rect")
    friday, next_saturday = (boxes[at] for at in (0, 16))

    assert float(next_saturday["x"]) > float(friday["x"])
    assert float(next_saturday["y"]) > float(friday["y"])


def test_thirteen_weeks_fit() -> None:
    figure = days(*["both"] * 84, first=date(2026, 3, 4))

    right = [float(box["x"]) + float(box["width"]) for box in found(figure.svg, "rect")]
    assert max(right) <= WIDTH - RIGHT
    assert len(words(figure)) == 84


def test_the_legend_names_all_kinds() -> None:
    texts = [one["text"][0] for one in found(days("both").svg, "text")]

    assert texts[-len(KINDS) :] == ["both", "only: Sleep efficiency", "only: Craving", "neither"]


@pytest.mark.parametrize(("language", "weekday"), [("en", "Mon"), ("es", "lun")])
def test_weekdays_are_said_in_the_readers_language(language: str, weekday: str) -> None:
    texts = [one["text"][0] for one in found(days("both", language=language).svg, "text")]

    assert texts[0] == weekday
