"""The sleep raster and the efficiency line: one bar a night, missing nights stay empty."""

from datetime import date, timedelta

from drawing import parts, texts

from iopkit.charts import NightBar, sleep_efficiency, sleep_raster, to_svg
from iopkit.charts.sleep import night_range

DAY = date(2026, 1, 13)
# The worked night of 12–13 January 2026: 22:45 / 23:15 / 06:30 / 07:00, latency 25, TST 370, SE 74.7
WORKED = NightBar(DAY, into_bed=-75, asleep=-20, awake=390, out_of_bed=420, tst=370, se=100 * 370 / 495)


def nights(count: int) -> list[NightBar]:
    return [
        NightBar(DAY + timedelta(n), into_bed=-75, asleep=-20, awake=390, out_of_bed=420, tst=370, se=75 + n)
        for n in range(count)
    ]


def test_a_night_is_one_group_with_a_bar_in_bed_and_a_bar_asleep_that_says_it_all() -> None:
    figure = sleep_raster([WORKED], start=DAY, end=DAY + timedelta(6))

    (night,) = parts(figure.svg, "g")
    assert [part[1].get("class") for part in night[2]] == [None, "chart-bed", "chart-sleep"]
    assert night[2][0][2] == [
        "Night to Tue 13 January: in bed 10:45 pm to 7:00 am, 6 h 10 min of sleep, SE 74.7%"
    ]


def test_the_sleep_lies_inside_the_time_in_bed() -> None:
    figure = sleep_raster([WORKED], start=DAY, end=DAY + timedelta(6))

    _, bed, sleep = parts(figure.svg, "g")[0][2]
    assert float(bed[1]["y"]) < float(sleep[1]["y"])
    assert float(bed[1]["height"]) > float(sleep[1]["height"])
    assert float(bed[1]["width"]) > float(sleep[1]["width"])


def test_both_marks_are_named_in_the_picture() -> None:
    figure = sleep_raster([WORKED], start=DAY, end=DAY)

    assert texts(figure.svg)[:2] == ["in bed", "asleep, with awakenings"]


def test_a_missing_night_leaves_its_place_empty() -> None:
    shown = [WORKED, *nights(3)[2:]]

    figure = sleep_raster(shown, start=DAY, end=DAY + timedelta(2))

    assert len(parts(figure.svg, "g")) == 2
    assert figure.summary == "2 of 3 nights: on average 6 h 10 min of sleep, efficiency (SE) 75.9%."


def test_no_night_and_one_night_are_said_in_words() -> None:
    assert sleep_raster([], start=DAY, end=DAY).summary == "No nights in this time."
    assert sleep_raster([WORKED], start=DAY, end=DAY).summary == (
        "1 night: 6 h 10 min of sleep, efficiency (SE) 74.7%."
    )


def test_the_table_holds_each_night_and_names_the_efficiency() -> None:
    figure = sleep_raster([WORKED], start=DAY, end=DAY)

    assert figure.table.head == ["Night to", "In bed", "Asleep", "Total sleep (TST)", "SE"]
    assert figure.table.rows == [
        ["Tue 13 January", "10:45 pm to 7:00 am", "11:40 pm to 6:30 am", "6 h 10 min", "74.7%"]
    ]


def test_the_clock_range_grows_with_the_nights() -> None:
    late = NightBar(DAY, into_bed=180, asleep=200, awake=690, out_of_bed=700, tst=400, se=77)

    assert night_range([]) == (-180, 540)
    assert night_range([WORKED]) == (-180, 540)
    assert night_range([late]) == (-180, 720)


def test_efficiency_is_a_line_only_between_nights_that_follow_each_other() -> None:
    shown = nights(7)
    del shown[3]

    figure = sleep_efficiency(shown, start=DAY, end=DAY + timedelta(6))

    assert len(parts(figure.svg, "polyline")) == 2
    assert figure.title == "Sleep efficiency (SE, sleep / time in bed)"


def test_efficiency_below_half_lowers_the_axis() -> None:
    poor = [NightBar(DAY, -75, -20, 390, 420, 180, 36.4)]

    figure = sleep_efficiency(poor, start=DAY, end=DAY)

    assert "30%" in texts(figure.svg)


def test_eight_weeks_of_nights_stay_small() -> None:
    text = to_svg(sleep_raster(nights(56), start=DAY, end=DAY + timedelta(55)).svg)

    assert len(text) < 20_000
