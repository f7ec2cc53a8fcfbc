"""Occurrences from the history of a rule: clock changes, month ends, moves, pauses, and what was done."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from iopkit.measures.occurrences import (
    BEFORE_APPOINTMENTS,
    Change,
    Done,
    Occurrence,
    Pause,
    Plan,
    Story,
    check_rule,
    comes,
    expand,
    given_now,
    history,
    state,
)

ZONE = "America/New_York"
MONDAY = date(2026, 3, 2)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def plan(rrule: str, **changed: object) -> Plan:
    given = {"due": time(21), "starts": MONDAY, "ends": None, "zone": ZONE} | changed
    return Plan(rrule, **given)


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def days(found: list[Occurrence]) -> list[str]:
    return [f"{one.day:%d %b}" for one in found]


def test_a_due_time_that_the_clocks_skip_is_the_hour_after() -> None:
    (found,) = expand(Story(plan("FREQ=DAILY", due=time(2, 30))), date(2026, 3, 8), date(2026, 3, 8))

    assert found.due == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # 3:30 in New York


def test_a_due_time_that_comes_twice_is_the_first_of_the_two() -> None:
    (found,) = expand(Story(plan("FREQ=DAILY", due=time(1, 30))), date(2026, 11, 1), date(2026, 11, 1))

    assert found.due == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "hour", "starts", "ends"),
    [
        pytest.param(plan("FREQ=DAILY"), 20, 2, None, id="in-time"),
        pytest.param(plan("FREQ=DAILY"), 21, 3, None, id="on-the-minute"),
        pytest.param(plan("FREQ=DAILY", grace=timedelta(hours=2)), 22, 2, None, id="within-grace"),
        pytest.param(plan("FREQ=DAILY", starts=date(2026, 3, 1)), 22, 1, None, id="began-earlier"),
        pytest.param(plan("FREQ=DAILY", starts=date(2026, 3, 3)), 22, 3, None, id="begins-later"),
        pytest.param(plan("FREQ=DAILY", ends=MONDAY), 22, 2, 2, id="nothing-left"),
        pytest.param(plan("", ends=date(2026, 3, 9)), 22, 2, 9, id="once-in-a-week"),
        pytest.param(plan(""), 20, 2, None, id="once-today"),
        pytest.param(plan(""), 22, 2, 3, id="once-tomorrow"),
        pytest.param(plan("", ends=MONDAY), 22, 2, 3, id="once-said-today"),
        pytest.param(plan(BEFORE_APPOINTMENTS, due=time(0)), 22, 2, None, id="before-appointments"),
    ],
)
def test_what_is_given_when_todays_hour_is_over_is_first_due_tomorrow(
    given: Plan, hour: int, starts: int, ends: int | None
) -> None:
    found = given_now(given, datetime(2026, 3, 2, hour, tzinfo=ZoneInfo(ZONE)))

    assert (found.starts.day, found.ends and found.ends.day) == (starts, ends)


def test_a_month_without_the_day_has_no_occurrence_and_the_last_day_has_its_own_rule() -> None:
    thirty_first = Story(plan("FREQ=MONTHLY;BYMONTHDAY=31", starts=date(2026, 1, 31)))
    last = Story(plan("FREQ=MONTHLY;BYMONTHDAY=-1", starts=date(2026, 1, 31)))

    assert days(expand(thirty_first, date(2026, 1, 1), date(2026, 4, 30))) == ["31 Jan", "31 Mar"]
    assert days(expand(last, date(2026, 1, 1), date(2026, 4, 30))) == ["31 Jan", "28 Feb", "31 Mar", "30 Apr"]


@pytest.mark.parametrize(
    ("rrule", "named"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH", ["03 Mar", "05 Mar", "10 Mar", "12 Mar"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", ["02 Mar"]),
        ("FREQ=DAILY;COUNT=3", ["02 Mar", "03 Mar", "04 Mar"]),
        ("FREQ=DAILY;UNTIL=20260303", ["02 Mar", "03 Mar"]),
    ],
)
def test_rules_name_their_days(rrule: str, named: list[str]) -> None:
    assert days(expand(Story(plan(rrule)), date(2026, 3, 1), date(2026, 3, 14))) == named


def test_before_each_appointment_is_due_at_it_and_open_from_the_day_after_the_last() -> None:
    story = Story(plan(BEFORE_APPOINTMENTS), appointments=(at(3, 12), at(3, 5)))

    found = expand(story, *MARCH)

    assert [(one.day.day, one.due, one.until) for one in found] == [
        (2, at(3, 5), date(2026, 3, 5)),
        (6, at(3, 12), None),
    ]


def test_a_pause_takes_its_days_out_and_what_was_open_stays_open() -> None:
    pause = Pause(at(3, 9), date(2026, 3, 9), date(2026, 3, 22))

    found = expand(Story(plan("FREQ=WEEKLY;BYDAY=MO"), pauses=(pause,)), *MARCH)

    assert days(found) == ["02 Mar", "23 Mar", "30 Mar"]
    assert found[0].until == date(2026, 3, 22)


def test_another_rhythm_holds_from_its_day_and_what_was_done_stays() -> None:
    change = Change(at(3, 10), plan("FREQ=WEEKLY;BYDAY=FR"))
    story = Story(plan("FREQ=DAILY"), (change,))
    done = [Done(date(2026, 3, day), at(3, day, 20)) for day in (3, 9)]

    found = history(story, done, *MARCH)

    assert [one.day.day for one, _ in found] == [2, 3, 4, 5, 6, 7, 8, 9, 13, 20, 27]
    assert [one.day.day for one, filled in found if filled] == [3, 9]


def test_what_was_done_on_the_day_of_a_change_stays_also_when_the_new_rule_skips_that_day() -> None:
    change = Change(at(3, 10, 22), plan("FREQ=WEEKLY;BYDAY=FR"))
    done = [Done(date(2026, 3, 10), at(3, 10, 20))]

    found = history(Story(plan("FREQ=DAILY"), (change,)), done, *MARCH)

    assert [one.day.day for one, filled in found if filled] == [10]


def test_a_single_assignment_that_is_put_off_is_due_once_more_and_not_twice() -> None:
    first = plan("", ends=date(2026, 3, 6))
    later = Change(at(3, 4), plan("", ends=date(2026, 3, 13)))

    found = expand(Story(first, (later,)), *MARCH)

    assert [(one.day.day, one.due) for one in found] == [(4, datetime(2026, 3, 14, 1, tzinfo=UTC))]


def test_after_a_move_the_due_time_is_the_new_wall_clock_and_before_it_the_old() -> None:
    moved = Change(at(3, 10, 20), plan("FREQ=DAILY", zone="America/Los_Angeles"))

    found = expand(Story(plan("FREQ=DAILY"), (moved,)), date(2026, 3, 9), date(2026, 3, 10))

    assert [one.due for one in found] == [at(3, 10, 1), at(3, 11, 4)]


def test_an_occurrence_stands_ahead_open_late_passed_or_done() -> None:
    found = Occurrence(MONDAY, at(3, 3, 2), MONDAY + timedelta(6), timedelta(hours=1))

    assert state(found, None, at(3, 1), ZONE) == "ahead"
    assert state(found, None, at(3, 3, 3), ZONE) == "open"
    assert state(found, None, at(3, 3, 4), ZONE) == "late"
    assert state(found, None, at(3, 10), ZONE) == "passed"
    assert state(found, Done(MONDAY, at(3, 2)), at(3, 10), ZONE) == "done"


@pytest.mark.parametrize(
    "rrule",
    [
        "every day",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;COUNT=100000",
        "DTSTART:20260101T000000\nRRULE:FREQ=DAILY",
        "FREQ=DAILY;UNTIL=20260303T120000Z",
        "FREQ=WEEKLY;BYDAY=XX",
        "BYDAY=MO",
    ],
)
def test_what_is_no_rule_of_days_is_refused(rrule: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_rule(rrule, MONDAY)


@pytest.mark.parametrize(
    ("rrule", "ends", "does"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None, False),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", None, False),
        ("FREQ=WEEKLY;BYDAY=SU", MONDAY + timedelta(2), False),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, True),
        ("FREQ=DAILY;UNTIL=20260101", None, False),
    ],
)
def test_a_rule_that_never_comes_is_known(rrule: str, ends: date | None, does: bool) -> None:
    assert comes(rrule, MONDAY, ends) is does


def test_a_rule_without_an_end_is_expanded_in_the_window_alone() -> None:
    found = expand(Story(plan("FREQ=DAILY")), date(2036, 3, 1), date(2036, 3, 3))

    assert days(found) == ["01 Mar", "02 Mar", "03 Mar"]
