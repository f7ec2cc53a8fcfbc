"""Rooms in the store: who may be in one, what outlives a restart, what a pause leaves to be seen."""

import pytest
from conftest import open_copy
from couple_room import Three, check_in, store, whole
from sqlalchemy import text

from iopkit.apps.couple import couple
from iopkit.apps.drill import look
from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION, Open
from iopkit.apps.place import Place, key
from iopkit.apps.router import make_view
from iopkit.errors import AccessError, NotFoundError

__all__ = ["store", "whole"]

SEALED = "we walked by the river at dusk"


def test_both_partners_come_into_the_same_room(store):
    room = Three(store)

    assert room.desk("ben").begin_drill("speaker-listener") == room.id


def test_a_room_survives_a_restart_to_the_same_second(store, tmp_path, clock, whole):
    room = Three(store).to_statement()
    before = room.look("ava")
    store.close()

    with open_copy(tmp_path / "store", clock, whole) as again:
        room.store = again
        after = room.look("ava")

        assert (after.title, after.ends, after.lines) == (before.title, before.ends, before.lines)
        assert room.do("ava", value="I feel alone") == room.id


def test_whose_turn_it_is_stands_on_both_screens(store):
    room = Three(store).to_statement()

    assert (room.look("ava").turn, room.look("ben").turn) == ("Your turn", "Ava Example's turn")


def test_only_who_has_the_floor_is_asked_anything(store):
    room = Three(store).to_statement()

    assert [len(room.look(user).buttons) for user in ("ava", "ben")] == [1, 0]
    assert room.look("ben").question is None


def test_both_press_at_once_and_one_is_told_that_it_moved_on(store):
    room = Three(store)
    room.do("ava", value="Saturdays", at=1)

    with pytest.raises(AccessError, match="moved on"):
        room.do("ben", value="Sundays", at=1)


def test_a_message_sent_twice_is_one(store):
    room = Three(store).to_statement()
    at = room.look("ava").at
    for _ in range(2):
        room.do("ava", value="I feel alone", id="same", at=at)

    said = room.desk("ava").look_into(room.id).room.said
    assert [one.value for one in said].count("I feel alone") == 1


def test_a_message_by_hand_does_not_take_the_floor(store):
    room = Three(store).to_statement()
    desk = room.desk("ben")
    action = ACTION.validate_python(
        {"kind": "drill", "id": "x", "key": key(desk, "drill", room.id), "verb": "give", "at": 3, "way": 1}
    )

    assert handle(desk, action, now=store.office.now()).kind == "refused"


@pytest.mark.parametrize("user", ["cam", "ina", "sue", "cora"])
def test_nobody_else_finds_the_room(store, user):
    room = Three(store)

    with pytest.raises((NotFoundError, AccessError)):
        room.desk(user).join_room(room.id)


def test_a_therapist_who_is_there_is_seen_by_both(store):
    room = Three(store)
    before = room.look("ava").therapist
    room.look("cole")

    assert before == ""
    assert [room.look(user).therapist for user in ("ava", "ben")] == [
        "Cole Invented, your therapist, is here and sees this."
    ] * 2


def test_a_therapist_whose_browser_died_no_longer_has_the_floor(store, clock):
    room = Three(store).to_statement()
    room.look("cole")
    room.do("cole", "hold")
    held = room.look("ava").turn
    clock.pass_(seconds=21)

    assert held == "Cole Invented speaks"
    assert room.look("ava").turn == "Your turn"


def test_a_sealed_answer_leaves_the_other_screen_as_it_was(store):
    room = Three(store, "co-reflection")
    before = room.look("ben")
    room.do("ava", value=SEALED)
    after = room.look("ben")

    assert after == before
    assert look(room.desk("ben"), Place("drill", (room.id,)), store.office.now()).stamp == before.stamp
    assert SEALED not in room.look("cole").model_dump_json()


def test_a_sealed_answer_opens_for_both_together(store):
    room = Three(store, "co-reflection")
    room.do("ava", value=SEALED)
    room.do("ben", value="the soup")

    assert [[one.text for one in room.look(user).lines] for user in ("ava", "ben")] == [
        [SEALED, "the soup"]
    ] * 2


def test_a_sealed_answer_is_not_in_clear_in_the_files(store, tmp_path):
    Three(store, "co-reflection").do("ava", value=SEALED)

    assert not any(
        SEALED.encode() in path.read_bytes() for path in (tmp_path / "store/data").iterdir() if path.is_file()
    )


def test_a_time_out_takes_both_into_one(store):
    room = Three(store).to_statement()
    apart = room.do("ben", "time-out")
    desks = [room.desk(user) for user in ("ava", "ben")]

    views = [make_view(desk, key(desk, "drill", room.id), now=store.office.now()) for desk in desks]

    assert [view.body.heading for view in views] == ["Time-out", "Time-out"]
    assert [view.body.turn for view in views] == ["Ben Example's turn", "Your turn"]
    assert apart != room.id


