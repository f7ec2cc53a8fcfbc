"""The log of a client's record holds what somebody did, and no refusal of what nobody asked for."""

import pytest
from couple_room import store, whole

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.errors import IopkitError

__all__ = ["store", "whole"]


def log(store):
    return [(one.who, one.what) for one in store.desk_for("ava").access_log()]


@pytest.mark.parametrize("user", ["ina", "sue", "cole"])
def test_a_clinicians_ordinary_hour_leaves_no_refusal_in_their_clients_log(store, user):
    desk, client = store.desk_for(user), store.person("ava").id
    now = store.office.now()
    places = [
        ("caseload",),
        ("client", client),
        ("patterns", client),
        ("calendar",),
        ("groups",),
        ("library",),
    ]
    places += [("entry", one.id) for one in desk.entries(client)]

    for where in places:
        body = make_view(desk, key(desk, *where), now=now).body
        assert body.name != "message", where

    assert [line for line in log(store) if "refused" in line[1]] == []


def test_a_clients_own_pages_leave_no_refusal_in_their_own_log(store):
    ava, now = store.desk_for("ava"), store.office.now()

    for name in (
        "home",
        "calendar",
        "history",
        "library",
        "couple",
        "who-sees",
        "access-log",
        "consents",
        "policy",
    ):
        assert make_view(ava, key(ava, name), now=now).body.name != "message", name

    assert [line for line in log(store) if "refused" in line[1]] == []


def test_what_was_asked_for_by_hand_and_refused_stands_there(store):
    with pytest.raises(IopkitError):
        store.desk_for("ina").joint_work(store.person("ava").id)

    assert any("was refused" in what for _who, what in log(store))
