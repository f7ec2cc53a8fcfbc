"""People, care teams and couples: what may be joined, and what is refused in a sentence."""

from datetime import date

import pytest
from sqlalchemy import text

from iopkit.clinic.badge import PROGRAM
from iopkit.errors import NotFoundError, StoreError

pytestmark = pytest.mark.usefixtures("database")

DAY = date(2026, 3, 1)


def test_people_are_found_by_user_name_in_any_case_and_by_id(clinic, store):
    assert store.person("AVA ") == store.person(clinic.ava.id) == clinic.ava


def test_people_come_by_user_name_and_by_kind(clinic, store):
    assert [person.user for person in store.people()] == ["ava", "ben", "cam", "cole", "cora", "ina", "sue"]
    assert [person.user for person in store.people("clinician")] == ["cole", "ina", "sue"]


def test_a_name_keeps_its_accents_and_loses_the_spaces_around_it(store):
    person = store.add_person("client", "zoe", "  Zoë Beispiel-Пример ", zone="Europe/Berlin")

    assert store.person("zoe").name == person.name == "Zoë Beispiel-Пример"


@pytest.mark.parametrize(
    ("client", "clinician", "domain", "until", "why"),
    [
        ("ina", "ava", "individual", None, "A care team joins a client and a clinician, in this order"),
        ("ava", "cora", "individual", None, "A care team joins a client and a clinician"),
        ("ava", "ina", "couples", None, "This clinician does not work in the domain 'couples'"),
        ("ava", "ina", "individual", date(2026, 2, 1), "The last day on the care team lies before the first"),
    ],
)
def test_a_care_team_that_makes_no_sense_is_refused(clinic, store, client, clinician, domain, until, why):
    with pytest.raises(StoreError, match=why):
        store.treat(client, clinician, domain, DAY, until)


def test_nobody_treats_somebody_who_is_not_there(clinic, store):
    with pytest.raises(NotFoundError, match="There is nobody by that user name or id"):
        store.treat("nobody", "ina", "individual", DAY)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("ava", "cam", "One of these clients is part of a couple already"),
        ("cam", "cam", "A couple is two clients"),
        ("cam", "ina", "A couple is two clients"),
    ],
)
def test_a_couple_is_two_clients_of_whom_neither_has_another_partner(clinic, store, first, second, why):
    with pytest.raises(StoreError, match=why):
        store.couple(first, second)


def test_a_batch_is_stored_whole_or_not_at_all(store):
    def add_twice():
        with store.office.database.batch():
            store.add_person("client", "ava", "Ava Example", zone="UTC")
            store.add_person("client", "ava", "Ava Again", zone="UTC")

    with pytest.raises(StoreError, match="That user name is taken"):
        add_twice()

    assert store.people() == []
    with store.office.database.batch():
        store.add_person("client", "ava", "Ava Example", zone="UTC")
        store.add_person("client", "ben", "Ben Example", zone="UTC")
    assert [person.user for person in store.people()] == ["ava", "ben"]


def test_erasing_a_persons_key_makes_what_they_wrote_unreadable(clinic, store):
    with store.office.database.write(PROGRAM) as session:
        session.execute(text("DELETE FROM envelope WHERE person_id = :id"), {"id": clinic.ava.id})
    store.office.memory.clear()

    with pytest.raises(StoreError, match="This person's answers were erased: their key is gone"):
        store.person("ava")
