"""The time to come back from a time-out: in both calendars, in neutral words, and gone with what closes."""

from datetime import UTC, datetime, timedelta

import pytest
from couple_room import SAFE, Three, check_in, store, whole
from icalendar import Calendar

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.exchange.calendar_out import calendar_file, feed_file

__all__ = ["store", "whole"]


def apart(store, minutes=240):
    """Call a time-out as Ben, who names a time to come back."""
    room = Three(store).to_statement()
    room.id = room.do("ben", "time-out")
    room.do("ben", value=minutes)
    return room


def events(store, user):
    data = calendar_file(store.desk_for(user), store.office.now())
    return [(str(one["SUMMARY"]), one.start) for one in Calendar.from_ical(data).walk("VEVENT")]


@pytest.mark.parametrize("minutes", [20, 240, 24 * 60])
def test_the_agreed_time_is_in_both_calendars_as_an_appointment(store, clock, minutes):
    apart(store, minutes)
    back = clock.instant + timedelta(minutes=minutes)

    assert events(store, "ava") == events(store, "ben") == [("Appointment", back)]


def test_the_file_names_no_time_out_and_no_partner(store):
    apart(store)
    text = calendar_file(store.desk_for("ava"), store.office.now()).decode().lower()

    for word in ("time-out", "timeout", "ben", "couple", "back", "agreed", "fight", "therap"):
        assert word not in text


def test_the_private_address_of_each_has_it_too(store, clock):
    tokens = [store.desk_for(user).make_feed() for user in ("ava", "ben")]
    before = [feed_file(store, token, store.office.now()).count(b"VEVENT") for token in tokens]
    apart(store)
    after = [feed_file(store, token, store.office.now()).count(b"BEGIN:VEVENT") for token in tokens]

    assert (before, after) == ([0, 0], [1, 1])


def slots(store, user):
    desk = store.desk_for(user)
    body = make_view(desk, key(desk, "calendar"), now=store.office.now()).body
    return [(slot.time, slot.title) for day in body.days for slot in day.slots]


def test_the_week_of_each_shows_it_on_their_own_clock(store):
    apart(store, 120)

    assert slots(store, "ava") == [("10:00 pm", "A time the two of you agreed on")]
    assert slots(store, "ben") == slots(store, "ava")


@pytest.mark.parametrize("user", ["cam", "cole", "ina", "cora"])
def test_nobody_else_has_it_in_a_calendar(store, user):
    apart(store)
    day = timedelta(days=2)

    assert store.desk_for(user).agreed_returns(store.office.now() - day, store.office.now() + day) == []


def test_both_screens_say_when_they_are_back_and_the_clock_shows_the_same(store, clock):
    room = apart(store, 60)
    clock.pass_(minutes=2)
    room.do("ava")
    room.do("ben")
    clock.pass_(minutes=1)
    views = {user: room.look(user) for user in ("ava", "ben", "cole")}

    assert {user: view.agreed for user, view in views.items()} == {
        "ava": "Back again: today, 9:00 pm. It stands in both your calendars.",
        "ben": "Back again: today, 9:00 pm. It stands in both your calendars.",
        "cole": "They agreed to be back: today, 9:00 pm.",
    }
    assert views["ava"].ends - views["ava"].now == 57 * 60


def test_the_agreed_time_is_a_time_of_day_that_no_pause_moves(store, clock):
    room = apart(store, 60)
    back = datetime.fromtimestamp(clock.instant.timestamp() + 3600, UTC)
    clock.pass_(minutes=6)
    room.look("cole")
    room.do("cole", "pause")
    clock.pass_(seconds=15)
    room.do("cole", "resume")

    assert room.look("ava").ends == back.timestamp()
    assert events(store, "ben") == [("Appointment", back)]


def test_another_time_takes_the_place_of_the_first(store, clock):
    room = apart(store, 20)
    room.do("ava")
    room.do("ben")
    clock.pass_(minutes=25)
    for user in ("ava", "ben"):
        room.do(user)
    room.do("ben", value="Let us begin again")
    room.do("ava", way=1)
    room.do("ben", value=720)

    assert events(store, "ava") == [("Appointment", clock.instant + timedelta(minutes=720))]


def test_a_time_out_that_was_stopped_leaves_nothing_in_a_calendar(store):
    room = apart(store)
    room.do("ava", "stop")

    assert events(store, "ava") == events(store, "ben") == []


def test_a_pause_and_a_worrying_check_in_take_it_out_of_both_calendars(store):
    apart(store)
    check_in(store, "ava", {"alone": "yes", "afraid": "often"}, message="worry")
    closed = [events(store, user) for user in ("ava", "ben")]
    store.desk_for("cole").resume_couple(store.person("ava").id)
    check_in(store, "ava", SAFE, message="calm")

    assert closed == [[], []]
    assert [len(events(store, user)) for user in ("ava", "ben")] == [1, 1]


def test_nothing_of_it_is_stored_in_clear(store, tmp_path):
    apart(store, 721)
    back = store.office.now() + timedelta(minutes=721)
    files = [path for path in (tmp_path / "store/data").iterdir() if path.is_file()]

    assert not any(f"{back:%Y-%m-%d %H:%M}".encode() in path.read_bytes() for path in files)
