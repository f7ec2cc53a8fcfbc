from datetime import date, time

import pytest

from iopkit.measures.emotion import DayPart, day_parts, log, part_of_day, worries


def entry(at: str | None, *strengths: float) -> dict[str, object]:
    return {"time": at, "feelings": [{"feeling": "sad", "before": strength} for strength in strengths]}


def test_a_log_compares_feelings_rated_both_times():
    answers = {"feelings": [{"before": 80, "after": 40}, {"before": 60, "after": 60}, {"before": 10}]}

    assert log(answers, day=date(2026, 1, 12), zone="UTC").values == {
        "feelings_before": 70,
        "feelings_after": 50,
        "feelings_change": -20,
    }


def test_a_log_without_a_second_rating_has_no_change():
    answers = {"feelings": [{"before": 80}]}

    assert set(log(answers, day=date(2026, 1, 12), zone="UTC").values.values()) == {None}


def test_worries_compare_those_rated_when_they_came_and_again():
    answers = {"worries": [{"before": 7, "after": 3}, {"before": 9}]}

    assert worries(answers, day=date(2026, 1, 12), zone="UTC").values == {
        "worry_before": 7,
        "worry_after": 3,
        "worry_change": -4,
    }


def test_parts_of_the_day_come_in_order_with_their_entries_counted():
    entries = [entry("22:30", 90), entry("08:00", 20), entry("03:00", 70), entry("09:15", 40)]

    assert day_parts(entries) == [DayPart("morning", 30, 2), DayPart("night", 80, 2)]


def test_an_entry_counts_once_however_many_feelings_it_names():
    assert day_parts([entry("13:00", 100, 0), entry("14:00", 20)]) == [DayPart("afternoon", 35, 2)]


def test_what_has_no_time_or_no_rating_is_left_out():
    assert day_parts([entry(None, 50), entry("18:00"), {"time": "18:00"}]) == []


@pytest.mark.parametrize(
    ("at", "part"),
    [
        (time(0), "night"),
        (time(4, 59), "night"),
        (time(5), "morning"),
        (time(11, 59), "morning"),
        (time(12), "afternoon"),
        (time(17), "evening"),
        (time(21, 59), "evening"),
        (time(22), "night"),
    ],
)
def test_each_part_of_the_day_has_its_hours(at: time, part: str):
    assert part_of_day(at) == part
