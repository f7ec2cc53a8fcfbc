"""The calendar: every day at its place, with its number; empty is not 0."""

from datetime import date, timedelta

from drawing import parts, texts

from iopkit.charts.days import calendar
from iopkit.charts.figure import Figure

MONDAY = date(2026, 1, 12)


def draw(values: dict[date, float], *, weeks: int = 2, unit: str = "minutes") -> Figure:
    end = MONDAY + timedelta(7 * weeks - 1)
    return calendar("Practice", values, unit=unit, top=None, start=MONDAY, end=end)


def test_a_day_has_its_number_and_a_shade_by_its_share_of_the_highest() -> None:
    figure = draw({MONDAY: 5, MONDAY + timedelta(1): 20, MONDAY + timedelta(8): 0})

    named = [part for part in parts(figure.svg, "g")]
    assert [(part[2][0][2][0], part[2][1][1]["class"], part[2][2][2][0]) for part in named] == [
        ("Mon 12 January: 5 min", "chart-heat-1", "5"),
        ("Tue 13 January: 20 min", "chart-heat-4", "20"),
        ("Tue 20 January: 0 min", "chart-heat-0", "0"),
    ]


def test_a_day_without_an_entry_is_empty_and_has_no_number() -> None:
    figure = draw({MONDAY: 5})

    empty = [part for part in parts(figure.svg, "rect") if part[1]["class"] == "chart-none"]
    assert len(empty) == 13


def test_what_it_says_counts_days_and_weeks() -> None:
    figure = draw({MONDAY: 5, MONDAY + timedelta(1): 20, MONDAY + timedelta(8): 0})

    assert figure.summary == "Practice: 25 min in all, on 2 days in 2 weeks."
    assert figure.table.rows == [
        ["Mon 12 January", "5 min"],
        ["Tue 13 January", "20 min"],
        ["Tue 20 January", "0 min"],
    ]
    assert draw({}).summary == "Practice: no days in this time."


def test_weekdays_and_weeks_are_named_and_the_shade_is_explained() -> None:
    found = texts(draw({MONDAY: 5}).svg)

    assert found[:7] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert found[7:9] == ["12 Jan", "19 Jan"]
    assert found[-1] == "Minutes of each day. Darker is more."
    assert texts(draw({MONDAY: 5}, unit="").svg)[-1] == "The number of each day. Darker is more."


def test_more_than_thirteen_weeks_show_the_last_thirteen() -> None:
    late = MONDAY + timedelta(7 * 19)

    figure = draw({MONDAY: 5, late: 9}, weeks=20)

    assert figure.table.rows == [["Mon 25 May", "9 min"]]
    assert len(parts(figure.svg, "rect")) == 13 * 7


def test_days_before_the_start_are_not_drawn() -> None:
    wednesday = MONDAY + timedelta(2)

    figure = calendar("Wins", {}, unit="", top=None, start=wednesday, end=MONDAY + timedelta(6))

    assert len(parts(figure.svg, "rect")) == 5
