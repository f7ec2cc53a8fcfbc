"""A desk shows its person what is theirs to see, in few queries, and leaves one audit row for a view."""

import os
from datetime import date, time

import pytest
from sqlalchemy import event, text

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.desk import from_environment
from iopkit.errors import AccessError, AnswerError, NotFoundError, SignInError

pytestmark = pytest.mark.usefixtures("database")

SENT = {"mood": 6, "energy": 5}


def submit(clinic, person, worksheet="mood-check", day=None, **answers):
    desk = clinic.desk(person)
    draft = desk.draft(worksheet, day=day)
    answers = answers or SENT
    return desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True).entry


def audit(store, action="view"):
    with store.office.database.read(PROGRAM) as session:
        rows = session.execute(
            text("SELECT actor_id, through, client_id, thing, thing_id FROM audit WHERE action = :action"),
            {"action": action},
        ).all()
    return [tuple(row) for row in rows]


def test_a_client_knows_themself_their_team_and_their_partner(clinic):
    desk = clinic.desk(clinic.ava)

    assert desk.person == clinic.ava
    assert desk.clients() == [clinic.ava]
    assert desk.client(clinic.ava.id) == clinic.ava
    assert desk.partner(clinic.ava.id) == clinic.ben
    team = [
        (member.clinician, member.domain, member.since, member.until)
        for member in desk.care_team(clinic.ava.id)
    ]
    start = date(2026, 3, 2)
    assert team == [
        (clinic.cole, "couples", start, None),
        (clinic.ina, "individual", start, None),
        (clinic.sue, "substance-use", start, None),
    ]


def test_a_clinician_has_a_caseload_and_a_coordinator_sees_everyone(clinic):
    assert clinic.desk(clinic.ina).clients() == [clinic.ava]
    assert clinic.desk(clinic.cole).clients() == [clinic.ava, clinic.ben]
    assert clinic.desk(clinic.cora).clients() == [clinic.ava, clinic.ben, clinic.cam]


def test_the_partner_is_known_to_couples_therapist_and_coordinator_only(clinic):
    known = {
        who.user: clinic.desk(who).partner(clinic.ava.id)
        for who in (clinic.cole, clinic.ina, clinic.cora, clinic.ben)
    }

    assert known == {"cole": clinic.ben, "ina": None, "cora": clinic.ben, "ben": None}
    assert clinic.desk(clinic.cam).partner(clinic.cam.id) is None


def test_domains_of_names_where_this_person_treats(clinic):
    assert clinic.desk(clinic.sue).domains_of([clinic.ava.id, clinic.ben.id]) == {
        clinic.ava.id: frozenset({"substance-use"}),
        clinic.ben.id: frozenset(),
    }


def test_entries_come_newest_first_and_by_worksheet_and_day(clinic):
    days = [date(2026, 3, day) for day in (9, 11, 10)]
    for day in days:
        submit(clinic, clinic.ava, day=day)
    submit(clinic, clinic.ava, "urge-note", day=date(2026, 3, 12), craving=2)
    desk = clinic.desk(clinic.ava)

    def about(**chosen):
        return [entry.about.day for entry in desk.entries(clinic.ava.id, **chosen)]

    assert about() == [12, 11, 10, 9]
    assert about(worksheet_id="mood-check") == [11, 10, 9]
    assert about(since=date(2026, 3, 10), until=date(2026, 3, 11)) == [11, 10]


def test_an_entry_is_unread_until_it_is_read_and_again_after_a_correction(clinic):
    entry = submit(clinic, clinic.ava)
    desk = clinic.desk(clinic.ina)
    assert not desk.entries(clinic.ava.id)[0].read_by_me

    desk.mark_read(entry.id)
    desk.mark_read(entry.id)

    assert desk.entry(entry.id).read_by_me
    assert not clinic.desk(clinic.ava).entry(entry.id).read_by_me
    clinic.desk(clinic.ava).save(entry.id, message_id="c", answers={"mood": 9}, changed=["mood"], base=1)
    assert not desk.entry(entry.id).read_by_me


