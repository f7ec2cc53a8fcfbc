"""Pages about privacy: who sees what, who looked, consents, shares, notes, reasons, couples."""

from datetime import date

import pytest
from conftest import Clinic, Clock
from shipped import catalog, phq9, send

from iopkit.apps.handle import handle
from iopkit.apps.message import Acknowledge, Action, Refused, Reply, Shown
from iopkit.apps.message_privacy import (
    Pause,
    Review,
    Revoke,
    SeePolicy,
    Share,
    Sign,
    StateReason,
    Unshare,
    WriteNote,
)
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.start import Conversation
from iopkit.apps.view import Client, History, Home, Message, View, Worksheet
from iopkit.apps.view_privacy import AccessLog, Consents, Policy, Reason, WhoSees
from iopkit.clinic import Desk
from iopkit.clinic.demo_words import ALONE

__all__ = ["catalog"]
PLAN = {
    "warning_signs": [{"sign": "I stop opening mail."}],
    "alone": [{"what": "Walk the dog."}, {"what": "Cold water."}],
    "people": [{"name": "Ray", "phone": "555 0134", "knows": "yes"}],
    "means": [{"what": "The pills", "how": "With my sister."}],
    "living_for": "My grandmother's garden.",
}


def seen(desk: Desk, clock: Clock, *place: str) -> View:
    return make_view(desk, key(desk, *place), now=clock())


def asked(desk: Desk, clock: Clock, action: Action) -> Reply:
    return handle(desk, action, now=clock())


def shown(reply: Reply) -> object:
    assert isinstance(reply, Shown), reply
    return reply.view.body


def entry_page(desk: Desk, clock: Clock, entry_id: str) -> Worksheet:
    body = seen(desk, clock, "entry", entry_id).body
    assert isinstance(body, Worksheet)
    return body


@pytest.fixture
def ava(clinic: Clinic) -> Desk:
    return clinic.desk(clinic.ava)


def table(body: object) -> dict[str, list[str]]:
    assert isinstance(body, WhoSees)
    return {row.thing: [one.name for one in row.who] or [row.nobody] for row in body.rows}


def test_the_record_opens_the_three_pages_about_itself(ava: Desk, clock: Clock) -> None:
    body = seen(ava, clock, "history").body

    assert isinstance(body, History)
    assert [one.label for one in body.doors] == ["Who can see what", "Who looked when", "My consents"]


def test_who_sees_what_names_people_by_kind_of_thing(ava: Desk, clock: Clock) -> None:
    found = table(seen(ava, clock, "who-sees").body)

    assert found["What is sent in individual therapy"] == ["Ina Invented"]
    assert found["What is sent in substance use counseling"] == ["Sue Invented"]
    assert found["The check-in that is answered alone"] == ["Cole Invented"]
    assert found["Single entries that were shared"] == ["Nobody at the moment"]
    assert found["What is begun and not sent, and what is kept private"] == ["Only you"]


