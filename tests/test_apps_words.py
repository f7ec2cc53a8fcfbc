"""Times, rhythms and counts in words of a person."""

import doctest
from datetime import UTC, date, datetime

import pytest

from iopkit.apps import words
from iopkit.apps.words import ago, day_words, greeting, listing, moment, rhythm, upper

TODAY = date(2026, 3, 13)
ZONE = "America/New_York"


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 13), "today"),
        (date(2026, 3, 12), "yesterday"),
        (date(2026, 3, 14), "tomorrow"),
        (date(2026, 3, 17), "Tuesday"),
        (date(2026, 3, 19), "Thursday"),
        (date(2026, 3, 20), "Fri 20 March"),
        (date(2026, 3, 3), "Tue 3 March"),
        (date(2025, 12, 30), "30 December 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, text: str) -> None:
    assert day_words(day, TODAY) == text


def test_a_moment_counts_days_in_the_persons_zone() -> None:
    now = datetime(2026, 3, 14, 3, 30, tzinfo=UTC)  # still the 13th in New York

    assert moment(datetime(2026, 3, 14, 1, 10, tzinfo=UTC), now, ZONE) == "today, 9:10 pm"
    assert moment(datetime(2026, 3, 13, 1, 10, tzinfo=UTC), now, ZONE) == "yesterday, 9:10 pm"
    assert moment(datetime(2026, 3, 4, 2, 10, tzinfo=UTC), now, ZONE) == "Tue 3 March, 9:10 pm"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("", "once"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=WEEKLY;BYDAY=MO", "every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=DAILY;INTERVAL=2", "on some days"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "on some days"),
    ],
)
def test_a_rhythm_is_said_in_words(rule: str, text: str) -> None:
    assert rhythm(rule) == text


def test_a_greeting_survives_an_empty_name() -> None:
    assert greeting(datetime(2026, 3, 13, 14, tzinfo=UTC), ZONE, "") == "Good morning, and welcome"


def test_small_words() -> None:
    assert upper("3 of 5 done") == "3 of 5 done"
    assert upper("today, 9:10 pm") == "Today, 9:10 pm"
    assert upper("") == ""
    assert (ago(TODAY, TODAY), ago(date(2026, 3, 12), TODAY), ago(date(2026, 3, 1), TODAY)) == (
        "today",
        "yesterday",
        "12 days ago",
    )
    assert (listing([]), listing(["Ana"]), listing(["Ana", "Ben"])) == ("", "Ana", "Ana and Ben")


def test_words_follow_the_language_of_the_reader() -> None:
    now = datetime(2026, 3, 13, 20, tzinfo=UTC)

    assert moment(now, now, "UTC", "es") == "hoy, 8:00 p.m."
    assert day_words(date(2026, 3, 17), date(2026, 3, 13), "es") == "el martes"
    assert day_words(date(2026, 4, 17), date(2026, 3, 13), "es") == "vie 17 de abril"
    assert ago(date(2026, 3, 1), date(2026, 3, 13), "es") == "Hace 12 días".lower()
    assert greeting(now, "UTC", "Mateo Storybook", "es") == "Buenas noches, Mateo"
    assert rhythm("FREQ=WEEKLY;BYDAY=MO,WE", "es") == "todos los lunes y miércoles"
    assert listing(["Ana", "Ben", "Cy"], "es") == "Ana, Ben y Cy"
