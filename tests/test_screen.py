"""A screen that is safe to share: nothing hidden is sent to it, whatever it asks for, until it is left."""

import json
from datetime import date
from typing import Any

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, THOUGHT, catalog, phq9, send

from iopkit.apps.place import key
from iopkit.apps.screen import Screen
from iopkit.apps.start import Conversation, make_page
from iopkit.clinic import Desk

__all__ = ["catalog"]
HIDDEN = (
    "zebra-note",
    "zebra-review",
    "zebra-urge",
    "zebra-alert",
    "zebra-item",
    "Ben Example",
    "Cam Sample",
)


@pytest.fixture
def filled(clinic: Clinic, clock: Clock) -> Clinic:
    """Give Ava entries in two domains that Ina treats, with notes, a review, an alert and a partner."""
    clinic.store.treat(clinic.ben.id, clinic.ina.id, "individual", date(2026, 3, 2))
    clinic.store.treat(clinic.cam.id, clinic.ina.id, "individual", date(2026, 3, 2))
    thought = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
    send(clinic.desk(clinic.ava), "phq-9", phq9(9, item9=1))
    urge = send(clinic.desk(clinic.ava), "urge-log", {"learned": "zebra-urge"})
    clinic.desk(clinic.ava).share(
        urge, clinic.ina.id, until=clock().date(), purpose="my care", signature="Ava Example"
    )
    desk = clinic.desk(clinic.ina)
    desk.note(clinic.ava.id, "individual", "zebra-note", entry_id=thought)
    desk.note(clinic.ava.id, "individual", "zebra-item", entry_id=thought, item="situation")
    desk.review(thought, 3, "zebra-review")
    desk.acknowledge(desk.alerts()[0].id, "zebra-alert")
    return clinic


class Talk:
    """A page of Ina's, and everything that was sent to it."""

    def __init__(self, desk: Desk, clock: Clock, *, safe: bool = False) -> None:
        self.conversation = Conversation(desk, now=clock, screen=Screen(safe))
        self.sent: list[str] = []
        self.number = 0

    def say(self, kind: str, **content: Any) -> dict[str, Any]:
        self.number += 1
        reply = self.conversation.reply({"kind": kind, "id": f"m{self.number}", **content})
        assert reply is not None
        self.sent.append(json.dumps(reply))
        return reply

    def open(self, sealed: str) -> dict[str, Any]:
        view: dict[str, Any] = self.say("open", key=sealed)["view"]
        return view

    def hidden(self) -> list[str]:
        return [mark for mark in HIDDEN if any(mark in text for text in self.sent)]


def safe_page(talk: Talk, desk: Desk, clinic: Clinic) -> dict[str, Any]:
    """Open Ava's page and make it safe to share; what came before that is forgotten."""
    switch = talk.open(key(desk, "client", clinic.ava.id))["body"]["safe"]
    talk.sent.clear()
    return talk.open(switch[0]["key"])


def test_without_the_switch_the_page_holds_what_the_switch_hides(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    talk = Talk(desk, clock)
    client = talk.open(key(desk, "client", filled.ava.id))
    for line in client["body"]["entries"]:
        talk.open(line["key"])
    talk.open("")

    assert {"zebra-note", "zebra-review", "zebra-urge", "zebra-alert", "Ben Example"} <= set(talk.hidden())
    assert client["safe"] is None


def test_a_safe_page_says_so_and_holds_one_clients_own_work(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    talk = Talk(desk, clock)

    view = safe_page(talk, desk, filled)
    entries = [talk.open(line["key"]) for line in view["body"]["entries"]]

    assert view["safe"]["title"] == "This screen is safe to share"
    assert (view["nav"], view["body"]["alerts"], view["body"]["joint"], view["body"]["library"]) == (
        [],
        [],
        None,
        "",
    )
    assert {line["title"] for line in view["body"]["entries"]} == {"Thought record", "Sleep diary", "PHQ-9"}
    assert [(one["safe"]["title"], one["body"]["team"]) for one in entries] == [
        ("This screen is safe to share", None)
    ] * 3
    assert talk.hidden() == []


def test_whatever_else_a_safe_page_asks_for_is_not_sent(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    talk = Talk(desk, clock)
    view = safe_page(talk, desk, filled)
    first = view["body"]["entries"][0]["key"]

    asked = [
        talk.open(sealed)["body"]["title"]
        for sealed in (
            "",
            key(desk, "caseload"),
            key(desk, "client", filled.ava.id),
            key(desk, "client", filled.ben.id),
            key(desk, "calendar"),
            key(desk, "library"),
        )
    ]
    refused = [
        talk.say("review", key=first, quality=4),
        talk.say("note", key=first, text="one more"),
        talk.say("note-item", key=first, item="situation", text="one more"),
        talk.say("acknowledge", key=key(desk, "alert", "1", filled.ava.id)),
    ]

    assert asked == ["This screen is safe to share"] * 6
    assert {reply["kind"] for reply in refused} == {"refused"}
    assert talk.hidden() == []


def test_an_entry_of_another_domain_is_not_there_on_a_safe_screen(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    urge = next(one for one in desk.entries(filled.ava.id) if one.worksheet_id == "urge-log")
    talk = Talk(desk, clock)
    safe_page(talk, desk, filled)

    view = talk.open(key(desk, "entry", urge.id, "safe"))
    domain = talk.open(key(desk, "client", filled.ava.id, "safe", "substance-use"))

    assert view["body"]["title"] == domain["body"]["title"] == "This is not here"
    assert talk.hidden() == []


def test_leaving_shows_the_clinicians_page_again(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    talk = Talk(desk, clock)
    view = safe_page(talk, desk, filled)

    back = talk.open(view["safe"]["leave"])

    assert (back["safe"], back["key"]) == (None, key(desk, "client", filled.ava.id))
    assert len(back["nav"]) == 4
    assert talk.open("")["body"]["name"] == "caseload"


def test_a_page_loaded_anew_begins_without_any_name_and_goes_on_where_it_was(
    filled: Clinic, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = filled.desk(filled.ina)
    monkeypatch.setenv("IOPKIT_SCREEN", "safe")

    page = make_page(desk, served=False)
    talk = Talk(desk, clock, safe=True)
    first = talk.conversation.first()
    again = talk.open(key(desk, "client", filled.ava.id, "safe", "individual"))

    assert not any(mark in json.dumps(page.view) for mark in (*HIDDEN, "Ava Example"))
    assert first["body"]["title"] == "This screen is safe to share"
    assert again["body"]["client"] == "Ava Example"
    assert talk.hidden() == []


def test_a_client_is_never_on_such_a_screen(
    filled: Clinic, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOPKIT_SCREEN", "safe")

    page = make_page(filled.desk(filled.ava), served=False)

    assert page.view["body"]["name"] == "home"


def test_who_reads_for_a_stated_reason_has_no_switch(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.sue)
    reader = filled.desk(filled.ina)

    own = Talk(desk, clock).open(key(desk, "client", filled.ava.id))
    forged = Talk(desk, clock).open(key(desk, "client", filled.ava.id, "safe", "individual"))

    assert [one["label"] for one in own["body"]["safe"]] == ["substance use"]
    assert forged["body"]["title"] == "This is not here"
    assert reader.person.kind == "clinician"
