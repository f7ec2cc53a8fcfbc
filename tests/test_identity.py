"""Accounts elsewhere: linked to people who are here, by hand or once by user name; nobody is added."""

import pytest

from iopkit.errors import SignInError, StoreError

pytestmark = pytest.mark.usefixtures("database")

ISSUER = "https://id.hospital.example"
UNKNOWN = "That account is not linked to anybody here"


def test_a_linked_account_signs_in_as_that_person(clinic, store):
    store.link("ava", ISSUER, "subject-1")

    assert store.login(store.sign_in_as(ISSUER, "subject-1").token).person == clinic.ava


def test_the_same_subject_of_another_provider_is_nobody(clinic, store):
    store.link("ava", ISSUER, "subject-1")

    with pytest.raises(SignInError, match=UNKNOWN):
        store.sign_in_as("https://evil.example", "subject-1")


def test_an_unknown_account_adds_nobody(clinic, store):
    before = store.people()

    with pytest.raises(SignInError, match=UNKNOWN):
        store.sign_in_as(ISSUER, "subject-2", user="nobody-here")

    assert store.people() == before


def test_a_trusted_user_name_links_an_account_the_first_time_only(clinic, store):
    assert store.login(store.sign_in_as(ISSUER, "subject-1", user="Ava").token).person == clinic.ava

    assert store.login(store.sign_in_as(ISSUER, "subject-1", user="ben").token).person == clinic.ava
    with pytest.raises(SignInError, match=UNKNOWN):
        store.sign_in_as(ISSUER, "subject-of-a-newcomer", user="ava")


def test_an_account_belongs_to_one_person(clinic, store):
    store.link("ava", ISSUER, "subject-1")
    store.link("ava", ISSUER, "subject-1")

    with pytest.raises(StoreError, match="That account is linked to somebody else"):
        store.link("ben", ISSUER, "subject-1")


def test_an_unlinked_account_and_a_locked_person_are_refused(clinic, store):
    store.link("ava", ISSUER, "subject-1")
    store.link("ben", ISSUER, "subject-2")

    store.unlink("ava")
    store.lock("ben")

    for subject in ("subject-1", "subject-2"):
        with pytest.raises(SignInError, match=UNKNOWN):
            store.sign_in_as(ISSUER, subject)


def test_staff_still_show_a_second_factor_unless_the_provider_asked_for_one(clinic, store):
    office = store.office
    strict = type(store)(type(office)(office.database, office.keys, type(office.settings)(), office.now))
    strict.link("ina", ISSUER, "subject-3")

    assert strict.sign_in_as(ISSUER, "subject-3").needs == "pairing"
    assert strict.sign_in_as(ISSUER, "subject-3", proved=True).needs == ""
