"""Signing in: the same words and work whatever was wrong, limits that lock nobody out, logins that end."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from iopkit.clinic import PasswordCost, Settings, open_store
from iopkit.errors import SignInError

PASSWORD = "four green apples fly"
HOME = "198.51.100.7"
WRONG = "That user name and password do not go together. Check both and try again."
ENDED = "You are signed out. Sign in to go on."


@pytest.fixture
def login(clinic, store):
    return store.login(store.sign_in("ava", PASSWORD, address=HOME))


def test_the_right_password_gives_a_login_of_that_person(clinic, store, clock):
    found = store.login(store.sign_in("ava", PASSWORD, address=HOME))

    assert found.person == clinic.ava
    assert found.signed_in_at == found.seen_at == clock()


def test_a_user_name_may_be_typed_in_capitals_and_with_spaces(clinic, store):
    assert store.login(store.sign_in(" Ava ", PASSWORD, address=HOME)).person == clinic.ava


def test_two_logins_have_two_tokens_and_neither_is_stored(clinic, store):
    first, second = (store.sign_in("ava", PASSWORD, address=HOME) for _ in range(2))

    with store.office.database.read() as session:
        rows = str(session.execute(text("SELECT * FROM login")).all())

    assert first != second
    assert first not in rows
    assert second not in rows


@pytest.mark.parametrize(
    ("user", "password"), [("ava", "wrong password"), ("nobody", PASSWORD), ("locked", PASSWORD)]
)
def test_unknown_user_wrong_password_and_locked_person_get_the_same_words(clinic, store, user, password):
    store.add_person("client", "locked", "Lou Example", zone="UTC", password=PASSWORD)
    store.lock("locked")

    with pytest.raises(SignInError) as refused:
        store.sign_in(user, password, address=HOME)

    assert str(refused.value) == WRONG


def test_a_person_without_a_password_cannot_sign_in(store):
    store.add_person("client", "new", "Nia Example", zone="UTC")

    with pytest.raises(SignInError, match="do not go together"):
        store.sign_in("new", "a password that nobody has", address=HOME)


def test_an_unknown_user_takes_as_long_as_a_wrong_password(tmp_path):
    settings = Settings(password_cost=PasswordCost(passes=4, memory_kib=16_384, lanes=1), wrong_sign_ins=99)
    with open_store(str(tmp_path / "db"), tmp_path / "key", settings=settings) as store:
        store.add_person("client", "ava", "Ava Example", zone="UTC", password=PASSWORD)
        took = {"ava": [], "nobody": []}
        for user in [*took] * 8:
            began = time.perf_counter()
            with pytest.raises(SignInError):
                store.sign_in(user, "wrong password", address=HOME)
            took[user].append(time.perf_counter() - began)

    known, unknown = (sorted(times)[3] for times in took.values())

    assert 0.6 < unknown / known < 1.6


def test_after_five_wrong_tries_even_the_right_password_waits(clinic, store, clock):
    for _ in range(5):
        with pytest.raises(SignInError, match="do not go together"):
            store.sign_in("ava", "wrong password", address=HOME)

    with pytest.raises(SignInError, match=r"Too many tries\. Wait 15 minutes, then try again\."):
        store.sign_in("ava", PASSWORD, address=HOME)

    clock.pass_(minutes=16)
    assert store.sign_in("ava", PASSWORD, address=HOME)


def test_unknown_users_are_limited_alike(clinic, store):
    for _ in range(5):
        with pytest.raises(SignInError, match="do not go together"):
            store.sign_in("nobody", "wrong password", address=HOME)

    with pytest.raises(SignInError, match="Too many tries"):
        store.sign_in("nobody", "wrong password", address=HOME)


def test_wrong_tries_from_elsewhere_lock_nobody_out(clinic, store):
    for _ in range(7):
        with pytest.raises(SignInError):
            store.sign_in("ava", "wrong password", address="203.0.113.9")

    assert store.sign_in("ava", PASSWORD, address=HOME)
    assert store.sign_in("ben", PASSWORD, address="203.0.113.9")


def test_a_right_sign_in_forgets_the_wrong_ones_before_it(clinic, store):
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInError, match="do not go together"):
                store.sign_in("ava", "wrong password", address=HOME)
        assert store.sign_in("ava", PASSWORD, address=HOME)


def test_what_was_typed_as_user_name_is_not_stored(store):
    with pytest.raises(SignInError):
        store.sign_in("my secret typed too early", "x", address=HOME)

    with store.office.database.read() as session:
        rows = [session.execute(text(f"SELECT * FROM {table}")).all() for table in ("wrong_sign_in", "audit")]

    assert len(rows[0]) == 1
    assert "secret" not in str(rows)
    assert HOME not in str(rows)


def test_a_login_nobody_uses_for_ten_minutes_has_ended(clinic, store, clock):
    token = store.sign_in("ava", PASSWORD, address=HOME)
    clock.pass_(minutes=10)
    assert store.login(token).person == clinic.ava

    clock.pass_(seconds=1)

    with pytest.raises(SignInError) as refused:
        store.login(token)
    assert str(refused.value) == ENDED


def test_a_login_in_use_ends_after_twelve_hours(clinic, store, clock):
    token = store.sign_in("ava", PASSWORD, address=HOME)
    for _ in range(12 * 12):
        clock.pass_(minutes=5)
        store.touch(store.login(token).id)

    clock.pass_(seconds=1)

    with pytest.raises(SignInError, match=ENDED):
        store.login(token)


def test_a_touch_counts_from_now(clinic, store, clock):
    token = store.sign_in("ava", PASSWORD, address=HOME)
    clock.pass_(minutes=9)
    store.touch(store.login(token).id)
    clock.pass_(minutes=9)

    assert store.login(token).seen_at == clock() - timedelta(minutes=9)


def test_an_idle_login_is_not_woken_by_a_touch(login, store, clock):
    clock.pass_(minutes=11)

    with pytest.raises(SignInError, match=ENDED):
        store.touch(login.id)


def test_signing_out_ends_the_login_its_tickets_and_its_desks(clinic, store):
    token = store.sign_in("ava", PASSWORD, address=HOME)
    login = store.login(token)
    desk, ticket = store.redeem(store.issue_ticket(login.id)), store.issue_ticket(login.id)

    store.end_login(login.id)

    for call in (
        lambda: store.login(token),
        desk.alive,
        desk.clients,
        lambda: desk.entries(clinic.ava.id),
        lambda: store.redeem(ticket),
        lambda: store.issue_ticket(login.id),
    ):
        with pytest.raises(SignInError, match=ENDED):
            call()


def test_locking_a_person_ends_their_logins_and_unlocking_lets_them_in_again(clinic, store):
    token = store.sign_in("ava", PASSWORD, address=HOME)

    store.lock("ava")

    with pytest.raises(SignInError, match=ENDED):
        store.login(token)
    store.unlock("ava")
    assert store.sign_in("ava", PASSWORD, address=HOME)


def test_another_password_ends_the_logins_made_with_the_old_one(clinic, store):
    token = store.sign_in("ava", PASSWORD, address=HOME)

    store.set_password("ava", "seven quiet rivers run")

    with pytest.raises(SignInError, match=ENDED):
        store.login(token)
    assert store.sign_in("ava", "seven quiet rivers run", address=HOME)


def test_a_made_up_token_is_nobody(store):
    with pytest.raises(SignInError, match=ENDED):
        store.login("made-up")


def test_a_ticket_opens_one_desk_once(login, clinic, store):
    ticket = store.issue_ticket(login.id)

    assert store.redeem(ticket).person == clinic.ava
    with pytest.raises(SignInError) as refused:
        store.redeem(ticket)
    assert str(refused.value) == "This page's ticket was used before or has expired. Open the page again."


def test_a_ticket_lasts_a_minute(login, store, clock):
    first, second = store.issue_ticket(login.id), store.issue_ticket(login.id)
    clock.pass_(seconds=60)
    assert store.redeem(first)

    clock.pass_(seconds=1)

    with pytest.raises(SignInError, match="used before or has expired"):
        store.redeem(second)


def test_a_made_up_ticket_opens_nothing(store):
    with pytest.raises(SignInError, match="used before or has expired"):
        store.redeem("made-up")


def test_a_password_hash_of_an_older_cost_is_renewed_at_the_next_sign_in(clinic, store):
    place = str(store.office.database.engine.url.database), store.key_file
    dearer = Settings(password_cost=PasswordCost(passes=2, memory_kib=16, lanes=1))
    with open_store(*place, settings=dearer, now=store.office.now) as later:
        later.sign_in("ava", PASSWORD, address=HOME)
        with later.office.database.read() as session:
            stored = session.execute(
                text("SELECT password_hash FROM person WHERE user_name = 'ava'")
            ).scalar()

    assert stored.startswith("$argon2id$v=19$m=16,t=2,p=1$")
