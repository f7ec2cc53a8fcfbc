"""Weeks of sleep: means over the nights present, n of 7, and the circular spread of midsleep."""

import doctest
from datetime import date, timedelta

import pytest

from iopkit.measures import sleep_week
from iopkit.measures.sleep import Night
from iopkit.measures.sleep_week import circular_mean, circular_sd, sleep_weeks

MONDAY = date(2026, 1, 12)


def night(tst: float = 370, midsleep: float = 180) -> Night:
    return Night(tib=495, spt=435, tst=tst, twak=30, se=74.7, se_dse=85.1, midsleep=midsleep)


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(sleep_week).failed == 0


def test_means_stand_on_the_nights_present_and_nothing_is_imputed() -> None:
    (week,) = sleep_weeks({MONDAY: night(370), MONDAY + timedelta(3): night(400)})

    assert (week.start, week.n, week.tst, week.tib) == (MONDAY, 2, 385, 495)
    assert (round(week.se, 1), round(week.se_dse, 1)) == (74.7, 85.1)


@pytest.mark.parametrize(
    ("count", "few", "words"), [(4, True, "4 of 7, few nights"), (5, False, "5 of 7"), (7, False, "7 of 7")]
)
def test_under_five_nights_a_week_is_marked_as_few(count: int, few: bool, words: str) -> None:
    (week,) = sleep_weeks({MONDAY + timedelta(n): night() for n in range(count)})

    assert (week.few, week.nights) == (few, words)


def test_weeks_begin_on_monday_and_a_week_without_nights_is_not_there() -> None:
    weeks = sleep_weeks({MONDAY + timedelta(20): night(), MONDAY - timedelta(1): night()})

    assert [week.start for week in weeks] == [MONDAY - timedelta(7), MONDAY + timedelta(14)]


def test_midsleep_on_both_sides_of_midnight_averages_to_midnight() -> None:
    (week,) = sleep_weeks({MONDAY: night(midsleep=1430), MONDAY + timedelta(1): night(midsleep=10)})

    assert week.midsleep % 1440 == pytest.approx(0, abs=1e-6)


def test_regularity_needs_three_nights() -> None:
    two = {MONDAY + timedelta(n): night() for n in range(2)}
    three = {MONDAY + timedelta(n): night() for n in range(3)}

    assert sleep_weeks(two)[0].regularity is None
    assert sleep_weeks(three)[0].regularity == pytest.approx(0, abs=1e-4)


def test_the_circular_spread_is_near_the_ordinary_one_for_close_times_and_blind_to_midnight() -> None:
    assert circular_sd([170, 180, 190]) == pytest.approx(8.165, abs=0.01)
    assert circular_sd([1430, 0, 10]) == pytest.approx(circular_sd([170, 180, 190]))
    assert circular_mean([170, 180, 190]) == pytest.approx(180)
