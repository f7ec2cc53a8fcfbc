"""A pathway opens step by step: after completion, after days, on a score, and with a clinician's yes."""

from datetime import date, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import catalog, phq9, send
from sqlalchemy import select

from iopkit.clinic import Desk
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.pathways import advance
from iopkit.clinic.record import Person
from iopkit.clinic.tables import AuditRow
from iopkit.clinic.waiting import waits
from iopkit.errors import AccessError, AnswerError, NotFoundError

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["catalog"]
TODAY = date(2026, 3, 13)


def desk_of(clinic: Clinic, person: Person) -> Desk:
    return clinic.store.desk_for(person.user)


def start(clinic: Clinic, template: str = "depression", who: str = "ina") -> str:
    return clinic.store.desk_for(who).start_pathway(clinic.ava.id, template, starts=TODAY)


def states(desk: Desk, client: Person) -> dict[str, str]:
    (walk,) = desk.pathways(client.id)
    return {one.step.id: one.state for one in walk.steps}


def given(desk: Desk, client: Person) -> dict[str, str]:
    return {one.worksheet_id: one.rrule for one in desk.assignments(client.id)}


def answer(clinic: Clinic, worksheet: str, answers: dict[str, object]) -> None:
    """Let Ava send what the pathway gave her."""
    ava = desk_of(clinic, clinic.ava)
    ava.pathways(clinic.ava.id)
    (one,) = [one for one in ava.assignments(clinic.ava.id) if one.worksheet_id == worksheet]
    send(ava, worksheet, answers, assignment_id=one.id)


def test_what_needs_nothing_opens_at_once_and_the_rest_waits(clinic: Clinic) -> None:
    start(clinic)

    ina = desk_of(clinic, clinic.ina)
    assert states(ina, clinic.ava) == {
        "mood": "open",
        "nights": "open",
        "doing": "waits",
        "pleasant": "waits",
        "thoughts": "waits",
        "safety": "waits",
    }
    assert given(ina, clinic.ava) == {"phq-9": "FREQ=WEEKLY;BYDAY=SU", "sleep-diary": "FREQ=DAILY"}


def test_what_opens_late_in_the_evening_is_due_from_tomorrow_on(clinic: Clinic, clock: Clock) -> None:
    clock.pass_(hours=2)
    start(clinic)
    answer(clinic, "phq-9", phq9(9))
    ina = desk_of(clinic, clinic.ina)
    assert states(ina, clinic.ava)["pleasant"] == "open"

    tomorrow = TODAY + timedelta(1)
    assert {one.worksheet_id: (one.starts, one.ends) for one in ina.assignments(clinic.ava.id)} == {
        "phq-9": (tomorrow, None),
        "sleep-diary": (tomorrow, tomorrow + timedelta(13)),
        "pleasant-events": (TODAY, tomorrow + timedelta(6)),
    }


@pytest.mark.parametrize(
    ("total", "opened", "closed"),
    [
        (9, ["pleasant"], ["doing", "safety"]),
        (10, ["doing"], ["pleasant", "safety"]),
        (19, ["doing"], ["safety"]),
    ],
)
def test_a_score_opens_what_it_is_for(
    clinic: Clinic, total: int, opened: list[str], closed: list[str]
) -> None:
    start(clinic)

    answer(clinic, "phq-9", phq9(total))

    found = states(desk_of(clinic, clinic.ina), clinic.ava)
    assert found["mood"] == "done"
    assert {found[one] for one in opened} == {"open"}
    assert {found[one] for one in closed} == {"waits"}


def test_what_has_a_safety_meaning_waits_for_a_yes(clinic: Clinic) -> None:
    pathway = start(clinic)
    answer(clinic, "phq-9", phq9(21))
    ina = desk_of(clinic, clinic.ina)
    assert states(ina, clinic.ava)["safety"] == "asks"
    assert "safety-plan" not in given(ina, clinic.ava)

    ina.decide_step(pathway, "safety", "yes")

    assert states(ina, clinic.ava)["safety"] == "open"
    assert "safety-plan" in given(ina, clinic.ava)


def test_an_open_step_stays_open_when_the_score_falls(clinic: Clinic, clock: Clock) -> None:
    start(clinic)
    answer(clinic, "phq-9", phq9(15))
    assert states(desk_of(clinic, clinic.ina), clinic.ava)["doing"] == "open"
    clock.pass_(days=7)

    answer(clinic, "phq-9", phq9(4))

    found = states(desk_of(clinic, clinic.ina), clinic.ava)
    assert (found["doing"], found["pleasant"]) == ("open", "open")


def test_a_step_opens_days_after_the_one_before_was_done_often_enough(clinic: Clinic, clock: Clock) -> None:
    pathway = start(clinic, "anxiety")
    ava = desk_of(clinic, clinic.ava)
    assert states(ava, clinic.ava)["fence"] == "waits"

    desk_of(clinic, clinic.ina).decide_step(pathway, "fence", "skip")

    assert states(ava, clinic.ava)["fence"] == "skipped"
    assert states(ava, clinic.ava)["test"] == "waits"  # two days after what was left out
    clock.pass_(days=2)
    assert states(ava, clinic.ava)["test"] == "open"


