"""Questionnaires from elsewhere: what each part becomes, and the line for each that cannot be kept."""

from typing import Any

import pytest

from iopkit.errors import WorksheetError
from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.read import Imported, read_json, read_questionnaire
from iopkit.worksheets.elements import Choice

Json = dict[str, Any]


def form(*items: Json, **more: Any) -> Imported:
    return read_questionnaire({"resourceType": "Questionnaire", "id": "made-up", "item": list(items), **more})


def asked(*items: Json, **more: Any) -> list[Json]:
    """Return the elements of the first page, without what is not said."""
    page = form(*items, **more).worksheet.pages[0]
    return [one.model_dump(mode="json", exclude_defaults=True) for one in page.elements]


def item(link: str = "a", kind: str = "string", text: str = "Ask?", **more: Any) -> Json:
    return {"linkId": link, "type": kind, "text": text, **more}


def option(code: str, display: str, **more: Any) -> Json:
    return {"valueCoding": {"code": code, "display": display}, **more}


def bound(url: str, **value: Any) -> Json:
    return {"url": url, **value}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (item(kind="string"), {"type": "text"}),
        (item(kind="url"), {"type": "text"}),
        (item(kind="string", maxLength=80), {"type": "text", "maxLength": 80}),
        (item(kind="text"), {"type": "comment"}),
        (item(kind="text", required=True), {"type": "comment", "isRequired": True}),
        (item(kind="boolean"), {"type": "boolean"}),
        (item(kind="integer"), {"type": "text", "inputType": "number", "step": 1}),
        (item(kind="decimal"), {"type": "text", "inputType": "number"}),
        (item(kind="date"), {"type": "text", "inputType": "date"}),
        (item(kind="time"), {"type": "text", "inputType": "time"}),
        (item(kind="dateTime"), {"type": "text", "inputType": "datetime-local"}),
        (
            item(
                kind="integer",
                extension=[bound(names.LOW, valueInteger=1), bound(names.HIGH, valueInteger=9)],
            ),
            {"type": "text", "inputType": "number", "step": 1, "min": 1, "max": 9},
        ),
        (
            item(kind="time", extension=[bound(names.LOW, valueTime="06:00:00")]),
            {"type": "text", "inputType": "time", "min": "06:00"},
        ),
        (
            item(kind="text", code=[{"system": names.LOINC, "code": "44250-9"}]),
            {"type": "comment", "loinc": "44250-9"},
        ),
        (item(kind="text", prefix="1."), {"type": "comment", "title": "1. Ask?"}),
    ],
)
def test_each_type_has_its_question(given: Json, made: Json):
    assert asked(given) == [{"name": "a", "title": "Ask?", **made}]


def test_a_scale_with_named_ends_is_a_rating_and_with_a_slider_a_slider():
    ends = [
        {"linkId": "a1", "type": "display", "text": "None", "extension": [names.control("lower")]},
        {"linkId": "a2", "type": "display", "text": "A lot", "extension": [names.control("upper")]},
    ]
    span = [bound(names.LOW, valueInteger=0), bound(names.HIGH, valueInteger=10)]

    rating, slider = asked(
        item("a", "integer", extension=span, item=ends),
        item("b", "integer", extension=[*span, names.control("slider")], item=ends),
    )

    assert rating == {
        "name": "a",
        "title": "Ask?",
        "type": "rating",
        "rateMin": 0,
        "rateMax": 10,
        "minRateDescription": "None",
        "maxRateDescription": "A lot",
    }
    assert (slider["type"], slider["max"]) == ("slider", 10)
    assert slider["customLabels"] == [{"value": 0, "text": "None"}, {"value": 10, "text": "A lot"}]


@pytest.mark.parametrize(
    ("control", "repeats", "made"),
    [
        ("radio-button", False, "radiogroup"),
        ("drop-down", False, "dropdown"),
        ("autocomplete", False, "dropdown"),
        ("check-box", True, "checkbox"),
        ("drop-down", True, "tagbox"),
        ("", False, "radiogroup"),
        ("", True, "checkbox"),
    ],
)
def test_the_control_and_repeats_say_how_choices_are_shown(control: str, repeats: bool, made: str):
    shown = {"extension": [names.control(control)]} if control else {}
    given = item(kind="choice", repeats=repeats, answerOption=[option("x", "X"), option("y", "Y")], **shown)

    assert asked(given)[0]["type"] == made


