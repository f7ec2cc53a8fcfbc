"""The PHQ-9 is valid in its official wording only: its items are compared with those published."""

import json
from pathlib import Path

from iopkit.worksheets import load_worksheet
from iopkit.worksheets.elements import RadiogroupQuestion
from iopkit.worksheets.place import content_folder

PUBLISHED = json.loads((Path(__file__).parent / "reference" / "questionnaire-phq9.json").read_text())
PHQ = load_worksheet(content_folder("worksheets") / "measures" / "phq-9.yaml")
QUESTIONS = [item.question for item in PHQ.items.values()]


def plain(text: str) -> str:
    """Return a wording without what the worksheet lists as its deviations: the dash inside two items."""
    return text.replace(" — ", "-")


def test_the_nine_items_are_word_for_word_those_published():
    published = [item["text"] for item in PUBLISHED["item"][:9]]

    assert [plain(question.title or "") for question in QUESTIONS[:9]] == published


def test_the_difficulty_item_is_the_published_one_with_its_condition_in_front():
    published = PUBLISHED["item"][9]
    start = published["item"][0]["text"].removesuffix(" on this questionnaire")

    title = QUESTIONS[9].title or ""

    assert title == f"{start}, {published['text'][0].lower()}{published['text'][1:]}"


def test_options_values_and_codes_are_the_published_ones():
    for question, published in zip(QUESTIONS, PUBLISHED["item"], strict=False):
        assert isinstance(question, RadiogroupQuestion)
        ours = [(choice.text, choice.loinc, choice.value) for choice in question.options]

        options = [option["valueCoding"] for option in published["answerOption"]]
        assert ours == [(option["display"], option["code"], value) for value, option in enumerate(options)]
        assert question.loinc == published["linkId"].removeprefix("/")


def test_panel_and_total_have_their_codes():
    assert PHQ.loinc == PUBLISHED["code"][0]["code"]
    assert PHQ.scores[0].loinc == PUBLISHED["item"][10]["linkId"].removeprefix("/")


def test_numeric_codes_pass_their_check_digit():
    """LOINC's check digit is Luhn's over the body; the LA answer codes use another and are compared."""
    codes = [question.loinc for question in QUESTIONS] + [PHQ.loinc, PHQ.scores[0].loinc]

    for code in codes:
        body, _, digit = str(code).partition("-")
        assert luhn(body) == int(digit), code


def luhn(body: str) -> int:
    doubled = [int(figure) * (2 if place % 2 == 0 else 1) for place, figure in enumerate(reversed(body))]
    return -sum(sum(divmod(figure, 10)) for figure in doubled) % 10


def test_the_only_flag_is_item_9():
    assert [(flag.id, flag.when, flag.high_when) for flag in PHQ.flags] == [
        ("phq-9-item-9", "{phq9_9} >= 1", "{phq9_9} >= 2")
    ]


def test_nothing_of_it_is_required():
    assert not any(question.is_required for question in QUESTIONS)
