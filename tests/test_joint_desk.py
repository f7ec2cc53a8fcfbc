"""A page that a PIN opened: the room of both, and not a word that is only one's own."""

from contextlib import suppress
from itertools import product
from typing import get_args

import pytest
from conftest import PASSWORD
from couple_room import play_all, store, whole

from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION
from iopkit.apps.place import key
from iopkit.apps.router import MAKERS, make_view
from iopkit.clinic import shared_device
from iopkit.clinic.access import Action, Thing
from iopkit.clinic.seat import JOINT
from iopkit.clinic.shared_device import Proved
from iopkit.errors import AccessError, NotFoundError, SignInError

__all__ = ["store", "whole"]
HERE = "198.51.100.7"
PINS = {"ava": "380251", "ben": "907416"}
PRIVATE = "walnuts and a canary"


@pytest.fixture
def token(store):
    return share(store)


def share(store):
    """Give both a PIN and share Ava's device; nobody holds it, Ben is asked."""
    for user in PINS:
        store.set_password(user, PASSWORD)
    login = store.login(store.sign_in("ava", PASSWORD, address=HERE)).id
    store.own(login).set_pin(PASSWORD, PINS["ava"], PINS["ava"], address=HERE)
    made = shared_device.share(store.office, login, Proved(PINS["ben"], PASSWORD, address=HERE))
    shared_device.hand_over(store.office, made, login)
    return made


def opened(store, token):
    """Return the desk of who is asked, opened by their PIN."""
    user = store.shared_device(token).asked.user
    login = store.login(shared_device.open_by_pin(store.office, token, PINS[user]))
    return login.id, store.redeem(store.issue_ticket(login.id))


def view(desk, sealed=""):
    return make_view(desk, sealed, now=desk._seat.office.now())


def write_alone(store, user):
    """Leave something private of a person, sent and as a draft; return their ids."""
    made = []
    for message, submit in (("one", True), ("two", False)):
        desk = store.desk_for(user)
        draft = desk.draft("private-check-in")
        answers = {"alone": "yes", "afraid": "never", "note": PRIVATE}
        answers = {name: value for name, value in answers.items() if name != "note" or submit is False}
        desk.save(
            draft.id, message_id=message, answers=answers, changed=answers, base=draft.base, submit=submit
        )
        made.append(draft.id)
    return made


def test_it_lands_on_the_page_of_both_and_in_their_room_once_there_is_one(store, token):
    login, desk = opened(store, token)
    assert view(desk).body.name == "couple"
    assert [item.label for item in view(desk).nav] == ["The two of you"]

    room = desk.begin_drill("co-reflection")
    desk.join_room(room)
    shared_device.hand_over(store.office, token, login)
    _, ava = opened(store, token)

    assert (ava.person.user, view(ava).body.name) == ("ava", "drill")
    assert view(ava).hand_over.to == "Ben Example"
    assert view(ava).hand_over.joint


def test_no_other_place_opens_and_nothing_of_ones_own_travels_with_the_page(store, token):
    entries = write_alone(store, "ben")
    _, desk = opened(store, token)
    places = {name for kind, name in MAKERS if kind == "client"} - {"couple", "drill"}

    for name in sorted(places | {"home", "nowhere"}):
        for part in ("", *entries):
            shown = view(desk, key(desk, name, *([part] if part else [])))
            assert shown.body.name == "message", name
            assert PRIVATE not in shown.model_dump_json()
    assert (view(desk).plan, view(desk).languages, view(desk).own_calendar) == (None, {}, False)


ACTIONS = {
    "save": {"key": "k", "answers": {}, "changed": [], "base": 0},
    "outbox": {},
    "speak": {"language": "es"},
}


@pytest.mark.parametrize("kind", ACTIONS)
def test_it_does_nothing_but_what_a_room_needs(store, token, kind):
    _, desk = opened(store, token)
    action = ACTION.validate_python({"kind": kind, "id": "a1", **ACTIONS[kind]})

    reply = handle(desk, action, now=store.office.now())

    assert reply.kind == "refused"
    assert "only what is of both of you" in reply.text
    assert store.person("ben").language == "en"


