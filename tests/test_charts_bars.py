"""Columns over time: days and weeks, their labels, and what is said about them."""

from datetime import date, timedelta

from drawing import parts, texts

from iopkit.charts.bars import Column, bars

START = date(2026, 1, 12)
SPAN = {"start": START, "end": START + timedelta(55)}


def weekly(*values: float) -> list[Column]:
    return [
        Column(START + timedelta(7 * n), value, f"{n + 3} of 7 days", days=7)
        for n, value in enumerate(values)
    ]


def test_a_week_is_one_column_with_its_value_above_and_its_n_in_words() -> None:
    figure = bars("Taken as prescribed", weekly(85.7, 100), unit="%", top=100, **SPAN)

    assert [part[2][0][2][0] for part in parts(figure.svg, "rect")] == [
        "Week of Mon 12 January: 85.7%, 3 of 7 days",
        "Week of Mon 19 January: 100%, 4 of 7 days",
    ]
    assert [text for text in texts(figure.svg) if text == "86%"] == ["86%"]
    assert figure.summary == (
        "Taken as prescribed: 86% in the week of 12 Jan, 100% in the week of 19 Jan, n 2 weeks."
    )
    assert figure.table.head == ["Week of", "Taken as prescribed", "Stands on"]
    assert figure.table.rows[0] == ["Mon 12 January", "85.7%", "3 of 7 days"]


def test_a_column_is_as_high_as_its_share_of_the_axis() -> None:
    figure = bars("Share", weekly(50, 100), unit="%", top=100, **SPAN)

    half, whole = (float(part[1]["height"]) for part in parts(figure.svg, "rect"))

    assert round(whole / half, 2) == 2


def test_days_are_said_on_average_with_both_ends() -> None:
    days = [Column(START, 20), Column(START + timedelta(1), 40), Column(START + timedelta(3), 30)]

    figure = bars("Time apart", days, unit="minutes", top=None, **SPAN)

    assert figure.summary == "Time apart: on average 30 min a day, from 20 min to 40 min, n 3 days."
    assert figure.table.head == ["Day", "Time apart"]


def test_minutes_from_three_hours_on_are_labelled_in_hours() -> None:
    assert "4 h" in texts(bars("Moved", weekly(230), unit="minutes", top=None, **SPAN).svg)
    assert "50 min" in texts(bars("Moved", weekly(50), unit="minutes", top=None, **SPAN).svg)


def test_one_week_and_none_are_said_in_words() -> None:
    one = bars("Moved", weekly(50), unit="minutes", top=None, **SPAN)
    none = bars("Moved", [], unit="minutes", top=None, **SPAN)

    assert one.summary == "Moved: 50 min in the week of 12 Jan (3 of 7 days)."
    assert none.summary == "Moved: no entries in this time."
    assert none.table.rows == []


def test_a_week_that_began_before_is_drawn_as_far_as_it_is_inside() -> None:
    early = [Column(START - timedelta(3), 10, days=7)]

    (column,) = parts(bars("Wins", early, unit="", top=None, **SPAN).svg, "rect")

    assert float(column[1]["x"]) >= 46
    assert (
        bars("Wins", [Column(START - timedelta(9), 10, days=7)], unit="", top=None, **SPAN).table.rows == []
    )


def test_a_zero_is_drawn_as_a_line_and_not_left_out() -> None:
    figure = bars("Days with a skill", weekly(0, 3), unit="days", top=7, **SPAN)

    assert float(parts(figure.svg, "rect")[0][1]["height"]) == 1.5
    assert "0" in texts(figure.svg)


def test_a_value_that_would_touch_its_neighbour_is_left_to_the_axis_and_the_table() -> None:
    figure = bars("Taken as prescribed", weekly(100, 100), unit="%", top=100, **SPAN)

    assert [text for text in texts(figure.svg) if text == "100%"] == ["100%"]
    assert [row[1] for row in figure.table.rows] == ["100%", "100%"]
