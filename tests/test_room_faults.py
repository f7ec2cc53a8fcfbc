"""What goes wrong in a room: two at once, someone away, a page too many, messages made by hand."""

import shutil
import threading

import pytest
from conftest import open_copy, open_home, people_of
from couple_room import Three, prepare, whole
from pydantic import ValidationError

from iopkit.apps.drill import look
from iopkit.apps.handle import handle
from iopkit.apps.live import is_news
from iopkit.apps.message import ACTION
from iopkit.apps.place import Place, key
from iopkit.apps.router import MAKERS, view_at
from iopkit.clinic import rooms
from iopkit.clinic.drill import Event
from iopkit.errors import AccessError, NotFoundError

__all__ = ["whole"]

SEALED = "we walked by the river at dusk"
WAIT = 30


@pytest.fixture
def store(tmp_path, clock, whole, request):
    """Open a store with a couple whose joint work is open; on PostgreSQL for a test that says so."""
    kind = request.node.callspec.params.get("database") if hasattr(request.node, "callspec") else "sqlite"
    if kind == "postgres":
        address, keys = request.getfixturevalue("postgres_homes").again("clinic")
        with open_home((address, shutil.copy(keys, tmp_path / "key")), clock, whole) as made:
            prepare(made)
            yield made
        return
    with open_copy(tmp_path / "store", clock, whole) as made:
        people_of(made)
        prepare(made)
        yield made


def at_once(*acts):
    """Do things in the same instant, each in a thread; return what each was told, "" for nothing."""
    gate, told = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number, act):
        gate.wait(WAIT)
        try:
            act()
        except (AccessError, NotFoundError) as error:
            told[number] = str(error)

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(WAIT)
    return told


@pytest.mark.usefixtures("database")
def test_both_press_done_in_the_same_instant_and_one_of_them_counts(store):
    room = Three(store)
    pressed = {user: Event("go", f"done-{user}", None, 1, 0, f"topic of {user}") for user in ("ava", "ben")}
    desks = {user: room.desk(user) for user in pressed}

    told = at_once(
        *(lambda user=user: desks[user].act_in_room(room.id, pressed[user]) for user in ("ava", "ben"))
    )

    after = room.room()
    assert sorted(text[:14] for text in told) == ["", "This has just "]
    assert [one.value for one in after.said] == [f"topic of {('ava', 'ben')[told.index('')]}"]
    assert (after.at, after.step) == (2, "heat")


@pytest.mark.usefixtures("database")
def test_both_seal_in_the_same_instant_and_both_are_kept(store):
    room = Three(store, "co-reflection")
    desks = {user: room.desk(user) for user in ("ava", "ben")}
    sealed = {user: Event("go", f"seal-{user}", None, 1, 0, f"words of {user}") for user in desks}

    told = at_once(
        *(lambda user=user: desks[user].act_in_room(room.id, sealed[user]) for user in ("ava", "ben"))
    )

    assert told == ["", ""]
    assert sorted(one.value for one in room.room().said) == ["words of ava", "words of ben"]


@pytest.mark.usefixtures("database")
def test_one_stops_in_the_instant_in_which_the_other_is_done(store):
    room = Three(store).to_statement()
    ava, ben = room.desk("ava"), room.desk("ben")

    told = at_once(
        lambda: ava.act_in_room(room.id, Event("go", "done", None, 3, 0, "I feel alone")),
        lambda: ben.act_in_room(room.id, Event("stop", "stop", None, 3)),
    )

    assert told[1] == ""
    assert room.room().ended == "stopped"


@pytest.mark.parametrize(
    ("away", "here"), [({"seconds": 5}, "here"), ({"minutes": 10}, "away"), ({"hours": 9}, "away")]
)
def test_who_loses_the_network_in_their_turn_finds_it_as_it_was(store, clock, away, here):
    room = Three(store).to_statement()
    for user in ("ava", "ben"):
        before = room.look(user)
    clock.pass_(**away)
    seen = room.look("ben")
    again = room.look("ava")

    assert seen.people[0].here == here
    assert (seen.title, seen.at, seen.ends) == (before.title, before.at, before.ends)
    assert (again.turn, again.question.label[:16]) == ("Your turn", "What did you say")
    room.do("ava", value="I feel alone")
    assert room.look("ben").turn == "Your turn"


def test_while_one_is_away_the_other_can_stop_and_cannot_go_on_for_them(store, clock):
    room = Three(store).to_statement()
    room.look("ava")
    clock.pass_(minutes=10)

    with pytest.raises(AccessError, match="not your turn"):
        room.do("ben", value="instead of you")
    room.do("ben", "stop")

    assert room.look("ava").ended.startswith("This has ended here.")


def test_a_time_out_goes_on_while_both_laptops_are_closed(store, clock):
    room = Three(store).to_statement()
    room.id = room.do("ben", "time-out")
    room.do("ben", value=30)
    began = clock.instant.timestamp()
    clock.pass_(minutes=26)
    seen = [room.look(user) for user in ("ava", "ben")]

    assert [one.title for one in seen] == ["Time apart"] * 2
    assert [one.ends for one in seen] == [began + 30 * 60] * 2


def test_a_room_opened_twice_is_one_room_and_takes_one_answer(store):
    room = Three(store).to_statement()
    first, second = room.desk("ava"), room.desk("ava")
    for desk in (first, second):
        desk.join_room(room.id)
    first.act_in_room(room.id, Event("go", "one", None, 3, 0, "I feel alone"))

    with pytest.raises(AccessError, match="has just moved on"):
        second.act_in_room(room.id, Event("go", "two", None, 3, 0, "I feel alone"))

    said = [one.value for one in room.room().said if one.name == "statement"]
    assert said == ["I feel alone"]
    assert [one.is_here for one in room.look("ben").people] == [True, True]


