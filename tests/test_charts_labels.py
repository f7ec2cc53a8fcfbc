"""Days, times, durations and numbers read the same everywhere."""

import doctest
from datetime import date, time

import pytest

from iopkit.charts import labels
from iopkit.charts.labels import clock_label, day_label, full_day, number_label, short_day, span_label


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(labels).failed == 0


def test_a_day_is_written_with_its_weekday_for_people_and_short_for_axes() -> None:
    day = date(2026, 3, 3)

    assert (day_label(day), short_day(day), full_day(day)) == ("Tue 3 March", "3 Mar", "3 March 2026")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (time(0, 0), "12:00 am"),
        (time(12, 5), "12:05 pm"),
        (time(23, 59), "11:59 pm"),
        (-75, "10:45 pm"),
        (390.4, "6:30 am"),
        (24 * 60 + 10, "12:10 am"),
    ],
)
def test_clock_times_are_on_the_twelve_hour_clock(at: time | float, text: str) -> None:
    assert clock_label(at) == text


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 min"), (59.6, "1 h"), (61, "1 h 1 min"), (495, "8 h 15 min")]
)
def test_a_duration_names_hours_and_minutes(minutes: float, text: str) -> None:
    assert span_label(minutes) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.04, "0"), (10, "10"), (-1.5, "−1.5"), (100.0, "100")]
)
def test_a_number_has_no_trailing_zero_and_no_minus_zero(value: float, text: str) -> None:
    assert number_label(value) == text
