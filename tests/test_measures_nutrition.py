from datetime import date

import pytest

from iopkit.measures.nutrition import day_figures
from iopkit.worksheets.functions import Worked


def worked(*meals: str, caffeine: tuple[str, ...] = (), **times: str) -> Worked:
    """Work out a day with meals and drinks at these times."""
    answers = {"meals": [{"time": at} for at in meals], "caffeine": [{"time": at} for at in caffeine]}
    return day_figures(answers | times, day=date(2026, 1, 13), zone="UTC")


def test_the_first_meal_is_the_first_after_waking_up_in_whatever_order_they_are_written():
    assert worked("12:30", "07:30", "19:00", woke="07:00").values["first_meal"] == 7 * 60 + 30


def test_a_meal_after_midnight_is_a_late_one_of_the_day_before():
    assert worked("00:30", "11:00", woke="10:00").values["first_meal"] == 11 * 60


def test_without_a_time_of_waking_up_the_day_begins_at_four():
    assert worked("03:59", "09:00").values["first_meal"] == 9 * 60
    assert worked("04:00", "09:00").values["first_meal"] == 4 * 60


@pytest.mark.parametrize(
    ("meals", "times", "gap"),
    [
        (("07:30", "12:30", "19:00"), {}, 390),
        (("07:30", "12:30", "19:00"), {"woke": "00:30"}, 420),
        (("07:30", "12:30"), {"woke": "07:00", "bedtime": "23:00"}, 630),
        (("08:00",), {"woke": "07:00"}, 60),
        (("08:00",), {}, None),
        ((), {"woke": "07:00", "bedtime": "23:00"}, 960),
        ((), {}, None),
        (("08:00", "23:30"), {"woke": "07:00", "bedtime": "23:00"}, None),
    ],
)
def test_the_longest_gap_runs_from_waking_up_over_the_meals_to_bed(
    meals: tuple[str, ...], times: dict[str, str], gap: float | None
):
    assert worked(*meals, **times).values["longest_gap"] == gap


@pytest.mark.parametrize(
    ("drinks", "bedtime", "hours"),
    [
        (("07:30", "15:30"), "23:00", 7.5),
        (("23:00",), "23:00", 0),
        (("20:00",), "02:00", 6),
        ((), "23:00", None),
        (("07:30", "23:30"), "23:00", 15.5),
    ],
)
def test_the_last_caffeine_before_bed_counts(drinks: tuple[str, ...], bedtime: str, hours: float | None):
    found = worked("08:00", caffeine=drinks, woke="07:00", bedtime=bedtime)

    assert found.values["caffeine_to_bed"] == hours


def test_without_a_bedtime_there_are_no_hours_to_it():
    assert worked("08:00", caffeine=("09:00",), woke="07:00").values["caffeine_to_bed"] is None


def test_food_or_drink_between_bed_and_waking_up_is_asked_about():
    found = worked("03:00", caffeine=("23:30",), woke="07:00", bedtime="23:00")

    asked = "One of these times lies between bed and waking up. Is that right?"
    assert found.asks == {"meals": asked, "caffeine": asked}
    assert found.refused == {}


def test_a_row_without_a_time_has_no_part_in_the_rhythm():
    answers = {"meals": [{"kind": "snack"}, {"time": "08:00"}], "caffeine": [{}]}

    found = day_figures(answers, day=date(2026, 1, 13), zone="UTC")

    assert found.values == {"first_meal": 480, "longest_gap": None, "caffeine_to_bed": None}
