"""What is due before each appointment follows the calendar: booked, called off, excused, ended."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import catalog, phq9, send
from sqlalchemy import event

from iopkit.clinic import Desk, Store
from iopkit.clinic.record import Assignment, Person
from iopkit.clinic.record_calendar import Booking
from iopkit.errors import AccessError
from iopkit.measures.appointments import Span
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS
from iopkit.reports.homework import due, week_adherence

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
ZONE = "America/New_York"
MONDAY = datetime(2026, 3, 16, 15, tzinfo=UTC)
WEEK = timedelta(7)


def book(clinic: Clinic, start: datetime, *, who: Person | None = None, rrule: str = "") -> str:
    holder = who or clinic.ina
    span = Span(start, start + timedelta(minutes=50))
    booking = Booking("individual", (clinic.ava.id,), holder.id, min(holder.domains), ZONE, span, rrule)
    return clinic.store.desk_for("cora").book(booking)


def give(clinic: Clinic, **changed: object) -> Assignment:
    plan = {"note": "", "rrule": BEFORE_APPOINTMENTS, "starts": TODAY, **changed}
    return clinic.store.desk_for("ina").assign(clinic.ava.id, "phq-9", "individual", **plan)


def dues(desk: Desk, client_id: str, today: date = TODAY) -> list[datetime]:
    """Return what is due up to a week from a day; what opens then for a later appointment is not."""
    (given,) = desk.assignments(client_id)
    found = due(given, desk.entries(client_id), today=today, zone=ZONE)
    return [one.occurrence.due for one in found if one.occurrence.due.date() < today + WEEK]


def test_it_is_due_at_each_appointment_of_the_week(clinic: Clinic) -> None:
    book(clinic, MONDAY, rrule="FREQ=WEEKLY;BYDAY=MO,WE")

    give(clinic)

    assert dues(clinic.store.desk_for("ava"), clinic.ava.id) == [MONDAY, MONDAY + timedelta(2)]


def test_client_and_clinician_count_the_same(clinic: Clinic, clock: Clock) -> None:
    book(clinic, MONDAY, rrule="FREQ=WEEKLY")
    give(clinic)
    clock.pass_(days=4)

    told = [
        week_adherence(desk.assignments(clinic.ava.id), [], now=clock(), zone=ZONE).words
        for desk in (clinic.store.desk_for("ava"), clinic.store.desk_for("ina"))
    ]

    assert told == ["0 of 1", "0 of 1"]


def test_what_is_sent_fills_the_next_appointment(clinic: Clinic, clock: Clock) -> None:
    book(clinic, MONDAY, rrule="FREQ=WEEKLY")
    given = give(clinic)
    ava = clinic.store.desk_for("ava")
    send(ava, "phq-9", phq9(8), assignment_id=given.id)

    (given,) = ava.assignments(clinic.ava.id)
    first, *rest = due(given, ava.entries(clinic.ava.id), today=TODAY + WEEK, zone=ZONE)

    assert first.entry is not None
    assert (rest[0].occurrence.day, rest[0].entry) == (date(2026, 3, 17), None)


def test_an_appointment_that_is_called_off_or_excused_asks_for_nothing(clinic: Clinic, clock: Clock) -> None:
    made = book(clinic, MONDAY, rrule="FREQ=WEEKLY")
    give(clinic)
    cora = clinic.store.desk_for("cora")

    cora.call_off(made, MONDAY)

    assert dues(clinic.store.desk_for("ava"), clinic.ava.id, TODAY + WEEK) == [MONDAY + WEEK]
    clock.pass_(days=14)
    cora.mark_attendance(made, clinic.ava.id, MONDAY + WEEK, "excused")
    assert dues(clinic.store.desk_for("ava"), clinic.ava.id, TODAY + WEEK) == []


def test_nothing_is_due_after_the_appointments_have_ended(clinic: Clinic) -> None:
    made = book(clinic, MONDAY, rrule="FREQ=WEEKLY")
    give(clinic)

    clinic.store.desk_for("cora").stop_appointment(made, MONDAY + timedelta(1))

    assert dues(clinic.store.desk_for("ava"), clinic.ava.id, TODAY + WEEK) == [MONDAY]


def test_the_clocks_may_change_between_two_appointments(clinic: Clinic, clock: Clock) -> None:
    clock.instant = datetime(2026, 3, 5, 12, tzinfo=UTC)
    book(clinic, datetime(2026, 3, 6, 15, tzinfo=UTC), rrule="FREQ=WEEKLY")
    give(clinic, starts=date(2026, 3, 5))

    found = dues(clinic.store.desk_for("ava"), clinic.ava.id, date(2026, 3, 12))

    assert [at.hour for at in found] == [15, 14]  # ten in the morning on both days


def test_only_appointments_of_the_domain_count(clinic: Clinic) -> None:
    book(clinic, MONDAY, who=clinic.sue)
    book(clinic, MONDAY + timedelta(1))

    give(clinic)

    assert dues(clinic.store.desk_for("ina"), clinic.ava.id) == [MONDAY + timedelta(1)]


def test_a_rhythm_changed_to_appointments_and_back_keeps_what_was_done(clinic: Clinic, clock: Clock) -> None:
    book(clinic, MONDAY)
    given = give(clinic)
    send(clinic.store.desk_for("ava"), "phq-9", phq9(8), assignment_id=given.id)
    clock.pass_(days=4)

    clinic.store.desk_for("ina").change_rhythm(
        given.id, rrule="FREQ=WEEKLY;BYDAY=FR", due=time(21), starts=TODAY + timedelta(4)
    )

    ava = clinic.store.desk_for("ava")
    (now,) = ava.assignments(clinic.ava.id)
    found = due(now, ava.entries(clinic.ava.id), today=TODAY + WEEK, zone=ZONE)
    assert [(one.occurrence.day.day, one.entry is not None) for one in found] == [(13, True), (20, False)]


def test_whoever_may_not_know_the_calendar_may_not_ask_for_it(clinic: Clinic) -> None:
    book(clinic, MONDAY)

    assert clinic.store.desk_for("ina").appointment_starts(clinic.ava.id, "individual") == (MONDAY,)
    with pytest.raises(AccessError):
        clinic.store.desk_for("ben").appointment_starts(clinic.ava.id, "individual")
    with pytest.raises(AccessError):
        clinic.store.desk_for("ina").appointment_starts(clinic.ben.id, "individual")


def test_it_waits_for_a_reminder_only_on_its_day(clinic: Clinic, clock: Clock) -> None:
    from iopkit.clinic.waiting import waits

    book(clinic, MONDAY + timedelta(1, hours=6))
    give(clinic)
    ava = clinic.store.person("ava")

    first = waits(clinic.store.office, ava)
    clock.instant = MONDAY + timedelta(1)

    assert (first, waits(clinic.store.office, ava)) == (False, True)


def queries(store: Store, work: object) -> int:
    """Return how many statements some work sends to the database."""
    sent: list[str] = []

    def note(*told: object) -> None:
        sent.append(str(told[2]))

    engine = store.office.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()  # type: ignore[operator]  # a function without parameters
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sum(one.lstrip().startswith("SELECT") for one in sent)


def test_more_assignments_ask_the_database_no_more_often(clinic: Clinic) -> None:
    book(clinic, MONDAY, rrule="FREQ=WEEKLY")
    give(clinic)
    one = queries(clinic.store, lambda: clinic.store.desk_for("ina").assignments(clinic.ava.id))

    for _ in range(4):
        give(clinic)

    many = queries(clinic.store, lambda: clinic.store.desk_for("ina").assignments(clinic.ava.id))
    assert many == one
