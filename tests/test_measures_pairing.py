"""Two series, day by day: pairs across months, clock changes and gaps; nothing is filled in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopkit.measures.pairing import Pair, pairs, presence

MARCH = date(2026, 3, 1)
WEEK = {"start": date(2026, 3, 6), "end": date(2026, 3, 12)}
SLEEP = {date(2026, 3, 6): 80.0, date(2026, 3, 7): 75.0, date(2026, 3, 9): 90.0, date(2026, 3, 12): 70.0}
CRAVING = {date(2026, 3, 6): 3.0, date(2026, 3, 8): 0.0, date(2026, 3, 10): 5.0, date(2026, 3, 13): 9.0}


def series() -> st.SearchStrategy[dict[date, float]]:
    days = st.dates(MARCH - timedelta(3), MARCH + timedelta(30))
    return st.dictionaries(days, st.integers(0, 10).map(float))


def test_pairs_of_the_same_day_are_those_with_both() -> None:
    assert pairs(SLEEP, CRAVING, lag=0, **WEEK) == [Pair(date(2026, 3, 6), 80.0, 3.0)]


def test_pairs_of_the_day_after_take_the_second_from_there_and_a_nought_is_a_value() -> None:
    """Clocks change in the night to 8 March: the day after is the day after, 23 hours later or not."""
    assert pairs(SLEEP, CRAVING, lag=1, **WEEK) == [
        Pair(date(2026, 3, 7), 75.0, 0.0),
        Pair(date(2026, 3, 9), 90.0, 5.0),
    ]


def test_a_pair_never_reaches_beyond_the_last_day() -> None:
    late = {"start": date(2026, 3, 6), "end": date(2026, 3, 13)}

    assert Pair(date(2026, 3, 12), 70.0, 9.0) not in pairs(SLEEP, CRAVING, lag=1, **WEEK)
    assert Pair(date(2026, 3, 12), 70.0, 9.0) in pairs(SLEEP, CRAVING, lag=1, **late)


def test_the_map_says_of_each_day_what_it_has() -> None:
    assert list(presence(SLEEP, CRAVING, lag=0, **WEEK).values()) == [
        "both", "first", "second", "first", "second", "none", "first",
    ]  # fmt: skip


def test_the_map_of_the_day_after_ends_a_day_before() -> None:
    found = presence(SLEEP, CRAVING, lag=1, **WEEK)

    assert list(found)[-1] == date(2026, 3, 11)
    assert list(found.values()) == ["first", "both", "none", "both", "none", "none"]


@pytest.mark.parametrize("lag", [0, 1])
@given(first=series(), second=series())
def test_the_map_has_as_many_days_with_both_as_there_are_pairs(
    lag: int, first: dict[date, float], second: dict[date, float]
) -> None:
    span = {"lag": lag, "start": MARCH, "end": MARCH + timedelta(27)}

    found, days = pairs(first, second, **span), presence(first, second, **span)

    assert [one.day for one in found] == [day for day, kind in days.items() if kind == "both"]
    assert len(days) == 28 - lag


@given(first=series(), second=series())
def test_on_the_same_day_the_order_of_the_series_only_swaps_the_values(
    first: dict[date, float], second: dict[date, float]
) -> None:
    span = {"lag": 0, "start": MARCH, "end": MARCH + timedelta(27)}

    turned = [Pair(one.day, one.second, one.first) for one in pairs(second, first, **span)]

    assert pairs(first, second, **span) == turned


def test_nothing_gives_nothing() -> None:
    assert pairs({}, {}, lag=0, **WEEK) == []
    assert set(presence({}, {}, lag=0, **WEEK).values()) == {"none"}
