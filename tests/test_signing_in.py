"""Signing in step by step: the password, then a code; limits that slow a guesser and lock nobody out."""

from datetime import timedelta

import pyotp
import pytest
from conftest import CHEAP, PASSWORD
from sqlalchemy import text

from iopkit.clinic import Settings, open_store
from iopkit.clinic.settings import EVERYONE, STAFF, required_second_factor
from iopkit.errors import SignInError, StoreError

HOME = "198.51.100.7"
ELSEWHERE = "203.0.113.9"
WRONG_CODE = "That code does not fit. Wait for the next one, or use one of your recovery codes."


@pytest.fixture
def strict(clinic, store, clock, catalog):
    """Open the same clinic as one where staff need a second factor."""
    settings = Settings(password_cost=CHEAP, second_factor=STAFF)
    place = str(store.office.database.engine.url.database), store.key_file
    with open_store(*place, settings=settings, catalog=catalog, now=clock) as opened:
        yield opened


def secret_of(store, person):
    return store.pairing(person.id).key.replace(" ", "")


def code_at(secret, clock, seconds=0):
    return pyotp.TOTP(secret).at(clock() + timedelta(seconds=seconds))


@pytest.fixture
def paired(clinic, strict, clock):
    """Give Ina a second factor; returns its secret and the recovery codes. Half a minute has passed since."""
    begun = strict.begin_sign_in("ina", PASSWORD, address=HOME)
    secret = secret_of(strict, clinic.ina)
    _, codes = strict.pair(begun.token, code_at(secret, clock))
    clock.pass_(seconds=30)
    return secret, codes


def test_a_client_signs_in_with_a_password_alone(strict, clinic):
    begun = strict.begin_sign_in("ava", PASSWORD, address=HOME)

    assert begun.needs == ""
    assert strict.login(begun.token).person == clinic.ava


@pytest.mark.parametrize("user", ["ina", "cole", "sue", "cora"])
def test_staff_without_a_second_factor_set_one_up_before_they_are_in(strict, user):
    begun = strict.begin_sign_in(user, PASSWORD, address=HOME)

    assert begun.needs == "pairing"
    with pytest.raises(SignInError, match="You are signed out"):
        strict.login(begun.token)
    with pytest.raises(SignInError, match="This person signs in with a second factor: use the sign-in page"):
        strict.sign_in(user, PASSWORD, address=HOME)


def test_the_first_right_code_signs_in_and_gives_ten_recovery_codes(strict, clinic, clock):
    begun = strict.begin_sign_in("ina", PASSWORD, address=HOME)
    secret = secret_of(strict, clinic.ina)

    with pytest.raises(SignInError, match="Check that your phone's clock is right"):
        strict.pair(begun.token, "000000")
    token, codes = strict.pair(begun.token, code_at(secret, clock))

    assert strict.login(token).person == clinic.ina
    assert len(set(codes)) == 10
    assert all(len(code) == 14 for code in codes)
    with pytest.raises(SignInError, match="left open for too long"):
        strict.pair(begun.token, code_at(secret, clock, 30))


def test_from_then_on_the_password_alone_signs_nobody_in(strict, clinic, paired, clock):
    secret, _ = paired

    begun = strict.begin_sign_in("ina", PASSWORD, address=HOME)

    assert begun.needs == "code"
    assert strict.step(begun.token).person == clinic.ina
    assert strict.login(strict.give_code(begun.token, code_at(secret, clock))).person == clinic.ina


@pytest.mark.parametrize("spelled", ["{}", " {} ", "{:.3} {:.0}"])
def test_a_code_may_be_typed_with_spaces(strict, paired, clock, spelled):
    code = code_at(paired[0], clock)
    typed = f"{code[:3]} {code[3:]}" if "." in spelled else spelled.format(code)

    assert strict.give_code(strict.begin_sign_in("ina", PASSWORD, address=HOME).token, typed)


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-60, False), (-30, False), (0, True), (30, True), (60, False)]
)
def test_a_code_fits_for_about_a_minute(strict, paired, clock, seconds, fits):
    token = strict.begin_sign_in("ina", PASSWORD, address=HOME).token

    code = code_at(paired[0], clock, seconds)  # the one before now was used for pairing

    if fits:
        assert strict.login(strict.give_code(token, code))
        return
    with pytest.raises(SignInError) as refused:
        strict.give_code(token, code)
    assert str(refused.value) == WRONG_CODE


def test_a_code_that_was_used_is_refused_within_its_own_window(strict, paired, clock):
    code = code_at(paired[0], clock)
    first, second = (strict.begin_sign_in("ina", PASSWORD, address=HOME).token for _ in range(2))
    strict.give_code(first, code)

    with pytest.raises(SignInError, match="That code does not fit"):
        strict.give_code(second, code)


def test_a_code_older_than_one_that_was_used_is_refused_too(strict, paired, clock):
    early, late = code_at(paired[0], clock), code_at(paired[0], clock, 30)
    first, second = (strict.begin_sign_in("ina", PASSWORD, address=HOME).token for _ in range(2))
    strict.give_code(first, late)

    with pytest.raises(SignInError, match="That code does not fit"):
        strict.give_code(second, early)


def test_a_recovery_code_works_once_in_any_spelling(strict, clinic, paired):
    _, codes = paired
    first, second = (strict.begin_sign_in("ina", PASSWORD, address=HOME).token for _ in range(2))

    token = strict.give_code(first, codes[3].upper().replace("-", " "))

    assert strict.login(token).person == clinic.ina
    with pytest.raises(SignInError, match="That code does not fit"):
        strict.give_code(second, codes[3])
    assert strict.give_code(second, codes[4])


