"""Stacked weeks: parts with patterns and numbers, on the time axis of the page."""

from datetime import date, timedelta

from drawing import parts, texts

from iopkit.charts.stack import stack
from iopkit.measures.shapes import Stack, Stacked

START = date(2026, 1, 12)
SPAN = {"start": START, "end": START + timedelta(55)}
PLAN = Stack(
    ("done", "not this time", "open"),
    (Stacked(START, (2, 1, 0)), Stacked(START + timedelta(7), (3, 0, 1))),
    "planned activities",
)


def test_each_part_of_a_week_says_its_week_count_and_name() -> None:
    figure = stack("The plan", PLAN, **SPAN)

    said = [part[2][0][2][0] for part in parts(figure.svg, "g") if part[2][0][0] == "title"]
    assert said == [
        "Week of Mon 12 January: 2 done",
        "Week of Mon 12 January: 1 not this time",
        "Week of Mon 19 January: 3 done",
        "Week of Mon 19 January: 1 open",
    ]


def test_parts_differ_by_pattern_and_the_legend_shows_each() -> None:
    figure = stack("The plan", PLAN, **SPAN)

    legend = parts(figure.svg, "g")[:3]
    assert [part[2][0][1]["class"] for part in legend] == ["chart-part-1", "chart-part-2", "chart-part-3"]
    assert [len(parts(part, "path")) for part in legend] == [0, 1, 1]
    assert texts(figure.svg)[:3] == ["done", "not this time", "open"]


def test_the_summary_sums_the_parts_and_compares_the_first_week_with_the_last() -> None:
    figure = stack("The plan", PLAN, **SPAN)

    assert figure.summary == (
        "7 planned activities in 2 weeks: 5 done, 1 not this time, 1 open; "
        "done: 2 of 3 in the week of 12 Jan, 3 of 4 in the week of 19 Jan."
    )
    assert figure.table.head == ["Week of", "Done", "Not this time", "Open"]
    assert figure.table.rows == [["Mon 12 January", "2", "1", "0"], ["Mon 19 January", "3", "0", "1"]]


def test_one_week_has_nothing_to_compare_with() -> None:
    one = Stack(PLAN.parts, PLAN.weeks[:1], PLAN.of)

    assert stack("The plan", one, **SPAN).summary == (
        "3 planned activities in 1 week: 2 done, 1 not this time."
    )


def test_weeks_outside_the_time_axis_are_left_out() -> None:
    early = Stack(PLAN.parts, (Stacked(START - timedelta(7), (9, 9, 9)), *PLAN.weeks), PLAN.of)

    assert len(stack("The plan", early, **SPAN).table.rows) == 2
    assert (
        stack("The plan", Stack(PLAN.parts, (), PLAN.of), **SPAN).summary == "The plan: nothing to show yet."
    )


def test_the_parts_of_a_week_stand_on_each_other() -> None:
    figure = stack("The plan", PLAN, **SPAN)

    first, second = [part for part in parts(figure.svg, "g") if part[2][0][0] == "title"][:2]
    lower, upper = first[2][1][1], second[2][1][1]

    assert round(float(upper["y"]) + float(upper["height"]), 1) == float(lower["y"])
