"""What somebody might try who is signed in and means no good: blank reasons, odd names, timing."""

import json

import pytest
from couple_room import Three, store, whole
from pydantic import ValidationError

from iopkit.apps.drill import look
from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION, Shown
from iopkit.apps.place import Place, key
from iopkit.apps.router import make_view
from iopkit.clinic.reasons import in_sight
from iopkit.errors import AnswerError

__all__ = ["store", "whole"]
NOTHING = {
    "blanks": " \t\n" * 10,
    "blanks without width": "\u200b" * 20,
    "letters that show nothing": "\u3164\u115f\uffa0" * 10,
    "empty braille": "\u2800" * 20,
    "marks of direction": "\u202e\u2066\u2069" * 10,
    "two letters far apart": "a" + " " * 30 + "b",
    "two letters and nothing": "o\u200bk" + "\u200b" * 30,
}


@pytest.mark.parametrize("kind", ["supervisor", "clinician"])
def test_a_reason_of_which_nothing_is_seen_opens_no_record(store, kind):
    store.add_person(
        kind, "vera", "Vera Invented", zone="UTC", domains=["individual"] * (kind == "clinician")
    )
    vera, ava = store.desk_for("vera"), store.desk_for("ava")
    state = vera.state_reason if kind == "supervisor" else vera.break_glass

    for name, reason in NOTHING.items():
        with pytest.raises(AnswerError, match="at least 10 characters"):
            state("ava", reason)
        assert ava.reasons(ava.person.id) == [], name

    assert state("ava", f"{NOTHING['blanks']} Called at night.").client_id == ava.person.id


def test_a_reason_is_kept_as_it_was_written(store):
    store.add_person("supervisor", "vera", "Vera Invented", zone="UTC")
    store.desk_for("vera").state_reason("ava", "Revisión — plan de Ñoño 🕊")

    ava = store.desk_for("ava")
    assert [one.reason for one in ava.reasons(ava.person.id)] == ["Revisión — plan de Ñoño 🕊"]
    assert in_sight("Revisión — plan de Ñoño 🕊") == "Revisión — plan de Ñoño 🕊"


@pytest.mark.parametrize("item", ["I drank again", "a\nb", "<b>", "x" * 201, "seen by Ina?"])
@pytest.mark.parametrize("kind", ["at", "note-item"])
def test_where_one_is_in_a_draft_is_the_name_of_a_question_and_no_words(item, kind):
    more = {"text": "A note."} if kind == "note-item" else {}
    fine = {"kind": kind, "id": "a", "key": "k", **more}

    assert ACTION.validate_python({**fine, "item": "feelings[1].before"}).item == "feelings[1].before"
    with pytest.raises(ValidationError):
        ACTION.validate_python({**fine, "item": item})


def test_every_question_that_is_shipped_has_a_name_that_may_be_said(whole):
    names = {name for sheet in whole.values() for name in sheet.items}
    assert len(names) > 500
    for name in names:
        assert ACTION.validate_python({"kind": "at", "id": "a", "key": "k", "item": name}).item == name


def reach(store, user, room):
    """Return every byte that a partner can get while a room is open: pages, pushes, logs."""
    desk, now = store.desk_for(user), store.office.now()
    drill = make_view(desk, key(desk, "drill", room), now=now).model_dump(mode="json")
    pushed = look(desk, Place("drill", (room,)), now).model_dump(mode="json")
    drill["body"].pop("now")
    pushed["body"].pop("now")
    pages = {
        name: make_view(desk, key(desk, name), now=now).model_dump(mode="json")
        for name in ("home", "couple", "history", "calendar", "consents", "who-sees")
    }
    log = [repr(vars(one)) for one in desk.access_log() if one.who != "You"]
    return json.dumps([drill, pushed, pages, log], sort_keys=True, default=str)


@pytest.mark.parametrize("drill", ["co-reflection", "couple-check-in"])
def test_nothing_tells_a_partner_that_the_other_has_sealed_not_even_when(store, drill):
    desk = store.desk_for("cole")
    desk.assign(
        store.person("ava").id, "couple-check-in", "couples", note="", starts=store.office.now().date()
    )
    room = Three(store, drill)
    for user in ("ben", "ava", "ben"):
        room.look(user)
    before = reach(store, "ben", room.id)

    room.do("ava", value="a marble never shown" if drill == "co-reflection" else 7)

    assert reach(store, "ben", room.id) == before


def test_an_answer_for_the_other_in_a_sealed_step_is_ones_own(store):
    room = Three(store, "co-reflection")
    ben = store.desk_for("ben")
    hand_made = {"kind": "drill", "id": "h", "key": key(ben, "drill", room.id), "verb": "go"}
    hand_made["at"] = room.room().at
    for more in ({"seat": 0}, {"person": store.person("ava").id}, {"by": "ava"}):
        with pytest.raises(ValidationError):
            ACTION.validate_python({**hand_made, "value": "for Ava", **more})

    reply = handle(ben, ACTION.validate_python({**hand_made, "value": "my own"}), now=store.office.now())

    assert isinstance(reply, Shown)
    room.do("ava", value="hers")
    said = {(one.seat, one.value) for one in room.room().said}
    assert said == {(0, "hers"), (1, "my own")}
