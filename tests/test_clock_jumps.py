"""The clock jumps by a day in a session: nothing is lost, the trail holds, nobody is locked out by it."""

import pytest
from conftest import PASSWORD

from iopkit.cli import checks
from iopkit.errors import SignInError

pytestmark = pytest.mark.usefixtures("database")
HOME = "198.51.100.7"


def save(desk, draft, number, base, **more):
    answers = {"note": f"note {number}", **more}
    sent = {"message_id": f"m{number}", "answers": answers, "changed": answers}
    return desk.save(draft.id, **sent, base=base, submit="mood" in more)


def test_a_day_forward_signs_out_and_what_was_kept_is_stored_once_at_the_next_sign_in(clinic, clock, store):
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")
    save(desk, draft, 1, 0)

    clock.pass_(days=1)
    with pytest.raises(SignInError, match="You are signed out"):
        save(desk, draft, 2, 1)
    again = clinic.desk(clinic.ava)
    first, second = save(again, draft, 2, 1), save(again, draft, 2, 1)

    assert (first.repeated, second.repeated) == (False, True)
    assert again.entry(draft.id).answers == {"note": "note 2"}
    assert again.entry(draft.id).base == 2
    assert store.prove().fault == ""


def test_a_day_back_goes_on_with_the_same_page_and_the_trail_keeps_its_order(clinic, clock, store):
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")
    save(desk, draft, 1, 0)

    clock.pass_(days=-1)
    saved = save(desk, draft, 2, 1, mood=3)
    clock.pass_(days=1)
    corrected = save(desk, draft, 3, 2, mood=4)

    assert (saved.entry.status, saved.entry.base, corrected.entry.revision) == ("submitted", 2, 2)
    assert desk.entry(draft.id).answers == {"note": "note 3", "mood": 4}
    assert store.prove().fault == ""


def test_a_day_forward_and_back_again_leaves_the_page_signed_in(clinic, clock):
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")

    clock.pass_(days=1)
    with pytest.raises(SignInError):
        save(desk, draft, 1, 0)
    clock.pass_(days=-1)

    assert save(desk, draft, 1, 0).entry.answers == {"note": "note 1"}


@pytest.mark.parametrize("days", [1, -1])
def test_a_page_that_is_being_opened_when_the_clock_jumps_can_be_opened_again(days, clinic, clock, store):
    login = store.login(store.sign_in("ava", PASSWORD, address=HOME))
    store.issue_ticket(login.id)

    clock.pass_(days=days)

    assert clinic.desk(clinic.ava).person == clinic.ava


def test_wrong_passwords_of_a_clock_that_was_ahead_count_as_long_as_others(clinic, clock, store):
    clock.pass_(days=1)
    for _ in range(5):
        with pytest.raises(SignInError):
            store.sign_in("ava", "not the password", address=HOME)
    clock.pass_(days=-1)

    with pytest.raises(SignInError, match=r"Too many tries\. Wait 15 minutes"):
        store.sign_in("ava", PASSWORD, address=HOME)
    clock.pass_(minutes=16)
    assert store.login(store.sign_in("ava", PASSWORD, address=HOME)).person == clinic.ava


def test_the_doctor_says_that_the_clock_was_ahead(clinic, clock, store):
    clock.pass_(days=1)
    clinic.desk(clinic.ina).clients()
    draft = clinic.desk(clinic.ava).draft("mood-check")
    save(clinic.desk(clinic.ava), draft, 1, 0)
    clock.pass_(days=-1)

    found = checks.clock_is_right(store)

    assert (found.state, found.said[:42]) == ("bad", "the audit trail has a row from the future.")
