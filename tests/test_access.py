"""The access policy: what it allows, spelled out once more, and nothing else. Turning one cell fails here."""

import csv
from datetime import date
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import text

from iopkit.clinic.access import CELLS, DOMAINS, REASONS, Action, Relation, Thing, decide
from iopkit.clinic.record import Kind
from iopkit.clinic.ties import Ties
from iopkit.errors import AccessError, NotFoundError

QUESTIONS = list(product(get_args(Kind), get_args(Relation), DOMAINS, get_args(Action), get_args(Thing)))
FILE = Path(__file__).parent / "data" / "policy.csv"


def written_down():
    """Return every question that the file beside the tests answers with yes."""
    with FILE.open(newline="") as file:
        return {
            (row["kind"], row["relation"], domain, row["action"], row["thing"])
            for row in csv.DictReader(file)
            for domain in DOMAINS
            if row[domain] == "yes"
        }


EXPECTED = written_down()


def test_every_question_has_the_answer_written_down_beside_the_tests():
    wrong = [
        (kind, relation, domain, action, thing)
        for kind, relation, domain, action, thing in QUESTIONS
        if decide(kind, relation, domain=domain, action=action, thing=thing).allowed
        != ((kind, relation, domain, action, thing) in EXPECTED)
    ]

    assert wrong == []
    assert len(QUESTIONS) == 54_208
    assert set(QUESTIONS) >= EXPECTED


def test_turning_any_one_cell_is_seen():
    unseen = [cell for cell in QUESTIONS if (CELLS ^ {cell}) ^ EXPECTED != {cell}]

    assert CELLS == EXPECTED
    assert unseen == []


def test_whatever_nobody_thought_of_is_refused_with_a_reason():
    for question in [
        ("visitor", "none", "individual", "read", "entry"),
        ("client", "friend", "individual", "read", "entry"),
        ("client", "self", "individual", "delete", "entry"),
        ("client", "self", "individual", "read", "audit"),
        ("client", "self", "individual", "read", "note"),
        ("supervisor", "none", "individual", "read", "entry"),
    ]:
        kind, relation, domain, action, thing = question
        decision = decide(kind, relation, domain=domain, action=action, thing=thing)

        assert (decision.allowed, bool(decision.reason)) == (False, True)


@pytest.mark.parametrize("domain", ["", "unknown", "Individual", "couples "])
def test_a_domain_nobody_knows_counts_as_substance_use(domain, clinic):
    therapist = Ties(clinic.ina, {"ava": frozenset({"individual"})}, frozenset(), None)
    counselor = Ties(clinic.sue, {"ava": frozenset({"substance-use"})}, frozenset(), None)

    assert therapist.relation("ava", domain) == "treats-elsewhere"
    assert counselor.relation("ava", domain) == "treats"
    assert not decide("clinician", "treats", domain=domain, action="read", thing="partner").allowed


@pytest.mark.parametrize(
    ("kind", "relation", "reason"),
    [
        ("client", "partner", "You can open only what is yours."),
        ("client", "none", "You can open only what is yours."),
        (
            "clinician",
            "treats-elsewhere",
            "You treat this client in another domain; domains do not read each other.",
        ),
        ("clinician", "treated", "You no longer treat this client."),
        ("clinician", "none", "You do not treat this client."),
        ("coordinator", "runs", "A coordinator sees who treats whom, and no answers."),
        ("clinician", "shared", "The client opened this to you to read, and for nothing else."),
        ("supervisor", "none", "A supervisor reads after stating a reason. State yours first."),
    ],
)
def test_a_refusal_says_why(kind, relation, reason):
    assert decide(kind, relation, domain="individual", action="review", thing="entry").reason == reason


@pytest.mark.parametrize(
    ("kind", "relation", "thing", "reason"),
    [
        (
            "client",
            "self",
            "note",
            "Clinicians' notes are not part of this page. Ask your clinician about them.",
        ),
        ("clinician", "treats", "private-entry", "The client keeps this to themself until they share it."),
        ("client", "partner", "note", "You can open only what is yours."),
    ],
)
def test_some_things_have_a_reason_of_their_own(kind, relation, thing, reason):
    assert decide(kind, relation, domain="individual", action="read", thing=thing).reason == reason


def test_every_kind_and_relation_that_is_refused_something_has_a_reason():
    real = {(kind, relation) for kind, relation, *_ in CELLS}

    assert [pair for pair in real if pair not in REASONS] == []


@pytest.fixture
def filled(clinic):
    """Ava has sent one entry of the individual domain and one of substance use; the latter is first."""
    desk = clinic.desk(clinic.ava)
    sent = []
    for worksheet, answers in [("mood-check", {"mood": 3}), ("urge-note", {"craving": 6})]:
        draft = desk.draft(worksheet)
        saved = desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)
        sent.append(saved.entry)
    return sent


