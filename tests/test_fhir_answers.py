"""Answers go out as a QuestionnaireResponse and come back with the same scores."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from iopkit.errors import AnswerError
from iopkit.exchange.fhir.answers import read_response, response
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.exchange.fhir.read import read_questionnaire
from iopkit.worksheets import Worksheet, load_catalog, score
from iopkit.worksheets.elements import DrawingQuestion, PracticeQuestion
from iopkit.worksheets.load import read_document
from iopkit.worksheets.visibility import settle

CATALOG = load_catalog()
DAY = date(2026, 1, 13)


def cases(worksheet_id: str) -> list[tuple[Worksheet, dict[str, Any]]]:
    """Return the cases of a worksheet that are not refused, with the worksheet as each is asked."""
    data = read_document(Path(__file__).parent / "cases" / f"{worksheet_id}.yaml").data
    kept = [case for case in data["cases"] if "refused" not in case]
    return [(CATALOG[worksheet_id].with_settings(case.get("settings", {})), case) for case in kept]


def carried(worksheet: Worksheet, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers that FHIR can carry, of what is asked."""
    kept = settle(worksheet, answers)
    lost = {
        key
        for key, one in worksheet.items.items()
        if isinstance(one.question, DrawingQuestion | PracticeQuestion)
    }
    return {key: value for key, value in kept.items() if key not in lost and value not in ([], "")}


@pytest.mark.parametrize("worksheet_id", list(CATALOG))
def test_a_questionnaire_is_valid_r4(worksheet_id: str):
    Questionnaire.model_validate(questionnaire(CATALOG[worksheet_id]).resource)


@pytest.mark.parametrize("worksheet_id", list(CATALOG))
def test_the_answers_of_every_case_come_back(worksheet_id: str):
    for worksheet, case in cases(worksheet_id):
        answers = carried(worksheet, case["answers"])
        sent = json.loads(json.dumps(response(worksheet, answers, zone="America/New_York")))
        QuestionnaireResponse.model_validate(sent)

        back = read_response(worksheet, sent)

        assert back == answers, case["name"]
        day = date.fromisoformat(case.get("day", "2026-01-13"))
        assert score(worksheet, back, day=day, zone="UTC") == score(worksheet, answers, day=day, zone="UTC")


def test_a_worksheet_that_came_back_from_fhir_scores_the_same():
    before = CATALOG["phq-9"]
    after = read_questionnaire(questionnaire(before).resource).worksheet
    answers = {f"phq9_{number}": number % 4 for number in range(1, 10)}

    assert score(after, answers, day=DAY, zone="UTC") == score(before, answers, day=DAY, zone="UTC")


def test_own_words_travel_as_text_and_refusing_as_an_absent_reason():
    asq = response(CATALOG["asq"], {"asq_1": "refused"})
    urge = response(CATALOG["meeting-log"], {"kind": "other", "kind-Comment": "the library"})

    assert asq["item"][0]["item"][0]["answer"] == [
        {
            "valueCoding": {
                "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                "code": "asked-declined",
                "display": "Refused to answer",
            }
        }
    ]
    assert {"linkId": "kind", "answer": [{"valueString": "the library"}]} in [
        item for group in urge["item"] for item in group["item"]
    ]


def test_answers_to_another_worksheet_are_refused():
    with pytest.raises(AnswerError, match="expected answers to this worksheet, got those to another"):
        read_response(CATALOG["gad-7"], response(CATALOG["phq-9"], {"phq9_1": 1}))
