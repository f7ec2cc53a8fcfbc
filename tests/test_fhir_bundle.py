"""A client's record as a Bundle: valid R4, without names, with labels and notice where they belong."""

import json
from datetime import UTC, date, datetime

import pytest
from fhir.resources.R4B.bundle import Bundle

from iopkit.exchange.fhir.bundle import bundle

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def record(clinic):
    """Return Ava's desk; she sent an assigned mood check, an urge note, and signed a consent."""
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "mood-check", "individual", note="=Please", rrule="FREQ=DAILY", starts=date(2026, 3, 2)
    )
    desk = clinic.desk(clinic.ava)
    for worksheet_id, answers, assigned in (
        ("mood-check", {"mood": 3, "hopeless": 1, "why": "A <b>hard</b> day"}, given.id),
        ("urge-note", {"craving": 4, "note": "At the store"}, None),
    ):
        draft = desk.draft(worksheet_id, assignment_id=assigned)
        desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)
    desk.consent(
        ["substance-use"],
        clinic.ina.id,
        purpose="to plan together",
        until=date(2026, 6, 1),
        signature="Ava Example",
    )
    return desk


def made(desk, client_id, **more):
    left = desk.leaving(client_id)
    return bundle(left, desk.worksheet_of, at=NOW, **more)


def of(found, kind):
    return [one["resource"] for one in found["entry"] if one["resource"]["resourceType"] == kind]


def test_the_bundle_is_valid_r4_and_holds_every_part(record, clinic):
    found = made(record, clinic.ava.id)

    Bundle.model_validate(json.loads(json.dumps(found)))
    kinds = [one["resource"]["resourceType"] for one in found["entry"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Patient": 1,
        "Questionnaire": 2,
        "QuestionnaireResponse": 2,
        "Provenance": 2,
        "CarePlan": 1,
        "Task": 1,
        "Consent": 1,
    }


def test_no_name_is_in_it_unless_asked_for(record, clinic):
    plain, named = (json.dumps(made(record, clinic.ava.id, names=one)) for one in (False, True))

    assert [name for name in ("Ava Example", "Ina Invented", "Sue Invented") if name in plain] == []
    assert [name for name in ("Ava Example", "Ina Invented") if name in named] == [
        "Ava Example",
        "Ina Invented",
    ]


def test_only_substance_use_records_carry_the_part_2_label_and_notice(record, clinic):
    found = made(record, clinic.ava.id)

    labels = {
        one["questionnaire"].rpartition("/")[2]: [label["code"] for label in one["meta"]["security"]]
        for one in of(found, "QuestionnaireResponse")
    }
    assert labels == {"mood-check|1.0": ["R"], "urge-note|2.3": ["R", "42CFRPart2", "ETH"]}
    assert found["meta"]["tag"][0]["display"].startswith("42 CFR part 2 prohibits unauthorized use")


def test_the_consent_that_it_leaves_under_is_named(record, clinic):
    consent = record.consents()[0]
    left = clinic.desk(clinic.ina).leaving(clinic.ava.id)

    assert [one.worksheet_id for one in left.entries] == ["mood-check"]
    assert of(bundle(left, record.worksheet_of, at=NOW), "Consent")[0]["id"] == consent.id


def test_a_score_becomes_an_observation_with_its_loinc_code(clinic):
    from dataclasses import replace

    from iopkit.worksheets import load_catalog

    desk = clinic.desk(clinic.ava)
    desk.transcribe("mood-check", {"mood": 2}, answered_at=NOW, message_id="x")
    left = desk.leaving(clinic.ava.id)
    phq9 = load_catalog()["phq-9"]
    entry = replace(
        left.entries[0],
        worksheet_id="phq-9",
        answers={"phq9_1": 3},
        scores={"total": 14},
        bands={"total": "moderate"},
    )

    found = bundle(replace(left, entries=(entry,)), lambda _: phq9, at=NOW)

    score = of(found, "Observation")[0]
    assert score["code"]["coding"][0] == {"system": "http://loinc.org", "code": "44261-6"}
    assert (score["valueQuantity"], score["interpretation"]) == ({"value": 14}, [{"text": "moderate"}])
    origin = of(found, "Provenance")[0]
    assert (origin["occurredDateTime"], origin["recorded"]) == (
        "2026-03-14T12:00:00+00:00",
        "2026-03-14T00:00:00+00:00",
    )
    Bundle.model_validate(json.loads(json.dumps(found)))
