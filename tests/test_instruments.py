"""An instrument is valid in its official wording only: items and options are compared with published copies.

The deviations that the tests fold are those that each instrument file lists under ``reference``.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from wording import differences, plain

from iopkit.worksheets import Worksheet, load_worksheet
from iopkit.worksheets.catalog import worksheet_files
from iopkit.worksheets.elements import Question, SelectQuestion
from iopkit.worksheets.place import content_folder

REFERENCE = Path(__file__).parent / "reference"
FILES = worksheet_files(content_folder("worksheets") / "measures")
WORDED = [path for path in FILES if path.stem != "outside-score"]
"""outside-score has no wording of any instrument."""


@cache
def measure(name: str) -> Worksheet:
    return load_worksheet(content_folder("worksheets") / "measures" / f"{name}.yaml")


@cache
def published(name: str) -> Any:
    return json.loads((REFERENCE / name).read_text())


def questions(name: str, prefix: str) -> list[Question]:
    """Return the numbered items of an instrument, in order."""
    items = measure(name).items.values()
    return [item.question for item in items if re.fullmatch(rf"{prefix}_[0-9]+", item.id)]


def titles(name: str, prefix: str) -> list[str]:
    return [plain(question.title or "") for question in questions(name, prefix)]


def choices(question: Question) -> list[tuple[object, str | None]]:
    assert isinstance(question, SelectQuestion)
    return [(choice.value, choice.text) for choice in question.options]


def test_gad_7_is_worded_as_published_without_the_stem_in_each_item():
    stem = "Over the past 2 weeks, how often have you been bothered by "
    items = [item for item in published("questionnaire-gad7.json")["item"] if item["type"] == "choice"]

    ours = [f"{title[0].lower()}{title[1:]}" for title in titles("gad-7", "gad7")]

    assert ours == [plain(item["text"].removeprefix(stem)) for item in items]


def test_gad_7_has_the_published_options_and_codes_but_for_the_slip_in_item_2():
    items = [item for item in published("questionnaire-gad7.json")["item"] if item["type"] == "choice"]
    slips = []
    for question, item in zip(questions("gad-7", "gad7"), items, strict=True):
        assert isinstance(question, SelectQuestion)
        coded = [option["valueCoding"] for option in item["answerOption"]]
        ours = [(choice.text, choice.loinc) for choice in question.options]
        theirs = [(option["display"], option["code"]) for option in coded]
        slips += [(mine, other) for mine, other in zip(ours, theirs, strict=True) if mine != other]
        assert question.loinc == item["linkId"].removeprefix("/")
        assert [choice.value for choice in question.options] == [0, 1, 2, 3]

    assert slips == [(("More than half the days", "LA6570-1"), ("More days than not", "LA18938-3"))]
    assert (measure("gad-7").loinc, measure("gad-7").scores[0].loinc) == ("69737-5", "70274-6")


@pytest.mark.parametrize(
    ("name", "prefix"), [("pcl-5", "pcl5"), ("barc-10", "barc10"), ("audit-c", "auditc"), ("csi-4", "csi4")]
)
def test_items_are_worded_as_published(name: str, prefix: str):
    items = published("instrument-wording.json")[name]["items"]

    theirs = list(items.values()) if isinstance(items, dict) else items

    assert titles(name, prefix) == [plain(text) for text in theirs]


@pytest.mark.parametrize(
    ("name", "prefix"), [("pcl-5", "pcl5"), ("barc-10", "barc10"), ("audit-c", "auditc")]
)
def test_options_and_their_values_are_those_published(name: str, prefix: str):
    data = published("instrument-wording.json")[name]
    options = data["options"]

    for index, question in enumerate(questions(name, prefix)):
        own = options[index] if isinstance(options[0], list) else options
        assert choices(question) == list(zip(data["values"], own, strict=True))


def test_an_item_in_other_words_than_its_reference_is_told_with_its_line_and_what_to_do(tmp_path: Path):
    wording = published("instrument-wording.json")["barc-10"]["items"]
    theirs = list(wording.values()) if isinstance(wording, dict) else wording
    ours = content_folder("worksheets") / "measures" / "barc-10.yaml"
    lines = ours.read_text().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.strip() == "- name: barc10_3")
    title = next(number for number in range(at, at + 5) if "title:" in lines[number])
    lines[title] = lines[title].partition("title:")[0] + "title: I am fairly happy with my life.\n"
    changed = tmp_path / "barc-10.yaml"
    changed.write_text("".join(lines))

    assert differences(ours, "barc10", theirs) == []
    assert differences(changed, "barc10", theirs) == [
        f"{changed}:{title + 1}: pages[0].elements[2].title: expected the published wording of 'barc10_3'; "
        "take it from the reference, or list the deviation with its reason under 'reference'"
    ]


def test_an_instrument_that_lost_an_item_is_told():
    ours = content_folder("worksheets") / "measures" / "csi-4.yaml"

    (told,) = differences(ours, "csi4", ["One", "Two", "Three", "Four", "Five"])

    assert ": pages: expected the 5 published items, got 4; take it from the reference" in told


def test_csi_4_has_its_three_sets_of_options():
    data = published("instrument-wording.json")["csi-4"]
    sets = [data["options_1"], data["options_2"], data["options_3_4"], data["options_3_4"]]

    ours = [choices(question) for question in questions("csi-4", "csi4")]

    assert ours == [list(enumerate(options)) for options in sets]


def test_pcl_5_has_its_instruction_and_stem_but_for_the_place_of_the_answers():
    data = published("instrument-wording.json")["pcl-5"]
    instruction = data["instruction"].replace(
        "select one of the numbers to the right", "select one of the answers"
    )

    descriptions = [page.description or "" for page in measure("pcl-5").pages]

    assert descriptions[0] == f"{instruction} {data['stem']}"
    assert set(descriptions[1:]) == {data["stem"]}


def test_asq_asks_its_five_questions_as_published():
    groups = published("questionnaire-asq.json")["item"]
    texts = {item["linkId"]: item["text"] for group in groups for item in group["item"]}

    assert titles("asq", "asq") == [plain(texts[f"q{number}"]) for number in range(1, 6)]
    for question in questions("asq", "asq"):
        assert isinstance(question, SelectQuestion)
        assert choices(question) == [("yes", "Yes"), ("no", "No")]
        assert question.special == ("refused",)


def test_asq_is_opened_by_the_clinician():
    assert measure("asq").audience == "clinician"
    assert [path.stem for path in FILES if measure(path.stem).audience == "clinician"] == [
        "asq",
        "outside-score",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_numeric_codes_pass_their_check_digit(path: Path):
    """LOINC's check digit is Luhn's over the body; the LA answer codes use another and are compared above."""
    worksheet = measure(path.stem)
    asked = [item.question.loinc for item in worksheet.items.values()]
    codes = [worksheet.loinc, *(score.loinc for score in worksheet.scores), *asked]

    for code in codes:
        body, _, digit = (code or "0-0").partition("-")
        assert luhn(body) == int(digit), code


def test_the_check_digit_refuses_two_figures_in_the_wrong_order():
    assert luhn("44249") == 1
    assert luhn("44294") != 1


def luhn(body: str) -> int:
    doubled = [int(figure) * (2 if place % 2 == 0 else 1) for place, figure in enumerate(reversed(body))]
    return -sum(sum(divmod(figure, 10)) for figure in doubled) % 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_measure_says_its_licence_and_where_its_wording_was_compared(path: Path):
    worksheet = measure(path.stem)

    assert all((worksheet.sources, worksheet.licence, worksheet.rights_checked, worksheet.reference))
    assert "English only" in (worksheet.reference or "")


@pytest.mark.parametrize("path", WORDED, ids=lambda path: path.stem)
def test_no_item_of_an_instrument_is_required(path: Path):
    assert not any(item.question.is_required for item in measure(path.stem).items.values())


@pytest.mark.parametrize("path", WORDED, ids=lambda path: path.stem)
def test_the_main_score_is_called_total_and_knows_its_direction(path: Path):
    total = measure(path.stem).scores[0]
    higher = {"barc-10", "csi-4"}

    assert total.name == "total"
    assert total.better == ("higher" if path.stem in higher else "lower")
    assert [total.bands[0].low, total.bands[-1].high] == list(total.range or ())
