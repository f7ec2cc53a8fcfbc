"""Several scores on one axis, told apart by shape and dash, and the round numbers of axes."""

import doctest
import importlib
from datetime import date, timedelta

import pytest
from drawing import parts, texts

from iopkit.charts import Point, Scale
from iopkit.charts.lines import Series, lines
from iopkit.charts.marks import draw_mark, draw_part, legend_height, legend_rows

START = date(2026, 1, 12)
SPAN = {"start": START, "end": START + timedelta(55)}
SCALE = Scale(0, 10, gap=14)


def series(name: str, *values: float) -> Series:
    return Series(name, tuple(Point(START + timedelta(7 * n), value) for n, value in enumerate(values)))


def test_each_score_has_its_own_shape_dash_and_name_in_the_legend() -> None:
    figure = lines("Mood and sleep", [series("Mood", 3, 4, 6), series("Sleep", 5, 5, 7)], scale=SCALE, **SPAN)

    assert [part[1]["class"] for part in parts(figure.svg, "polyline")] == [
        "chart-line chart-line-1",
        "chart-line chart-line-2",
    ]
    assert (len(parts(figure.svg, "circle")), len(parts(figure.svg, "rect"))) == (4, 4)
    assert texts(figure.svg)[:2] == ["Mood", "Sleep"]


def test_the_summary_says_from_what_to_what_for_each_and_n() -> None:
    figure = lines("Mood and sleep", [series("Mood", 3, 4, 6), series("Sleep", 5)], scale=SCALE, **SPAN)

    assert figure.summary == "Mood 3 → 6, Sleep 5; 12 Jan to 26 Jan, n 3."
    assert figure.table.head == ["Day", "Mood", "Sleep"]
    assert figure.table.rows == [
        ["Mon 12 January", "3", "5"],
        ["Mon 19 January", "4", "–"],
        ["Mon 26 January", "6", "–"],
    ]


def test_two_values_of_one_day_stand_in_one_cell() -> None:
    twice = Series("Craving", (Point(START, 7), Point(START, 3)))

    figure = lines("Cravings", [twice, series("Intention", 2)], scale=SCALE, **SPAN)

    assert figure.table.rows == [["Mon 12 January", "7, 3", "2"]]


def test_no_entries_is_said() -> None:
    assert lines("Cravings", [series("a"), series("b")], scale=SCALE, **SPAN).summary == (
        "Cravings: no entries in this time."
    )


def test_the_four_shapes_differ_without_colour() -> None:
    drawn = [draw_mark(number, 10, 10, 4) for number in range(4)]

    assert [part[0] for part in drawn] == ["circle", "rect", "polygon", "polygon"]
    assert [len(part[1].get("points", "").split()) for part in drawn] == [0, 0, 3, 4]


def test_the_four_parts_differ_without_colour() -> None:
    hatches = [parts(draw_part(number, 0, 0, 12, 9), "path") for number in range(4)]

    assert [hatch[0][1]["d"] if hatch else "" for hatch in hatches] == [
        "",
        "M0 4h12M0 8h12",
        "M4 0v9M8 0v9",
        "",
    ]


def test_a_legend_takes_as_many_rows_as_its_names_need() -> None:
    names = ["done, at least in part", "not this time", "not looked back at yet"]

    assert [[number for number, _ in row] for row in legend_rows(names)] == [[0, 1], [2]]
    assert (legend_height(["a"]), legend_height(names)) == (23, 40)


@pytest.mark.parametrize(
    "module", ["axis", "bars", "choices", "hours", "labels", "pictures", "scored", "slope", "ticks"]
)
def test_the_examples_in_its_docstrings_hold(module: str) -> None:
    found = doctest.testmod(importlib.import_module(f"iopkit.charts.{module}"))

    assert found.attempted > 0
    assert found.failed == 0
