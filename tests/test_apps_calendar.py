"""The calendar pages without a browser: what each kind of person finds, and what their actions do."""

from base64 import b64decode
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar as File

from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION, Refused, Shown
from iopkit.apps.message_calendar import Collides, Written
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span, instant

ZONE = "America/New_York"
MONDAY = date(2026, 3, 9)
"""The week in which the tests' clock stands."""
FILES = Path(__file__).parent / "data" / "calendars"


def span(day, hour, minutes=60):
    start = instant(datetime.combine(day, time(hour)), ZONE)
    return Span(start, start + timedelta(minutes=minutes))


@pytest.fixture
def booked(clinic, clock):
    """Three times three hours with Ina this week, an hour of couples work, and one with Sue."""
    clock.instant = datetime(2026, 3, 9, 11, tzinfo=UTC)
    given = {"zone": ZONE, "rrule": "FREQ=WEEKLY;BYDAY=MO,WE,FR"}
    clinic.desk(clinic.ina).book(
        Booking(
            "individual", (clinic.ava.id,), clinic.ina.id, "individual", first=span(MONDAY, 9, 180), **given
        )
    )
    both = (clinic.ava.id, clinic.ben.id)
    clinic.desk(clinic.cole).book(
        Booking("couples", both, clinic.cole.id, "couples", ZONE, span(MONDAY + timedelta(1), 17))
    )
    clinic.desk(clinic.sue).book(
        Booking("individual", (clinic.ava.id,), clinic.sue.id, "substance-use", ZONE, span(MONDAY, 15))
    )
    return clinic


def week(desk, clock, *parts):
    view = make_view(desk, key(desk, "calendar", *parts), now=clock())
    assert view.body.name == "calendar", view.body
    return view.body


def slots(body):
    return [(one.time, one.title, one.detail) for day in body.days for one in day.slots]


def do(desk, clock, **action):
    return handle(desk, ACTION.validate_python({"id": "a1", **action}), now=clock())


def book(desk, clock, clients, clinician, domain, **more):
    back = key(desk, "calendar")
    given = {
        "appointment": "individual",
        "clients": [key(desk, "client", one.id) for one in clients],
        "clinician": key(desk, "clinician", clinician.id, domain),
        "day": "2026-03-10",
        "begins": "09:00",
        "minutes": 50,
    }
    return do(desk, clock, kind="book", back=back, **(given | more))


def test_a_client_finds_their_week_and_its_hours(booked, clock):
    body = week(booked.desk(booked.ava), clock)

    assert slots(body) == [
        ("9:00 am – 12:00 pm", "Individual appointment", "with Ina Invented"),
        ("3:00 pm – 4:00 pm", "Individual appointment", "with Sue Invented"),
        ("5:00 pm – 6:00 pm", "Couples appointment", "with Cole Invented"),
        ("9:00 am – 12:00 pm", "Individual appointment", "with Ina Invented"),
        ("9:00 am – 12:00 pm", "Individual appointment", "with Ina Invented"),
    ]
    assert (body.hours.text, body.hours.is_met) == ("11 h of 9 h this week", True)
    assert [one.is_today for one in body.days] == [True, *[False] * 6]
    assert (body.heading, body.now, body.booking, body.client) == (
        "Mon 9 March to 15 March 2026", "", None, "",
    )  # fmt: skip
    assert all(not one.people and not one.off for day in body.days for one in day.slots)


def test_an_empty_week_says_what_will_be_here(clinic, clock):
    body = week(clinic.desk(clinic.cam), clock)

    assert body.empty.startswith("Nothing is booked this week.")
    assert (body.hours.text, body.hours.is_met) == ("0 min of 9 h this week", False)


def test_one_leafs_to_other_weeks_and_back(booked, clock):
    ava = booked.desk(booked.ava)

    later = make_view(ava, week(ava, clock).later, now=clock()).body

    assert later.heading == "Mon 16 March to 22 March 2026"
    assert make_view(ava, later.now, now=clock()).body.heading == "Mon 9 March to 15 March 2026"
    assert week(ava, clock, "9999-12-31").heading == week(ava, clock, "nonsense").heading


