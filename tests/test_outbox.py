"""What a browser keeps while it cannot send: whose secret seals it, and what the store takes of it later."""

from base64 import b64decode

import pytest
from conftest import PASSWORD
from sqlalchemy import text

from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION, Refused, Saved
from iopkit.apps.message_outbox import OutboxSecret
from iopkit.apps.place import key
from iopkit.clinic.badge import PROGRAM
from iopkit.errors import AccessError, SignInError, StoreError

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def desk(clinic):
    return clinic.desk(clinic.ava)


@pytest.fixture
def draft(desk):
    return desk.draft("mood-check")


def save(desk, entry, number, *, base=0, changed=None, **given):
    answers = given.pop("answers")
    return desk.save(
        entry.id,
        message_id=f"m{number}",
        answers=answers,
        changed=answers if changed is None else changed,
        base=base,
        **given,
    )


def test_the_secret_is_the_same_at_each_sign_in_and_another_for_each_person(clinic, desk):
    people = [clinic.ava, clinic.ben, clinic.ina, clinic.cora]

    secrets = [clinic.desk(person).outbox_secret() for person in people]

    assert secrets[0] == desk.outbox_secret() == clinic.desk(clinic.ava).outbox_secret()
    assert len(set(secrets)) == len(people)
    assert {len(secret) for secret in secrets} == {32}


def test_the_secret_stays_when_the_master_key_is_changed(clinic, desk, store):
    before = desk.outbox_secret()

    store.rotate_keys()

    store.office.memory.clear()
    assert clinic.desk(clinic.ava).outbox_secret() == before


def test_the_secret_stands_in_no_row(clinic, desk, store):
    secret = desk.outbox_secret()
    with store.office.database.read(PROGRAM) as session:
        rows = session.execute(text("SELECT id, sealed FROM envelope")).all()

    assert rows
    for row in rows:
        assert secret not in bytes(row.sealed)
        assert secret.hex().encode() not in bytes(row.sealed)


def test_a_page_asks_for_the_secret_over_its_own_line(clinic, desk, clock):
    reply = handle(desk, ACTION.validate_python({"kind": "outbox", "id": "a1"}), now=clock())

    assert isinstance(reply, OutboxSecret)
    assert b64decode(reply.secret) == desk.outbox_secret()


def test_nobody_gets_a_secret_after_signing_out(clinic, store, clock):
    login = store.login(store.sign_in("ava", PASSWORD, address="198.51.100.7"))
    desk = store.redeem(store.issue_ticket(login.id))
    store.end_login(login.id)

    with pytest.raises(SignInError):
        desk.outbox_secret()
    reply = handle(desk, ACTION.validate_python({"kind": "outbox", "id": "a1"}), now=clock())
    assert isinstance(reply, Refused)


def test_the_secret_is_gone_with_the_key_of_the_person(clinic, desk, store):
    with store.office.database.write(PROGRAM) as session:
        session.execute(text("DELETE FROM envelope WHERE person_id = :ava"), {"ava": clinic.ava.id})
    store.office.memory.clear()

    with pytest.raises(StoreError, match="were erased"):
        desk.outbox_secret()


def test_a_message_of_a_draft_is_merged_into_the_open_draft(desk, draft):
    save(desk, draft, 1, answers={"mood": 3}, page="laptop")

    late = save(desk, draft, 2, answers={"note": "in the train"}, page="phone", draft=True)

    assert late.entry.answers == {"mood": 3, "note": "in the train"}
    assert late.conflicts == ()


def test_a_message_of_a_draft_adds_nothing_to_what_was_handed_in(desk, draft):
    save(desk, draft, 1, answers={"mood": 3}, page="laptop", submit=True)

    with pytest.raises(AccessError, match="It was handed in meanwhile, so nothing was added to it"):
        save(desk, draft, 2, answers={"note": "in the train"}, page="phone", draft=True)

    assert desk.entry(draft.id).answers == {"mood": 3}
    assert desk.entry(draft.id).revision == 1


def test_a_message_of_a_draft_that_had_arrived_after_all_is_answered_alike(desk, draft):
    first = save(desk, draft, 1, answers={"mood": 3}, page="phone", submit=True)

    again = save(desk, draft, 1, answers={"mood": 3}, page="phone", submit=True, draft=True)

    assert (again.repeated, again.entry) == (True, first.entry)


def test_a_message_of_a_draft_of_the_same_page_is_no_conflict_with_itself(clinic, desk, draft):
    """The answer to the first save was lost; the rest comes with another sign-in."""
    save(desk, draft, 1, answers={"note": "I am"}, page="phone")

    late = save(
        clinic.desk(clinic.ava), draft, 2, answers={"note": "I am not safe"}, page="phone", draft=True
    )

    assert late.conflicts == ()
    assert late.entry.answers == {"note": "I am not safe"}


def test_two_tabs_of_one_sign_in_that_change_one_item_keep_both(desk, draft):
    save(desk, draft, 1, answers={"note": "in the first tab"}, page="tab1")

    second = save(desk, draft, 2, answers={"note": "in the second tab"}, page="tab2")

    assert second.conflicts == ("note",)
    assert second.entry.answers == {"note": "in the second tab"}


def test_a_message_of_a_page_names_it_and_no_more_than_a_name(desk, draft, clock):
    action = {"kind": "save", "id": "m1", "key": key(desk, "entry", draft.id), "base": 0}
    action |= {"answers": {"mood": 4}, "changed": ["mood"], "page": "p1-2_3", "draft": True}

    reply = handle(desk, ACTION.validate_python(action), now=clock())

    assert isinstance(reply, Saved)
    with pytest.raises(ValueError, match="page"):
        ACTION.validate_python({**action, "page": "a/b"})
    with pytest.raises(ValueError, match="page"):
        ACTION.validate_python({**action, "page": "x" * 65})
