"""Appointments in time: rules against an independent expansion, the hours of a week, what collides."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur

from iopkit.measures.appointments import (
    Span,
    collide,
    happens,
    instant,
    is_rule,
    merged,
    week_hours,
    week_of,
)

ZONES = ["America/New_York", "America/Los_Angeles", "America/Phoenix", "Europe/Berlin", "UTC"]
HOUR = timedelta(hours=1)


def at(day, hour, hours=1.0):
    start = datetime(2026, 3, day, tzinfo=UTC) + timedelta(hours=hour)
    return Span(start, start + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("sessions", "each", "met"),
    [(3, 3, True), (3, 2, False), (2, 4.5, True), (5, 1.75, False), (0, 0, False)],
)
def test_a_week_is_held_against_the_programs_minimum(sessions, each, met):
    week = week_hours([at(2 + number, 9, each) for number in range(sessions)])

    assert (week.hours, week.minimum, week.is_met) == (sessions * each, 9, met)


def test_what_overlaps_counts_once():
    assert week_hours([at(2, 9, 3), at(2, 10, 3), at(2, 12, 1)]).hours == 4
    assert merged([at(2, 12), at(2, 9), at(2, 10)]) == [at(2, 9, 2), at(2, 12)]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 5), 167), (date(2026, 3, 12), 168), (date(2026, 10, 29), 169), (date(2026, 11, 2), 168)],
)
def test_a_week_goes_from_monday_to_monday_on_the_wall(day, hours):
    week = week_of(day, "America/New_York")

    assert week.hours == hours


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        (datetime(2026, 3, 8, 1, 59), "2026-03-08T06:59:00+00:00"),
        (datetime(2026, 3, 8, 2, 30), "2026-03-08T07:30:00+00:00"),  # skipped: 3:30
        (datetime(2026, 3, 8, 3, 0), "2026-03-08T07:00:00+00:00"),
        (datetime(2026, 11, 1, 1, 30), "2026-11-01T05:30:00+00:00"),  # twice: the first
        (datetime(2026, 11, 1, 2, 0), "2026-11-01T07:00:00+00:00"),
    ],
)
def test_a_wall_time_that_is_skipped_or_comes_twice_is_one_instant(wall, expected):
    assert instant(wall, "America/New_York").isoformat() == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=YEARLY",
        "BYDAY=MO",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=1000",
        "FREQ=DAILY;INTERVAL=13",
        "FREQ=DAILY;COUNT=2;UNTIL=20260301T000000",
        "FREQ=DAILY;UNTIL=20261332T000000",
        "FREQ=DAILY;BYHOUR=3",
        "freq=daily",
        "FREQ=DAILY;",
        ";",
        "\nFREQ=DAILY",
    ],
)
def test_a_rule_that_is_not_ours_is_none(rule):
    assert not is_rule(rule)


RULES = st.builds(
    lambda freq, interval, days, end: ";".join(
        part
        for part in (
            f"FREQ={freq}",
            f"INTERVAL={interval}",
            "BYDAY=" + ",".join(f"2{one}" if freq == "MONTHLY" else one for one in days) if days else "",
            end,
        )
        if part
    ),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 4),
    st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), unique=True, max_size=4),
    st.sampled_from(["", "COUNT=1", "COUNT=9", "UNTIL=20260401T120000", "UNTIL=20261115T235959"]),
)


def in_utc(rule: str, zone: str) -> str:
    """Return a rule whose end is in UTC, as RFC 5545 wants it beside a start with a zone; ours is local."""
    head, named, end = rule.partition("UNTIL=")
    if not named:
        return rule
    local = datetime.strptime(end, "%Y%m%dT%H%M%S")
    return f"{head}UNTIL={instant(local, zone).astimezone(UTC):%Y%m%dT%H%M%SZ}"


@settings(max_examples=500, deadline=None)
@given(
    RULES,
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.sampled_from([time(hour, minute) for hour in (0, 1, 2, 3, 9, 23) for minute in (0, 30)]),
    st.integers(1, 11),
)
def test_rules_happen_as_an_independent_expansion_says(rule, zone, day, clock, quarters):
    assert is_rule(rule)
    start = instant(datetime.combine(day, clock), zone)
    if start.astimezone(ZoneInfo(zone)).replace(tzinfo=None).time() != clock:
        return  # the first one itself would be skipped
    first = Span(start, start + quarters * HOUR / 4)
    since, until = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    found = [one.start for one in happens(first, rule, zone, since=since, until=until)]

    event = Event()
    event.add("dtstart", start.astimezone(ZoneInfo(zone)))
    event.add("dtend", (start + quarters * HOUR / 4).astimezone(ZoneInfo(zone)))
    event.add("rrule", vRecur.from_ical(in_utc(rule, zone)))
    calendar = Calendar()
    calendar.add_component(event)
    theirs = [one.start.astimezone(UTC) for one in recurring_ical_events.of(calendar).between(since, until)]
    # a first day that the rule does not name is none of ours; the other library keeps it
    assert [one for one in found if one != start] == sorted(set(theirs) - {start})


def test_a_rule_without_an_end_is_looked_at_where_one_asks():
    found = happens(
        at(2, 9),
        "FREQ=DAILY",
        "UTC",
        since=datetime(2027, 1, 1, tzinfo=UTC),
        until=datetime(2027, 1, 4, tzinfo=UTC),
    )

    assert [one.start.day for one in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("wanted", "taken", "gap"),
    [
        (at(2, 9), at(2, 9.5), 0),
        (at(2, 9), at(2, 10), 0),
        (at(2, 9), at(2, 10.125), 7.5),
        (at(2, 11), at(2, 9.9), 6),
        (at(2, 9, 8), at(2, 12), 0),
        (at(2, 9), at(2, 10.25), None),
        (at(2, 9), at(3, 9), None),
    ],
)
def test_things_collide_when_there_is_no_time_to_change_over(wanted, taken, gap):
    found = collide([wanted], [taken], transition=timedelta(minutes=15))

    assert [round(between.total_seconds() / 60, 1) for _, _, between in found] == (
        [] if gap is None else [gap]
    )


@given(st.lists(st.tuples(st.integers(2, 6), st.integers(0, 20), st.integers(1, 3)), max_size=6))
def test_a_week_is_never_more_than_its_parts_and_covers_them(parts):
    spans = [at(*part) for part in parts]

    whole = merged(spans)

    assert sum(one.hours for one in whole) <= sum(one.hours for one in spans)
    assert all(any(one.start <= span.start and span.end <= one.end for one in whole) for span in spans)
    assert all(first.end < second.start for first, second in pairwise(whole))