def test_choices_with_weights_are_their_weights_and_keep_loinc_codes():
    weighed = [
        option("LA6568-5", "Not at all", extension=[bound(names.ORDINAL, valueDecimal=0)]),
        option("LA6569-3", "Several days", extension=[bound(names.ORDINAL, valueDecimal=1)]),
    ]

    made = asked(item(kind="choice", answerOption=weighed))[0]

    assert made["choices"] == [
        {"value": 0, "text": "Not at all", "loinc": "LA6568-5"},
        {"value": 1, "text": "Several days", "loinc": "LA6569-3"},
    ]


def test_half_weights_leave_the_codes_as_values():
    weighed = [
        option("a", "A", extension=[bound(names.ORDINAL, valueDecimal=0.5)]),
        option("b", "B", extension=[bound(names.ORDINAL, valueDecimal=1)]),
    ]

    made = asked(item(kind="choice", answerOption=weighed))[0]

    assert [one["value"] for one in made["choices"]] == ["a", "b"]


def test_plain_options_and_an_open_choice():
    plain = [{"valueString": "Tea"}, {"valueInteger": 3}]

    made = asked(item(kind="open-choice", answerOption=plain))[0]

    assert made["choices"] == [{"value": "Tea"}, {"value": 3}]
    assert made["showOtherItem"] is True


def test_refusing_and_none_are_what_they_are_here():
    declined = {"system": names.ABSENT, "code": names.DECLINED, "display": "I pass"}
    nothing = option("none", "Nothing fits", extension=[bound(names.EXCLUSIVE, valueBoolean=True)])

    made = asked(item(kind="choice", answerOption=[option("x", "X"), nothing, {"valueCoding": declined}]))[0]

    assert (made["showNoneItem"], made["noneText"]) == (True, "Nothing fits")
    assert (made["showRefuseItem"], made["refuseText"]) == (True, "I pass")


def test_a_value_set_in_the_file_gives_the_choices():
    held = {
        "resourceType": "ValueSet",
        "id": "v",
        "compose": {"include": [{"system": "s", "concept": [{"code": "x", "display": "X"}]}]},
    }

    made = asked(item(kind="choice", answerValueSet="#v"), contained=[held])[0]

    assert made["choices"] == [{"value": "x", "text": "X"}]


def test_a_repeating_group_is_rows_and_a_plain_one_a_page():
    rows = item(
        "meals",
        "group",
        repeats=True,
        extension=[bound(names.MOST, valueInteger=99)],
        item=[item("meals.kind"), item("meals.size", "integer")],
    )

    found = form(item("one", "group", text="First", item=[item("x")]), item("two", "group", item=[rows]))

    first, second = found.worksheet.pages
    assert (first.name, first.title, second.name) == ("one", "First", "two")
    made = second.elements[0].model_dump(mode="json", exclude_defaults=True)
    assert (made["type"], made["maxPanelCount"]) == ("paneldynamic", 50)
    assert [one["name"] for one in made["templateElements"]] == ["kind", "size"]


def test_questions_without_a_group_are_a_page_and_a_text_before_them_its_words():
    found = form({"linkId": "t", "type": "display", "text": "Think of last week."}, item("a"), item("b"))

    page = found.worksheet.pages[0]
    assert (page.description, [one.name for one in page.elements]) == ("Think of last week.", ["a", "b"])
    assert found.lost == ()


def test_texts_beside_a_question_are_its_description():
    help_text = {"linkId": "a-help", "type": "display", "text": "More", "extension": [names.control("help")]}

    assert asked(item("a", item=[help_text]))[0]["description"] == "More"


