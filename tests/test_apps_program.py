"""The coordinator's pages: people, teams with dates, couples, consents, what waits. No answers anywhere."""

from datetime import date

import pytest
from conftest import Clinic, Clock
from shipped import catalog, phq9, send

from iopkit.apps.handle import handle
from iopkit.apps.message import Action, Refused, Reply, Shown
from iopkit.apps.message_program import AddPerson, Couple, EndTreat, Invite, Invited, SeenReason, Treat
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view_program import AllConsents, People, PersonPage, Watch
from iopkit.clinic import Desk

__all__ = ["catalog"]
SECRET = "words that only a therapist reads"


@pytest.fixture
def cora(clinic: Clinic) -> Desk:
    return clinic.desk(clinic.cora)


def asked(desk: Desk, clock: Clock, action: Action) -> Reply:
    return handle(desk, action, now=clock())


def shown(reply: Reply) -> PersonPage:
    assert isinstance(reply, Shown), reply
    assert isinstance(reply.view.body, PersonPage)
    return reply.view.body


def people(desk: Desk, clock: Clock) -> People:
    body = make_view(desk, "", now=clock()).body
    assert isinstance(body, People)
    return body


def person(desk: Desk, clock: Clock, person_id: str) -> PersonPage:
    body = make_view(desk, key(desk, "person", person_id), now=clock()).body
    assert isinstance(body, PersonPage)
    return body


def test_a_coordinator_lands_at_the_address_book(cora: Desk, clock: Clock) -> None:
    body = people(cora, clock)

    assert [(one.name, one.team) for one in body.clients] == [
        (
            "Ava Example",
            [
                "Cole Invented (couples therapist)",
                "Ina Invented (individual therapist)",
                "Sue Invented (drug and alcohol counselor)",
            ],
        ),
        ("Ben Example", ["Cole Invented (couples therapist)"]),
        ("Cam Sample", []),
    ]
    assert [(one.name, one.role, one.team) for one in body.staff] == [
        ("Cole Invented", "Couples therapist", ["Ava Example and Ben Example"]),
        ("Cora Invented", "Coordinator", []),
        ("Ina Invented", "Individual therapist", ["Ava Example"]),
        ("Sue Invented", "Drug and alcohol counselor", ["Ava Example"]),
    ]
    assert body.waiting == []


def test_somebody_is_added_and_invited(cora: Desk, clock: Clock) -> None:
    add = AddPerson(id="a", person="client", user="dan", name="Dan Sample", zone="UTC", domains=["medical"])
    page = shown(asked(cora, clock, add))
    link = asked(cora, clock, Invite(id="i", key=page.invite))

    assert (page.heading, page.facts) == (
        "Dan Sample",
        ["Client", "User name: dan", "Has not set a password yet", "Time zone: UTC"],
    )
    assert page.invited == "Make an invitation link"
    assert isinstance(link, Invited)
    assert link.until == "Monday, 8:00 pm"
    assert len(link.token) == 32


def test_a_user_name_that_is_taken_is_said(cora: Desk, clock: Clock) -> None:
    add = AddPerson(id="a", person="client", user="ava", name="Dan Sample", zone="UTC")

    reply = asked(cora, clock, add)

    assert isinstance(reply, Refused)
    assert reply.text == "That user name is taken. Choose another one."


def test_a_care_team_gets_a_clinician_and_a_last_day(clinic: Clinic, cora: Desk, clock: Clock) -> None:
    page = person(cora, clock, clinic.cam.id)
    ina = next(one for one in page.clinicians if one.label == "Ina Invented (individual therapist)")
    treat = Treat(id="t", key=page.key, choice=ina.value, since=date(2026, 3, 2))

    added = shown(asked(cora, clock, treat))
    ended = shown(asked(cora, clock, EndTreat(id="e", key=added.team[0].key, until=date(2026, 3, 12))))

    assert page.team == []
    (row,) = added.team
    assert (row.clinician, row.domain, row.since, row.until, row.over) == (
        "Ina Invented",
        "Individual",
        "2 March 2026",
        "",
        False,
    )
    (row,) = ended.team
    assert (row.until, row.over, row.key) == ("12 March 2026", True, "")