def queries(store, call):
    seen = []
    event.listen(store.office.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    call()
    return len([statement for statement in seen if statement.startswith("SELECT")])


def test_a_caseload_takes_as_many_queries_for_thirty_clients_as_for_two(clinic, store):
    desk = clinic.desk(clinic.cole)
    two = queries(store, lambda: desk.entries_of([clinic.ava.id, clinic.ben.id]))
    ids = []
    for number in range(30):
        person = store.add_person("client", f"c{number}", "Many Example", zone="UTC")
        store.treat(person.id, clinic.cole.id, "couples", date(2026, 3, 1))
        ids.append(person.id)
    store.office.memory.clear()

    thirty = queries(store, lambda: desk.entries_of(ids))

    assert thirty <= two + 1


def test_a_view_made_of_many_reads_leaves_one_audit_row(clinic, store, clock):
    entry = submit(clinic, clinic.ava)
    desk = clinic.desk(clinic.ina)

    desk.entries(clinic.ava.id)
    desk.assignments(clinic.ava.id)
    desk.entries(clinic.ava.id, worksheet_id="mood-check")
    desk.entry(entry.id)
    clock.pass_(seconds=30)
    desk.entries(clinic.ava.id)

    assert audit(store) == [
        (clinic.ina.id, "login", clinic.ava.id, "record", None),
        (clinic.ina.id, "login", clinic.ava.id, "entry", entry.id),
        (clinic.ina.id, "login", clinic.ava.id, "record", None),
    ]


def test_a_caseload_view_names_all_its_clients_in_one_row(clinic, store):
    clinic.desk(clinic.cole).entries_of([clinic.ava.id, clinic.ben.id])

    assert audit(store) == [(clinic.cole.id, "login", None, "record", f"{clinic.ava.id},{clinic.ben.id}")]


def test_the_operators_desk_reads_as_the_person_and_the_trail_says_operator(clinic, store):
    submit(clinic, clinic.ava)

    desk = store.desk_for("ina", purpose="report")

    assert len(desk.entries(clinic.ava.id)) == 1
    assert audit(store, "report") == [(clinic.ina.id, "operator", clinic.ava.id, "record", None)]


def test_the_operator_opens_no_desk_of_a_locked_person(clinic, store):
    store.lock("ina")

    with pytest.raises(SignInError, match="You are signed out"):
        store.desk_for("ina").clients()


def test_reading_counts_as_use_of_the_login(clinic, store, clock):
    desk = clinic.desk(clinic.ava)

    for _ in range(5):
        clock.pass_(minutes=8)
        desk.entries(clinic.ava.id)

    assert desk.alive() is None
    clock.pass_(minutes=11)
    with pytest.raises(SignInError):
        desk.alive()


def test_a_view_key_says_nothing_and_opens_for_its_own_person_only(clinic):
    ava, ben = clinic.desk(clinic.ava), clinic.desk(clinic.ben)

    key = ava.seal("entry:1234")

    assert key == clinic.desk(clinic.ava).seal("entry:1234")
    assert "1234" not in key
    assert key.replace("-", "").replace("_", "").isalnum()
    assert ava.unseal(key) == "entry:1234"
    for desk, text_ in [(ben, key), (ava, key[:-2]), (ava, ""), (ava, "ö"), (ava, "a" * 500)]:
        with pytest.raises(NotFoundError, match="There is nothing behind this address for you"):
            desk.unseal(text_)


def test_an_assignment_says_what_when_why_and_by_whom(clinic):
    made = clinic.desk(clinic.ina).assign(
        clinic.ava.id,
        "mood-check",
        "individual",
        note="Before you go to bed, two minutes.",
        rrule="FREQ=DAILY",
        due=time(21, 30),
        starts=date(2026, 3, 13),
        ends=date(2026, 4, 10),
    )

    (found,) = clinic.desk(clinic.ava).assignments(clinic.ava.id)

    assert found == made
    assert (found.by, found.note, found.rrule) == (
        clinic.ina,
        "Before you go to bed, two minutes.",
        "FREQ=DAILY",
    )
    assert (found.due, found.starts, found.ends) == (time(21, 30), date(2026, 3, 13), date(2026, 4, 10))


def test_an_assignment_is_read_in_its_own_domain_only(clinic):
    plan = {"note": "", "starts": date(2026, 3, 13)}
    clinic.desk(clinic.sue).assign(clinic.ava.id, "mood-check", "substance-use", **plan)
    clinic.desk(clinic.ina).assign(clinic.ava.id, "mood-check", "individual", **plan)

    seen = {
        who.user: sorted(
            one.domain for one in clinic.desk(who).assignments_of([clinic.ava.id])[clinic.ava.id]
        )
        for who in (clinic.ava, clinic.sue, clinic.ina, clinic.cole)
    }

    assert seen == {
        "ava": ["individual", "substance-use"],
        "sue": ["substance-use"],
        "ina": ["individual"],
        "cole": [],
    }


def test_an_entry_of_an_assignment_belongs_to_the_domain_it_was_given_in(clinic):
    given = clinic.desk(clinic.sue).assign(
        clinic.ava.id, "mood-check", "substance-use", note="", starts=date(2026, 3, 13)
    )
    desk = clinic.desk(clinic.ava)

    draft = desk.draft("mood-check", assignment_id=given.id)

    assert (draft.assignment_id, draft.domain) == (given.id, "substance-use")
    desk.save(draft.id, message_id="m", answers=SENT, changed=SENT, base=0, submit=True)
    assert clinic.desk(clinic.ina).entries(clinic.ava.id) == []
    assert [entry.id for entry in clinic.desk(clinic.sue).entries(clinic.ava.id)] == [draft.id]


def test_nobody_fills_in_what_was_given_to_somebody_else(clinic):
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "mood-check", "individual", note="", starts=date(2026, 3, 13)
    )

    for who, worksheet in [(clinic.ben, "mood-check"), (clinic.ava, "urge-note")]:
        with pytest.raises(NotFoundError, match="There is no assignment here that you can open"):
            clinic.desk(who).draft(worksheet, assignment_id=given.id)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"rrule": "EVERY DAY"}, "The rhythm is not an RFC 5545 rule"),
        ({"ends": date(2026, 3, 1)}, "The last day lies before the first"),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused(clinic, changed, why):
    plan = {"note": "", "starts": date(2026, 3, 13), **changed}

    with pytest.raises(AnswerError, match=why):
        clinic.desk(clinic.ina).assign(clinic.ava.id, "mood-check", "individual", **plan)


