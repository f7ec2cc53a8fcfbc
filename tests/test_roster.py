"""A coordinator adds people, invites them, makes care teams and couples; nobody else does."""

from datetime import date

import pytest
from shipped import send

from iopkit.errors import AccessError, NotFoundError, SignInError, StoreError

pytestmark = pytest.mark.usefixtures("database")

MARCH_2, MARCH_20 = date(2026, 3, 2), date(2026, 3, 20)


@pytest.fixture
def cora(clinic):
    return clinic.desk(clinic.cora)


def last_audit(store):
    from sqlalchemy import text

    from iopkit.clinic.badge import PROGRAM

    with store.office.database.read(PROGRAM) as session:
        found = text("SELECT actor_id, action, thing, client_id FROM audit ORDER BY seq DESC LIMIT 1")
        return tuple(session.execute(found).one())


def test_a_coordinator_sees_everybody_and_who_belongs_together(clinic, cora):
    found = cora.everybody()

    assert [one.user for one in found.people] == ["ava", "ben", "cam", "cole", "cora", "ina", "sue"]
    assert found.couples == ((clinic.ava.id, clinic.ben.id),)
    mine = [one for one in found.team if one.client_id == clinic.ava.id]
    assert sorted((one.clinician.user, one.domain) for one in mine) == [
        ("cole", "couples"), ("ina", "individual"), ("sue", "substance-use")
    ]  # fmt: skip
    assert found.can_sign_in == {one.id for one in found.people}


def test_somebody_new_is_invited_and_sets_their_own_password(clinic, cora, store):
    dee = cora.add_person("clinician", " Dee ", "Dee Invented", zone="UTC", domains=["medical", "medical"])
    link = cora.invite(dee.id)

    assert (dee.user, dee.domains, dee.id in cora.everybody().can_sign_in) == (
        "dee", frozenset({"medical"}), False
    )  # fmt: skip
    assert last_audit(store) == (clinic.cora.id, "people", "invitation", None)
    assert store.accept(link.token, "warm tea on a rainy day").user == "dee"
    assert dee.id in cora.everybody().can_sign_in


def test_a_second_invitation_ends_the_first(clinic, cora, store):
    first = cora.invite(clinic.cam.id)
    cora.invite(clinic.cam.id)

    with pytest.raises(SignInError, match="has expired, or a newer one was made"):
        store.accept(first.token, "warm tea on a rainy day")


def test_a_user_name_that_is_taken_is_refused(cora):
    with pytest.raises(StoreError, match="That user name is taken"):
        cora.add_person("client", "AVA", "Somebody Else", zone="UTC")


def test_a_care_team_begins_ends_and_ends_later(clinic, cora, store):
    cora.treat(clinic.cam.id, clinic.ina.id, "individual", since=MARCH_2)
    (member,) = [one for one in cora.everybody().team if one.client_id == clinic.cam.id]
    send(clinic.desk(clinic.cam), "mood-check", {"mood": 3})
    during = len(store.desk_for("ina").entries(clinic.cam.id))

    cora.end_treat(member.id, date(2026, 3, 12))

    assert (during, last_audit(store)) == (1, (clinic.cora.id, "people", "care-team", clinic.cam.id))
    with pytest.raises(AccessError, match="You no longer treat this client"):
        store.desk_for("ina").entries(clinic.cam.id)
    cora.end_treat(member.id, MARCH_20)
    assert len(store.desk_for("ina").entries(clinic.cam.id)) == 1


def test_a_care_team_does_not_end_before_it_begins(clinic, cora):
    member = cora.everybody().team[0]

    with pytest.raises(StoreError, match="The last day on the care team lies before the first"):
        cora.end_treat(member.id, date(2026, 3, 1))
    with pytest.raises(NotFoundError, match="This is not on a care team here"):
        cora.end_treat("nothing", MARCH_20)


def test_two_clients_become_a_couple(clinic, cora, store):
    dan = cora.add_person("client", "dan", "Dan Sample", zone="UTC")
    cora.couple(clinic.cam.id, dan.id)

    assert (clinic.cam.id, dan.id) in cora.everybody().couples
    assert store.desk_for("cam").partner(clinic.cam.id).user == "dan"
    with pytest.raises(StoreError, match="part of a couple already"):
        cora.couple(clinic.ava.id, dan.id)


@pytest.mark.parametrize("who", ["ava", "ina"])
@pytest.mark.parametrize(
    "call",
    [
        lambda desk, clinic: desk.everybody(),
        lambda desk, clinic: desk.add_person("client", "dan", "Dan Sample", zone="UTC"),
        lambda desk, clinic: desk.invite(clinic.ben.id),
        lambda desk, clinic: desk.treat(clinic.cam.id, clinic.ina.id, "individual", since=MARCH_2),
        lambda desk, clinic: desk.end_treat("any", MARCH_20),
        lambda desk, clinic: desk.couple(clinic.cam.id, clinic.ben.id),
    ],
)
def test_nobody_else_does_any_of_it(clinic, store, who, call):
    before = len(store.people())

    with pytest.raises(AccessError):
        call(store.desk_for(who), clinic)

    assert len(store.people()) == before
    assert last_audit(store)[1] == "refuse"


def test_a_coordinator_reads_no_entry(clinic, cora, store):
    entry = send(store.desk_for("ava"), "mood-check", {"mood": 3})

    for call in (lambda: cora.entries(clinic.ava.id), lambda: cora.safety_plan()):
        with pytest.raises(AccessError, match="no answers"):
            call()
    with pytest.raises(NotFoundError):
        cora.entry(entry)