@pytest.mark.parametrize(
    ("who", "sees"),
    [("ava", ["mood-check", "urge-note"]), ("ina", ["mood-check"]), ("sue", ["urge-note"]), ("cole", [])],
)
def test_each_reader_sees_the_entries_of_their_own_domain(clinic, filled, who, sees):
    desk = clinic.desk(getattr(clinic, who))

    assert sorted(entry.worksheet_id for entry in desk.entries(clinic.ava.id)) == sees
    assert sorted(entry.worksheet_id for entry in desk.entries_of([clinic.ava.id])[clinic.ava.id]) == sees
    for entry in filled:
        if entry.worksheet_id in sees:
            assert desk.entry(entry.id).id == entry.id
        else:
            with pytest.raises(NotFoundError, match="There is no entry here that you can open"):
                desk.entry(entry.id)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("ben", "You can open only what is yours."),
        ("cam", "You can open only what is yours."),
        ("cora", "A coordinator sees who treats whom, and no answers."),
    ],
)
def test_partner_stranger_and_coordinator_read_no_entry(clinic, filled, who, reason):
    desk = clinic.desk(getattr(clinic, who))

    for call in (desk.entries, lambda one: desk.entries_of([one]), desk.assignments):
        with pytest.raises(AccessError) as refused:
            call(clinic.ava.id)
        assert str(refused.value) == reason
    for entry in filled:
        for call in (desk.entry, desk.mark_read):
            with pytest.raises(NotFoundError):
                call(entry.id)


def test_a_client_that_does_not_exist_is_refused_like_any_other(clinic):
    desk = clinic.desk(clinic.ina)

    said = set()
    for client_id in (clinic.cam.id, "0" * 32, clinic.cora.id, "ava"):
        with pytest.raises(AccessError) as refused:
            desk.client(client_id)
        said.add(str(refused.value))

    assert said == {"You do not treat this client."}


def test_nobody_reads_a_draft_but_its_client(clinic):
    draft = clinic.desk(clinic.ava).draft("mood-check")

    for who in (clinic.ben, clinic.ina, clinic.sue, clinic.cora):
        with pytest.raises(NotFoundError):
            clinic.desk(who).entry(draft.id)
    assert clinic.desk(clinic.ina).entries(clinic.ava.id) == []


def test_a_clinician_reads_from_the_first_to_the_last_day_on_the_team(clinic, store, clock, filled):
    dee = store.add_person(
        "clinician",
        "dee",
        "Dee Invented",
        zone="UTC",
        domains=["individual"],
        password="four green apples fly",
    )
    store.treat(clinic.ava.id, dee.id, "individual", date(2026, 3, 14), date(2026, 3, 15))

    def reads():
        try:
            return len(clinic.desk(dee).entries(clinic.ava.id))
        except AccessError as error:
            return str(error)

    found = [reads()]  # 13 March, 20:00 where Ava lives
    for hours in (4, 24, 24):
        clock.pass_(hours=hours)
        found.append(reads())

    assert found == ["You no longer treat this client.", 1, 1, "You no longer treat this client."]


def test_a_clinician_who_left_a_domain_reads_it_no_more(clinic, store, filled):
    with store.office.database.write() as session:
        session.execute(text("UPDATE person SET domains = '[\"medical\"]' WHERE user_name = 'ina'"))

    with pytest.raises(AccessError, match="You no longer treat this client"):
        clinic.desk(clinic.ina).entries(clinic.ava.id)


def test_a_refusal_leaves_an_audit_row_that_names_who_and_what(clinic, store, filled):
    desk = clinic.desk(clinic.ben)
    with pytest.raises(NotFoundError):
        desk.entry(filled[0].id)
    with pytest.raises(AccessError):
        desk.entries(clinic.ava.id)

    with store.office.database.read() as session:
        rows = session.execute(
            text(
                "SELECT actor_id, client_id, thing, thing_id FROM audit WHERE action = 'refuse' ORDER BY seq"
            )
        ).all()

    assert [tuple(row) for row in rows] == [
        (clinic.ben.id, clinic.ava.id, "entry", filled[0].id),
        (clinic.ben.id, clinic.ava.id, "entry", None),
    ]


def test_only_the_clinician_of_a_domain_assigns_in_it(clinic):
    for who, domain in [
        ("ina", "couples"),
        ("ina", "substance-use"),
        ("ava", "individual"),
        ("cora", "individual"),
    ]:
        with pytest.raises(AccessError):
            clinic.desk(getattr(clinic, who)).assign(
                clinic.ava.id, "mood-check", domain, note="", starts=date(2026, 3, 13)
            )

    assert clinic.desk(clinic.ava).assignments(clinic.ava.id) == []
