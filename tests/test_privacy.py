"""Consents, shares, notes, stated reasons: what they open, what ends them, and what is told of them."""

from datetime import date

import pytest

from iopkit.clinic.access_page import page
from iopkit.clinic.desk_privacy import DeskPrivacy
from iopkit.clinic.record_privacy import NOTICE
from iopkit.errors import AccessError, AnswerError, NotFoundError, SignInError, StoreError
from iopkit.worksheets.place import content_folder

UNTIL = date(2026, 6, 30)
NAME = "Ava Example"


def send(desk, worksheet="mood-check", message="m", **answers):
    answers = answers or ({"mood": 3} if worksheet == "mood-check" else {"craving": 6})
    draft = desk.draft(worksheet)
    return desk.save(
        draft.id, message_id=message, answers=answers, changed=answers, base=0, submit=True
    ).entry


@pytest.fixture
def ava(clinic):
    return clinic.desk(clinic.ava)


@pytest.fixture
def urge(ava):
    return send(ava, "urge-note")


@pytest.fixture
def mood(ava):
    return send(ava)


def agree(ava, clinic, **changed):
    terms = {"purpose": "one plan for all of my care", "until": UNTIL, "signature": NAME}
    return ava.consent(["substance-use"], clinic.ina.id, **terms | changed)


def test_the_page_in_the_docs_is_the_table():
    """Write it anew with: python -m iopkit.clinic.access_page > docs/access.md"""
    assert (content_folder("worksheets").parent / "docs" / "access.md").read_text() == page()


def test_a_consent_has_every_element_of_the_law(ava, clinic):
    signed = agree(ava, clinic, signature="  ava  EXAMPLE ")

    assert (signed.patient, signed.discloser, signed.domains) == (NAME, "The program", ("substance-use",))
    assert (signed.recipient, signed.purpose) == ("Ina Invented", "one plan for all of my care")
    assert (signed.until, signed.signature, signed.live) == (UNTIL, "ava  EXAMPLE", True)
    assert "take this consent back at any time" in signed.rights
    assert signed.signed_at.isoformat() == "2026-03-14T00:00:00+00:00"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"purpose": " "}, "purpose: Say what it is for."),
        ({"until": date(2026, 3, 12)}, "until: The last day is over already."),
        ({"signature": "Ava"}, "signature: Sign with your full name as it stands above."),
        ({"signature": "Ben Example"}, "signature: Sign with your full name as it stands above."),
    ],
)
def test_a_consent_without_an_element_is_refused(ava, clinic, changed, problem):
    with pytest.raises(AnswerError) as refused:
        agree(ava, clinic, **changed)

    assert refused.value.problems == (problem,)
    assert ava.consents(clinic.ava.id) == []


def test_a_consent_names_known_domains_and_a_clinician(ava, clinic):
    terms = {"purpose": "care", "until": UNTIL, "signature": NAME}
    for domains, who in [((), clinic.ina), (("sleep",), clinic.ina), (("individual",), clinic.ben)]:
        with pytest.raises(AnswerError):
            ava.consent(domains, who.id, **terms)


def test_a_consent_opens_a_domain_until_it_is_taken_back_also_at_an_open_desk(ava, clinic, urge):
    ina = clinic.desk(clinic.ina)
    before = ina.entries(clinic.ava.id)

    signed = agree(ava, clinic)
    during = [entry.id for entry in ina.entries(clinic.ava.id)], ina.entry(urge.id).id
    ended = ava.revoke(signed.id)

    assert (before, during) == ([], ([urge.id], urge.id))
    assert (ended.live, ava.revoke(signed.id).revoked_at) == (False, ended.revoked_at)
    assert ina.entries(clinic.ava.id) == []
    with pytest.raises(NotFoundError, match="There is no entry here"):
        ina.entry(urge.id)


def test_a_consent_ends_with_its_last_day_where_the_client_lives(ava, clinic, urge, store, clock):
    agree(ava, clinic, until=date(2026, 3, 14))
    found = []
    for hours in (27, 1):  # 14 March 23:00, then 15 March 00:00, in New York
        clock.pass_(hours=hours)
        found.append(len(store.desk_for("ina").entries(clinic.ava.id)))

    assert found == [1, 0]