def test_the_coordinator_has_the_same_table(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    theirs = table(seen(clinic.desk(clinic.cora), clock, "who-sees", clinic.ava.id).body)
    last = "What is begun and not sent, and what is kept private"

    assert theirs | {last: ["Only you"]} == table(seen(ava, clock, "who-sees").body)
    assert theirs[last] == ["Only the client"]


def test_who_looked_is_told_in_plain_words(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    send(ava, "phq-9", phq9(9))
    clinic.desk(clinic.ina).entries(clinic.ava.id)

    body = seen(ava, clock, "access-log").body

    assert isinstance(body, AccessLog)
    first = next(one for one in body.rows if not one.mine)
    assert (first.who, first.what) == ("Ina Invented", "opened the record")
    assert body.empty == ""


def sign(desk: Desk, body: Consents, **changed: object) -> Sign:
    terms = {
        "recipient": body.form.recipients[0].value,
        "domains": ["substance-use"],
        "purpose": "so that my care fits together",
        "until": date(2026, 6, 30),
        "signature": "Ava Example",
    }
    return Sign(id="s1", **(terms | changed))


def consents(desk: Desk, clock: Clock) -> Consents:
    body = seen(desk, clock, "consents").body
    assert isinstance(body, Consents)
    return body


def test_a_consent_is_signed_with_every_element_in_sight_and_taken_back(
    clinic: Clinic, ava: Desk, clock: Clock
) -> None:
    before = consents(ava, clock)
    after = shown(asked(ava, clock, sign(ava, before)))

    assert before.empty.startswith("You have signed no consent.")
    assert (before.form.patient, before.form.discloser) == ("Ava Example", "The program")
    assert [one.label for one in before.form.recipients] == [
        "Cole Invented (couples therapist)",
        "Ina Invented (individual therapist)",
        "Sue Invented (drug and alcohol counselor)",
    ]
    assert isinstance(after, Consents)
    (line,) = after.rows
    assert (line.title, line.state) == (
        "Cole Invented may read: substance use counseling",
        "In force until 30 June 2026",
    )
    assert [fact.label for fact in line.facts][:7] == [
        "Client", "Who opens it", "What", "Who may read it", "What for", "Until", "Your rights"
    ]  # fmt: skip

    ended = shown(asked(ava, clock, Revoke(id="r1", key=line.key)))
    assert isinstance(ended, Consents)
    assert (ended.rows[0].state, ended.rows[0].key) == ("Taken back on 13 March 2026", "")


def test_what_a_consent_lacks_is_said_without_names_of_fields(ava: Desk, clock: Clock) -> None:
    reply = asked(ava, clock, sign(ava, consents(ava, clock), signature="Ava", purpose=" "))

    assert isinstance(reply, Refused)
    assert reply.text == "Say what it is for. Sign with your full name as it stands above."


def test_counseling_notes_are_consented_to_alone(ava: Desk, clock: Clock) -> None:
    body = consents(ava, clock)

    refused = asked(ava, clock, sign(ava, body, domains=["individual", "notes"]))
    signed = shown(asked(ava, clock, sign(ava, body, domains=["notes"])))

    assert isinstance(refused, Refused)
    assert isinstance(signed, Consents)
    assert signed.rows[0].title == "Cole Invented may read: the counselor's own notes"


def test_an_entry_is_shared_with_the_partner_and_taken_back(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    entry = send(ava, "phq-9", phq9(9))
    page = entry_page(ava, clock, entry)
    assert page.sharing is not None
    names = [one.label for one in page.sharing.choices]

    share = Share(id="s", key=page.sharing.key, recipient=page.sharing.choices[0].value)
    shared = shown(asked(ava, clock, share))
    during = seen(clinic.desk(clinic.ben), clock, "entry", entry).body

    assert names[0] == "Ben Example (your partner)"
    assert "Ina Invented (individual therapist)" not in names  # she sees it anyway
    assert isinstance(shared, Worksheet)
    assert shared.sharing is not None
    assert [one.label for one in shared.sharing.shares] == ["Ben Example, since 13 March 2026"]
    assert isinstance(during, Worksheet)
    assert during.sharing is None
    assert during.seen_by == "Ava Example shared this with you, to read."
    assert [one.key for one in seen(clinic.desk(clinic.ben), clock, "history").body.shared] != []
    asked(ava, clock, Unshare(id="u", key=shared.sharing.shares[0].key))
    assert isinstance(seen(clinic.desk(clinic.ben), clock, "entry", entry).body, Message)


def test_a_substance_use_entry_is_shared_by_signing(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    entry = send(ava, "urge-log", {})
    sharing = entry_page(ava, clock, entry).sharing
    assert sharing is not None
    assert sharing.signed
    terms = {"key": sharing.key, "recipient": sharing.choices[0].value}

    refused = asked(ava, clock, Share(id="a", **terms))
    more = {"until": date(2026, 6, 30), "purpose": "We talk about it.", "signature": "Ava Example"}
    shared = shown(asked(ava, clock, Share(id="b", **terms, **more)))

    assert isinstance(refused, Refused)
    assert isinstance(shared, Worksheet)
    assert shared.sharing is not None
    assert [one.label for one in shared.sharing.shares] == [
        "Ben Example, since 13 March 2026, until 30 June 2026"
    ]
    theirs = entry_page(clinic.desk(clinic.ben), clock, entry)
    assert theirs.notice.startswith(
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records. Consent "
    )
    assert theirs.notice.endswith(": to Ben Example, for We talk about it., until 30 June 2026.")


def test_a_drawing_is_private_until_it_is_shared_with_the_therapist(
    clinic: Clinic, ava: Desk, clock: Clock
) -> None:
    entry = send(ava, "drawing-prompt", {})
    sharing = entry_page(ava, clock, entry).sharing
    assert sharing is not None

    ina = next(one for one in sharing.choices if one.label.startswith("Ina"))
    before = seen(clinic.desk(clinic.ina), clock, "entry", entry).body
    asked(ava, clock, Share(id="s", key=sharing.key, recipient=ina.value))

    assert sharing.text == "It is yours alone until you share it."
    assert isinstance(before, Message)
    assert isinstance(seen(clinic.desk(clinic.ina), clock, "entry", entry).body, Worksheet)


def test_a_clinician_reviews_and_notes_and_the_client_sees_neither(
    clinic: Clinic, ava: Desk, clock: Clock
) -> None:
    entry = send(ava, "phq-9", phq9(9))
    ina = clinic.desk(clinic.ina)
    page = entry_page(ina, clock, entry)
    assert page.team is not None

    asked(ina, clock, Review(id="r", key=page.team.key, quality=3, note="Calm work."))
    body = shown(asked(ina, clock, WriteNote(id="n", key=page.team.key, text="Ask about sleep.")))

    assert isinstance(body, Worksheet)
    assert body.team is not None
    assert [(one.by, one.text) for one in body.team.reviews] == [
        ("Ina Invented", "3 – done well. Calm work.")
    ]
    assert [(one.by, one.text) for one in body.team.notes] == [("Ina Invented", "Ask about sleep.")]
    assert entry_page(clinic.desk(clinic.ava), clock, entry).team is None


def test_an_action_that_comes_again_after_a_cut_is_done_once(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    entry = send(ava, "phq-9", phq9(9))
    ina = clinic.desk(clinic.ina)
    talk = Conversation(ina, clock)
    note = {"kind": "note", "id": "n1", "key": key(ina, "entry", entry), "text": "Once."}

    first, again = talk.reply(note), talk.reply(note)

    assert first == again
    assert len(ina.notes(clinic.ava.id)) == 1


def test_an_acknowledged_alert_shows_name_time_and_note(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    send(ava, "phq-9", phq9(9, item9=1))
    ina = clinic.desk(clinic.ina)
    body = seen(ina, clock, "client", clinic.ava.id).body
    assert isinstance(body, Client)

    after = shown(asked(ina, clock, Acknowledge(id="a", key=body.alerts[0].key, note="Called her.")))

    assert isinstance(after, Client)
    assert after.alerts[0].done == "Seen by Ina Invented, today, 8:00 pm: Called her."


def test_a_refused_clinician_may_state_an_emergency_and_the_record_opens(
    clinic: Clinic, ava: Desk, clock: Clock
) -> None:
    sue = clinic.store.add_person(
        "clinician", "lou", "Lou Lone", zone="UTC", domains=["individual"], password="four green apples fly"
    )
    lou = clinic.desk(sue)
    refused = seen(lou, clock, "client", clinic.ava.id).body
    assert isinstance(refused, Message)
    page = make_view(lou, refused.ask, now=clock()).body
    assert isinstance(page, Reason)

    short = asked(lou, clock, StateReason(id="a", key=page.key, reason="help"))
    opened = shown(asked(lou, clock, StateReason(id="b", key=page.key, reason="She called and hung up.")))

    assert refused.ask_label == "This is an emergency"
    assert isinstance(short, Refused)
    assert short.text == "State the reason in at least 10 characters."
    assert isinstance(opened, Client)
    assert (opened.client, opened.library, opened.joint) == ("Ava Example", "", None)
    assert opened.opened_by.startswith("You read this for the reason you stated.")
    log = seen(clinic.desk(clinic.ava), clock, "access-log").body
    assert isinstance(log, AccessLog)
    assert "emergency: She called and hung up." in [one.why for one in log.rows if one.who == "Lou Lone"]
    assert [one.label for one in seen(lou, clock, "reason").body.open] == ["Ava Example"]


def test_a_supervisor_types_whose_record_and_why_and_reads(clinic: Clinic, ava: Desk, clock: Clock) -> None:
    entry = send(ava, "phq-9", phq9(9))
    vera = clinic.desk(
        clinic.store.add_person(
            "supervisor", "vera", "Vera Invented", zone="UTC", password="four green apples fly"
        )
    )

    landed = make_view(vera, "", now=clock()).body
    opened = shown(asked(vera, clock, StateReason(id="a", user="ava", reason="Quarterly review.")))

    assert isinstance(landed, Reason)
    assert landed.heading == "Read with a reason"
    assert isinstance(opened, Client)
    page = entry_page(vera, clock, entry)
    assert page.team is not None
    assert (page.team.may_note, page.team.may_review) == (False, False)


def test_the_couples_therapist_pauses_and_resumes_joint_work(clinic: Clinic, clock: Clock) -> None:
    cole = clinic.desk(clinic.cole)
    body = seen(cole, clock, "client", clinic.ava.id).body
    assert isinstance(body, Client)
    assert body.joint is not None

    paused = shown(asked(cole, clock, Pause(id="p", key=body.joint.key)))
    going = shown(asked(cole, clock, Pause(id="r", key=body.joint.key, resume=True)))

    assert body.joint.lines[0] == "Ava Example and Ben Example are a couple here."
    assert isinstance(paused, Client)
    assert paused.joint is not None
    assert paused.joint.lines[-1] == "Paused by Cole Invented, today, 8:00 pm."
    assert isinstance(going, Client)
    assert going.joint is not None
    assert not going.joint.paused
    assert seen(clinic.desk(clinic.ina), clock, "client", clinic.ava.id).body.joint is None


def test_before_joint_work_a_client_reads_the_policy_and_answers_alone(clinic: Clinic, clock: Clock) -> None:
    ava = clinic.desk(clinic.ava)
    first = make_view(ava, "", now=clock()).body
    policy = seen(ava, clock, "policy").body
    assert isinstance(first, Home)
    assert isinstance(policy, Policy)

    second = shown(asked(ava, clock, SeePolicy(id="s")))
    send(ava, "private-check-in", ALONE)
    third = make_view(ava, "", now=clock()).body

    assert [one.action for one in first.alone] == ["Read", "Start"]
    assert "the therapist helps you to say it yourself" in policy.text
    assert isinstance(second, Home)
    assert [one.action for one in second.alone] == ["Start"]
    assert isinstance(third, Home)
    assert third.alone == []


def test_a_pause_changes_nothing_of_what_a_partner_is_shown(clinic: Clinic, clock: Clock) -> None:
    before = make_view(clinic.desk(clinic.ben), "", now=clock()).body
    clinic.desk(clinic.cole).pause_couple(clinic.ava.id)

    after = make_view(clinic.desk(clinic.ben), "", now=clock()).body

    assert before.model_dump() == after.model_dump()


def test_a_safety_plan_is_with_every_page_of_its_client_and_nobody_elses(
    clinic: Clinic, ava: Desk, clock: Clock
) -> None:
    assert seen(ava, clock, "home").plan is None
    send(ava, "safety-plan", PLAN)

    for place in ("home", "history", "library", "who-sees"):
        plan = seen(ava, clock, place).plan
        assert plan is not None
        assert [(one.title, one.lines) for one in plan.parts] == [
            ("1. How I can tell that it is starting", ["I stop opening mail."]),
            ("2. What I can do by myself", ["Walk the dog.", "Cold water."]),
            ("4. People I can tell", ["Ray, 555 0134"]),
            ("What I want to live for", ["My grandmother's garden."]),
        ]
    assert seen(clinic.desk(clinic.ben), clock, "home").plan is None
    assert seen(clinic.desk(clinic.ina), clock, "client", clinic.ava.id).plan is None
