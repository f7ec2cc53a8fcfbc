"""What came of a couple's drills, as it leaves with one of the two: own words; the rest if both sign."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from couple_room import Three, apart, play_all, store, whole
from fhir.resources.R4B.bundle import Bundle

from iopkit.apps.copy import own_copy

__all__ = ["store", "whole"]
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
UNTIL = date(2027, 1, 1)
FULL = {"ava": "Ava Example", "ben": "Ben Example"}


def copy_of(store, user):
    """Return one's own copy: its page, its table of drills, and its FHIR resources of them."""
    made = zipfile.ZipFile(io.BytesIO(own_copy(store.desk_for(user), at=NOW)))
    table = list(csv.DictReader(io.StringIO(made.read("csv/together.csv").decode(), newline="")))
    whole_bundle = json.loads(made.read("fhir/bundle.json"))
    Bundle.model_validate(whole_bundle)
    found = [one["resource"] for one in whole_bundle["entry"]]
    drills = [one for one in found if "/Drill/" in one.get("questionnaire", "")]
    everything = b"".join(made.read(name) for name in made.namelist()).decode("utf-8", "replace")
    return made.read("record.html").decode(), table, drills, everything


def sign(store, signer, recipient):
    desk = store.desk_for(signer)
    return desk.sign_release(recipient, purpose="own copy", until=UNTIL, signature=FULL[signer])


def values(table, item, who="me"):
    return [row["number"] or row["text"] for row in table if (row["item"], row["who"]) == (item, who)]


def test_each_copy_holds_ones_own_words_and_own_private_figures_only(store):
    play_all(store, heard=(9, 2), received=(7, 3))

    page, ava, drills, everything = copy_of(store, "ava")
    _, ben, _, _ = copy_of(store, "ben")

    assert (values(ava, "felt_heard"), values(ben, "felt_heard")) == (["9"], ["2"])
    assert (values(ava, "received"), values(ben, "received")) == (["7"], ["3"])
    assert {row["who"] for row in (*ava, *ben)} == {"me"}
    assert "I feel alone" in page
    assert "You feel alone" not in everything
    assert "ben chops wood alone" not in everything
    assert len(drills) == 4


def test_with_both_signatures_the_partners_words_go_along_and_never_what_they_keep(store):
    play_all(store, heard=(9, 2), received=(7, 3))
    sign(store, "ava", "Ava Example")
    assert {row["who"] for row in copy_of(store, "ava")[1]} == {"me"}

    sign(store, "ben", "ava example")
    page, table, _, _ = copy_of(store, "ava")

    assert {row["who"] for row in table} == {"me", "partner"}
    assert "You feel alone" in page
    for kept in ("felt_heard", "received"):
        assert values(table, kept, "partner") == []
    assert {row["who"] for row in copy_of(store, "ben")[1]} == {"me"}


def test_a_figure_that_both_agreed_to_show_goes_along_with_both_signatures(store):
    Three(store).to_statement().to_end(heard=(9, 2), show=("yes", "yes"))
    for user in ("ava", "ben"):
        sign(store, user, "Ava Example")

    assert values(copy_of(store, "ava")[1], "felt_heard", "partner") == ["2"]


def test_a_signature_that_was_taken_back_closes_the_partners_words_again(store):
    Three(store).to_statement().to_end()
    for user in ("ava", "ben"):
        signed = sign(store, user, "Ava Example")
    store.desk_for("ben").revoke(signed.id)

    assert {row["who"] for row in copy_of(store, "ava")[1]} == {"me"}


@pytest.mark.parametrize("close", ["pause", "afraid"])
def test_while_joint_work_is_closed_nothing_of_it_leaves_and_nothing_says_why(store, close):
    play_all(store)
    if close == "pause":
        store.desk_for("cole").pause_couple(store.person("ben").id)
    else:
        desk = store.desk_for("ben")
        draft = desk.draft("private-check-in")
        answers = {"alone": "yes", "afraid": "often"}
        desk.save(draft.id, message_id="x", answers=answers, changed=answers, base=draft.base, submit=True)

    page, table, drills, everything = copy_of(store, "ava")

    assert (table, drills) == ([], [])
    assert "I feel alone" not in page
    assert "pause" not in everything.lower().replace("paused assignment", "")


def test_a_sealed_answer_that_never_opened_is_in_no_copy(store):
    room = Three(store, "co-reflection")
    room.do("ava", value="a marble never shown")
    room.do("ben", "stop")

    for user in ("ava", "ben"):
        assert "a marble never shown" not in copy_of(store, user)[3]


def test_it_is_logged_for_whose_words_left(store):
    apart(store)
    copy_of(store, "ava")
    logs = {user: [one.what for one in store.desk_for(user).access_log()] for user in FULL}
    assert "exported what both partners wrote" in logs["ava"]
    assert "exported what both partners wrote" not in logs["ben"]

    for user in FULL:
        sign(store, user, "Ava Example")
    copy_of(store, "ava")

    log = [one.what for one in store.desk_for("ben").access_log()]
    assert "exported what both partners wrote" in log
    assert store.prove().fault == ""


def test_who_has_no_partner_has_an_empty_table(store):
    assert copy_of(store, "cam")[1] == []


def test_the_owners_stand_in_the_provenance_by_id(store):
    apart(store)
    ids = {user: store.person(user).id for user in FULL}

    def owners():
        made = zipfile.ZipFile(io.BytesIO(own_copy(store.desk_for("ava"), at=NOW)))
        found = json.loads(made.read("fhir/bundle.json"))["entry"]
        drills = {
            one["resource"]["id"] for one in found if "/Drill/" in one["resource"].get("questionnaire", "")
        }
        from_ = [one["resource"] for one in found if one["resource"]["id"].removesuffix("-from") in drills]
        agents = [one["agent"] for one in from_ if one["resourceType"] == "Provenance"]
        return json.dumps(agents)

    alone = owners()
    assert ids["ava"] in alone
    assert ids["ben"] not in alone
    for user in FULL:
        sign(store, user, "Ava Example")
    assert ids["ben"] in owners()
