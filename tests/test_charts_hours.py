"""Hour by weekday: each cell at its place with its number, and what is said about it."""

import pytest
from drawing import parts, texts

from iopkit.charts.hours import hour_grid, hour_range
from iopkit.measures.shapes import Cell, Hours

URGES = Hours((Cell(1, 21, 2, "mean craving 6.5 of 10"), Cell(5, 21, 1), Cell(5, 23, 4)), "urge", "urges")


def test_a_cell_says_its_weekday_hour_count_and_note() -> None:
    figure = hour_grid("When urges come", URGES)

    cells = parts(figure.svg, "g")
    assert [(cell[2][0][2][0], cell[2][1][1]["class"], cell[2][2][2][0]) for cell in cells] == [
        ("Tue from 9 pm: 2 urges, mean craving 6.5 of 10", "chart-heat-2", "2"),
        ("Sat from 9 pm: 1 urge", "chart-heat-1", "1"),
        ("Sat from 11 pm: 4 urges", "chart-heat-4", "4"),
    ]


def test_the_summary_names_the_weekday_and_the_hour_with_most_and_n() -> None:
    figure = hour_grid("When urges come", URGES)

    assert figure.summary == "7 urges with a time: most on Sat (5) and from 11 pm (4)."
    assert figure.table.head == ["Hour from", "Urges", "Note"]
    assert figure.table.rows[0] == ["Tue 9 pm", "2", "mean craving 6.5 of 10"]
    assert figure.table.rows[1] == ["Sat 9 pm", "1", "–"]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [((0,), (0, 7)), ((23,), (16, 23)), ((8, 21), (8, 21)), ((12,), (8, 15)), ((), (8, 15))],
)
def test_the_grid_covers_all_hours_with_something_and_eight_at_least(
    hours: tuple[int, ...], expected: tuple[int, int]
) -> None:
    found = Hours(tuple(Cell(0, hour, 1) for hour in hours), "urge", "urges")

    assert hour_range(found) == expected


def test_weekdays_are_columns_and_every_second_hour_is_named() -> None:
    found = texts(hour_grid("When", URGES).svg)

    assert found[:8] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "4 pm"]
    assert found[-1] == "How many urges. Darker is more."
    assert len(parts(hour_grid("When", URGES).svg, "rect")) == 8 * 7


def test_nothing_is_said_to_be_nothing() -> None:
    assert hour_grid("When", Hours((), "urge", "urges")).summary == "When: nothing to show yet."


def test_a_tie_names_no_weekday_and_no_hour() -> None:
    even = Hours((Cell(0, 8, 1), Cell(3, 20, 1)), "urge", "urges")

    assert hour_grid("When", even).summary == "2 urges with a time, spread over the week."
