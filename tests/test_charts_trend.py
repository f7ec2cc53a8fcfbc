"""The trend chart: what is drawn, what is left open, and what is said about it."""

from datetime import date, timedelta

import pytest
from drawing import parts, texts

from iopkit.charts import Band, Figure, Point, Scale, to_svg, trend

START = date(2026, 1, 12)
END = START + timedelta(55)
BANDS = (
    Band("minimal", 0, 4),
    Band("mild", 5, 9),
    Band("moderate", 10, 14),
    Band("moderately severe", 15, 19),
    Band("severe", 20, 27),
)
SCALE = Scale(0, 27, BANDS)


def weekly(*values: float | None) -> list[Point]:
    return [Point(START + timedelta(7 * n), value) for n, value in enumerate(values) if value is not None]


def draw(*values: float | None, plain: bool = False) -> Figure:
    return trend("PHQ-9", weekly(*values), scale=SCALE, start=START, end=END, plain=plain)


@pytest.mark.parametrize(("values", "lines"), [((), 0), ((18,), 0), ((18, 17), 0), ((18, 17, 15), 1)])
def test_a_line_needs_three_points(values: tuple[float, ...], lines: int) -> None:
    figure = draw(*values)

    assert len(parts(figure.svg, "polyline")) == lines
    assert len(parts(figure.svg, "circle")) == len(values)


def test_a_gap_of_more_than_two_weeks_is_not_joined() -> None:
    figure = draw(18, 17, None, None, 15, 12)

    assert len(parts(figure.svg, "polyline")) == 2


def test_one_skipped_week_is_still_joined() -> None:
    figure = draw(18, None, 15, 12)

    assert len(parts(figure.svg, "polyline")) == 1


def test_a_value_alone_between_two_gaps_is_a_dot_without_a_line() -> None:
    figure = draw(18, 17, None, None, 15, None, None, 12)

    assert len(parts(figure.svg, "polyline")) == 1
    assert len(parts(figure.svg, "circle")) == 4


def test_a_rated_zero_is_a_dot_like_any_other() -> None:
    figure = draw(0)

    assert parts(figure.svg, "circle")[0][2] == [["title", {}, ["Mon 12 January: 0"]]]


def test_each_band_is_named_so_that_no_meaning_rests_on_a_shade() -> None:
    figure = draw(18, 17, 15)

    assert [text for text in texts(figure.svg) if text.isalpha() or " sev" in text] == [
        "minimal",
        "mild",
        "moderate",
        "moderately severe",
        "severe",
    ]
    assert [text for text in texts(figure.svg) if text.isdigit()] == ["0", "5", "10", "15", "20", "27"]


def test_a_slope_is_stated_from_five_entries_on() -> None:
    assert draw(18, 17, 15, 15).summary == (
        "PHQ-9: 18 on 12 Jan, 15 on 2 Feb, n 4; fewer than 5 entries, so no slope is stated."
    )
    assert draw(18, 17, 15, 15, 12, 11).summary == (
        "PHQ-9: 18 on 12 Jan, 11 on 16 Feb, n 6; about 1.5 down each week (Theil–Sen)."
    )


def test_a_level_course_is_called_level() -> None:
    assert draw(9, 9, 9, 9, 9).summary == (
        "PHQ-9: 9 on 12 Jan, 9 on 9 Feb, n 5; level (slope about 0 a week, Theil–Sen)."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((18, 17, 15, 15), "PHQ-9: 18 on 12 Jan, 15 on 2 Feb."),
        ((18, 17, 15, 15, 12, 11), "PHQ-9: 18 on 12 Jan, 11 on 16 Feb; about 1.5 down each week."),
        ((9, 9, 9, 9, 9), "PHQ-9: 9 on 12 Jan, 9 on 9 Feb; about the same from week to week."),
        ((18,), "PHQ-9: one entry, 18 on 12 Jan."),
        ((), "PHQ-9: no entries in this time."),
    ],
)
def test_whom_the_figures_are_about_reads_them_without_the_words_of_statistics(
    values: tuple[float, ...], said: str
) -> None:
    assert draw(*values, plain=True).summary == said


def test_no_entry_and_one_entry_are_said_in_words() -> None:
    assert draw().summary == "PHQ-9: no entries in this time."
    assert draw(18).summary == "PHQ-9: one entry, 18 on 12 Jan."


def test_the_table_holds_every_value_with_its_note() -> None:
    points = [Point(START, 18, "moderately severe"), Point(START + timedelta(7), 9.25, "mild")]

    figure = trend("PHQ-9", points, scale=SCALE, start=START, end=END)

    assert figure.table.head == ["Day", "PHQ-9", "Note"]
    assert figure.table.rows == [
        ["Mon 12 January", "18", "moderately severe"],
        ["Mon 19 January", "9.2", "mild"],
    ]


def test_points_outside_the_time_axis_are_left_out() -> None:
    outside = [Point(START - timedelta(1), 20), Point(END + timedelta(1), 3), Point(END, 9)]

    figure = trend("PHQ-9", outside, scale=SCALE, start=START, end=END)

    assert figure.table.rows == [["Sun 8 March", "9", ""]]


def test_the_same_numbers_give_the_same_text_without_colour_style_or_script() -> None:
    first, second = to_svg(draw(18, 17, 15).svg), to_svg(draw(18, 17, 15).svg)

    assert first == second
    assert "style" not in first
    assert "#" not in first
    assert 'class="chart-line"' in first
    assert len(first) < 4000


def test_the_picture_is_named_and_described() -> None:
    figure = draw(18)

    assert figure.svg[1]["role"] == "img"
    assert figure.svg[2][:2] == [
        ["title", {}, ["PHQ-9"]],
        ["desc", {}, ["PHQ-9: one entry, 18 on 12 Jan."]],
    ]


def test_charts_of_one_time_axis_put_the_same_day_at_the_same_place() -> None:
    other = trend("Mood", weekly(3), scale=Scale(0, 10), start=START, end=END)

    assert parts(other.svg, "circle")[0][1]["cx"] == parts(draw(18).svg, "circle")[0][1]["cx"]


def test_a_chart_of_a_single_day_has_one_label_on_its_axis() -> None:
    figure = trend("Mood", weekly(3), scale=Scale(0, 10), start=START, end=START)

    assert [text for text in texts(figure.svg) if "Jan" in text] == ["12 Jan"]
