"""Actions of the page and the replies: saved after COMMIT, refused in a sentence, never a traceback."""

import re
from datetime import timedelta

import pytest
from conftest import Clinic, Clock
from shipped import THOUGHT, catalog, phq9, send

from iopkit.apps.fault import report
from iopkit.apps.handle import WRONG, handle
from iopkit.apps.message import Acknowledge, Open, Ping, Pong, Refused, Save, Saved, Shown
from iopkit.apps.place import key
from iopkit.apps.start import Conversation
from iopkit.apps.view import Client, History, Worksheet
from iopkit.clinic import Desk

__all__ = ["catalog"]
SECRET = "zebra-canary-4711"


def begin(desk: Desk, clock: Clock, worksheet_id: str = "thought-record") -> str:
    """Open a worksheet as the page does; return the key to save it with."""
    reply = handle(desk, Open(id="o1", key=key(desk, "worksheet", worksheet_id)), now=clock())
    assert isinstance(reply, Shown)
    assert isinstance(reply.view.body, Worksheet)
    return reply.view.body.key


def test_open_shows_the_view_behind_a_key(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    reply = handle(desk, Open(id="1", key=key(desk, "history")), now=clock())

    assert isinstance(reply, Shown)
    assert reply.reply == "1"
    assert isinstance(reply.view.body, History)
    assert reply.view.body.empty.startswith("What you send will be kept here")
    assert [(item.label, item.current) for item in reply.view.nav] == [
        ("Home", False),
        ("Calendar", False),
        ("My record", True),
        ("Library", False),
        ("The two of you", False),
    ]


def test_save_is_answered_with_what_is_in_the_store(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    sealed = begin(desk, clock)

    reply = handle(
        desk,
        Save(id="s1", key=sealed, answers={"situation": "x"}, changed=["situation"], base=0),
        now=clock(),
    )

    assert reply == Saved(reply="s1", at="8:00 pm", base=1, answers={"situation": "x"})
    assert desk.drafts()[0].answers == {"situation": "x"}


def test_the_same_save_twice_is_stored_once(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    save = Save(
        id="s1",
        key=begin(desk, clock),
        answers={"situation": "x"},
        changed=["situation"],
        base=0,
        submit=True,
    )

    first, second = handle(desk, save, now=clock()), handle(desk, save, now=clock())

    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert (first.base, len(desk.entries(clinic.ava.id))) == (second.base, 1)


@pytest.mark.parametrize("submit", [True, False])
def test_a_refused_answer_names_its_item_and_never_repeats_it(
    clinic: Clinic, clock: Clock, submit: bool
) -> None:
    desk = clinic.desk(clinic.ava)
    answers = {"balanced_belief": 900, "situation": SECRET, "balanced_thought": SECRET}

    reply = handle(
        desk,
        Save(id="s1", key=begin(desk, clock), answers=answers, changed=list(answers), base=0, submit=submit),
        now=clock(),
    )

    assert isinstance(reply, Refused if submit else Saved)
    told = reply.items if isinstance(reply, Refused) else reply.refused
    assert told.keys() == {"balanced_belief"}
    assert SECRET not in str(told)
    assert "900" not in str(told)


def test_sending_without_a_required_answer_keeps_the_rest(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    reply = handle(
        desk, Save(id="s1", key=begin(desk, clock), answers={}, changed=[], base=0, submit=True), now=clock()
    )

    assert isinstance(reply, Refused)
    assert reply.text == "Please look at one answer again; the rest is kept."
    assert reply.items.keys() == {"situation"}


def test_a_doubtful_answer_is_stored_and_asked_about(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    answers = {
        "into_bed": "10:45",
        "tried_to_sleep": "11:15",
        "final_awakening": "06:30",
        "out_of_bed": "07:00",
        "sleep_latency": 25,
        "awakenings": 0,
    }

    reply = handle(
        desk,
        Save(id="s1", key=begin(desk, clock, "sleep-diary"), answers=answers, changed=list(answers), base=0),
        now=clock(),
    )

    assert isinstance(reply, Saved)
    assert reply.asks == {"out_of_bed": "This makes 20 h 15 min in bed. Is that right?"}


def test_a_therapist_cannot_save_into_an_entry_they_may_read(clinic: Clinic, clock: Clock) -> None:
    entry_id = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    desk = clinic.desk(clinic.ina)

    reply = handle(
        desk,
        Save(
            id="s1",
            key=key(desk, "entry", entry_id),
            answers={"situation": "y"},
            changed=["situation"],
            base=1,
        ),
        now=clock(),
    )

    assert isinstance(reply, Refused)
    assert desk.entry(entry_id).answers["situation"] == THOUGHT["situation"]


def test_a_save_to_something_that_is_no_entry_is_refused(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    reply = handle(desk, Save(id="s1", key=key(desk, "home"), answers={}, changed=[], base=0), now=clock())

    assert reply == Refused(reply="s1", text="This page is an old one. Reload it; what you typed is kept.")


def test_acknowledging_an_alert_shows_the_client_again(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(10, item9=1))
    desk = clinic.desk(clinic.ina)
    (alert,) = desk.alerts()

    reply = handle(
        desk,
        Acknowledge(id="a1", key=key(desk, "alert", alert.id, alert.client_id), note="Called."),
        now=clock(),
    )

    assert isinstance(reply, Shown)
    assert isinstance(reply.view.body, Client)
    assert reply.view.body.alerts[0].done == "Seen by Ina Invented, today, 8:00 pm: Called."


def test_a_ping_is_answered_while_the_login_holds(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    assert handle(desk, Ping(id="p1"), now=clock()) == Pong(reply="p1")

    clock.pass_(hours=13)
    reply = handle(desk, Ping(id="p2"), now=clock())
    assert isinstance(reply, Refused)
    assert "sign in" in reply.text.lower()


def test_a_database_that_is_gone_says_try_again_and_not_where_it_lies(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    sealed = begin(desk, clock)
    blocker = clinic.store.office.database.engine.raw_connection()
    blocker.execute("BEGIN IMMEDIATE")

    reply = handle(
        desk,
        Save(id="s1", key=sealed, answers={"situation": "x"}, changed=["situation"], base=0),
        now=clock(),
    )
    blocker.rollback()
    blocker.close()

    assert isinstance(reply, Refused)
    assert reply.again is True
    assert reply.text.startswith("Nothing can be stored or opened at the moment. What you typed is still")
    assert clinic.store.office.database.place not in reply.text


def test_any_other_fault_is_one_plain_sentence_and_the_log_holds_no_value(
    clinic: Clinic, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = clinic.desk(clinic.ava)
    broken = Save.model_construct(
        id="s1", key=begin(desk, clock), answers=SECRET, changed=[SECRET], base=None, submit=False
    )

    reply = handle(desk, broken, now=clock())

    assert isinstance(reply, Refused)
    told = capsys.readouterr().err
    assert ("while answering a page" in told) == (reply.text == WRONG)
    assert SECRET not in reply.text + told


def test_the_log_is_told_of_a_fault_in_one_line_of_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        report(error)

    told = capsys.readouterr().err
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d [\d:]{8} ERROR iopkit: KeyError while answering a page, "
        r"test_apps_handle\.py:\d+ in test_the_log_is_told_of_a_fault_in_one_line_of_places\n",
        told,
    )


def test_a_fault_around_an_answer_is_answered_too(
    clinic: Clinic, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = Conversation(clinic.desk(clinic.ava), clock)
    monkeypatch.setattr(type(conversation.screen), "give", lambda *_: 1 / 0)

    reply = conversation.reply({"kind": "ping", "id": "x1"})

    assert reply == {"kind": "refused", "reply": "x1", "text": WRONG, "items": {}, "again": False}
    assert "ZeroDivisionError while answering a page, test_apps_handle.py:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "open", "id": "x1", "key": "", "extra": 1},
        {"kind": "drop", "id": "x1"},
        {"kind": "save", "id": "x1", "key": "k", "answers": [], "changed": [], "base": 0},
        {"kind": "open", "id": "x1"},
    ],
)
def test_what_does_not_fit_the_schema_is_refused_before_any_handler(
    clinic: Clinic, clock: Clock, content: object
) -> None:
    reply = Conversation(clinic.desk(clinic.ava), clock).reply(content)

    assert reply is not None
    assert (reply["kind"], reply["reply"]) == ("refused", "x1")
    assert reply["text"].startswith("This page and its server do not understand each other.")


@pytest.mark.parametrize("content", [None, "hello", 7, [], {}, {"id": "a b"}, {"id": "x" * 65}, {"id": 5}])
def test_what_has_no_usable_id_gets_no_reply_at_all(
    clinic: Clinic, clock: Clock, capsys: pytest.CaptureFixture[str], content: object
) -> None:
    assert Conversation(clinic.desk(clinic.ava), clock).reply(content) is None
    assert capsys.readouterr().err.endswith(" ERROR iopkit: dropped a message that is not one of ours\n")


def test_the_view_after_a_save_over_a_day_later_is_not_called_just_done(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "thought-record", THOUGHT)

    reply = handle(desk, Open(id="1", key=key(desk, "entry", entry_id)), now=clock() + timedelta(days=1))

    assert isinstance(reply, Shown)
    assert isinstance(reply.view.body, Worksheet)
    assert reply.view.body.just_done is False
