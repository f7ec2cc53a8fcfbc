"""The hours of a week, client by client: for the coordinator on the calendar, and as a command."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from conftest import Clinic, Clock
from typer.testing import CliRunner

from iopkit.apps.hours import client_weeks
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view_calendar import Calendar
from iopkit.cli import app
from iopkit.clinic import Desk
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span, instant

ZONE = "America/New_York"
MONDAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def monday_morning(clock: Clock) -> None:
    clock.instant = datetime(2026, 3, 9, 11, tzinfo=UTC)


def book(clinic: Clinic, day: date, hour: int, hours: int, *, rrule: str = "", who: str = "ina") -> str:
    start = instant(datetime.combine(day, time(hour)), ZONE)
    holder: Person = getattr(clinic, who)
    span = Span(start, start + timedelta(hours=hours))
    domain = min(holder.domains)
    made = Booking("individual", (clinic.ava.id,), holder.id, domain, ZONE, span, rrule)
    return clinic.store.desk_for("cora").book(made)


def told(desk: Desk) -> dict[str, tuple[float, bool]]:
    return {one.client.user: (one.booked.hours, one.booked.is_met) for one in client_weeks(desk, MONDAY)}


@pytest.mark.parametrize(("hours", "expected"), [(3, (9.0, True)), (2, (6.0, False))])
def test_three_times_three_meet_the_minimum_and_three_times_two_do_not(
    clinic: Clinic, hours: int, expected: tuple[float, bool]
) -> None:
    book(clinic, MONDAY, 9, hours, rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR")

    found = told(clinic.store.desk_for("cora"))

    assert found == {"ben": (0.0, False), "cam": (0.0, False), "ava": expected}


def test_who_has_the_fewest_comes_first(clinic: Clinic) -> None:
    book(clinic, MONDAY, 9, 3)

    found = client_weeks(clinic.store.desk_for("cora"), MONDAY)

    assert [one.client.user for one in found] == ["ben", "cam", "ava"]


def test_what_overlaps_counts_once_and_what_is_called_off_or_excused_not_at_all(
    clinic: Clinic, clock: Clock
) -> None:
    book(clinic, MONDAY, 9, 3)
    book(clinic, MONDAY, 11, 2, who="sue")
    off = book(clinic, MONDAY + timedelta(1), 9, 3)
    excused = book(clinic, MONDAY, 14, 1)
    cora = clinic.store.desk_for("cora")
    cora.call_off(off, instant(datetime(2026, 3, 10, 9), ZONE))
    clock.pass_(hours=9)
    cora.mark_attendance(excused, clinic.ava.id, instant(datetime(2026, 3, 9, 14), ZONE), "excused")

    assert told(cora)["ava"] == (4.0, False)


def test_the_programs_own_minimum_holds(clinic: Clinic) -> None:
    book(clinic, MONDAY, 9, 3)
    cora = clinic.store.desk_for("cora")

    cora.change_program("weekly-hours", "3")

    assert told(cora)["ava"] == (3.0, True)


def calendar(desk: Desk, clock: Clock, *parts: str) -> Calendar:
    body = make_view(desk, key(desk, "calendar", *parts), now=clock()).body
    assert isinstance(body, Calendar)
    return body


def test_the_coordinators_calendar_lists_everybody_and_opens_a_week(clinic: Clinic, clock: Clock) -> None:
    book(clinic, MONDAY, 9, 3)
    cora = clinic.store.desk_for("cora")

    rows = calendar(cora, clock).everyone

    assert [(one.name, one.text, one.is_met) for one in rows] == [
        ("Ben Example", "0 min of 9 h this week", False),
        ("Cam Sample", "0 min of 9 h this week", False),
        ("Ava Example", "3 h of 9 h this week", False),
    ]
    assert make_view(cora, rows[-1].key, now=clock()).body.client == "Ava Example"


@pytest.mark.parametrize("user", ["ina", "ava"])
def test_nobody_else_is_shown_the_hours_of_everybody(clinic: Clinic, clock: Clock, user: str) -> None:
    book(clinic, MONDAY, 9, 3)

    assert calendar(clinic.store.desk_for(user), clock).everyone == []


def test_a_chosen_client_is_shown_alone(clinic: Clinic, clock: Clock) -> None:
    assert calendar(clinic.store.desk_for("cora"), clock, MONDAY.isoformat(), clinic.ava.id).everyone == []


def run(clinic: Clinic, *words: str) -> str:
    store = clinic.store
    place = ["--database", str(store.office.database.place), "--key-file", str(store.key_file)]
    done = CliRunner().invoke(app, ["hours", *words, *place])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_prints_hours_and_who_has_too_few(clinic: Clinic) -> None:
    book(clinic, MONDAY, 9, 3, rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR")

    assert run(clinic, "--for", "cora", "--week", "2026-03-12").splitlines() == [
        "ben  0 of 9 h  too few",
        "cam  0 of 9 h  too few",
        "ava  9 of 9 h",
    ]


def test_the_command_gives_one_document(clinic: Clinic) -> None:
    book(clinic, MONDAY, 9, 3)

    found = json.loads(run(clinic, "--for", "cora", "--week", "2026-03-09", "--json"))

    assert found["week"] == "2026-03-09"
    assert found["clients"][-1] == {"client": "ava", "hours": 3.0, "minimum": 9.0, "met": False}
