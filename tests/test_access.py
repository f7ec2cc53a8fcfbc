"""The access policy: what it allows, spelled out once more, and nothing else. Turning one cell fails here."""

from datetime import date
from itertools import product
from typing import get_args

import pytest
from sqlalchemy import text

from iopkit.clinic.access import CELLS, DOMAINS, Action, Relation, Thing, decide
from iopkit.clinic.record import Kind
from iopkit.clinic.ties import Ties
from iopkit.errors import AccessError, NotFoundError

EVERYWHERE = ("individual", "couples", "substance-use", "medical")
ALLOWED = [
    ("client self reads entry", EVERYWHERE),
    ("client self writes entry", EVERYWHERE),
    ("client self reads draft", EVERYWHERE),
    ("client self writes draft", EVERYWHERE),
    ("client self reads assignment", EVERYWHERE),
    ("client self reads person", EVERYWHERE),
    ("client self reads care-team", EVERYWHERE),
    ("client self reads partner", EVERYWHERE),
    ("clinician treats reads entry", EVERYWHERE),
    ("clinician treats reads assignment", EVERYWHERE),
    ("clinician treats writes assignment", EVERYWHERE),
    ("clinician treats reads person", EVERYWHERE),
    ("clinician treats reads care-team", EVERYWHERE),
    ("clinician treats reads alert", EVERYWHERE),
    ("clinician treats acknowledges alert", EVERYWHERE),
    ("clinician treats reads partner", ("couples",)),
    ("clinician treats-elsewhere reads person", EVERYWHERE),
    ("clinician treats-elsewhere reads care-team", EVERYWHERE),
    ("clinician treats-elsewhere reads alert", EVERYWHERE),
    ("clinician treats-elsewhere acknowledges alert", EVERYWHERE),
    ("coordinator runs reads person", EVERYWHERE),
    ("coordinator runs reads care-team", EVERYWHERE),
    ("coordinator runs reads alert", EVERYWHERE),
]
QUESTIONS = list(product(get_args(Kind), get_args(Relation), DOMAINS, get_args(Action), get_args(Thing)))


def sentence(kind, relation, action, thing):
    return f"{kind} {relation} {action}s {thing}"


def test_every_question_has_the_answer_written_down_here():
    allowed = {(words, domain) for words, domains in ALLOWED for domain in domains}

    wrong = [
        question
        for question in QUESTIONS
        for kind, relation, domain, action, thing in [question]
        if decide(kind, relation, domain=domain, action=action, thing=thing).allowed
        != ((sentence(kind, relation, action, thing), domain) in allowed)
    ]

    assert wrong == []
    assert len(CELLS) == 23 * 4 - 3
    assert len(QUESTIONS) == 2352


def test_whatever_nobody_thought_of_is_refused_with_a_reason():
    for question in [
        ("visitor", "none", "individual", "read", "entry"),
        ("client", "friend", "individual", "read", "entry"),
        ("client", "self", "individual", "delete", "entry"),
        ("client", "self", "individual", "read", "audit"),
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
        ("supervisor", "none", "The program's rules do not allow this."),
    ],
)
def test_a_refusal_says_why(kind, relation, reason):
    assert decide(kind, relation, domain="individual", action="read", thing="entry").reason == reason


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