def test_a_consent_does_not_open_a_record_to_somebody_who_left_the_team(ava, clinic, urge, store, clock):
    dee = store.add_person("clinician", "dee", "Dee Invented", zone="UTC", domains=["medical"])
    store.treat(clinic.ava.id, dee.id, "medical", date(2026, 3, 1), date(2026, 3, 13))
    ava.consent(["substance-use"], dee.id, purpose="care", until=UNTIL, signature=NAME)
    desk = store.desk_for("dee")

    assert [entry.id for entry in desk.entries(clinic.ava.id)] == [urge.id]
    clock.pass_(hours=4)
    with pytest.raises(AccessError, match="You no longer treat this client"):
        desk.entries(clinic.ava.id)


def test_counseling_notes_need_a_consent_of_their_own(ava, clinic):
    sue, ina = clinic.desk(clinic.sue), clinic.desk(clinic.ina)
    sue.note(clinic.ava.id, "substance-use", "progress")
    sue.note(clinic.ava.id, "substance-use", "talk", counseling=True)

    found = [[note.text for note in ina.notes(clinic.ava.id)]]
    agree(ava, clinic)
    found.append([note.text for note in ina.notes(clinic.ava.id)])
    agree(ava, clinic, counseling_notes=True)
    found.append(sorted(note.text for note in ina.notes(clinic.ava.id)))

    assert found == [[], ["progress"], ["progress", "talk"]]
    with pytest.raises(AnswerError, match="Counseling notes need a consent of their own"):
        ava.consent(
            ["couples"], clinic.ina.id, purpose="x", until=UNTIL, signature=NAME, counseling_notes=True
        )


def test_only_the_client_signs_and_takes_back(ava, clinic):
    signed = agree(ava, clinic)

    for who in (clinic.ben, clinic.ina, clinic.sue, clinic.cora):
        with pytest.raises(NotFoundError, match="There is no consent here"):
            clinic.desk(who).revoke(signed.id)
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).consent(["couples"], clinic.cole.id, purpose="x", until=UNTIL, signature="x")


def test_consents_are_seen_by_client_coordinator_and_those_they_concern(ava, clinic):
    signed = agree(ava, clinic)

    seen = {
        who.user: [one.id for one in clinic.desk(who).consents()]
        for who in (clinic.ava, clinic.ben, clinic.ina, clinic.sue, clinic.cole, clinic.cora)
    }

    assert seen == {
        "ava": [signed.id], "ben": [], "ina": [signed.id], "sue": [signed.id], "cole": [],
        "cora": [signed.id],
    }  # fmt: skip


def test_a_share_opens_one_entry_to_the_partner_until_it_is_taken_back(ava, clinic, mood):
    other = send(ava, message="n", mood=8)
    ben = clinic.desk(clinic.ben)

    made = ava.share(mood.id, clinic.ben.id)
    during = [entry.id for entry in ben.shared()], ben.entry(mood.id).answers
    ava.unshare(made.id)

    assert during == ([mood.id], {"mood": 3})
    assert ben.shared() == []
    for entry in (mood, other):
        with pytest.raises(NotFoundError):
            ben.entry(entry.id)
    assert [(one.recipient, one.live) for one in ava.shares(clinic.ava.id)] == [("Ben Example", False)]


def test_a_share_is_to_read_and_nothing_else(ava, clinic, mood):
    ava.share(mood.id, clinic.ben.id)
    ben = clinic.desk(clinic.ben)

    for call in (
        lambda: ben.save(mood.id, message_id="x", answers={"mood": 1}, changed=["mood"], base=1),
        lambda: ben.share(mood.id, clinic.cole.id),
        lambda: ben.review(mood.id, 3),
    ):
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(AccessError, match="only what is yours"):
        ben.entries(clinic.ava.id)


@pytest.mark.parametrize("who", ["cam", "cora", "ava"])
def test_a_share_is_with_the_partner_or_the_care_team(ava, clinic, mood, who):
    with pytest.raises(AnswerError, match="Choose your partner or a clinician who treats you"):
        ava.share(mood.id, getattr(clinic, who).id)


def test_an_entry_can_be_shared_again_after_its_consent_was_taken_back(ava, clinic, urge):
    terms = {"until": UNTIL, "purpose": "to plan together", "signature": clinic.ava.name}
    first = ava.share(urge.id, clinic.ben.id, **terms)
    ava.revoke(first.consent_id)
    gone = [one.id for one in clinic.desk(clinic.ben).shared()]
    second = ava.share(urge.id, clinic.ben.id, **terms)

    assert gone == []
    assert second.id != first.id
    assert [one.id for one in clinic.desk(clinic.ben).shared()] == [urge.id]
    assert {one.id: one.live for one in ava.shares(clinic.ava.id)} == {first.id: False, second.id: True}


