"""Where one is signed in: listed with a rough device, ended one by one or all others at once."""

import pytest
from conftest import PASSWORD

from iopkit.clinic import logins
from iopkit.clinic.device import device_of
from iopkit.errors import NotFoundError, SignInError

pytestmark = pytest.mark.usefixtures("database")


def signed_in(store, user="ava", device="Firefox on Windows"):
    token = store.begin_sign_in(user, PASSWORD, address="198.51.100.7", device=device).token
    return token, store.login(token).id


def test_logins_are_listed_with_device_and_time_the_one_used_last_first(clinic, store, clock):
    signed_in(store)
    clock.pass_(minutes=5)
    signed_in(store, device="Safari on an iPhone")
    signed_in(store, "ben")

    found = store.open_logins(clinic.ava.id)

    assert [one.device for one in found] == ["Safari on an iPhone", "Firefox on Windows"]
    assert found[0].signed_in_at == found[0].seen_at == clock()


def test_what_has_ended_is_not_listed(clinic, store, clock):
    signed_in(store)
    clock.pass_(minutes=11)
    _, ended = signed_in(store)
    store.end_login(ended)

    assert store.open_logins(clinic.ava.id) == []


def test_one_login_is_ended_from_another(clinic, store):
    here, _ = signed_in(store)
    there, login_id = signed_in(store)

    logins.end_one(store.office, clinic.ava.id, login_id)

    assert store.login(here)
    with pytest.raises(SignInError, match="You are signed out"):
        store.login(there)


def test_nobody_ends_the_login_of_somebody_else(clinic, store):
    token, login_id = signed_in(store, "ben")

    with pytest.raises(NotFoundError, match="That sign-in has ended already"):
        logins.end_one(store.office, clinic.ava.id, login_id)

    assert store.login(token)


def test_all_other_logins_are_ended_at_once(clinic, store):
    here, keep = signed_in(store)
    others = [signed_in(store) for _ in range(3)]
    theirs, _ = signed_in(store, "ben")

    ended = logins.end_others(store.office, clinic.ava.id, keep)

    assert sorted(ended) == sorted(login_id for _, login_id in others)
    assert store.login(here)
    assert store.login(theirs)
    for token, _ in others:
        with pytest.raises(SignInError, match="You are signed out"):
            store.login(token)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/139.0.0.0 Mobile Safari/537.36",
            "Chrome on an Android device",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
            "Edge on a Mac",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/139.0 Safari/537.36",
            "Chrome on Linux",
        ),
        ("", "A browser on a device"),
        ("<script>alert(1)</script>", "A browser on a device"),
    ],
)
def test_a_device_is_a_few_words_of_ours_whatever_a_browser_claims(user_agent, device):
    assert device_of(user_agent) == device