def test_the_clock_stood_still_while_a_therapist_had_the_floor_whose_browser_died(store, clock):
    room = Three(store).to_statement()
    ends = room.look("ava").ends
    room.look("cole")
    room.do("cole", "hold")
    clock.pass_(seconds=40)

    assert room.look("ben").ends == ends + 40
    assert room.room().held is False


def ask(desk, room_id, **more):
    message = {"kind": "drill", "id": "by-hand", "key": key(desk, "drill", room_id), **more}
    return ACTION.validate_python(message)


@pytest.mark.parametrize("verb", ["hold", "give", "pause", "resume", "nudge", "end", "go", "withdraw"])
def test_a_message_made_by_hand_does_not_move_the_room_out_of_turn(store, verb):
    room = Three(store).to_statement()
    before, ben = room.room(), room.desk("ben")

    reply = handle(ben, ask(ben, room.id, verb=verb, at=3, way=1, value="mine"), now=store.office.now())

    assert reply.kind == "refused"
    assert room.room() == before


@pytest.mark.parametrize("field", ["seat", "speaker", "person", "now", "room"])
def test_a_message_cannot_say_for_whom_or_when_it_is(store, field):
    room = Three(store)

    with pytest.raises(ValidationError):
        ask(room.desk("ben"), room.id, verb="go", at=1, **{field: 0})


def test_a_message_cannot_go_to_the_room_through_the_key_of_somebody_else(store):
    room = Three(store)
    theirs = key(room.desk("ava"), "drill", room.id)
    message = {"kind": "drill", "id": "x", "key": theirs, "verb": "stop", "at": 1}

    reply = handle(room.desk("ben"), ACTION.validate_python(message), now=store.office.now())

    assert reply.kind == "refused"
    assert room.room().ended == ""


def test_nobody_takes_back_what_the_other_has_sealed(store):
    room = Three(store, "co-reflection")
    room.do("ava", value=SEALED)

    with pytest.raises(AccessError):
        room.do("ben", "withdraw")

    assert [one.value for one in room.room().done] == [SEALED]


def test_no_page_of_the_other_or_of_staff_holds_what_is_sealed(store):
    room = Three(store, "co-reflection")
    room.do("ava", value=SEALED)
    pages = {
        (user, name): view_at(store.desk_for(user), Place(name, parts), now=store.office.now())
        for user, kind in (("ben", "client"), ("cole", "clinician"), ("cora", "coordinator"))
        for made_for, name in MAKERS
        if made_for == kind
        for parts in ((room.id,), (store.person("ava").id,), ())
        if name == "drill" or parts != (room.id,)
        if parts or kind == "client"
    }

    assert ("ben", "drill") in pages
    assert not [place for place, page in pages.items() if SEALED in page.model_dump_json()]


def test_a_drill_that_a_site_took_away_leaves_the_page_of_the_two_as_it_was(store, monkeypatch):
    room = Three(store).to_statement().to_end()
    left = {name: one for name, one in rooms._drills().items() if name != "speaker-listener"}
    monkeypatch.setattr(rooms, "drills_of", lambda site, language: left)

    with pytest.raises(NotFoundError):
        room.look("ava")
    assert store.desk_for("ava").together(store.person("ava").id).past == ()


def sign(store, user, room, stamp):
    desk = store.desk_for(user)
    message = {"kind": "here", "id": "h", "key": key(desk, "drill", room.id), "stamp": stamp}
    return handle(desk, ACTION.validate_python(message), now=store.office.now())


def test_a_sign_of_life_is_answered_with_nothing_while_the_page_shows_what_is(store, clock):
    room = Three(store).to_statement()
    for user in ("ava", "ben", "cole"):
        room.look(user)
    shows = room.look("ava").stamp
    clock.pass_(seconds=10)

    assert sign(store, "ava", room, shows).kind == "pong"
    clock.pass_(seconds=15)
    assert [one.here for one in room.look("ben").people] == ["here", "here"]


def test_a_sign_of_life_of_a_page_that_is_behind_is_answered_with_the_view(store):
    room = Three(store).to_statement()
    shows = room.look("ben").stamp
    room.do("ava", value="I feel alone")

    reply = sign(store, "ben", room, shows)

    assert (reply.kind, reply.view.body.title) == ("view", "Say it back")


def test_a_sign_of_life_in_a_room_that_was_closed_finds_nothing(store):
    room = Three(store).to_statement()
    shows = room.look("ben").stamp
    store.desk_for("cole").pause_couple(store.person("ava").id)

    reply = sign(store, "ben", room, shows)

    assert (reply.kind, reply.view.body.name) == ("view", "message")


def test_a_push_carries_the_room_as_its_reader_has_it_and_nothing_of_the_clock_is_news(store, clock):
    room = Three(store, "co-reflection")
    where = Place("drill", (room.id,))
    room.look("ben")
    before = look(room.desk("ben"), where, store.office.now())
    room.do("ava", value=SEALED)
    clock.pass_(seconds=3)
    sealed = look(room.desk("ben"), where, store.office.now())
    room.do("ben", value="the soup")
    opened = look(room.desk("ben"), where, store.office.now())

    assert not is_news(sealed, before)
    assert is_news(opened, sealed)
    assert [line.text for line in opened.body.lines] == [SEALED, "the soup"]
    assert opened.body.key == opened.key == before.key


def test_a_room_that_is_over_is_asked_for_since_it_may_lead_on(store):
    room = Three(store).to_statement()
    room.do("ben", "time-out")

    assert look(room.desk("ava"), Place("drill", (room.id,)), store.office.now()).body is None