def test_a_partner_finds_what_is_theirs(booked, clock):
    body = week(booked.desk(booked.ben), clock, "2026-03-09", booked.ava.id)

    assert slots(body) == [("5:00 pm – 6:00 pm", "Couples appointment", "with Cole Invented")]


def test_a_clinician_finds_the_hours_they_hold_and_a_client_without_what_others_do(booked, clock):
    ina = booked.desk(booked.ina)

    own, avas = week(ina, clock), week(ina, clock, "2026-03-09", booked.ava.id)

    assert {(one[1], one[2]) for one in slots(own)} == {("Individual appointment", "")}
    assert [one.name for day in own.days for slot in day.slots for one in slot.people] == ["Ava Example"] * 3
    assert {(one[1], one[2]) for one in slots(avas)} == {("Individual appointment", ""), ("Appointment", "")}
    assert "Sue Invented" not in avas.model_dump_json()
    assert avas.client == "Ava Example"
    assert [one.label for one in own.booking.clinicians] == ["Ina Invented (individual therapist)"]
    assert [one.label for one in own.booking.clients] == ["Ava Example"]


def test_a_coordinator_finds_everything_and_may_book_for_everybody(booked, clock):
    body = week(booked.desk(booked.cora), clock)

    assert len(slots(body)) == 5
    assert len(body.booking.clients) == 3
    assert [one.label for one in body.booking.clinicians] == [
        "Cole Invented (couples therapist)",
        "Ina Invented (individual therapist)",
        "Sue Invented (drug and alcohol counselor)",
    ]


def test_a_supervisor_has_no_calendar(clinic, clock):
    clinic.store.add_person("supervisor", "vera", "Vera Invented", zone=ZONE)
    vera = clinic.store.desk_for("vera")

    assert make_view(vera, key(vera, "calendar"), now=clock()).body.name == "message"


def test_what_is_in_the_way_is_shown_before_it_is_booked(booked, clock):
    ina = booked.desk(booked.ina)
    given = {"clients": [booked.ava], "clinician": booked.ina, "domain": "individual"}

    shown = book(ina, clock, **given, day="2026-03-09", begins="11:30")

    assert isinstance(shown, Collides)
    assert shown.lines == [
        "Mon 9 March, 11:30 am: at the same time or without a break: Ava Example, another appointment",
        "Mon 9 March, 11:30 am: at the same time or without a break: Ina Invented, another appointment",
    ]
    assert len(slots(week(ina, clock))) == 3
    done = book(ina, clock, **given, day="2026-03-09", begins="11:30", anyway=True)
    assert isinstance(done, Shown)
    assert done.view.body.told == "The appointment is booked."
    assert len(slots(week(ina, clock))) == 4


def test_it_is_booked_at_once_when_nothing_is_in_the_way(booked, clock):
    ina = booked.desk(booked.ina)
    given = {"repeat": "two-weeks", "days": ["TH", "TU"], "until": "2026-04-09"}

    done = book(ina, clock, [booked.ava], booked.ina, "individual", **given)

    assert isinstance(done, Shown)
    found = ina.meetings(clock(), clock() + timedelta(60))
    days = [one.span.start.day for one in found if one.rrule.startswith("FREQ=WEEKLY;INTERVAL=2")]
    assert days == [10, 12, 24, 26, 7, 9]


def test_for_a_couple_one_of_them_is_named_and_both_come(booked, clock):
    cole = booked.desk(booked.cole)

    done = book(cole, clock, [booked.ben], booked.cole, "couples", appointment="couples")

    assert isinstance(done, Shown)
    assert slots(week(booked.desk(booked.ava), clock))[2][0] == "9:00 am – 9:50 am"


