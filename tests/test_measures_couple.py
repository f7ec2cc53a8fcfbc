from datetime import date

import pytest

from iopkit.measures.couple import TimeOuts, gratitude, home, ritual, time_out, time_outs, week
from iopkit.worksheets.functions import Worked

DAY = date(2026, 1, 14)
NEW_YORK = "America/New_York"


def after(began: str, came_back: str, agreed: str | None = None, zone: str = "UTC") -> Worked:
    times = {"began": began, "came_back": came_back, "agreed": agreed}
    return time_out({**times, "back": "yes"}, day=DAY, zone=zone)


@pytest.mark.parametrize(
    ("came_back", "minutes", "on_time"),
    [("2026-01-13T22:00", 30, 1), ("2026-01-13T22:30", 60, 1), ("2026-01-13T22:31", 61, 0)],
)
def test_back_at_the_agreed_time_or_before_is_on_time(came_back: str, minutes: int, on_time: int):
    found = after("2026-01-13T21:30", came_back, agreed="2026-01-13T22:30")

    assert found == Worked({"minutes_apart": minutes, "on_time": on_time})


@pytest.mark.parametrize(("came_back", "on_time"), [("2026-01-14T21:30", 1), ("2026-01-14T21:31", 0)])
def test_without_an_agreed_time_a_day_is_the_limit(came_back: str, on_time: int):
    assert after("2026-01-13T21:30", came_back).values["on_time"] == on_time


def test_the_hour_of_a_clock_change_is_counted():
    assert after("2026-03-08T01:30", "2026-03-08T03:30", zone=NEW_YORK).values["minutes_apart"] == 60


def test_less_than_twenty_minutes_is_asked_about_and_twenty_is_not():
    assert list(after("2026-01-13T21:30", "2026-01-13T21:49").asks) == ["came_back"]
    assert after("2026-01-13T21:30", "2026-01-13T21:50").asks == {}


def test_coming_back_before_going_is_refused():
    found = after("2026-01-13T21:30", "2026-01-13T21:00")

    assert found.refused == {"came_back": "This is before the time-out began. Please check both."}


def test_not_having_come_back_is_not_on_time_and_no_answer_is_neither():
    assert time_out({"back": "no"}, day=DAY, zone="UTC").values == {"minutes_apart": None, "on_time": 0}
    assert time_out({"began": "2026-01-13T21:30"}, day=DAY, zone="UTC").values["on_time"] is None


def test_several_time_outs_count_those_with_an_answer():
    back = {"began": "2026-01-13T21:30", "came_back": "2026-01-13T22:00", "back": "yes"}

    assert time_outs([back, {"back": "no"}, {}, back], zone="UTC") == TimeOuts(2, 3)
    assert time_outs([], zone="UTC") == TimeOuts(0, 0)


def test_a_week_together_needs_three_ratings():
    assert week({"close": 0, "heard": 3, "trust": 6}, day=DAY, zone="UTC").values == {"week": 3}
    assert week({"close": 0, "heard": 3}, day=DAY, zone="UTC").values == {"week": None}


def test_a_task_is_settled_when_somebody_does_it_from_now_on():
    tasks = [
        {"task": "Dishes", "from_now": "me"},
        {"task": "Bills", "from_now": "open"},
        {"task": "Dog", "from_now": "let_go"},
        {"task": "Trash"},
        {"from_now": "me"},
    ]

    assert home({"tasks": tasks, "fair": 4}, day=DAY, zone="UTC").values == {"settled": 2, "fair": 4}
    assert home({}, day=DAY, zone="UTC").values == {"settled": None, "fair": None}


def test_rituals_and_thanks_have_ratings_only_when_given():
    found = ritual({"planned": 5, "done": 0}, day=DAY, zone="UTC")

    assert found.values == {"planned": 5, "done": 0, "connected": None}
    assert gratitude({"received": 0}, day=DAY, zone="UTC").values == {"received": 0}
    assert gratitude({}, day=DAY, zone="UTC").values == {"received": None}
