"""Appointments in the store: who may know what of them, what is in the way, who came."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from iopkit.clinic.record_calendar import Booking
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.measures.appointments import Span, instant

pytestmark = pytest.mark.usefixtures("database")

ZONE = "America/New_York"
MONDAY = date(2026, 3, 16)
WEEKS = datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)


def at(day, hour, hours=1.0):
    start = instant(datetime.combine(day, time(hour)), ZONE)
    return Span(start, start + timedelta(hours=hours))


def booking(clinic, who="ina", clients=("ava",), *, day=MONDAY, hour=9, hours=1.0, rrule="", kind="", **more):
    domains = {"ina": "individual", "cole": "couples", "sue": "substance-use"}
    ids = tuple(getattr(clinic, one).id for one in clients)
    clinician = getattr(clinic, who).id
    kind = kind or ("couples" if who == "cole" else "individual")
    given = {"domain": domains[who], "zone": ZONE, "first": at(day, hour, hours), "rrule": rrule} | more
    return Booking(kind, ids, clinician, **given)


def starts(found):
    return [one.span.start.isoformat()[:16] for one in found]


def test_a_clinician_books_for_their_client_and_both_find_it(clinic):
    clinic.desk(clinic.ina).book(booking(clinic, rrule="FREQ=WEEKLY;COUNT=2"))

    mine = clinic.desk(clinic.ava).meetings(*WEEKS)
    theirs = clinic.desk(clinic.ina).meetings(*WEEKS)

    assert starts(mine) == starts(theirs) == ["2026-03-16T13:00", "2026-03-23T13:00"]
    assert next((one.clinician, one.kind, one.may_write) for one in mine) == (
        "Ina Invented",
        "individual",
        False,
    )
    assert theirs[0].may_write


@pytest.mark.parametrize("who", ["ava", "ben", "cam"])
def test_a_client_books_nothing(clinic, who):
    desk = clinic.desk(getattr(clinic, who))

    with pytest.raises(AccessError):
        desk.book(booking(clinic))


def test_a_clinician_books_in_their_own_domain_and_for_themself(clinic):
    with pytest.raises(AccessError):
        clinic.desk(clinic.sue).book(booking(clinic, "ina"))
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).book(booking(clinic, clients=("cam",)))
    with pytest.raises(AnswerError, match="care team"):
        clinic.desk(clinic.cora).book(booking(clinic, "ina", ("ben",)))


def test_another_domain_learns_that_there_is_something_and_not_what(clinic):
    clinic.desk(clinic.sue).book(booking(clinic, "sue"))

    (seen,) = clinic.desk(clinic.ina).meetings(*WEEKS, client_id=clinic.ava.id)
    (known,) = clinic.desk(clinic.sue).meetings(*WEEKS, client_id=clinic.ava.id)

    assert (seen.kind, seen.domain, seen.clinician, seen.may_write) == ("", "", "", False)
    assert (known.kind, known.domain, known.clinician) == ("individual", "substance-use", "Sue Invented")
    assert "Sue" not in repr(seen)


def test_a_partner_finds_what_both_come_to_and_nothing_else(clinic):
    clinic.desk(clinic.cole).book(booking(clinic, "cole", ("ava", "ben"), hour=17))
    clinic.desk(clinic.ina).book(booking(clinic))

    (ours,) = clinic.desk(clinic.ben).meetings(*WEEKS)

    assert (ours.domain, list(ours.names.values())) == ("couples", ["Ben Example"])
    with pytest.raises(AccessError):
        clinic.desk(clinic.ben).meetings(*WEEKS, client_id=clinic.ava.id)


def test_members_of_a_group_do_not_see_each_other(clinic):
    clinic.store.treat(clinic.cam.id, clinic.ina.id, "individual", date(2026, 3, 2))
    clinic.desk(clinic.cora).book(booking(clinic, clients=("ava", "cam"), kind="group"))

    (mine,) = clinic.desk(clinic.cam).meetings(*WEEKS)
    (all_of_it,) = clinic.desk(clinic.ina).meetings(*WEEKS)

    assert list(mine.names.values()) == ["Cam Sample"]
    assert sorted(all_of_it.names.values()) == ["Ava Example", "Cam Sample"]


def test_a_supervisor_has_no_calendar(clinic):
    clinic.store.add_person("supervisor", "vera", "Vera Invented", zone=ZONE)

    with pytest.raises(AccessError):
        clinic.store.desk_for("vera").meetings(*WEEKS)


def test_what_is_in_the_way_is_said_before_it_is_booked(clinic):
    ava = clinic.desk(clinic.ava)
    clinic.desk(clinic.sue).book(booking(clinic, "sue", hour=9))
    ava.add_busy_time("work", at(MONDAY, 11), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    wanted = booking(clinic, hour=10, hours=0.75, rrule="FREQ=WEEKLY;COUNT=2")

    found = clinic.desk(clinic.ina).clashes(wanted)

    assert [(one.span.start.day, one.whose, one.taken, one.between) for one in found] == [
        (16, "Ava Example", "appointment", 0),
    ]
    assert clinic.desk(clinic.ina).meetings(*WEEKS) == []


def test_time_to_change_over_counts_as_taken(clinic):
    clinic.desk(clinic.ava).add_busy_time("family", at(MONDAY, 11))
    near, far = booking(clinic, hour=10, hours=0.9), booking(clinic, hour=10, hours=0.75)
    cora = clinic.desk(clinic.cora)

    assert [(one.taken, round(one.between)) for one in cora.clashes(near)] == [("family", 6)]
    assert cora.clashes(far) == []

    cora.change_program("transition-minutes", "0")
    assert cora.clashes(near) == []


def test_a_clinician_cannot_be_in_two_places(clinic):
    clinic.store.treat(clinic.cam.id, clinic.ina.id, "individual", date(2026, 3, 2))
    ina = clinic.desk(clinic.ina)
    made = ina.book(booking(clinic, clients=("cam",)))

    assert [one.whose for one in ina.clashes(booking(clinic))] == ["Ina Invented"]

    ina.call_off(made, at(MONDAY, 9).start)
    assert ina.clashes(booking(clinic)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"rrule": "FREQ=SECONDLY"},
        {"rrule": "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"},
        {"rrule": "FREQ=WEEKLY;UNTIL=20200101T000000"},
        {"rrule": "nonsense"},
        {"hours": 0},
        {"hours": 13},
        {"day": date(2036, 1, 1)},
        {"kind": "couples"},
        {"kind": "group"},
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused(clinic, wrong):
    with pytest.raises(AnswerError):
        clinic.desk(clinic.ina).book(booking(clinic, **wrong))


def test_who_came_is_noted_once_it_has_begun(clinic, clock):
    ina = clinic.desk(clinic.ina)
    made = ina.book(booking(clinic))
    began = at(MONDAY, 9).start
    with pytest.raises(AnswerError, match="begun"):
        ina.mark_attendance(made, clinic.ava.id, began, "attended")
    clock.instant = began + timedelta(hours=2)
    ina = clinic.desk(clinic.ina)

    ina.mark_attendance(made, clinic.ava.id, began, "attended")

    (mine,) = clinic.desk(clinic.ava).meetings(*WEEKS)
    assert mine.states == {clinic.ava.id: "attended"}
    ina.mark_attendance(made, clinic.ava.id, began, None)
    assert clinic.desk(clinic.ava).meetings(*WEEKS)[0].states == {}


def test_what_never_happens_cannot_be_noted(clinic):
    ina = clinic.desk(clinic.ina)
    made = ina.book(booking(clinic))

    for began in (at(MONDAY, 10).start, at(MONDAY + timedelta(7), 9).start):
        with pytest.raises(NotFoundError):
            ina.call_off(made, began)
    with pytest.raises(NotFoundError):
        ina.mark_attendance(made, clinic.cam.id, at(MONDAY, 9).start, "excused")
    with pytest.raises(AccessError):
        clinic.desk(clinic.sue).call_off(made, at(MONDAY, 9).start)


def test_one_is_called_off_and_the_rest_ended_without_losing_what_was(clinic):
    ina = clinic.desk(clinic.ina)
    made = ina.book(booking(clinic, rrule="FREQ=WEEKLY"))
    ina.call_off(made, at(MONDAY, 9).start)

    ina.stop_appointment(made, at(MONDAY + timedelta(14), 9).start)

    found = ina.meetings(WEEKS[0], WEEKS[1] + timedelta(60))
    assert [(one.span.start.day, one.is_off) for one in found] == [(16, True), (23, False)]


def test_the_next_appointment_of_many_is_one_question(clinic):
    ina = clinic.desk(clinic.ina)
    made = ina.book(booking(clinic, rrule="FREQ=WEEKLY"))
    ina.call_off(made, at(MONDAY, 9).start)

    found = ina.next_appointments([clinic.ava.id, clinic.ben.id, clinic.cam.id])

    assert {key: span.start.day for key, span in found.items()} == {clinic.ava.id: 23}


def test_a_client_has_their_own_blocks_and_nobody_elses(clinic):
    ava = clinic.desk(clinic.ava)
    made = ava.add_busy_time("work", at(MONDAY, 9, 8), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")

    assert [one.kind for one in clinic.desk(clinic.ina).busy_times(clinic.ava.id)] == ["work"]
    for other in (clinic.ben, clinic.cam):
        with pytest.raises(AccessError):
            clinic.desk(other).busy_times(clinic.ava.id)
        with pytest.raises(NotFoundError):
            clinic.desk(other).remove_busy_time(made)
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).add_busy_time("work", at(MONDAY, 9))
    with pytest.raises(AnswerError):
        ava.add_busy_time("work", at(MONDAY, 9, 30))

    ava.remove_busy_time(made)
    assert ava.busy_times(clinic.ava.id) == []


def test_each_change_leaves_a_row_that_the_client_can_read(clinic):
    clinic.desk(clinic.ina).book(booking(clinic))
    clinic.desk(clinic.ina).meetings(*WEEKS, client_id=clinic.ava.id)

    log = clinic.desk(clinic.ava).access_log()

    assert [(one.who, one.what) for one in log][:2] == [
        ("Ina Invented", "opened the appointments"),
        ("Ina Invented", "changed the appointments"),
    ]
    assert clinic.store.verify() is None