def test_what_makes_no_sense_is_said(booked, clock):
    ina = booked.desk(booked.ina)

    refused = book(ina, clock, [booked.ava], booked.ina, "individual", appointment="group")

    assert isinstance(refused, Refused)
    assert refused.text == "A group appointment is for 2 to 30 clients."


@pytest.mark.parametrize("repeat", ["once", "weekly"])
def test_an_hour_that_the_clocks_leave_out_is_refused_and_no_series_starts_late(booked, clock, repeat):
    clock.instant = datetime(2026, 3, 5, 11, tzinfo=UTC)
    cora, sunday = booked.desk(booked.cora), "2026-03-08"
    given = (cora, clock, [booked.ava], booked.ina, "individual")

    gone = book(*given, day=sunday, begins="02:30", repeat=repeat)
    there = book(*given, day=sunday, begins="03:30", repeat=repeat)

    assert isinstance(gone, Refused)
    assert "clocks go forward" in gone.text
    assert isinstance(there, Shown)


def test_a_time_of_ones_own_is_not_kept_at_an_hour_that_is_left_out(clinic, clock):
    clock.instant = datetime(2026, 3, 5, 11, tzinfo=UTC)
    ava = clinic.desk(clinic.ava)
    back = key(ava, "calendar")
    given = {"kind": "add-block", "back": back, "what": "work", "day": "2026-03-08", "days": ["SU"]}

    for begins, ends, fine in (
        ("02:15", "06:00", False),
        ("01:00", "02:30", False),
        ("01:00", "06:00", True),
    ):
        reply = do(ava, clock, **given, begins=begins, ends=ends)
        assert isinstance(reply, Shown) is fine, (begins, ends)
    assert len(ava.busy_times(clinic.ava.id)) == 1


@pytest.mark.parametrize("who", ["ava", "ben"])
def test_a_client_books_nothing(booked, clock, who):
    desk = booked.desk(getattr(booked, who))

    assert isinstance(book(desk, clock, [booked.ava], booked.ina, "individual"), Refused)


def test_who_came_is_noted_and_taken_back(booked, clock):
    clock.instant = datetime(2026, 3, 9, 20, tzinfo=UTC)
    ina = booked.desk(booked.ina)
    ((person,),) = [slot.people for day in week(ina, clock).days[:1] for slot in day.slots]
    given = {"kind": "attend", "key": person.key, "back": key(ina, "calendar")}

    noted = do(ina, clock, state="attended", **given)

    assert noted.view.body.days[0].slots[0].people[0].state == "attended"
    mine = week(booked.desk(booked.ava), clock).days[0].slots[0]
    assert (mine.told, mine.people) == ("You were there.", [])
    assert do(ina, clock, state="", **given).view.body.days[0].slots[0].people[0].state == ""
    ahead = week(ina, clock).days[2].slots[0]
    assert (ahead.people[0].key, bool(ahead.off), bool(ahead.end)) == ("", True, True)


def test_one_is_called_off_and_happens_after_all(booked, clock):
    ina = booked.desk(booked.ina)
    given = {"kind": "call-off", "key": week(ina, clock).days[2].slots[0].off, "back": key(ina, "calendar")}

    do(ina, clock, **given)

    mine = week(booked.desk(booked.ava), clock)
    assert (mine.days[2].slots[0].told, mine.days[2].slots[0].is_off) == ("Called off", True)
    assert (mine.hours.text, mine.hours.is_met) == ("8 h of 9 h this week", False)
    do(ina, clock, undo=True, **given)
    assert not week(booked.desk(booked.ava), clock).days[2].slots[0].is_off


def test_a_series_ends_from_one_day_on(booked, clock):
    ina = booked.desk(booked.ina)
    end = week(ina, clock).days[2].slots[0].end

    do(ina, clock, kind="call-off", key=end, back=key(ina, "calendar"))

    assert len(slots(week(ina, clock))) == 1