def test_a_recovery_code_of_somebody_else_opens_nothing(strict, clinic, paired, clock):
    other = strict.begin_sign_in("cole", PASSWORD, address=HOME)
    strict.pair(other.token, code_at(secret_of(strict, clinic.cole), clock))

    begun = strict.begin_sign_in("cole", PASSWORD, address=HOME)

    with pytest.raises(SignInError, match="That code does not fit"):
        strict.give_code(begun.token, paired[1][0])


def test_secret_and_recovery_codes_are_nowhere_in_clear(strict, paired, store, tmp_path):
    secret, codes = paired
    begun = strict.begin_sign_in("ina", PASSWORD, address=HOME)

    files = b"".join(path.read_bytes() for path in (tmp_path / "store" / "data").rglob("*") if path.is_file())

    for text_ in (secret, begun.token, *codes, *(code.replace("-", "") for code in codes)):
        assert text_.encode() not in files
    assert secret not in repr(strict.pairing(store.person("ava").id)) + repr(begun)


def test_after_ten_wrong_codes_even_the_right_one_waits_and_not_the_password(strict, paired, clock):
    tokens = [strict.begin_sign_in("ina", PASSWORD, address=f"198.51.100.{n}").token for n in range(11)]
    for token in tokens[:10]:
        with pytest.raises(SignInError, match="That code does not fit"):
            strict.give_code(token, "000000")

    with pytest.raises(SignInError, match=r"Too many tries\. Wait 15 minutes, then try again\."):
        strict.give_code(tokens[10], code_at(paired[0], clock))

    clock.pass_(minutes=16)
    begun = strict.begin_sign_in("ina", PASSWORD, address=HOME)
    assert strict.give_code(begun.token, code_at(paired[0], clock))


def test_a_right_password_alone_does_not_forget_wrong_ones(strict, paired):
    for _ in range(4):
        with pytest.raises(SignInError, match="do not go together"):
            strict.begin_sign_in("ina", "wrong", address=HOME)
    assert strict.begin_sign_in("ina", PASSWORD, address=HOME).needs == "code"

    with pytest.raises(SignInError, match="Too many tries"):
        strict.begin_sign_in("ina", PASSWORD, address=HOME)


def test_a_step_ends_after_ten_minutes_and_with_a_lock_or_another_password(strict, clock):
    def begun():
        return strict.begin_sign_in("ina", PASSWORD, address=HOME).token

    old = begun()
    clock.pass_(minutes=10, seconds=1)
    locked = begun()
    strict.lock("ina")
    strict.unlock("ina")
    changed = begun()
    strict.set_password("ina", PASSWORD)

    for token in (old, locked, changed, "made-up"):
        with pytest.raises(SignInError, match="This sign-in was left open for too long"):
            strict.step(token)


def test_who_lost_the_phone_sets_up_another_second_factor(strict, paired, clinic):
    strict.remove_second_factor("ina")

    assert strict.begin_sign_in("ina", PASSWORD, address=HOME).needs == "pairing"
    assert secret_of(strict, clinic.ina) != paired[0]


def test_nobody_sets_up_a_second_factor_over_one_that_is_there(strict, paired, clinic):
    with pytest.raises(SignInError, match="A second factor is set up already"):
        strict.pairing(clinic.ina.id)


def test_two_hundred_wrong_sign_ins_are_never_faster_than_the_limit(strict, clock):
    looked, start = 0, clock()
    for number in range(200):
        try:
            strict.begin_sign_in("ava", f"guess number {number}", address=ELSEWHERE)
        except SignInError as refused:
            looked += "do not go together" in str(refused)
        clock.pass_(seconds=9)

    passed = clock() - start

    assert passed == timedelta(minutes=30)
    assert looked <= 5 * 2
    assert strict.begin_sign_in("ava", PASSWORD, address=HOME).needs == ""


def test_all_addresses_of_one_ipv6_network_count_as_one(strict):
    for number in range(5):
        with pytest.raises(SignInError, match="do not go together"):
            strict.begin_sign_in("ava", "wrong", address=f"2001:db8:1:2:{number}::9")

    with pytest.raises(SignInError, match="Too many tries"):
        strict.begin_sign_in("ava", "wrong", address="2001:db8:1:2:ffff::1")
    assert strict.begin_sign_in("ava", PASSWORD, address="2001:db8:1:3::1").token
    assert strict.begin_sign_in("ava", PASSWORD, address="::ffff:198.51.100.7").token


def test_every_sign_in_leaves_an_audit_row_without_a_code(strict, paired, clock):
    token = strict.begin_sign_in("ina", PASSWORD, address=HOME).token
    with pytest.raises(SignInError):
        strict.give_code(token, "123456")
    strict.give_code(token, paired[1][0])

    with strict.office.database.read() as session:
        rows = session.execute(text("SELECT through, action, thing FROM audit ORDER BY seq")).all()

    assert [tuple(row) for row in rows[-4:]] == [
        ("login", "sign-in", "login"),
        ("sign-in", "refuse", "code"),
        ("login", "people", "recovery-code"),
        ("login", "sign-in", "login"),
    ]
    assert strict.verify() is None


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [("", STAFF), ("staff", STAFF), ("everyone", EVERYONE), ("nobody", frozenset())],
)
def test_an_operator_chooses_who_needs_a_second_factor(monkeypatch, chosen, kinds):
    monkeypatch.setenv("IOPKIT_SECOND_FACTOR", chosen)

    assert required_second_factor() == kinds


def test_another_choice_is_a_sentence(monkeypatch):
    monkeypatch.setenv("IOPKIT_SECOND_FACTOR", "sometimes")

    with pytest.raises(StoreError, match="IOPKIT_SECOND_FACTOR is one of: staff, everyone, nobody"):
        required_second_factor()