def test_a_clinician_fills_in_no_worksheet_of_their_own(clinic):
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).draft("mood-check")
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).drafts()


def test_the_catalog_is_open_to_everyone(clinic, catalog):
    shown = {worksheet.id: worksheet for worksheet in clinic.desk(clinic.cam).worksheets()}

    assert shown == dict(catalog)
    assert sorted(shown) == ["mood-check", "private-check-in", "talk-plan", "urge-note"]


def test_no_record_shows_a_name_an_answer_or_a_note(clinic):
    entry = submit(clinic, clinic.ava, mood=1, hopeless=2, note="a canary")
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "mood-check", "individual", note="a canary", starts=date(2026, 3, 13)
    )
    alert = clinic.desk(clinic.ina).acknowledge(clinic.desk(clinic.ina).alerts()[0].id, "a canary")

    for record in (entry, given, alert, clinic.ava, clinic.desk(clinic.ava), clinic.store):
        for word in ("canary", "Ava Example", "Ina Invented", "hopeless"):
            assert word not in repr(record)


@pytest.fixture
def environment(clinic, store, monkeypatch):
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(store.office.database.engine.url))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(store.key_file))
    for name in ("IOPKIT_TICKET", "IOPKIT_FOR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_kernel_without_a_ticket_is_nobodys(environment):
    with pytest.raises(SignInError) as refused:
        from_environment()

    assert str(refused.value) == (
        "Nobody is signed in here. Open the page through iopkit serve, or name a user with IOPKIT_FOR."
    )


def test_the_operators_own_shell_names_a_user(environment, clinic):
    environment.setenv("IOPKIT_FOR", "ina")

    desk = from_environment()

    assert desk.person == clinic.ina
    desk._seat.office.database.close()


def test_a_used_ticket_in_the_environment_is_refused_and_forgotten(environment):
    environment.setenv("IOPKIT_TICKET", "made-up")
    environment.setenv("IOPKIT_FOR", "ina")

    with pytest.raises(SignInError, match="used before or has expired"):
        from_environment()

    assert "IOPKIT_TICKET" not in os.environ


def test_the_worksheet_of_what_was_handed_in_is_asked_of_the_store_once(clinic, store):
    entries = [submit(clinic, clinic.ava, day=date(2026, 3, day)) for day in (2, 3, 4)]
    desk = clinic.desk(clinic.ina)
    desk.worksheet_of(entries[0])

    asked = queries(store, lambda: [desk.worksheet_of(entry) for entry in entries])

    assert asked == 0
