"""Homework done: what was due, what came in, and when, counted and never judged."""

from datetime import UTC, date, datetime, time, timedelta

from iopkit.measures.adherence import adherence, back_filled, together
from iopkit.measures.occurrences import Done, Plan, fill, occurrences

ZONE = "America/New_York"
MONDAY = date(2026, 1, 12)
LATER = datetime(2026, 3, 1, tzinfo=UTC)
DAILY = Plan("FREQ=DAILY", time(11), MONDAY, None, ZONE)
WEEKLY = Plan("FREQ=WEEKLY;BYDAY=MO", time(21), MONDAY, None, ZONE)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant in January 2026 from its wall time in New York (UTC − 5)."""
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


def test_a_daily_rule_gives_one_occurrence_a_day_due_at_the_clients_clock_time() -> None:
    found = occurrences(DAILY, MONDAY, MONDAY + timedelta(2))

    assert [one.day.day for one in found] == [12, 13, 14]
    assert found[0].due.astimezone(UTC) == datetime(2026, 1, 12, 16, tzinfo=UTC)
    assert [one.until for one in found] == [date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 14)]


def test_a_weekly_occurrence_stays_open_until_the_day_before_the_next() -> None:
    (found,) = occurrences(WEEKLY, MONDAY, MONDAY + timedelta(6))

    assert found.until == date(2026, 1, 18)
    assert found.holds(date(2026, 1, 14))
    assert not found.holds(date(2026, 1, 19))


def test_days_before_the_start_and_after_the_end_have_no_occurrence() -> None:
    plan = Plan("FREQ=DAILY", time(11), MONDAY, MONDAY + timedelta(1), ZONE)

    found = occurrences(plan, MONDAY - timedelta(7), MONDAY + timedelta(7))

    assert [one.day.day for one in found] == [12, 13]


def test_a_rule_that_counts_ends_by_itself_and_its_last_occurrence_stays_open() -> None:
    plan = Plan("FREQ=DAILY;COUNT=2", time(11), MONDAY, None, ZONE)

    found = occurrences(plan, MONDAY, MONDAY + timedelta(7))

    assert [one.day.day for one in found] == [12, 13]
    assert found[-1].until is None


def test_a_single_assignment_is_open_from_its_start_and_due_at_its_end() -> None:
    plan = Plan("", time(21), MONDAY, MONDAY + timedelta(4), ZONE)

    (found,) = occurrences(plan, MONDAY, MONDAY + timedelta(6))

    assert found.day == MONDAY
    assert found.due.astimezone(UTC) == datetime(2026, 1, 17, 2, tzinfo=UTC)
    assert found.until is None
    assert occurrences(plan, MONDAY + timedelta(5), MONDAY + timedelta(9)) == []
    assert occurrences(plan, MONDAY - timedelta(9), MONDAY - timedelta(1)) == []


def test_the_due_time_follows_the_clock_across_a_change_to_summer_time() -> None:
    found = occurrences(Plan("FREQ=DAILY", time(11), date(2026, 3, 7), None, ZONE), *[date(2026, 3, 7)] * 2)
    after = occurrences(Plan("FREQ=DAILY", time(11), date(2026, 3, 7), None, ZONE), *[date(2026, 3, 9)] * 2)

    assert found[0].due.astimezone(UTC).hour == 16
    assert after[0].due.astimezone(UTC).hour == 15


def test_each_entry_fills_one_occurrence_and_the_first_one_counts() -> None:
    due = occurrences(DAILY, MONDAY, MONDAY + timedelta(2))
    first, second = Done(MONDAY, at(12, 8)), Done(MONDAY, at(12, 9))
    wednesday = Done(MONDAY + timedelta(2), at(14, 8))

    assert fill(due, [second, wednesday, first]) == [first, None, wednesday]


def test_counts_tell_on_time_from_late_and_back_filled() -> None:
    due = occurrences(DAILY, MONDAY, MONDAY + timedelta(4))
    done = [
        Done(MONDAY, at(12, 8)),
        Done(MONDAY + timedelta(1), at(13, 15)),
        Done(MONDAY + timedelta(3), at(16, 20)),
    ]

    counts = adherence(due, done, zone=ZONE, now=LATER)

    assert (counts.assigned, counts.submitted, counts.on_time, counts.late) == (5, 3, 1, 2)
    assert counts.back_filled == 1
    assert (counts.days_due, counts.days_done, counts.coverage) == (5, 3, 0.6)
    assert counts.completion == 0.6
    assert counts.words == "3 of 5"


def test_what_is_not_due_yet_is_not_held_against_anybody() -> None:
    due = occurrences(DAILY, MONDAY, MONDAY + timedelta(6))

    counts = adherence(due, [Done(MONDAY, at(12, 8))], zone=ZONE, now=at(13, 12))

    assert (counts.assigned, counts.submitted) == (2, 1)


def test_what_is_done_before_it_is_due_counts() -> None:
    due = occurrences(DAILY, MONDAY, MONDAY)

    counts = adherence(due, [Done(MONDAY, at(12, 8))], zone=ZONE, now=at(12, 9))

    assert counts.words == "1 of 1"


def test_nothing_assigned_is_no_data_and_not_zero_percent() -> None:
    counts = adherence([], [Done(MONDAY, at(12, 8))], zone=ZONE, now=LATER)

    assert (counts.completion, counts.coverage, counts.lag) == (None, None, None)
    assert counts.words == "nothing was due"


def test_the_lag_is_the_median_from_event_to_entry() -> None:
    due = occurrences(DAILY, MONDAY, MONDAY + timedelta(2))
    done = [
        Done(MONDAY + timedelta(n), at(12 + n, 8 + hours), event_at=at(12 + n, 8))
        for n, hours in enumerate([1, 2, 9])
    ]

    assert adherence(due, done, zone=ZONE, now=LATER).lag == timedelta(hours=2)


def test_an_entry_about_an_event_is_back_filled_after_a_day_and_a_diary_after_a_day_and_a_half() -> None:
    assert not back_filled(Done(MONDAY, at(13, 8), event_at=at(12, 8)), ZONE)
    assert back_filled(Done(MONDAY, at(13, 8, 1), event_at=at(12, 8)), ZONE)
    assert not back_filled(Done(MONDAY, at(13, 12)), ZONE)
    assert back_filled(Done(MONDAY, at(13, 12, 1)), ZONE)


def test_several_assignments_add_up() -> None:
    daily = adherence(
        occurrences(DAILY, MONDAY, MONDAY + timedelta(1)), [Done(MONDAY, at(12, 8))], zone=ZONE, now=LATER
    )
    weekly = adherence(occurrences(WEEKLY, MONDAY, MONDAY), [Done(MONDAY, at(13, 8))], zone=ZONE, now=LATER)

    counts = together([daily, weekly])

    assert (counts.assigned, counts.submitted, counts.on_time, counts.late) == (3, 2, 1, 1)
    assert counts.words == "2 of 3"
    assert together([]).words == "nothing was due"
