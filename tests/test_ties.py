"""How a reader relates to a client: by domain, on the client's own day, and from the care team alone."""

from datetime import UTC, date, datetime

import pytest

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import CareTeamRow
from iopkit.clinic.ties import is_current, ties

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 3, 14, 0, 0, tzinfo=UTC)


@pytest.fixture
def tied(clinic, store):
    """Return the ties of somebody to everyone."""

    def tied(reader, now=NOW):
        with store.office.database.read(PROGRAM) as session:
            return ties(session, reader, now)

    return tied


def test_a_client_is_themself_and_a_partner_and_a_stranger(clinic, tied):
    ava = tied(clinic.ava)

    assert [ava.relation(one.id, "couples") for one in (clinic.ava, clinic.ben, clinic.cam, clinic.ina)] == [
        "self",
        "partner",
        "none",
        "none",
    ]


def test_a_clinician_treats_in_one_domain_and_elsewhere_in_the_others(clinic, tied):
    sue = tied(clinic.sue)

    assert {
        domain: sue.relation(clinic.ava.id, domain) for domain in ("individual", "couples", "substance-use")
    } == {
        "individual": "treats-elsewhere",
        "couples": "treats-elsewhere",
        "substance-use": "treats",
    }
    assert sue.relation(clinic.cam.id, "substance-use") == "none"


def test_a_coordinator_runs_the_program_for_everyone(clinic, tied):
    assert {tied(clinic.cora).relation(one, "medical") for one in (clinic.ava.id, "made-up")} == {"runs"}


def test_a_supervisor_has_no_relation_by_themself(store, tied):
    vera = store.add_person("supervisor", "vera", "Vera Invented", zone="UTC")

    assert tied(vera).relation("anybody", "individual") == "none"


def test_the_strongest_relation_names_the_domain_it_holds_in(clinic, tied):
    assert tied(clinic.sue).strongest(clinic.ava.id) == ("treats", "substance-use")
    assert tied(clinic.ava).strongest(clinic.ava.id) == ("self", "individual")
    assert tied(clinic.ina).strongest(clinic.ben.id) == ("none", "individual")


def test_several_domains_with_one_client_count_each(clinic, store, tied):
    both = store.add_person("clinician", "bo", "Bo Invented", zone="UTC", domains=["individual", "medical"])
    store.treat(clinic.ava.id, both.id, "individual", date(2026, 3, 1))
    store.treat(clinic.ava.id, both.id, "medical", date(2026, 3, 1))

    assert tied(both).domains == {clinic.ava.id: frozenset({"individual", "medical"})}


@pytest.mark.parametrize(
    ("zone", "hour", "relation"),
    [
        ("America/New_York", 3, "treated"),  # still 13 March there
        ("America/New_York", 4, "treats"),  # midnight there
        ("Asia/Tokyo", 3, "treats"),  # noon of the 14th there
    ],
)
def test_the_first_day_begins_at_midnight_where_the_client_lives(clinic, store, tied, zone, hour, relation):
    client = store.add_person("client", "dee", "Dee Example", zone=zone)
    store.treat(client.id, clinic.ina.id, "individual", date(2026, 3, 14))

    assert tied(clinic.ina, NOW.replace(hour=hour)).relation(client.id, "individual") == relation


@pytest.mark.parametrize(("day", "current"), [(1, False), (2, True), (5, True), (9, True), (10, False)])
def test_both_ends_of_a_time_on_the_team_belong_to_it(day, current):
    row = CareTeamRow(since=date(2026, 3, 2), until=date(2026, 3, 9))

    assert is_current(row, date(2026, 3, day)) == current


def test_an_open_end_goes_on():
    assert is_current(CareTeamRow(since=date(2026, 3, 2), until=None), date(2036, 1, 1))
