"""The record of both leaves the program: each partner signs on their own page, for the same recipient."""

import base64
import csv
import io
import zipfile
from datetime import date

import pytest
from couple_room import Three, play_all, store, whole

from iopkit.apps.handle import handle
from iopkit.apps.message import Refused, Shown
from iopkit.apps.message_files import FileMade, TakeRelease
from iopkit.apps.message_privacy import Revoke, SignRelease
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.errors import AccessError

__all__ = ["store", "whole"]
UNTIL = date(2027, 1, 1)
FULL = {"ava": "Ava Example", "ben": "Ben Example"}
OUTSIDE = "Dr. Elsewhere"


def consents(store, user):
    desk = store.desk_for(user)
    return make_view(desk, key(desk, "consents"), now=store.office.now()).body


def sign(store, user, *, outside=OUTSIDE, recipient="", purpose="our next therapist", name=None):
    desk = store.desk_for(user)
    action = SignRelease(
        id="s",
        outside=outside,
        recipient=recipient,
        purpose=purpose,
        until=UNTIL,
        signature=name or FULL[user],
    )
    return handle(desk, action, now=store.office.now())


def states(store, user):
    return [one.consent.state for one in consents(store, user).both.rows]


def take(store, user, sealed):
    reply = handle(store.desk_for(user), TakeRelease(id="t", key=sealed), now=store.office.now())
    if isinstance(reply, Refused):
        return reply.text
    assert isinstance(reply, FileMade)
    return zipfile.ZipFile(io.BytesIO(base64.b64decode(reply.data)))


def words_of(archive):
    """Return all the text of an archive but its PDF."""
    names = [name for name in archive.namelist() if not name.endswith(".pdf")]
    return "\n".join(archive.read(name).decode() for name in names)


def test_nothing_may_be_taken_before_both_have_signed_and_each_is_told_only_of_their_own(store):
    before = consents(store, "ben").both
    sign(store, "ava")
    after = consents(store, "ben").both

    assert before.rows == after.rows == []
    assert states(store, "ava") == [
        "You have signed. It may go once both of you have. In force until 1 January 2027"
    ]
    assert [one.take for one in consents(store, "ava").both.rows] == [""]


def test_once_both_have_signed_each_downloads_the_same_to_hand_on(store):
    play_all(store)
    for user in FULL:
        sign(store, user)

    found = {user: consents(store, user).both.rows[0] for user in FULL}
    made = {user: take(store, user, found[user].take) for user in FULL}

    assert states(store, "ben") == ["Both of you have signed: it may go now. In force until 1 January 2027"]
    assert found["ava"].consent.title == "Dr. Elsewhere may have: what both partners did and wrote together"
    assert {"together.html", "together.pdf", "csv/together.csv", "notice.txt"} <= set(made["ava"].namelist())
    for archive in made.values():
        page = archive.read("together.html").decode()
        assert "What Ava Example and Ben Example did together" in page
        assert "both signed that this may go to Dr. Elsewhere" in page
        assert "I feel alone" in page
        assert "You feel alone" in page


def test_what_either_keeps_to_themself_is_in_no_file_for_others(store):
    play_all(store, heard=(9, 2), received=(7, 3))
    for user in FULL:
        sign(store, user)

    archive = take(store, "ava", consents(store, "ava").both.rows[0].take)
    table = list(csv.DictReader(io.StringIO(archive.read("csv/together.csv").decode(), newline="")))

    assert {row["item"] for row in table} & {"felt_heard", "received"} == set()
    assert {row["who"] for row in table} == {"me", "partner"}


def test_a_sealed_answer_that_never_opened_is_not_in_the_file(store):
    room = Three(store, "co-reflection")
    room.do("ava", value="a marble never shown")
    room.do("ben", "stop")
    for user in FULL:
        sign(store, user)

    assert "a marble never shown" not in words_of(
        take(store, "ava", consents(store, "ava").both.rows[0].take)
    )


def test_one_signature_taken_back_closes_it_at_once_also_on_an_open_page(store):
    for user in FULL:
        sign(store, user)
    sealed = consents(store, "ava").both.rows[0].take
    ben = store.desk_for("ben")
    mine = consents(store, "ben").both.rows[0].consent.key

    handle(ben, Revoke(id="r", key=mine), now=store.office.now())

    assert "only with both signatures" in take(store, "ava", sealed)
    assert states(store, "ava") == [
        "You have signed. It may go once both of you have. In force until 1 January 2027"
    ]
    assert states(store, "ben")[0].startswith("Taken back on")


def test_they_sign_for_the_same_person_however_it_is_written(store):
    sign(store, "ava", outside="Dr.  Elsewhere")
    sign(store, "ben", outside="dr. elsewhere")

    assert all(consents(store, user).both.rows[0].take for user in FULL)


