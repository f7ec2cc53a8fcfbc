"""Rhythms in words and as rules, and the minutes they add to a week."""

from datetime import date, time, timedelta

import pytest

from iopkit.apps.assigning import minute_words, runs, week_words
from iopkit.apps.load import added, planned
from iopkit.apps.message_library import Rhythm
from iopkit.apps.rhythm import comes, in_words
from iopkit.clinic.record import Assignment, Person
from iopkit.measures.occurrences import Plan

FRIDAY = date(2026, 3, 13)
ZONE = "America/New_York"
INA = Person("p1", "clinician", "ina", "Ina Invented", ZONE, frozenset({"individual"}))


def given(**changed: object) -> Assignment:
    plan = {"rrule": "FREQ=DAILY", "due": time(21), "starts": FRIDAY, "ends": None} | changed
    return Assignment("a1", "c1", "urge-log", "substance-use", INA, "", **plan)


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        ({"often": "once"}, "once, by today, 9:00 pm"),
        ({"often": "once", "ends": FRIDAY + timedelta(1)}, "once, by tomorrow, 9:00 pm"),
        ({"often": "daily"}, "every day from today, by 9:00 pm"),
        ({"often": "weekdays"}, "every weekday from today, by 9:00 pm"),
        (
            {"often": "weekly", "days": ["TU", "TH"], "ends": date(2026, 4, 10)},
            "every Tuesday and Thursday from today until Fri 10 April, by 9:00 pm",
        ),
    ],
)
def test_a_rhythm_is_said_as_people_say_it(rhythm: dict[str, object], words: str) -> None:
    assert in_words(Rhythm(starts=FRIDAY, due=time(21), **rhythm), FRIDAY) == words


def test_a_rule_comes_only_if_one_of_its_days_lies_between() -> None:
    assert comes("FREQ=WEEKLY;BYDAY=SU", FRIDAY, FRIDAY + timedelta(2))
    assert not comes("FREQ=WEEKLY;BYDAY=MO", FRIDAY, FRIDAY + timedelta(2))


@pytest.mark.parametrize(
    ("changed", "minutes"),
    [
        ({}, [6, 6, 6, 6, 6, 6, 6]),
        ({"rrule": "FREQ=WEEKLY;BYDAY=MO,WE"}, [0, 0, 0, 6, 0, 6, 0]),
        ({"rrule": "", "ends": FRIDAY + timedelta(2)}, [0, 0, 6, 0, 0, 0, 0]),
        ({"rrule": "", "starts": FRIDAY - timedelta(3)}, [0, 0, 0, 0, 0, 0, 0]),
        ({"ends": FRIDAY + timedelta(1)}, [6, 6, 0, 0, 0, 0, 0]),
        ({"starts": FRIDAY + timedelta(5)}, [0, 0, 0, 0, 0, 6, 6]),
    ],
)
def test_the_minutes_of_an_assignment_lie_on_the_days_it_is_due(
    changed: dict[str, object], minutes: list[int]
) -> None:
    load = planned([given(**changed)], {"urge-log": 6}, start=FRIDAY, zone=ZONE)
    one = given(**changed)
    plan = Plan(one.rrule, one.due, one.starts, one.ends, ZONE)

    assert list(load.values()) == minutes
    assert list(added(plan, 6, FRIDAY).values()) == minutes


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (181, "3 hours 1 minute")],
)
def test_minutes_become_hours_from_two_on(minutes: int, words: str) -> None:
    assert minute_words(minutes) == words


def test_a_week_that_begins_later_says_when() -> None:
    assert week_words(0, 6, FRIDAY + timedelta(3), FRIDAY).startswith(
        "In the seven days from Monday: 0 minutes so far, 6 minutes with this."
    )


@pytest.mark.parametrize(
    ("changed", "still"),
    [
        ({}, True),
        ({"ends": FRIDAY}, True),
        ({"ends": FRIDAY - timedelta(1), "starts": FRIDAY - timedelta(5)}, False),
        ({"rrule": "", "starts": FRIDAY - timedelta(1)}, False),
    ],
)
def test_an_assignment_runs_until_its_last_day(changed: dict[str, object], still: bool) -> None:
    assert runs(given(**changed), FRIDAY) is still