def test_a_substance_use_entry_is_shared_by_a_signed_consent_with_the_notice(ava, clinic, urge):
    with pytest.raises(AnswerError, match="This entry is a substance-use record"):
        ava.share(urge.id, clinic.ben.id)

    made = ava.share(urge.id, clinic.ben.id, until=UNTIL, purpose="he helps me", signature=NAME)
    ben = clinic.desk(clinic.ben)
    told = ben.disclosure(ben.shared())

    assert told.consent_ids == (made.consent_id,)
    assert told.text == (
        f"{NOTICE} Consent {made.consent_id} of 14 March 2026: to Ben Example, for he helps me, "
        "until 30 June 2026."
    )
    ava.revoke(made.consent_id)
    assert ben.shared() == []


def test_the_notice_is_word_for_word_and_says_what_it_rests_on(ava, clinic, urge, mood):
    sue, ina = clinic.desk(clinic.sue), clinic.desk(clinic.ina)
    signed = agree(ava, clinic)

    assert NOTICE == "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert ina.disclosure([mood]) is None
    assert ina.disclosure([mood, urge]).consent_ids == (signed.id,)
    assert ava.disclosure([urge]).scope == "This is the client's own copy."
    assert sue.disclosure([urge]).scope == (
        "It stays with the substance-use team; no consent to pass it on comes with it."
    )


def test_notes_and_reviews_stay_in_their_domain_and_away_from_clients(ava, clinic, mood, clock):
    ina = clinic.desk(clinic.ina)
    note = ina.note(clinic.ava.id, "individual", "She tries hard.", entry_id=mood.id)
    ina.review(mood.id, 2, "First look.")
    clock.pass_(minutes=1)
    last = ina.review(mood.id, 4, "Very good.")

    assert [one.id for one in ina.notes(clinic.ava.id)] == [note.id]
    assert [(one.quality, one.note, one.by) for one in ina.reviews(clinic.ava.id)] == [
        (4, "Very good.", "Ina Invented")
    ]
    assert last.entry_id == mood.id
    for who in (clinic.cole, clinic.sue):
        assert clinic.desk(who).notes(clinic.ava.id) == clinic.desk(who).reviews(clinic.ava.id) == []
        with pytest.raises(NotFoundError):
            clinic.desk(who).review(mood.id, 3)
        with pytest.raises(AccessError):
            clinic.desk(who).note(clinic.ava.id, "individual", "x")
    for call in (ava.notes, ava.reviews):
        with pytest.raises(AccessError, match="Clinicians' notes are not part of this page"):
            call(clinic.ava.id)


@pytest.mark.parametrize("quality", [-1, 5, True])
def test_quality_is_a_number_from_0_to_4(clinic, mood, quality):
    with pytest.raises(AnswerError, match="Choose a number from 0 to 4"):
        clinic.desk(clinic.ina).review(mood.id, quality)


@pytest.mark.parametrize("text", [" ", "x" * 20_001])
def test_a_note_has_some_words_and_not_too_many(clinic, text):
    with pytest.raises(AnswerError):
        clinic.desk(clinic.ina).note(clinic.ava.id, "individual", text)


@pytest.fixture
def vera(store, clinic):
    store.add_person("supervisor", "vera", "Vera Invented", zone="UTC")
    return store.desk_for("vera")


def test_a_supervisor_reads_after_stating_a_reason_and_the_client_sees_it(ava, clinic, vera, mood, clock):
    with pytest.raises(AccessError, match="State yours first"):
        vera.entries(clinic.ava.id)

    vera.state_reason("ava", "Review of the treatment plan.")
    read = [entry.id for entry in vera.entries(clinic.ava.id)]
    clock.pass_(seconds=3500)

    assert (read, len(vera.entries(clinic.ava.id))) == ([mood.id], 1)
    log = [(one.who, one.what, one.why) for one in clinic.desk(clinic.ava).access_log()]
    assert ("Vera Invented", "opened the record", "supervision: Review of the treatment plan.") in log
    assert ("Vera Invented", "stated a reason to read the record", "") in log
    clock.pass_(seconds=100)
    with pytest.raises(AccessError, match="State yours first"):
        vera.entries(clinic.ava.id)


