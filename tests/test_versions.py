"""Earlier versions of an entry: what was changed when, what did not stand, and whom it is shown to."""

from typing import Any

import pytest
from conftest import Clinic, Clock

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.versions import changes
from iopkit.apps.view import Message, Worksheet
from iopkit.apps.view_versions import Changed, Versions
from iopkit.clinic import Desk, Store
from iopkit.errors import AccessError, NotFoundError
from iopkit.worksheets import Worksheet as Sheet
from iopkit.worksheets import load_catalog

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def desk(clinic: Clinic) -> Desk:
    return clinic.desk(clinic.ava)


def save(desk: Desk, entry_id: str, number: int, *, base: int, submit: bool = False, **answers: Any) -> Any:
    return desk.save(
        entry_id, message_id=f"m{number}", answers=answers, changed=answers, base=base, submit=submit
    )


@pytest.fixture
def entry_id(desk: Desk, clock: Clock) -> str:
    """Send a mood check, and correct it five minutes later."""
    made = desk.draft("mood-check").id
    save(desk, made, 1, base=0, mood=3, note="He came late.", submit=True)
    clock.pass_(minutes=5)
    save(desk, made, 2, base=1, mood=5, note="He came late.")
    return made


def shown(desk: Desk, clock: Clock, entry_id: str) -> Any:
    return make_view(desk, key(desk, "versions", entry_id), now=clock()).body


def test_each_version_stands_as_it_was_handed_in(desk: Desk, entry_id: str) -> None:
    found = desk.versions(entry_id)

    assert [(one.number, one.answers) for one in found.versions] == [
        (1, {"mood": 3, "note": "He came late."}),
        (2, {"mood": 5, "note": "He came late."}),
    ]
    assert found.entry.answers == {"mood": 5, "note": "He came late."}
    assert found.kept == ()


def test_the_page_says_what_was_changed_when_the_newest_first(
    desk: Desk, clock: Clock, entry_id: str
) -> None:
    body = shown(desk, clock, entry_id)

    assert isinstance(body, Versions)
    assert [(one.when, one.changes) for one in body.versions] == [
        (
            "Today, 8:05 pm: corrected",
            [Changed(title="How is your mood?", before="3 of 10", after="5 of 10")],
        ),
        ("Today, 8:00 pm: sent", []),
    ]
    assert (body.title, body.empty) == ("Mood check", "")
    assert isinstance(make_view(desk, body.back, now=clock()).body, Worksheet)


def test_without_a_correction_it_says_that_there_is_none(desk: Desk, clock: Clock) -> None:
    made = desk.draft("mood-check").id
    save(desk, made, 1, base=0, mood=3, submit=True)

    body = shown(desk, clock, made)

    assert body.empty == (
        "There is no earlier version. When you correct this entry, what stood before is kept here."
    )


def test_the_answer_that_did_not_stand_is_kept_to_be_read(desk: Desk, clock: Clock) -> None:
    made = desk.draft("mood-check").id
    for number, page in enumerate(("laptop", "phone")):
        desk.save(
            made,
            message_id=page,
            answers={"note": f"from the {page}"},
            changed=["note"],
            base=0,
            page=page,
            submit=False,
        )
        assert desk.entry(made).base == number + 1

    body = shown(desk, clock, made)

    assert [(one.title, one.text) for one in body.kept] == [("Anything else?", "from the laptop")]
    assert body.versions == []


def test_the_page_whose_answer_was_overtaken_hears_of_it_with_its_next_save(desk: Desk) -> None:
    made = desk.draft("mood-check").id

    def send(number: int, page: str, base: int, **answers: Any) -> Any:
        return desk.save(
            made, message_id=f"m{number}", answers=answers, changed=answers, base=base, page=page
        )

    first = send(1, "laptop", 0, note="from the laptop")
    second = send(2, "phone", 0, note="from the phone")
    third = send(3, "laptop", 1, mood=4)
    fourth = send(4, "laptop", third.entry.base, energy=4)

    assert (first.conflicts, second.conflicts) == ((), ("note",))
    assert third.conflicts == ("note",)
    assert third.entry.answers == {"note": "from the phone", "mood": 4}
    assert fourth.conflicts == ()


@pytest.mark.parametrize("who", ["ben", "cam", "ina", "cole", "sue", "cora"])
def test_nobody_else_sees_what_stood_before(clinic: Clinic, clock: Clock, entry_id: str, who: str) -> None:
    other = clinic.desk(getattr(clinic, who))

    with pytest.raises((AccessError, NotFoundError)):
        other.versions(entry_id)
    body = shown(other, clock, entry_id)
    assert isinstance(body, Message)
    assert "late" not in body.model_dump_json()


def test_a_partner_to_whom_the_entry_was_opened_reads_it_as_it_is_now_only(
    clinic: Clinic, clock: Clock, desk: Desk, entry_id: str
) -> None:
    desk.share(entry_id, clinic.ben.id)
    ben = clinic.desk(clinic.ben)

    read = make_view(ben, key(ben, "entry", entry_id), now=clock()).body

    assert isinstance(read, Worksheet)
    assert (read.answers["mood"], read.earlier) == (5, "")
    with pytest.raises(AccessError):
        ben.versions(entry_id)


def test_their_own_client_finds_the_way_there_from_the_entry(desk: Desk, clock: Clock, entry_id: str) -> None:
    body = make_view(desk, key(desk, "entry", entry_id), now=clock()).body

    assert isinstance(body, Worksheet)
    assert body.earlier == key(desk, "versions", entry_id)


def test_a_new_draft_has_no_way_there(desk: Desk, clock: Clock) -> None:
    body = make_view(desk, key(desk, "worksheet", "mood-check"), now=clock()).body

    assert isinstance(body, Worksheet)
    assert body.earlier == ""


def test_looking_is_logged_as_a_view_of_that_entry(desk: Desk, store: Store, entry_id: str) -> None:
    desk.versions(entry_id)

    assert ("You", "opened an entry") in [(one.who, one.what) for one in desk.access_log()]
    assert store.verify() is None


def test_the_rows_of_a_panel_are_told_one_by_one() -> None:
    sheet: Sheet = load_catalog()["thought-record"]
    before = {"thoughts": [{"thought": "He is sick of me.", "belief": 90}]}
    after = {"thoughts": [{"thought": "He is sick of me.", "belief": 40}, {"thought": "He is busy."}]}

    found = changes(sheet, before, after)

    assert len(found) == 2
    assert "He is sick of me." in found[0].before
    assert "He is sick of me." in found[0].after
    assert (found[1].before, "He is busy." in found[1].after) == ("", True)


def test_an_answer_taken_back_and_one_that_came_are_told(desk: Desk) -> None:
    sheet = desk.worksheet("mood-check")

    found = changes(sheet, {"mood": 0, "note": "x"}, {"mood": 0, "energy": 2})

    assert [(one.title, one.before, one.after) for one in found] == [
        ("How much energy do you have?", "", "2 of 10"),
        ("Anything else?", "x", ""),
    ]


def test_nothing_changed_is_no_change(desk: Desk) -> None:
    assert changes(desk.worksheet("mood-check"), {"mood": 1, "why": "x"}, {"why": "x", "mood": 1}) == []