def test_a_couple_is_made_and_its_secrets_policy_shown(clinic: Clinic, cora: Desk, clock: Clock) -> None:
    dan = cora.add_person("client", "dan", "Dan Sample", zone="UTC")
    page = person(cora, clock, clinic.cam.id)

    after = shown(asked(cora, clock, Couple(id="c", key=page.key, partner=page.partners[0].value)))

    assert [one.label for one in page.partners] == ["Dan Sample"]
    assert (after.partner, after.partners) == (dan.name, [])
    assert "the therapist helps you to say it yourself" in after.policy
    assert person(cora, clock, clinic.ava.id).partner == "Ben Example"


def test_consents_in_force_are_listed_those_that_end_soon_first(
    clinic: Clinic, cora: Desk, clock: Clock
) -> None:
    ava = clinic.desk(clinic.ava)
    for until in (date(2026, 9, 1), date(2026, 4, 1)):
        ava.consent(
            ["substance-use"], clinic.ina.id, purpose="one plan", until=until, signature="Ava Example"
        )

    body = make_view(cora, key(cora, "all-consents"), now=clock()).body

    assert isinstance(body, AllConsents)
    title = "Ava Example: Ina Invented may read: substance use counseling"
    assert [(one.title, one.state, one.key) for one in (*body.soon, *body.rest)] == [
        (title, "In force until 1 April 2026", ""),
        (title, "In force until 1 September 2026", ""),
    ]
    assert (len(body.soon), people(cora, clock).waiting) == (1, ["1 consent ends within 30 days"])


def test_what_waits_is_named_with_its_age_and_without_the_reason(
    clinic: Clinic, cora: Desk, clock: Clock
) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(9, item9=1))
    clock.pass_(hours=3)
    cora = clinic.desk(clinic.cora)
    clinic.store.add_person(
        "supervisor", "vera", "Vera Invented", zone="UTC", password="four green apples fly"
    )
    clinic.store.desk_for("vera").state_reason("ava", "Quarterly review.")

    body = make_view(cora, key(cora, "watch"), now=clock()).body
    assert isinstance(body, Watch)
    waiting = people(cora, clock).waiting
    reply = asked(cora, clock, SeenReason(id="s", key=body.reasons[0].key))

    assert [(one.name, one.age) for one in body.alerts] == [("Ava Example", "waits for 3 hours")]
    assert "phq" not in body.model_dump_json()
    assert [(one.kind, one.who, one.client, one.reason) for one in body.reasons] == [
        ("Supervision", "Vera Invented", "Ava Example", "Quarterly review.")
    ]
    assert waiting == ["1 alert is not acknowledged yet", "1 stated reason you have not seen"]
    assert isinstance(reply, Shown)
    assert isinstance(reply.view.body, Watch)
    assert reply.view.body.reasons[0].seen == "Seen by Cora Invented, today, 11:00 pm"


def test_no_page_of_a_coordinator_holds_an_answer(clinic: Clinic, cora: Desk, clock: Clock) -> None:
    ava = clinic.desk(clinic.ava)
    entry = send(ava, "thought-record", {"situation": SECRET, "feelings": [], "thoughts": []})
    ava.share(entry, clinic.ben.id)
    places = [("people",), ("watch",), ("all-consents",), ("library",)]
    places += [(name, clinic.ava.id) for name in ("person", "who-sees", "client")] + [("entry", entry)]

    pages = [make_view(cora, key(cora, *place), now=clock()).model_dump_json() for place in places]

    assert all(SECRET not in page for page in pages)
    assert all("Thought record" not in page for page in pages[:3])
