"""Passwords: long ones are taken, common ones refused whatever is put around them, none is ever repeated."""

import time
from contextlib import suppress

import pytest

from iopkit.clinic import PasswordCost, Settings
from iopkit.clinic.password import Passwords, check_rules
from iopkit.errors import SignInError

PASSWORD = "four green apples fly"


def test_passwords_are_argon2id_with_a_salt_of_their_own():
    passwords = Passwords(PasswordCost(1, 8, 1))

    first, second = passwords.hash(PASSWORD), passwords.hash(PASSWORD)

    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.matches(first, PASSWORD)
    assert not passwords.matches(first, PASSWORD + " ")
    assert not passwords.matches("not a hash", PASSWORD)
    assert not passwords.matches(None, "a password that nobody has")


def test_the_cost_of_a_real_clinic_is_the_one_of_the_standard():
    assert Settings().password_cost == PasswordCost(passes=3, memory_kib=65_536, lanes=4)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("zoe\u0308 tra\u0308gt gru\u0308ne schuhe", "zoë trägt grüne schuhe"),
        ("ｆｏｕｒ green apples", "four green apples"),
        ("ﬁve quiet rivers run", "five quiet rivers run"),
    ],
)
def test_the_same_letters_fit_however_a_keyboard_encodes_them(typed, kept):
    passwords = Passwords(PasswordCost(1, 8, 1))

    assert passwords.matches(passwords.hash(kept), typed)
    assert passwords.matches(passwords.hash(typed), kept)


@pytest.mark.parametrize(
    "good",
    [
        PASSWORD,
        "purple-walnut-42",
        "x" * 4 + "ödipus im Garten",
        "k9#vQ2!mZp7&",
        "сорок два яблока",
        "汉字密码很长很长的一个句子",
        "the old clock in our hall never shows the right time, and nobody minds",
        "every night another word " * 10,
        "@({[<!|$+% k9vQ2mZp7",
    ],
)
def test_a_long_password_of_any_signs_is_taken(good):
    assert check_rules(good, "ava") is None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "at least 12 characters, better 15"),
        ("eleven char", "at least 12 characters, better 15"),
        ("x" * 257, "at most 256 characters"),
        ("ﷺ" * 100, "at most 256 characters"),
        ("password1234", "too easy to guess"),
        ("PasswordPassword", "too easy to guess"),
        ("Passw0rd2026!!", "too easy to guess"),
        ("aaaaaaaaaaaaaaaa", "too easy to guess"),
        ("123456789012345", "too easy to guess"),
        ("qwertyuiop123456", "too easy to guess"),
        ("iloveyouiloveyou", "too easy to guess"),
        ("summer2026summer", "too easy to guess"),
        ("avery2026avery", "too easy to guess"),
        ("iopkit-iopkit", "too easy to guess"),
        ("ｐａｓｓｗｏｒｄ１２３４", "too easy to guess"),
    ],
)
def test_a_password_that_is_short_or_common_is_refused_without_repeating_it(bad, why):
    with pytest.raises(SignInError, match=why) as refused:
        check_rules(bad, "avery")

    assert not bad or bad not in str(refused.value)


@pytest.mark.parametrize(
    "slow", ["4@8({[<6301|!179$5+7%2" * 11, "4!8(x821(48cc3oc[5i0xa45lg!ta@oo", "x" * 256, "1|l7" * 64]
)
def test_no_password_keeps_the_judge_busy(slow):
    began = time.perf_counter()

    with suppress(SignInError):  # whichever way it is judged
        check_rules(slow, "avery")

    assert time.perf_counter() - began < 2


def test_a_user_name_with_dots_is_known_by_its_parts():
    with pytest.raises(SignInError, match="too easy to guess"):
        check_rules("zanzibarinian1", "zanzibarinian.x@clinic.example")


def test_a_weak_password_adds_nobody(store):
    with pytest.raises(SignInError, match="at least 12 characters"):
        store.add_person("client", "ava", "Ava Example", zone="UTC", password="short")

    assert store.people() == []
