"""Invitations: a link that sets a password once, within three days, and says kindly when it cannot."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from iopkit.clinic.badge import PROGRAM
from iopkit.errors import NotFoundError, SignInError

pytestmark = pytest.mark.usefixtures("database")

WORDS = "seven quiet rivers run"


@pytest.fixture
def new(store):
    return store.add_person("client", "new", "Nia Example", zone="UTC")


def test_an_invited_person_sets_a_password_and_signs_in_with_it(new, store):
    token = store.invite("new").token
    assert store.invited(token) == new

    assert store.accept(token, WORDS) == new

    assert store.login(store.sign_in("new", WORDS, address="here")).person == new


def test_an_invitation_lasts_three_days(new, store, clock):
    made = store.invite("new")
    assert made.until == clock() + timedelta(hours=72)
    clock.pass_(hours=71, minutes=59)
    assert store.invited(made.token) == new

    clock.pass_(minutes=1)

    with pytest.raises(SignInError, match="This link has expired, or a newer one was made"):
        store.accept(made.token, WORDS)


def test_an_invitation_works_once(new, store):
    token = store.invite("new").token
    store.accept(token, WORDS)

    with pytest.raises(SignInError) as refused:
        store.accept(token, "another good long password")

    assert str(refused.value) == (
        "This link was used already. If that was you, sign in. If it was not, tell your program now."
    )


def test_a_newer_invitation_ends_the_one_before(new, store):
    first, second = (store.invite("new").token for _ in range(2))

    with pytest.raises(SignInError, match="or a newer one was made"):
        store.invited(first)
    assert store.invited(second) == new


@pytest.mark.parametrize("token", ["", "made-up", "x" * 5000])
def test_a_made_up_token_is_a_kind_sentence(store, token):
    with pytest.raises(SignInError, match="This link is not complete"):
        store.invited(token)


def test_a_weak_password_is_refused_and_the_invitation_still_works(new, store):
    token = store.invite("new").token

    with pytest.raises(SignInError, match="at least 12 characters"):
        store.accept(token, "short")

    assert store.accept(token, WORDS)


def test_a_locked_person_cannot_use_an_invitation(new, store):
    token = store.invite("new").token
    store.lock("new")

    with pytest.raises(SignInError, match="This link has expired"):
        store.accept(token, WORDS)


def test_who_forgot_the_password_gets_a_link_and_old_logins_end(clinic, store):
    old = store.sign_in("ava", "four green apples fly", address="here")

    store.accept(store.invite("ava").token, WORDS)

    with pytest.raises(SignInError, match="You are signed out"):
        store.login(old)


def test_nobody_is_invited_who_is_not_there(store):
    with pytest.raises(NotFoundError, match="There is nobody by that user name or id"):
        store.invite("nobody")


def test_no_token_is_stored_or_shown(new, store):
    made = store.invite("new")

    with store.office.database.read(PROGRAM) as session:
        rows = str(session.execute(text("SELECT * FROM invitation")).all())

    assert made.token not in rows + repr(made)


def test_invitation_and_password_leave_audit_rows(new, store):
    store.accept(store.invite("new").token, WORDS)

    with store.office.database.read(PROGRAM) as session:
        rows = session.execute(text("SELECT through, action, thing, actor_id FROM audit ORDER BY seq")).all()

    assert [tuple(row) for row in rows[-2:]] == [
        ("operator", "people", "invitation", None),
        ("invitation", "people", "password", new.id),
    ]