def test_broken_glass_is_short_told_to_the_coordinator_and_seen_by_the_client(clinic, store, urge, clock):
    dee = store.add_person("clinician", "dee", "Dee Invented", zone="UTC", domains=["medical"])
    desk, cora = store.desk_for("dee"), clinic.desk(clinic.cora)
    with pytest.raises(AccessError, match="You do not treat this client"):
        desk.entries(clinic.ava.id)

    made = desk.break_glass("ava", "Overdose, she cannot speak.", minutes=30)
    opened = [entry.id for entry in desk.entries(clinic.ava.id)]

    assert opened == [urge.id]
    assert [(one.by, one.reason, one.seen_at) for one in cora.reasons()] == [
        ("Dee Invented", "Overdose, she cannot speak.", None)
    ]
    assert cora.acknowledge_reason(made.id).seen_by == "Cora Invented"
    told = store.desk_for("ava").disclosures(clinic.ava.id)
    assert [(one.recipient, one.purpose) for one in told] == [
        ("Dee Invented", "emergency: Overdose, she cannot speak.")
    ]
    assert [one.kind for one in store.desk_for("ava").reasons(clinic.ava.id)] == ["break-glass"]
    clock.pass_(minutes=31)
    with pytest.raises(AccessError):
        desk.entries(clinic.ava.id)
    assert dee.id in {one.person_id for one in store.desk_for("ava").who_sees(clinic.ava.id)} ^ {dee.id}


@pytest.mark.parametrize(
    ("reason", "minutes"), [("short", 60), ("A long enough reason.", 0), ("x" * 20, 241)]
)
def test_an_emergency_has_a_reason_and_an_end(clinic, reason, minutes):
    with pytest.raises(AnswerError):
        clinic.desk(clinic.ina).break_glass("cam", reason, minutes=minutes)


def test_nobody_else_breaks_the_glass_or_learns_who_is_there(clinic, vera):
    for desk in (clinic.desk(clinic.ben), clinic.desk(clinic.cora), vera):
        for name in ("ava", "nobody-by-that-name"):
            with pytest.raises(AccessError):
                desk.break_glass(name, "Curious about this one.")
    with pytest.raises(NotFoundError):
        clinic.desk(clinic.ina).break_glass("cora", "Curious about this one.")


def test_who_sees_what_names_people_reasons_and_ends(ava, clinic, mood, urge):
    agree(ava, clinic)
    ava.share(mood.id, clinic.ben.id, until=UNTIL)

    found = [
        (one.person, one.domain, one.thing, one.why, one.until)
        for one in ava.who_sees(clinic.ava.id)
        if one.thing in ("entry", "shared", "check-in")
    ]

    assert found == [
        ("Ben Example", "individual", "shared", "this one entry was shared on 13 March 2026", UNTIL),
        ("Cole Invented", "couples", "check-in", "on the care team since 2 March 2026", None),
        ("Cole Invented", "couples", "entry", "on the care team since 2 March 2026", None),
        ("Ina Invented", "individual", "entry", "on the care team since 2 March 2026", None),
        ("Ina Invented", "substance-use", "entry", "consent of 13 March 2026", UNTIL),
        ("Sue Invented", "substance-use", "entry", "on the care team since 2 March 2026", None),
    ]
    assert clinic.desk(clinic.cora).who_sees(clinic.ava.id) == ava.who_sees(clinic.ava.id)
    for who in (clinic.ben, clinic.ina):
        with pytest.raises(AccessError):
            clinic.desk(who).who_sees(clinic.ava.id)


def test_disclosures_are_accounted_for_with_recipient_and_purpose(ava, clinic, urge):
    signed = agree(ava, clinic)
    clinic.desk(clinic.ina).entry(urge.id)

    told = [(one.recipient, one.what, one.purpose, one.consent_id) for one in ava.disclosures(clinic.ava.id)]

    assert told == [("Ina Invented", "substance-use", "one plan for all of my care", signed.id)]
    assert ava.disclosures(clinic.ava.id, since=date(2026, 3, 15)) == []
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).disclosures(clinic.ava.id)


