"""Pairs as dots: where they stand, what they say, how large they are; and the numbers as a table."""

from datetime import date, timedelta
from typing import Any

import pytest

from iopkit.charts.axis import LEFT, RIGHT, WIDTH
from iopkit.charts.figure import Element, Figure
from iopkit.charts.scatter import DOT, FOOT, HEIGHT, MOST, TOP, Axis, scatter
from iopkit.measures.pairing import Pair

FIRST = date(2026, 3, 2)
SLEEP = Axis("Sleep efficiency", "%", (0.0, 100.0))
CRAVING = Axis("Craving", "", (0.0, 10.0))


def found(tree: Element, tag: str) -> list[dict[str, Any]]:
    name, attributes, children = tree
    own = [{**attributes, "text": children}] if name == tag else []
    return own + [one for child in children if isinstance(child, list) for one in found(child, tag)]


def dots(*values: tuple[float, float], language: str = "en") -> Figure:
    pairs = [Pair(FIRST + timedelta(number), first, second) for number, (first, second) in enumerate(values)]
    return scatter("The days as dots", pairs, across=SLEEP, up=CRAVING, language=language)


def test_corners_of_the_scales_are_corners_of_the_ground() -> None:
    low, high = found(dots((0, 0), (100, 10)).svg, "circle")

    assert (float(low["cx"]), float(low["cy"])) == (LEFT, HEIGHT - FOOT)
    assert (float(high["cx"]), float(high["cy"])) == (WIDTH - RIGHT, TOP)


def test_a_dot_says_its_day_and_both_values() -> None:
    (dot,) = found(dots((74.7, 3)).svg, "circle")

    assert dot["text"] == [["title", {}, ["Mon 2 March: Sleep efficiency 74.7%, Craving 3"]]]


def test_days_that_fall_together_are_one_larger_dot_with_all_days() -> None:
    (dot,) = found(dots((80, 3), (80, 3), (80, 3), (80, 3)).svg, "circle")

    assert float(dot["r"]) == 2 * DOT
    assert dot["text"][0][2][0].startswith("Mon 2 March, Tue 3 March, Wed 4 March, Thu 5 March: ")


def test_a_dot_does_not_grow_without_end() -> None:
    (dot,) = found(dots(*[(80, 3)] * 84).svg, "circle")

    assert float(dot["r"]) == MOST


def test_small_dots_lie_above_large_ones() -> None:
    radii = [float(one["r"]) for one in found(dots((80, 3), (81, 3), (81, 3)).svg, "circle")]

    assert radii == sorted(radii, reverse=True)


def test_no_line_is_drawn_through_the_dots() -> None:
    figure = dots((80, 3), (70, 5), (60, 8))

    assert found(figure.svg, "polyline") == []
    assert {one["class"] for one in found(figure.svg, "path")} == {"chart-grid", "chart-axis"}


def test_the_numbers_stand_in_a_table_in_the_order_of_the_days() -> None:
    figure = dots((74.7, 3), (85.1, 0))

    assert figure.table.head == ["Day", "Sleep efficiency", "Craving"]
    assert figure.table.rows == [["Mon 2 March", "74.7%", "3"], ["Tue 3 March", "85.1%", "0"]]


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("en", "2 pairs: Sleep efficiency from 74.7% to 85.1%, Craving from 0 to 3."),
        ("es", "2 parejas: Sleep efficiency de 74.7% a 85.1%, Craving de 0 a 3."),
    ],
)
def test_the_summary_says_how_many_and_from_where_to_where(language: str, summary: str) -> None:
    assert dots((74.7, 3), (85.1, 0), language=language).summary == summary


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table() -> None:
    long = Axis("Sleep efficiency of the time that was really spent trying to sleep at night", "%")

    figure = scatter("Dots", [Pair(FIRST, 80, 3), Pair(FIRST, 90, 4)], across=long, up=CRAVING)
    texts = [one["text"][0] for one in found(figure.svg, "text")]

    assert figure.table.head[1] == long.name
    assert any(text.endswith("…") for text in texts)
    assert long.name not in texts


def test_a_long_scale_of_which_little_is_used_is_cut_to_that() -> None:
    ticks = SLEEP.ticks([73.3, 80.0, 87.8])

    assert (ticks[0], ticks[-1]) == (70, 90)
    assert SLEEP.ticks([20.0, 87.8])[0] == 0
    assert CRAVING.ticks([4.0, 5.0])[0] == 0


def test_values_without_a_scale_have_round_ticks_around_them() -> None:
    minutes = Axis("Minutes", "minutes")

    figure = scatter("Dots", [Pair(FIRST, 8, 3), Pair(FIRST, 43, 4)], across=minutes, up=CRAVING)
    texts = [one["text"][0] for one in found(figure.svg, "text")]

    assert "0 min" in texts
    assert all(LEFT <= float(dot["cx"]) <= WIDTH - RIGHT for dot in found(figure.svg, "circle"))
