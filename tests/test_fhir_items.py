"""What each kind of question looks like in a Questionnaire, and which formula a score gets: as literals."""

from typing import Any

import pytest

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.places import Places
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.exchange.fhir.scored import calculated
from iopkit.worksheets import load_catalog

CATALOG = load_catalog()
OURS = "https://iopkit.example/fhir/CodeSystem"
Json = dict[str, Any]


def found(worksheet_id: str, link: str) -> Json:
    """Return an item of an exported worksheet by its link id."""

    def below(items: list[Json]) -> Json | None:
        for one in items:
            inner = one if one["linkId"] == link else below(one.get("item", []))
            if inner:
                return inner
        return None

    item = below(questionnaire(CATALOG[worksheet_id]).resource["item"])
    assert item is not None, link
    return item


@pytest.mark.parametrize(
    ("worksheet_id", "link", "kind"),
    [
        ("thought-record", "situation", "text"),
        ("thought-record", "feelings", "group"),
        ("thought-record", "hot_thought", "open-choice"),
        ("sleep-diary", "naps", "integer"),
        ("sleep-diary", "medication", "boolean"),
        ("sleep-diary", "final_awakening", "time"),
        ("phq-9", "phq9_1", "choice"),
        ("meeting-log", "kind", "open-choice"),
        ("meeting-log", "day", "date"),
        ("decision-balance", "importance", "integer"),
    ],
)
def test_each_question_has_its_fhir_type(worksheet_id: str, link: str, kind: str):
    assert found(worksheet_id, link)["type"] == kind


def test_a_phq9_item_has_its_loinc_codes_and_weights():
    item = found("phq-9", "phq9_1")

    assert item["code"] == [{"system": names.LOINC, "code": "44250-9"}]
    assert item["answerOption"][0] == {
        "valueCoding": {"system": names.LOINC, "code": "LA6568-5", "display": "Not at all"},
        "extension": [{"url": names.ORDINAL, "valueDecimal": 0}],
    }


def test_a_choice_without_loinc_has_a_code_of_its_worksheet():
    first = found("meeting-log", "went")["answerOption"][0]["valueCoding"]

    assert (first["system"], first["code"]) == (f"{OURS}/meeting-log", "yes")


def test_refusing_is_an_absent_reason_and_excludes_the_others():
    last = found("asq", "asq_1")["answerOption"][-1]

    assert last["valueCoding"]["code"] == "asked-declined"
    assert last["extension"] == [{"url": names.EXCLUSIVE, "valueBoolean": True}]


def test_a_row_has_its_bounds_and_its_items_the_name_of_the_row():
    rows = found("urge-log", "urges")

    most = [one["valueInteger"] for one in rows["extension"] if one["url"] == names.MOST]
    links = [one["linkId"] for one in rows["item"] if one["type"] != "display"]
    assert (rows["repeats"], most) == (True, [6])
    assert [one for one in links if not one.startswith("urges.")] == []


def test_named_ends_and_bounds_of_a_scale_stand_beside_it():
    item = found("decision-balance", "importance")

    bounds = {one["url"]: one["valueInteger"] for one in item["extension"] if "valueInteger" in one}
    ends = [one["linkId"] for one in item["item"]]
    assert (bounds[names.LOW], bounds[names.HIGH]) == (0, 10)
    assert ends == ["importance:lower", "importance:upper"]


def test_descriptions_are_instructions_and_examples_are_help():
    item = found("thought-record", "situation")

    kinds = {one["linkId"]: one["extension"][0]["url"].rpartition("/")[2] for one in item["item"]}
    assert kinds == {
        "situation:about": "questionnaire-displayCategory",
        "situation:example": "questionnaire-itemControl",
    }


def test_choices_among_rows_are_an_answer_expression():
    item = found("thought-record", "hot_thought")

    said = [one["valueExpression"]["expression"] for one in item["extension"] if one["url"] == names.OFFERED]
    assert said == ["%resource.repeat(item).where(linkId='thoughts.thought').answer.value"]


@pytest.mark.parametrize(
    ("worksheet_id", "score", "path"),
    [
        ("urge-log", "urges", "%resource.repeat(item).where(linkId='urges').count()"),
        (
            "gad-7",
            "gad2",
            "(%resource.repeat(item).where(linkId='gad7_1').answer.value.weight()) + "
            "(%resource.repeat(item).where(linkId='gad7_2').answer.value.weight())",
        ),
        (
            "emotion-log",
            "strength",
            "(((%resource.repeat(item).where(linkId='feelings.before').answer.value.avg())) / 1).round(0)",
        ),
    ],
)
def test_a_score_is_a_formula_where_there_is_one(worksheet_id: str, score: str, path: str):
    sheet = CATALOG[worksheet_id]
    one = next(one for one in sheet.scores if one.name == score)

    assert calculated(one, Places.of(sheet)) == path


def test_a_prorated_total_needs_its_fewest_answers():
    item = found("phq-9", "score:total")

    path = next(one for one in item["extension"] if one["url"] == names.CALCULATED)["valueExpression"]
    assert ".count() >= 7, " in path["expression"]
    assert ".avg() * 9, {})" in path["expression"]
    assert item["code"] == [{"system": names.LOINC, "code": "44261-6"}]


def test_scores_are_hidden_and_not_to_be_answered():
    group = found("phq-9", "scores:")

    assert group["extension"] == [{"url": names.HIDDEN, "valueBoolean": True}]
    assert [one["readOnly"] for one in group["item"]] == [True]


def test_a_function_is_told_of_and_worked_out_here():
    lost = questionnaire(CATALOG["sleep-diary"]).lost

    assert lost[0] == "tib: the function sleep.night is no formula; it is worked out again here"
