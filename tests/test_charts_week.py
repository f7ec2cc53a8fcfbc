"""One week on one page: rows of things, fields of days, a sign where it happened."""

from datetime import date, timedelta

from drawing import parts, texts

from iopkit.charts.week import week
from iopkit.measures.shapes import Line, Mark, WeekCard

MONDAY = date(2026, 3, 2)
CARD = WeekCard(
    MONDAY,
    (
        Line(
            "Drinking alone",
            (
                Mark(MONDAY, 3.0),
                Mark(MONDAY + timedelta(1), 0.0),
                Mark(MONDAY + timedelta(3), 5.0, marked=True),
            ),
            "mean urge 2.7, highest 5, n 3; urge not acted on 1 ×, acted on 1 ×",
        ),
        Line("Skills used", (Mark(MONDAY, 2.0),), "skills on 1 of 7 days"),
    ),
    days=3,
    top=5,
    marked="acted on",
    words="urges not acted on 1 ×, acted on 1 ×",
)


def test_a_row_has_its_name_and_the_numbers_of_its_days() -> None:
    found = texts(week("The week", CARD).svg)

    assert found[:7] == ["Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7", "Sun 8"]
    assert found[7:] == ["Drinking alone", "3", "0", "5", "Skills used", "2", "acted on"]


def test_an_act_is_a_sign_beside_the_number_and_explained_below() -> None:
    assert len(parts(week("The week", CARD).svg, "polygon")) == 2


def test_a_day_without_a_card_is_empty_and_a_zero_is_not() -> None:
    classes = [part[1]["class"] for part in parts(week("The week", CARD).svg, "rect")][:7]

    assert classes == [
        "chart-heat-2",
        "chart-heat-0",
        "chart-none",
        "chart-heat-4",
        "chart-none",
        "chart-none",
        "chart-none",
    ]


def test_the_summary_names_the_week_its_days_and_what_happened() -> None:
    figure = week("The week", CARD)

    assert figure.summary == (
        "The week of 2 Mar, 3 days of 7 with a card: urges not acted on 1 ×, acted on 1 ×."
    )


def test_the_table_holds_each_day_and_the_week_in_words() -> None:
    rows = week("The week", CARD).table.rows

    assert rows[0][:5] == ["Drinking alone", "3", "0", "–", "5, marked"]
    assert rows[1] == ["Skills used", "2", "–", "–", "–", "–", "–", "–", "skills on 1 of 7 days"]


def test_an_act_without_a_rating_is_shown_without_a_number() -> None:
    lone = WeekCard(
        MONDAY,
        (Line("Gambling", (Mark(MONDAY, None, marked=True),), "no urge rated"),),
        1,
        5,
        "acted on",
        "acted on 1 ×",
    )

    figure = week("The week", lone)

    assert len(parts(figure.svg, "polygon")) == 2
    assert figure.table.rows[0][1] == "marked"