def test_it_is_opened_once_however_many_look(clinic: Clinic) -> None:
    start(clinic)

    counts = [advance(clinic.store.office, [clinic.ava.id]) for _ in range(3)]

    assert counts == [0, 0, 0]
    assert len(desk_of(clinic, clinic.ava).assignments(clinic.ava.id)) == 2


def test_a_message_sent_twice_starts_one_pathway_and_a_second_start_is_refused(clinic: Clinic) -> None:
    ina = desk_of(clinic, clinic.ina)
    first = [ina.start_pathway(clinic.ava.id, "depression", starts=TODAY, message_id="m1") for _ in range(2)]

    assert len(set(first)) == 1
    with pytest.raises(AnswerError, match="already runs"):
        start(clinic)


def test_a_stopped_pathway_opens_nothing_more_and_keeps_what_is_open(clinic: Clinic) -> None:
    pathway = start(clinic)
    ina = desk_of(clinic, clinic.ina)

    ina.stop_pathway(pathway)
    answer(clinic, "phq-9", phq9(15))

    assert "behavioral-activation" not in given(ina, clinic.ava)
    assert set(given(ina, clinic.ava)) == {"phq-9", "sleep-diary"}
    with pytest.raises(AnswerError, match="has been stopped"):
        ina.decide_step(pathway, "doing", "skip")
    assert start(clinic) != pathway


def test_nothing_opens_once_its_clinician_has_left_the_team(clinic: Clinic, clock: Clock) -> None:
    start(clinic)
    cora = clinic.store.desk_for("cora")
    (member,) = [one for one in cora.care_team(clinic.ava.id) if one.domain == "individual"]
    cora.end_treat(member.id, TODAY)
    clock.pass_(days=1)

    answer(clinic, "phq-9", phq9(15))

    assert "behavioral-activation" not in given(desk_of(clinic, clinic.ava), clinic.ava)


def test_what_may_not_be_decided_is_refused(clinic: Clinic) -> None:
    pathway = start(clinic)
    ina, sue = desk_of(clinic, clinic.ina), desk_of(clinic, clinic.sue)

    with pytest.raises(AnswerError, match="does not wait for your yes"):
        ina.decide_step(pathway, "doing", "yes")
    with pytest.raises(AnswerError, match="already open"):
        ina.decide_step(pathway, "mood", "skip")
    with pytest.raises(NotFoundError):
        sue.decide_step(pathway, "doing", "skip")
    with pytest.raises(NotFoundError):
        sue.stop_pathway(pathway)
    with pytest.raises(NotFoundError, match="no pathway by that name"):
        start(clinic, "nowhere")
    with pytest.raises(AccessError):
        start(clinic, "depression", who="sue")


def test_a_pathway_is_seen_in_its_domain_and_by_its_client_alone(clinic: Clinic) -> None:
    start(clinic)

    seen = {
        user: len(clinic.store.desk_for(user).pathways(clinic.ava.id))
        for user in ("ava", "ina", "sue", "cole")
    }

    assert seen == {"ava": 1, "ina": 1, "sue": 0, "cole": 0}
    for user in ("ben", "cora"):
        with pytest.raises(AccessError):
            clinic.store.desk_for(user).pathways(clinic.ava.id)


def test_an_entry_of_another_domain_opens_nothing(clinic: Clinic) -> None:
    start(clinic)
    other = clinic.store.desk_for("sue").assign(
        clinic.ava.id, "phq-9", "substance-use", note="", starts=TODAY
    )

    send(desk_of(clinic, clinic.ava), "phq-9", phq9(15), assignment_id=other.id)

    assert states(desk_of(clinic, clinic.ina), clinic.ava)["doing"] == "waits"


def test_a_note_stands_in_the_clients_language(clinic: Clinic) -> None:
    desk_of(clinic, clinic.ava).speak("es")

    start(clinic)

    notes = {one.worksheet_id: one.note for one in clinic.store.desk_for("ina").assignments(clinic.ava.id)}
    assert notes["sleep-diary"].startswith("Unas líneas cada mañana")


def test_a_reminder_opens_what_is_ready(clinic: Clinic, clock: Clock) -> None:
    start(clinic, "early-recovery", who="sue")
    clock.pass_(days=7)
    clock.instant += timedelta(hours=-6)

    assert waits(clinic.store.office, clinic.store.person("ava"))
    assert "barc-10" in given(desk_of(clinic, clinic.ava), clinic.ava)


def test_starts_yeses_and_openings_stand_in_the_audit_trail(clinic: Clinic) -> None:
    pathway = start(clinic)

    with clinic.store.office.database.read(PROGRAM) as session:
        chosen = select(AuditRow).where(AuditRow.why == f"pathway:{pathway}")
        rows = session.scalars(chosen.order_by(AuditRow.seq)).all()
    assert [(row.action, row.thing, row.through) for row in rows] == [("assign", "assignment", "pathway")] * 2
    assert {row.actor_id for row in rows} == {clinic.ina.id}