def test_the_policy_gives_its_desk_nothing_but_what_is_of_both(store, token):
    _, desk = opened(store, token)
    seat, ben = desk._seat, desk.person.id

    with seat.reading() as session:
        tied = seat.ties(session, ben)
        for thing, action in product(set(get_args(Thing)) - JOINT, get_args(Action)):
            assert not seat.ask(tied, ben, action=action, thing=thing, domain="couples").allowed


def test_its_desk_refuses_ones_own_entries_drafts_plan_and_log(store, token):
    entry, draft = write_alone(store, "ben")
    _, desk = opened(store, token)
    ben = desk.person.id

    for ask in (
        lambda: desk.entry(entry),
        lambda: desk.entry(draft),
        lambda: desk.draft("private-check-in"),
        lambda: desk.access_log(),
        lambda: desk.make_feed(),
        lambda: desk.outbox_secret(),
        lambda: desk.speak("es"),
    ):
        with pytest.raises((AccessError, NotFoundError)):
            ask()
    for empty in (
        lambda: desk.consents(),
        lambda: desk.assignments(ben),
        lambda: desk.entries(ben),
        lambda: desk.drafts(),
        lambda: [desk.safety_plan()],
    ):
        with suppress(AccessError):
            assert [one for one in empty() if one is not None] == []


def test_who_is_signed_in_by_a_pin_changes_nothing_about_how_they_sign_in(store, token):
    login, _ = opened(store, token)

    with pytest.raises(SignInError, match="asks for your password"):
        store.own(login)
    with pytest.raises(SignInError, match="asks for your password"):
        store.desk_of(login)


def test_the_page_of_both_is_without_the_figures_that_each_keeps_to_themself(store):
    play_all(store, heard=(9, 2))
    own = store.desk_for("ben")
    _, desk = opened(store, share(store))

    full, part = view(own, key(own, "couple")), view(desk, key(desk, "couple"))

    assert "You alone" in full.model_dump_json()
    assert "You alone" not in part.model_dump_json()
    assert "How well each felt heard" in full.model_dump_json()
    assert "How well each felt heard" not in part.model_dump_json()
    assert len(part.body.past) == len(full.body.past)


def test_a_sealed_answer_is_played_on_one_device_and_stays_sealed_until_both_have(store, token):
    seen = []
    for number, words in enumerate(("I sealed pears", "I sealed plums")):
        login, desk = opened(store, token)
        room = desk.room_underway() or desk.begin_drill("co-reflection")
        shown = view(desk, key(desk, "drill", room))
        seen.append(shown.model_dump_json())
        reply = handle(
            desk,
            ACTION.validate_python(
                {
                    "kind": "drill",
                    "id": f"d{number}",
                    "key": shown.body.key,
                    "verb": "go",
                    "at": shown.body.at,
                    "way": 0,
                    "value": words,
                }
            ),
            now=store.office.now(),
        )
        assert reply.kind == "view"
        shared_device.hand_over(store.office, token, login)
    _, desk = opened(store, token)
    both = view(desk).model_dump_json()

    assert not any("I sealed" in one for one in seen)
    assert "I sealed pears" in both
    assert "I sealed plums" in both


def test_a_pause_leaves_nothing_on_a_shared_device_either(store, token):
    _, desk = opened(store, token)
    desk.join_room(desk.begin_drill("co-reflection"))

    store.desk_for("cole").pause_couple(store.person("ava").id)

    assert view(desk).body.name == "couple"
    assert view(desk).body.quiet == "There is nothing for the two of you this week."


def test_who_has_one_device_each_is_told_nothing_of_sharing(store):
    desk = store.desk_for("ava")

    assert view(desk).hand_over is None
    assert not desk.is_joint


def test_the_partner_who_gave_the_device_away_is_shown_as_sitting_beside_it(store, token):
    login, desk = opened(store, token)
    room = desk.begin_drill("co-reflection")
    desk.join_room(room)
    shared_device.hand_over(store.office, token, login)
    store.office.now.pass_(minutes=1)
    _, ava = opened(store, token)

    here = [(one.name, one.here) for one in view(ava).body.people]

    assert here == [("Ava Example", "here"), ("Ben Example", "at this device")]
    cole = store.desk_for("cole")
    assert [one.here for one in view(cole, key(cole, "drill", room)).body.people] == ["here", "away"]
