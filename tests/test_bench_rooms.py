"""The bench of rooms: a page without a screen behaves as a page does; one room is played for real."""

import asyncio

import pytest

from iopkit.bench.guest import Guest
from iopkit.bench.rooms import answer, bench_rooms, may_go

BUTTONS = [{"verb": "go", "way": 2}, {"verb": "stop", "way": 0}]


def body(question=None, buttons=BUTTONS):
    return {"question": question, "buttons": buttons}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ({"kind": "text", "options": []}, "what was said in a few words"),
        ({"kind": "rating", "options": []}, 3),
        ({"kind": "choice", "options": [{"value": "yes"}, {"value": "no"}]}, "yes"),
    ],
)
def test_an_answer_fits_what_is_asked(question, value):
    assert answer(body(question)) == {"way": 2, "value": value}


def test_where_nothing_is_asked_only_the_way_is_taken():
    assert answer(body()) == {"way": 2}


@pytest.mark.parametrize(("buttons", "may"), [(BUTTONS, True), (BUTTONS[1:], False), ([], False)])
def test_a_screen_waits_for_its_reader_when_there_is_a_way_on(buttons, may):
    assert may_go(body(buttons=buttons)) is may


def view(at, stamp):
    return {"key": "k", "body": {"at": at, "stamp": stamp}}


def test_a_page_notes_when_a_step_came_to_be_shown_and_knows_it_later():
    async def play():
        guest = Guest("http://127.0.0.1:1/", ("c", "v"))
        await guest._take({"kind": "view", "reply": "x", "view": view(1, "a")})
        waits = asyncio.create_task(guest.arrived(2))
        await guest._take({"kind": "changed", "key": "k", "stamp": "b", "body": {"at": 2, "stamp": "b"}})
        await guest._take({"kind": "changed", "key": "k", "stamp": "c", "body": {"at": 2, "stamp": "c"}})
        return guest, await waits

    guest, seen = asyncio.run(play())

    assert seen == guest.seen[2] > guest.seen[1]
    assert guest.body["stamp"] == "c"


def test_a_push_about_another_page_or_of_what_is_shown_changes_nothing():
    async def play():
        guest = Guest("http://127.0.0.1:1/", ("c", "v"))
        await guest._take({"kind": "view", "reply": "x", "view": view(1, "a")})
        await guest._take({"kind": "changed", "key": "other", "stamp": "b", "body": {"at": 2, "stamp": "b"}})
        await guest._take({"kind": "changed", "key": "k", "stamp": "a", "body": {"at": 2, "stamp": "a"}})
        return guest

    assert list(asyncio.run(play()).seen) == [1]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_one_room_is_played_through_the_real_server():
    half, most = bench_rooms(rooms=1, actions=3, pace=0.2)

    assert (half.name, most.name) == ("live.rooms.sqlite.p50_ms", "live.rooms.sqlite.p95_ms")
    assert half.n == most.n == 6
    assert 0 < half.low <= half.value <= most.value <= most.high
