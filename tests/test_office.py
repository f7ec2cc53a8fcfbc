"""Each person has a key of their own, kept in an envelope that the master key closes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.cipher import Place
from iopkit.errors import StoreError

pytestmark = pytest.mark.usefixtures("database")

PLACE = "entry", "row", "sealed"


@pytest.fixture
def office(store):
    return store.office


def place(person):
    return Place(PLACE[0], person.id, PLACE[1], PLACE[2])


def test_what_is_sealed_for_one_person_opens_for_that_person_only(clinic, office):
    with office.database.read(PROGRAM) as session:
        value = office.seal(session, place(clinic.ava), {"mood": 3})

        assert office.unseal(session, place(clinic.ava), value) == {"mood": 3}
        with pytest.raises(StoreError, match="cannot be opened"):
            office.unseal(session, place(clinic.ben), value)


def test_every_person_has_another_key(clinic, office):
    with office.database.read(PROGRAM) as session:
        rows = session.execute(text("SELECT id, sealed FROM envelope")).all()

    assert len({row.id for row in rows}) == len({row.sealed for row in rows}) == 7


def test_an_envelope_given_to_somebody_else_does_not_open(clinic, office):
    with office.database.write(PROGRAM) as session:
        session.execute(text("DELETE FROM envelope WHERE person_id = :id"), {"id": clinic.ben.id})
        session.execute(
            text("UPDATE envelope SET person_id = :ben WHERE person_id = :ava"),
            {"ben": clinic.ben.id, "ava": clinic.ava.id},
        )
    office.memory.clear()

    with pytest.raises(StoreError, match="A stored value of table envelope cannot be opened"):
        clinic.store.person("ben")


def test_keys_of_many_people_are_opened_in_one_query_and_then_remembered(clinic, office, store):
    from sqlalchemy import event

    office.memory.clear()
    seen = []
    event.listen(office.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    store.people()
    first = sum("envelope" in statement for statement in seen)
    store.people()

    assert first == sum("envelope" in statement for statement in seen) == 1


def test_a_person_whose_key_is_gone_is_erased_and_the_others_are_not(clinic, office, store):
    with office.database.write(PROGRAM) as session:
        session.execute(text("DELETE FROM envelope WHERE person_id = :id"), {"id": clinic.ava.id})
    office.memory.clear()

    assert store.person("ben") == clinic.ben
    with pytest.raises(StoreError) as refused:
        store.person("ava")
    assert (
        str(refused.value) == "This person's answers were erased: their key is gone and nobody can read them."
    )


def test_rotation_closes_every_envelope_again_and_changes_no_key_in_them(clinic, office, store):
    def envelopes():
        with office.database.read(PROGRAM) as session:
            return {
                row.id: (row.master_id, row.sealed) for row in session.execute(text("SELECT * FROM envelope"))
            }

    before = envelopes()
    master = store.rotate_keys().key_id
    after = envelopes()

    assert before.keys() == after.keys()
    assert {master_id for master_id, _sealed in after.values()} == {master}
    assert not {sealed for _master, sealed in before.values()} & {
        sealed for _master, sealed in after.values()
    }


def test_another_clock_shares_everything_but_the_time(clinic, store, clock):
    past = datetime(2026, 1, 1, 12, tzinfo=UTC)
    other = store.at(lambda: past, lambda: "a-chosen-id")

    made = other.add_person("client", "dee", "Dee Example", zone="UTC")

    assert made.id == "a-chosen-id"
    assert store.person("dee") == made
    with store.office.database.read(PROGRAM) as session:
        at = session.execute(text("SELECT at FROM audit ORDER BY seq DESC LIMIT 1")).scalar()
    assert str(at).startswith("2026-01-01 12:00")
    assert store.office.now() == clock()
    assert store.verify() is None