def test_a_private_entry_is_read_by_nobody_until_it_is_shared(ava, clinic, store, catalog):
    store.office.memory["catalog"] = {
        **catalog, "mood-check": catalog["mood-check"].model_copy(update={"private": True, "version": "3.0"})
    }  # fmt: skip
    entry = send(ava, hopeless=1, mood=2)
    ina = clinic.desk(clinic.ina)

    assert (entry.private, [one.id for one in ava.entries(clinic.ava.id)]) == (True, [entry.id])
    assert ina.entries(clinic.ava.id) == []
    assert [(one.entry_id, one.rule) for one in ina.alerts()] == [(None, "")]
    ava.share(entry.id, clinic.ina.id)
    assert [one.id for one in ina.entries(clinic.ava.id)] == [entry.id]
    assert clinic.desk(clinic.cole).entries(clinic.ava.id) == []


def test_an_alert_of_a_client_nobody_treats_goes_to_the_on_call_contact(clinic, store):
    clinic.desk(clinic.cora).change_program("on-call", "Night team, 555 0100")
    send(clinic.desk(clinic.cam), hopeless=1, mood=1)

    (alert,) = clinic.desk(clinic.cora).alerts()

    assert alert.told == ("Cora Invented", "Night team, 555 0100")


def test_an_alert_that_waits_too_long_goes_to_the_on_call_contact(ava, clinic, store, clock):
    send(ava, hopeless=1, mood=1)
    soon = store.desk_for("cora").alerts()[0].told
    clock.pass_(minutes=61)

    assert "The program's on-call contact" not in soon
    assert store.desk_for("cora").alerts()[0].told[-1] == "The program's on-call contact"


@pytest.mark.parametrize(
    ("name", "value"), [("colour", "red"), ("secrets-policy", "some"), ("alert-minutes", "0"), ("name", " ")]
)
def test_a_rule_of_the_program_that_makes_no_sense_is_refused(clinic, name, value):
    with pytest.raises(StoreError):
        clinic.desk(clinic.cora).change_program(name, value)


def test_only_the_coordinator_reads_and_changes_the_rules_of_the_program(clinic):
    assert clinic.desk(clinic.cora).change_program("name", "Harbor IOP")["name"] == "Harbor IOP"
    assert clinic.desk(clinic.cora).program()["name"] == "Harbor IOP"
    for who in (clinic.ava, clinic.ina):
        with pytest.raises(AccessError):
            clinic.desk(who).change_program("name", "x")
        with pytest.raises(AccessError):
            clinic.desk(who).program()


def test_after_signing_out_every_call_about_privacy_is_refused(clinic, store):
    login = store.login(store.sign_in("ava", "four green apples fly", address="here"))
    desk = store.redeem(store.issue_ticket(login.id))
    terms = {"purpose": "x", "until": UNTIL, "signature": NAME}
    given = {
        "consent": lambda: desk.consent(["couples"], clinic.ina.id, **terms),
        "disclosure": lambda: desk.disclosure([entry]),
        "review": lambda: desk.review("x", 1),
        "note": lambda: desk.note("x", "couples", "words"),
        "state_reason": lambda: desk.state_reason("x", "A reason to read."),
        "break_glass": lambda: desk.break_glass("x", "A reason to read."),
        "sign_release": lambda: desk.sign_release("x", **terms),
        "change_program": lambda: desk.change_program("name", "x"),
        "conjoint_draft": lambda: desk.conjoint_draft("x", "y"),
        **{name: getattr(desk, name) for name in ("access_log", "consents", "shared", "reasons", "program")},
        "blank_consent": desk.blank_consent,
        "releases": desk.releases,
        "standing": lambda: desk.standing(["x"]),
        **{name: getattr(desk, name) for name in ("preparation", "secrets_policy", "see_secrets_policy")},
        **{
            name: lambda name=name: getattr(desk, name)("x")
            for name in (
                "who_sees", "disclosures", "revoke", "unshare", "shares", "notes", "reviews",
                "acknowledge_reason", "joint_work", "pause_couple", "resume_couple", "conjoint", "release",
            )
        },
        "share": lambda: desk.share("x", "y"),
    }  # fmt: skip
    entry = send(desk, "urge-note")
    store.end_login(login.id)

    for call in given.values():
        with pytest.raises(SignInError):
            call()
    assert set(given) == {name for name in vars(DeskPrivacy) if not name.startswith("_")}