def test_what_goes_to_one_of_the_two_goes_with_their_own_copy(store):
    for user in FULL:
        form = consents(store, user).both.form
        chosen = next(one.value for one in form.recipients if one.label.startswith("Ava Example"))
        sign(store, user, outside="", recipient=chosen)

    assert [one.consent.title[:20] for one in consents(store, "ben").both.rows] == ["Ava Example may have"]
    assert [one.take for user in FULL for one in consents(store, user).both.rows] == ["", ""]


def test_the_form_offers_the_two_and_somebody_outside(store):
    form = consents(store, "ava").both.form

    assert [one.label for one in form.recipients] == [
        "Ava Example (you, in your own copy)",
        "Ben Example (your partner, in their copy)",
        "Somebody outside the program",
    ]
    assert form.patient == "Ava Example"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"outside": "  "}, "Say who may read it."),
        ({"purpose": " "}, "Say what it is for."),
        ({"name": "Ben Example"}, "Sign with your full name as it stands above."),
    ],
)
def test_what_a_signature_lacks_is_said(store, changed, told):
    reply = sign(store, "ava", **changed)

    assert isinstance(reply, Refused)
    assert told in reply.text
    assert consents(store, "ava").both.rows == []


def test_a_recipient_is_one_of_the_two_or_named_and_nobody_elses_key(store):
    ava = store.desk_for("ava")
    for sealed in (key(ava, "recipient", store.person("cole").id), key(ava, "entry", "x")):
        assert isinstance(sign(store, "ava", outside="", recipient=sealed), Refused)


@pytest.mark.parametrize("user", ["cole", "ina", "sue", "cora", "cam"])
def test_nobody_but_the_two_signs_or_takes(store, user):
    for one in FULL:
        sign(store, one)
    signed = store.desk_for("ava").releases()[0].consent.id
    desk = store.desk_for(user)

    assert isinstance(sign(store, user, name=desk.person.name), Refused)
    assert isinstance(take(store, user, key(desk, "release", signed)), str)
    assert desk.outcomes(OUTSIDE) == ()


def test_without_both_signatures_nothing_is_given_for_others_by_hand_either(store):
    play_all(store)
    sign(store, "ava")

    with pytest.raises(AccessError):
        store.desk_for("ava").outcomes(OUTSIDE)


def test_a_partners_signature_is_not_ones_own_to_use(store):
    for user in FULL:
        sign(store, user)
    bens = store.desk_for("ben").releases()[0].consent.id
    ava = store.desk_for("ava")

    assert take(store, "ava", key(ava, "release", bens)).startswith("Nothing here was signed")


def test_who_has_no_partner_is_not_asked(store):
    assert consents(store, "cam").both is None


def test_a_partners_reason_stands_in_no_log_and_no_disclosure_of_the_other(store):
    play_all(store)
    sign(store, "ava", purpose="for a letter")
    sign(store, "ben", purpose="because I am leaving her")
    take(store, "ava", consents(store, "ava").both.rows[0].take)

    ava, ben = store.desk_for("ava"), store.desk_for("ben")
    told = ava.disclosures(ava.person.id)
    log = [*ava.access_log(), *told]

    assert "because I am leaving her" not in repr([(one.__dict__) for one in log])
    assert {(one.recipient, one.what, one.purpose) for one in told} == {
        (OUTSIDE, "what both partners wrote", "for a letter")
    }
    assert {one.purpose for one in ben.disclosures(ben.person.id)} == {"because I am leaving her"}
    assert store.prove().fault == ""


def test_a_pause_changes_nothing_on_the_page_of_either(store):
    for user in FULL:
        sign(store, user)
    before = {user: (states(store, user), consents(store, user).both.text) for user in FULL}

    store.desk_for("cole").pause_couple(store.person("ben").id)

    assert {user: (states(store, user), consents(store, user).both.text) for user in FULL} == before


def test_the_page_of_the_two_leads_there(store):
    ava = store.desk_for("ava")
    door = make_view(ava, key(ava, "couple"), now=store.office.now()).body.door

    assert door.label == "Who may have this"
    shown = make_view(ava, door.key, now=store.office.now())
    assert shown.title == "My consents"
    assert isinstance(sign(store, "ava"), Shown)


def test_the_coordinator_sees_that_it_was_signed_and_for_whom(store):
    sign(store, "ava")
    cora = store.desk_for("cora")
    body = make_view(cora, key(cora, "all-consents"), now=store.office.now()).body

    assert [one.title for one in (*body.soon, *body.rest)] == [
        "Ava Example: Dr. Elsewhere may have: what both partners did and wrote together"
    ]
