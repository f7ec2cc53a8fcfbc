"""One's own way to sign in, changed by oneself, each step with proof."""

import pyotp
import pytest
from conftest import CHEAP, PASSWORD

from iopkit.clinic import Settings, open_store
from iopkit.errors import SignInError

WORDS = "seven quiet rivers run"
HERE = "198.51.100.7"


@pytest.fixture
def token(clinic, store):
    return store.sign_in("ava", PASSWORD, address=HERE)


@pytest.fixture
def own(store, token):
    return store.own(store.login(token).id)


@pytest.fixture
def paired(own, clock):
    """Set up a second factor; returns its secret. Half a minute has passed since."""
    secret = own.begin_pairing(PASSWORD, address=HERE).key.replace(" ", "")
    own.confirm_pairing(pyotp.TOTP(secret).at(clock()))
    clock.pass_(seconds=30)
    return secret


def test_the_overview_says_what_one_signs_in_with_and_where(own):
    found = own.overview()

    assert (found.user, found.has_password, found.has_second_factor) == ("ava", True, False)
    assert (found.needs_second_factor, found.recovery_codes, len(found.logins)) == (False, 0, 1)


def test_who_is_signed_out_has_nothing_to_change(store, token):
    login_id = store.login(token).id
    store.end_login(login_id)

    with pytest.raises(SignInError, match="You are signed out"):
        store.own(login_id)


def test_another_password_ends_every_login_this_one_too(own, store, token):
    elsewhere = store.sign_in("ava", PASSWORD, address=HERE)

    ended = own.change_password(PASSWORD, WORDS, address=HERE)

    assert len(ended) == 2
    for each in (token, elsewhere):
        with pytest.raises(SignInError, match="You are signed out"):
            store.login(each)
    assert store.sign_in("ava", WORDS, address=HERE)


def test_a_wrong_old_password_changes_nothing_and_counts(own, store):
    for _ in range(5):
        with pytest.raises(SignInError, match="That is not your password"):
            own.change_password("wrong password", WORDS, address=HERE)

    with pytest.raises(SignInError, match="Too many tries"):
        own.change_password(PASSWORD, WORDS, address=HERE)
    assert store.sign_in("ava", PASSWORD, address="203.0.113.9")


def test_a_weak_new_password_is_refused(own, store, token):
    with pytest.raises(SignInError, match="at least 12 characters"):
        own.change_password(PASSWORD, "short", address=HERE)

    assert store.login(token)


def test_a_client_sets_up_a_second_factor_with_their_password(own, clock):
    with pytest.raises(SignInError, match="That is not your password"):
        own.begin_pairing("wrong password", address=HERE)
    with pytest.raises(SignInError, match="Nothing is waiting to be confirmed"):
        own.pairing()
    begun = own.begin_pairing(PASSWORD, address=HERE)
    assert own.pairing() == begun

    codes = own.confirm_pairing(pyotp.TOTP(begun.key.replace(" ", "")).at(clock()))

    assert len(codes) == own.overview().recovery_codes == 10
    assert own.overview().has_second_factor


def test_new_recovery_codes_end_the_old_ones(own, paired, clock):
    first = own.new_recovery_codes(pyotp.TOTP(paired).at(clock()))

    second = own.new_recovery_codes(first[0])

    with pytest.raises(SignInError, match="That code does not fit"):
        own.new_recovery_codes(first[1])
    assert own.overview().recovery_codes == len(second) == 10


def test_a_client_takes_the_second_factor_away_with_a_code(own, store, paired, clock):
    with pytest.raises(SignInError, match="That code does not fit"):
        own.drop_second_factor("000000")

    own.drop_second_factor(pyotp.TOTP(paired).at(clock()))

    assert own.overview().has_second_factor is False
    assert store.sign_in("ava", PASSWORD, address=HERE)


def test_staff_cannot_take_it_away(clinic, store, clock, catalog):
    token = store.sign_in("ina", PASSWORD, address=HERE)
    place = str(store.office.database.engine.url.database), store.key_file
    with open_store(*place, settings=Settings(password_cost=CHEAP), catalog=catalog, now=clock) as strict:
        own = strict.own(strict.login(token).id)

        with pytest.raises(SignInError, match="In your role a second factor is needed"):
            own.drop_second_factor("000000")


def test_one_ends_other_logins_and_keeps_this_one(own, store, token):
    others = [store.login(store.sign_in("ava", PASSWORD, address=HERE)).id for _ in range(3)]

    assert own.end(others[0]) == [others[0]]
    assert sorted(own.end_others()) == sorted(others[1:])

    assert [place.id for place in own.overview().logins] == [store.login(token).id]