def test_a_key_of_somebody_else_does_nothing(booked, clock):
    ina, sue = booked.desk(booked.ina), booked.desk(booked.sue)
    off = week(ina, clock).days[2].slots[0].off
    made_up = key(sue, "off", *ina.unseal(off).split(":")[1:])

    for one in (off, made_up):
        assert isinstance(do(sue, clock, kind="call-off", key=one, back=key(sue, "calendar")), Refused)
    assert not week(ina, clock).days[2].slots[0].is_off


def test_a_client_keeps_time_free_and_sees_what_collides(booked, clock):
    ava = booked.desk(booked.ava)
    block = {"kind": "add-block", "back": key(ava, "calendar"), "what": "work", "day": "2026-03-09"}

    done = do(ava, clock, begins="12:05", ends="20:00", days=["MO"], **block)

    (made,) = done.view.body.own.blocks
    assert made.text == "Work: every Monday, 12:05 pm – 8:00 pm"
    assert done.view.body.collisions == [
        "Mon 9 March, 9:00 am: only 5 min away: Work",
        "Mon 9 March, 3:00 pm: at the same time or without a break: Work",
    ]
    night = do(ava, clock, begins="22:00", ends="06:00", **block)
    assert "Work: 9 March 2026, 10:00 pm – 6:00 am" in [one.text for one in night.view.body.own.blocks]
    gone = do(ava, clock, kind="remove-block", key=made.key, back=key(ava, "calendar"))
    assert len(gone.view.body.own.blocks) == 1


def test_a_calendar_file_comes_in_and_its_words_stay_out(booked, clock):
    ava = booked.desk(booked.ava)
    text = (FILES / "google.ics").read_bytes().decode()

    done = do(ava, clock, kind="take-calendar", back=key(ava, "calendar"), text=text)

    assert done.view.body.told == (
        "4 busy times were taken over. "
        "1 was left out: it lasts whole days, or repeats in a way that is not known here."
    )
    assert ("9:00 am – 12:00 pm", "Busy, from your calendar file", "") in slots(done.view.body)
    seen = week(booked.desk(booked.ina), clock, "2026-03-09", booked.ava.id)
    assert ("9:00 am – 12:00 pm", "Busy", "") in slots(seen)
    assert "SECRET" not in done.view.model_dump_json() + seen.model_dump_json()
    again = do(ava, clock, kind="take-calendar", back=key(ava, "calendar"), text=text)
    assert again.view.body.told.startswith("4 busy times")
    assert len(ava.busy_times(booked.ava.id)) == 4

    wrong = do(ava, clock, kind="take-calendar", back=key(ava, "calendar"), text="hello")
    assert isinstance(wrong, Refused)
    assert wrong.text.startswith("This is not a calendar file")
    assert len(ava.busy_times(booked.ava.id)) == 4


def test_a_client_takes_a_file_and_a_letter_along(booked, clock):
    ava = booked.desk(booked.ava)

    file = do(ava, clock, kind="write-calendar")
    letter = do(ava, clock, kind="write-letter", since="2026-03-01", until="2026-03-31")

    assert isinstance(file, Written)
    assert file.file == "appointments.ics"
    events = File.from_ical(b64decode(file.data)).walk("VEVENT")
    assert {str(one["SUMMARY"]) for one in events} == {"Appointment"}
    assert b64decode(letter.data).startswith(b"%PDF")
    wrong = do(ava, clock, kind="write-letter", since="2026-03-02", until="2026-03-01")
    assert isinstance(wrong, Refused)


def test_home_says_when_the_next_appointment_is(booked, clock):
    home = make_view(booked.desk(booked.ava), "", now=clock()).body

    assert home.appointment == "Next appointment: today, 9:00 am"
    assert make_view(booked.desk(booked.cam), "", now=clock()).body.appointment == ""


def test_the_page_is_in_the_readers_language(booked, clock):
    ava = booked.desk(booked.ava)
    ava.speak("es")

    body = week(ava, clock)

    assert slots(body)[0][1:] == ("Cita individual", "con Ina Invented")
    assert body.hours.text == "11 h de 9 h esta semana"
