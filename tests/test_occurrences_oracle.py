"""Generated histories of rules, zones and edits agree with an independent expansion, and lose nothing done.

``make test`` runs a part of them; a thousand are marked ``soak``.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar, Event, vRecur

from iopkit.measures.appointments import Span, happens
from iopkit.measures.occurrences import (
    BEFORE_APPOINTMENTS,
    Change,
    Done,
    Pause,
    Plan,
    Story,
    check_rule,
    comes,
    expand,
    history,
)

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
)
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CLOCKS = (time(2, 30), time(1, 30), time(21), time(0), time(23, 59), time(7, 15))
FIRST = date(2026, 2, 1)
LAST = date(2026, 12, 15)


def a_plan(random: Random, starts: date, zone: str) -> Plan:
    """Return a rhythm whose first day is one that its rule names, as a calendar needs it."""
    code = CODES[starts.weekday()]
    others = random.sample(CODES, random.randint(0, 3))
    named = ",".join(one for one in CODES if one == code or one in others)
    rules = [
        "FREQ=DAILY",
        f"FREQ=DAILY;INTERVAL={random.randint(2, 5)}",
        f"FREQ=WEEKLY;BYDAY={named}",
        f"FREQ=WEEKLY;INTERVAL=2;BYDAY={named};WKST=MO",
        f"FREQ=DAILY;COUNT={random.randint(1, 40)}",
        f"FREQ=WEEKLY;COUNT={random.randint(1, 12)};BYDAY={code}",
        f"FREQ=MONTHLY;BYMONTHDAY={starts.day}",
        f"FREQ=MONTHLY;BYDAY={(starts.day - 1) // 7 + 1}{code}",
    ]
    ends = starts + timedelta(random.randint(0, 120)) if random.random() < 0.3 else None
    if random.random() < 0.25:
        return Plan(BEFORE_APPOINTMENTS, time(21), starts, ends, zone)
    return Plan(random.choice(rules), random.choice(CLOCKS), starts, ends, zone)


def a_story(random: Random) -> Story:
    """Return a history of up to four edits: other rules, moves to another zone, pauses."""
    starts, zone = FIRST + timedelta(random.randint(0, 60)), random.choice(ZONES)
    first = plan = a_plan(random, starts, zone)
    changes, pauses = [], []
    at = datetime.combine(starts, time(12), UTC)
    for _ in range(random.randint(0, 4)):
        at += timedelta(days=random.randint(2, 50), minutes=random.randint(0, 600))
        edit = random.choice(("rule", "move", "pause"))
        if edit == "pause":
            since = at.astimezone(ZoneInfo(plan.zone)).date()
            pauses.append(Pause(at, since, since + timedelta(random.randint(0, 30))))
            continue
        zone = random.choice(ZONES) if edit == "move" else plan.zone
        day = at.astimezone(ZoneInfo(zone)).date()
        plan = (
            a_plan(random, day, zone)
            if edit == "rule"
            else Plan(plan.rrule, plan.due, plan.starts, plan.ends, zone)
        )
        changes.append(Change(at, plan))
    return Story(first, tuple(changes), tuple(pauses), appointments(random))


def appointments(random: Random) -> tuple[datetime, ...]:
    """Return when one or two booked hours begin, some of them called off; as the calendar expands them."""
    found: set[datetime] = set()
    for _ in range(random.randint(1, 2)):
        zone, clock = random.choice(ZONES), random.choice(CLOCKS)
        day = FIRST + timedelta(random.randint(0, 40))
        while wall(day, clock, zone) != clock:  # booked for a skipped hour it is booked for the one after
            day += timedelta(1)
        every = random.choice(("", "", ";INTERVAL=2"))
        other = random.choice(CODES)
        rule = f"FREQ=WEEKLY{every};BYDAY={','.join(dict.fromkeys((CODES[day.weekday()], other)))};WKST=MO"
        booked = Plan(rule, clock, day, None, zone)
        instants = [at for _, at in events(booked)]
        start = instants[0]
        ours = happens(Span(start, start + timedelta(hours=1)), rule, zone, since=start, until=instants[-1])
        assert [span.start for span in ours][: len(instants) - 1] == instants[:-1]
        found |= {at for at in instants if random.random() > 0.1}
    return tuple(sorted(found))


def wall(day: date, clock: time, zone: str) -> time:
    """Return what a clock shows at a wall time: another one when it is skipped."""
    at = datetime.combine(day, clock, ZoneInfo(zone))
    return at.astimezone(UTC).astimezone(ZoneInfo(zone)).time()


def before(plan: Plan, meets: tuple[datetime, ...]) -> Iterator[tuple[date, datetime]]:
    """Yield from which day something is open before each day with appointments, and the first of that day."""
    zone = ZoneInfo(plan.zone)
    days = sorted({at.astimezone(zone).date() for at in meets})
    days = [day for day in days if day >= plan.starts]
    for number, day in enumerate(days):
        opens = days[number - 1] + timedelta(1) if number else plan.starts
        yield opens, min(at for at in meets if at.astimezone(zone).date() == day)


def by_calendar(story: Story) -> set[datetime]:
    """Return the due instants as icalendar and recurring-ical-events expand them, cut where edits cut."""
    found: set[datetime] = set()
    firsts = [date.min]
    for change in story.changes:
        firsts.append(max(firsts[-1], change.day))
    plans = [story.first, *(change.plan for change in story.changes)]
    for plan, first, after in zip(plans, firsts, [*firsts[1:], date.max], strict=True):
        is_before = plan.rrule == BEFORE_APPOINTMENTS
        for day, due in before(plan, story.appointments) if is_before else events(plan):
            paused = any(p.since <= day and (p.until is None or day <= p.until) for p in story.pauses)
            ended = plan.ends is not None and day > plan.ends
            if first <= day < after and not paused and not ended and FIRST <= day <= LAST:
                found.add(due)
    return found


def events(plan: Plan) -> Iterator[tuple[date, datetime]]:
    """Yield the days and instants of one unchanged rule from a calendar written for it."""
    event, calendar = Event(), Calendar()
    event.add("uid", "one@example.org")
    event.add("dtstart", datetime.combine(plan.starts, plan.due, ZoneInfo(plan.zone)))
    event.add("rrule", vRecur.from_ical(plan.rrule))
    calendar.add_component(event)
    for one in recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(2)):
        starts = one["DTSTART"].dt
        yield starts.date(), starts.astimezone(UTC)


def a_life(random: Random, story: Story) -> tuple[list[Done], set[date]]:
    """Return entries made as a client would, each for something due as it was known then, and those days."""
    done: list[Done] = []
    days: set[date] = set()
    at = datetime.combine(FIRST, time(15), UTC)
    while at.date() < LAST:
        at += timedelta(days=random.randint(1, 9), minutes=random.randint(0, 1200))
        known = history(story.at(at), done, FIRST, LAST)
        today = at.date()
        waits = [one for one, filled in known if filled is None and today - timedelta(6) <= one.day <= today]
        if waits:
            chosen = random.choice(waits)
            done.append(Done(chosen.day, at))
            days.add(chosen.day)
    return done, days


def agree(seeds: range) -> tuple[int, int, int]:
    """Compare each seed's history with the calendar's and its life.

    Return how many occurrences, entries, and rhythms before appointments were seen.
    """
    seen = kept = befores = 0
    for seed in seeds:
        random = Random(seed)
        story = a_story(random)
        for plan in (story.first, *(change.plan for change in story.changes)):
            if plan.rrule == BEFORE_APPOINTMENTS:
                befores += 1
                continue
            check_rule(plan.rrule, plan.starts)
            assert comes(plan.rrule, plan.starts), seed
        ours = expand(story, FIRST, LAST)
        done, days = a_life(random, story)

        found = history(story, done, FIRST, LAST)

        assert {one.due for one in ours} == by_calendar(story), seed
        assert {one.day for one, filled in found if filled is not None} == days, seed
        assert sum(filled is not None for _, filled in found) == len(done), seed
        seen, kept = seen + len(ours), kept + len(done)
    return seen, kept, befores


def test_a_part_of_the_histories_agrees_with_the_calendar_and_loses_nothing_done() -> None:
    seen, kept, befores = agree(range(40))

    assert seen > 500
    assert kept > 200
    assert befores > 10


@pytest.mark.soak
def test_a_thousand_histories_agree_with_the_calendar_and_lose_nothing_done() -> None:
    seen, kept, befores = agree(range(1000))

    assert seen > 20_000
    assert kept > 10_000
    assert befores > 500