def test_stopping_says_nothing_about_who_stopped(store):
    room = Three(store).to_statement()
    room.do("ben", "stop")
    seen = [room.look(user).model_dump(exclude={"key", "live", "stamp", "way"}) for user in ("ava", "ben")]

    assert seen[0] == seen[1]
    assert "no reason is needed" in seen[0]["ended"]


def test_a_pause_looks_like_nothing_this_week(store):
    never = couple(store.desk_for("ava"), "", now=store.office.now())
    room = Three(store).to_statement()
    store.desk_for("cole").pause_couple(store.person("ava").id)

    with pytest.raises(NotFoundError):
        room.look("ava")
    paused = couple(store.desk_for("ava"), "", now=store.office.now())
    for given in store.desk_for("cole").assignments(store.person("ava").id):
        store.desk_for("cole").stop(given.id)
    store.desk_for("cole").resume_couple(store.person("ava").id)

    assert never.cards
    assert paused.quiet == "There is nothing for the two of you this week."
    assert couple(store.desk_for("ava"), "", now=store.office.now()).quiet == paused.quiet


def test_a_check_in_that_raises_an_alert_closes_the_room_at_once(store):
    room = Three(store).to_statement()
    check_in(store, "ben", {"alone": "yes", "afraid": "often"}, message="again")

    for user in ("ava", "ben"):
        with pytest.raises(NotFoundError):
            room.do(user, value="x", at=3)


def test_a_drill_that_was_not_given_is_not_there(store):
    with pytest.raises(NotFoundError):
        store.desk_for("ava").begin_drill("conflict-repair")


def test_each_reads_what_both_see_and_only_their_own_number(store):
    room = Three(store, "gratitude-exchange")
    for who, other in (("ava", "ben"), ("ben", "ava")):
        room.do(who, value="made tea")
        room.do(who, value="I could rest")
        room.do(other)
    room.do("ava", value=9)
    room.do("ben", value=2)

    pages = {
        user: " ".join(
            couple(room.desk(user), store.person("ava").id if user == "cole" else "", now=store.office.now())
            .past[0]
            .lines
        )
        for user in ("ava", "ben", "cole")
    }

    found = {
        user: [number for number in ("9", "2") if f"take the thanks in?: {number}" in page]
        for user, page in pages.items()
    }
    assert found == {"ava": ["9"], "ben": ["2"], "cole": []}
    assert all("made tea" in page for page in pages.values())


def test_what_happened_is_only_added_to_and_names_no_answer(store):
    room = Three(store).to_statement()
    with store.office.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT verb FROM room_event WHERE room_id = :id"), {"id": room.id})

        assert [row.verb for row in rows] == ["go", "go", "go"]


def test_a_room_opens_through_the_messages_of_a_page(store):
    desk, now = store.desk_for("ava"), store.office.now()
    page = handle(desk, Open(id="a", key=key(desk, "couple")), now=now).view
    card = next(one for one in page.body.cards if one.title == "Speaker and listener")
    begun = handle(desk, ACTION.validate_python({"kind": "begin-drill", "id": "b", "key": card.key}), now=now)
    asked = {"kind": "drill", "id": "c", "key": begun.view.key, "verb": "go", "at": 1, "value": "Saturdays"}
    after = handle(desk, ACTION.validate_python(asked), now=now)

    assert after.view.body.title == "How heated are you?"
    assert [one.label for one in page.nav][-1] == "The two of you"


def test_who_has_no_partner_here_has_no_such_page_in_the_navigation(store):
    desk = store.desk_for("cam")

    assert "The two of you" not in [one.label for one in make_view(desk, "", now=store.office.now()).nav]


def test_the_proof_of_a_store_opens_its_rooms_too(store):
    before = store.prove().values
    Three(store)

    assert store.prove().fault == ""
    assert store.prove().values > before


def test_while_it_is_paused_who_has_the_floor_still_reads_what_to_do(store):
    room = Three(store).to_statement()
    before = room.look("ava").text
    room.look("cole")
    room.do("cole", "pause")

    assert room.look("ava").text == before


def test_a_time_out_called_in_a_time_out_takes_both_along(store):
    room = Three(store).to_statement()
    first = room.id = room.do("ben", "time-out")
    second = room.do("ava", "time-out")
    desk = room.desk("ben")

    view = make_view(desk, key(desk, "drill", first), now=store.office.now())

    assert second != first
    assert view.body.turn == "Ava Example's turn"


def test_a_therapist_reads_whom_the_words_of_a_step_are_for(store):
    room = Three(store)
    assert room.look("cole").text.startswith("To both: Agree on one thing")

    room.to_statement()

    assert room.look("cole").text.startswith("To Ava Example: Begin with I.")
    assert room.look("ben").text.startswith("Listen.")
    room.do("cole", "pause")
    assert room.look("cole").waiting == "Paused. The clock stands still."
    assert room.look("ava").waiting == "Paused by your therapist. The clock stands still."
