from datetime import date

import pytest

from iopkit.measures.routine import RoutineDay, day_figures, routine_day, routine_weeks, sleep_habits

DAY = date(2026, 1, 14)


def figures(*anchors: dict[str, object]) -> dict[str, float | None]:
    return dict(day_figures({"anchors": list(anchors)}, day=DAY, zone="UTC").values)


def test_a_day_counts_anchors_kept_of_those_with_an_answer():
    found = figures(
        {"anchor": "wake", "planned": "07:30", "done": "yes"},
        {"anchor": "medicine", "planned": "08:00", "done": "other_time", "actual": "11:00"},
        {"anchor": "meeting", "done": "no"},
        {"anchor": "bed", "planned": "23:00"},
    )

    assert found == {"kept": 2, "hit_rate": pytest.approx(66.67, abs=0.01), "wake": 450}


def test_a_plan_that_nobody_looked_back_at_has_no_rate():
    found = figures({"anchor": "wake", "planned": "07:30"})

    assert found == {"kept": None, "hit_rate": None, "wake": None}


@pytest.mark.parametrize(
    ("row", "wake"),
    [
        ({"done": "yes", "planned": "07:30"}, 450),
        ({"done": "yes", "planned": "07:30", "actual": "07:45"}, 465),
        ({"done": "other_time", "planned": "07:30", "actual": "10:05"}, 605),
        ({"done": "other_time", "planned": "07:30"}, None),
        ({"done": "yes"}, None),
        ({"done": "no", "planned": "07:30"}, None),
    ],
)
def test_getting_up_is_the_time_given_or_the_planned_one_that_was_kept(
    row: dict[str, object], wake: int | None
):
    assert figures({"anchor": "wake", **row})["wake"] == wake


def test_an_entry_says_what_its_day_was():
    answers = {"anchors": [{"anchor": "wake", "planned": "07:00", "done": "yes"}, {"done": "no"}]}

    assert routine_day(answers, DAY) == RoutineDay(DAY, kept=1, answered=1, wake=420)


def test_a_week_has_the_rate_over_all_anchors_and_the_spread_of_getting_up():
    days = [
        RoutineDay(date(2026, 1, 12), kept=3, answered=4, wake=420),
        RoutineDay(date(2026, 1, 13), kept=1, answered=2, wake=450),
        RoutineDay(date(2026, 1, 14), kept=2, answered=2, wake=480),
        RoutineDay(date(2026, 1, 20), kept=0, answered=1, wake=None),
    ]

    first, second = routine_weeks(days)

    assert (first.start, first.days, first.hit_rate, first.wakings) == (date(2026, 1, 12), 3, 75, 3)
    assert first.wake_sd == pytest.approx(24.5, abs=0.05)
    assert (second.start, second.hit_rate, second.wake_sd) == (date(2026, 1, 19), 0, None)


def test_two_wakings_have_no_spread_and_a_day_without_answers_no_week():
    days = [RoutineDay(date(2026, 1, 12), 1, 1, 420), RoutineDay(date(2026, 1, 13), 1, 1, 600)]

    assert routine_weeks(days)[0].wake_sd is None
    assert routine_weeks([RoutineDay(DAY, 0, 0, None)]) == []


def test_sleep_habits_are_counted_over_the_three_lists():
    answers = {
        "day_habits": ["daylight"],
        "evening_habits": ["none"],
        "night_habits": ["no_clock", "cool_dark"],
    }

    assert sleep_habits(answers, day=DAY, zone="UTC").values == {"habits": 3}
    assert sleep_habits({"day_habits": ["none"]}, day=DAY, zone="UTC").values == {"habits": 0}
    assert sleep_habits({}, day=DAY, zone="UTC").values == {"habits": None}