@pytest.mark.parametrize(
    ("links", "names_made"),
    [
        (("/44250-9", "44250-9"), ["q_44250_9", "q_44250_9_2"]),
        (("Über", "a b"), ["ber", "a_b"]),
        (("!!!", "???"), ["item", "item_2"]),
    ],
)
def test_link_ids_become_item_ids_each_its_own(links: tuple[str, str], names_made: list[str]):
    assert [one["name"] for one in asked(*(item(link) for link in links))] == names_made


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (item("x", "attachment"), "x: a worksheet has no item of the type attachment"),
        (item("x", "reference"), "x: a worksheet has no item of the type reference"),
        (item("x", readOnly=True), "x: it is not to be answered"),
        (item("x", repeats=True), "x: it takes several answers there and one here"),
        (item("x", "quantity"), "x: its unit"),
        (item("x", initial=[{"valueString": "y"}]), "x: initial is not kept"),
        (item("x", definition="http://d"), "x: definition is not kept"),
        (item("x", code=[{"system": "http://s", "code": "zz"}]), "x: zz is not kept"),
        (item("x", extension=[{"url": "http://e/designNote"}]), "x: designNote is not kept"),
        (item("x", "text", maxLength=50_000), "x: its length of 50000 characters; 20000 are kept"),
        (
            item("x", "choice", answerValueSet="http://elsewhere"),
            "x: its choices are in a value set elsewhere, so it is asked in words",
        ),
        (
            item("x", "choice", answerOption=[option("a", "A"), option("a", "Again")]),
            "x: a choice that is given twice, or is no code, number or text",
        ),
        (item("x", item=[item("y")]), "x: the questions inside it are asked after it"),
        (item("x", "group", item=[]), "x: nothing in it can be asked"),
        (
            item("x", enableWhen=[{"question": "gone", "operator": "exists", "answerBoolean": True}]),
            "x: its condition names an item that is not there, so it is always asked",
        ),
        (
            item("x", extension=[names.expression(names.CALCULATED, "1 + 1")]),
            "x: its value is worked out by an expression; write it as a score",
        ),
        (
            item(
                "x",
                "choice",
                answerOption=[option("a", "A", extension=[bound(names.EXCLUSIVE, valueBoolean=True)])],
            ),
            "x: that one choice excludes the others",
        ),
    ],
)
def test_what_cannot_be_kept_is_listed_by_its_link_id(given: Json, line: str):
    assert line in form(item("first"), given).lost


def test_rows_inside_rows_are_asked_once():
    inner = item("r.s", "group", repeats=True, item=[item("r.s.t")])

    found = form(item("r", "group", repeats=True, item=[inner]))

    assert "r.s: rows inside rows are asked once" in found.lost
    assert "r" in found.worksheet.items


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"purpose": "To learn"}, "purpose: not kept"),
        ({"version": "1.1.0-pilot"}, "version: worksheets count as 1.0; the number given is not kept"),
        ({"description": "A <b>bold</b> word"}, "markup in its texts: the words are kept"),
    ],
)
def test_what_the_header_cannot_keep_is_listed(more: Json, line: str):
    assert line in form(item(), **more).lost


def test_the_header_is_a_draft_for_a_person_to_settle():
    sheet = form(item(), title="Mood", status="active", copyright="Free", version="2.3").worksheet

    assert (sheet.id, sheet.version, sheet.status) == ("made-up", "2.3", "draft")
    assert (sheet.title, sheet.about, sheet.licence, sheet.category) == ("Mood", "Mood", "Free", "program")


@pytest.mark.parametrize(
    ("resource", "told"),
    [
        ({"resourceType": "Patient"}, "resourceType: expected Questionnaire, got something else"),
        ({"resourceType": "Questionnaire"}, "item: expected at least one question that a worksheet can ask"),
        ({"resourceType": "Questionnaire", "item": "x"}, "item: expected at least one question"),
    ],
)
def test_what_is_no_questionnaire_is_refused(resource: Json, told: str):
    with pytest.raises(WorksheetError, match=told):
        read_questionnaire(resource)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "expected JSON in UTF-8"),
        (b"\xff\xfe", "expected JSON in UTF-8"),
        (b"[1]", "expected a JSON object"),
        (b'{"a": NaN}', "expected JSON in UTF-8"),
        (b"[" * 100_000, "expected JSON in UTF-8"),
    ],
)
def test_what_is_no_json_is_refused(raw: bytes, told: str):
    with pytest.raises(WorksheetError, match=told):
        read_json(raw)


def test_a_file_with_too_many_items_is_read_to_its_limit():
    found = form(*(item(f"i{number}") for number in range(2100)))

    assert len(found.worksheet.items) == 2000
    assert found.lost == ("i2000: a file may hold 2000 items in 12 levels",)


def test_extensions_of_ours_that_were_tampered_with_fall_back_to_the_standard():
    odd = [bound(names.ELEMENT, valueString="{nonsense")]

    made = asked(item("a", "integer", extension=odd), extension=[bound(names.WORKSHEET, valueString="[]")])

    assert made == [{"name": "a", "title": "Ask?", "type": "text", "inputType": "number", "step": 1}]


def test_a_choice_without_text_reads_as_its_value():
    assert Choice(value="x").label == "x"
    assert asked(item(kind="choice", answerOption=[option("x", "x")]))[0]["choices"] == [{"value": "x"}]
