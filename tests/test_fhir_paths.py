"""Conditions as enableWhen and as FHIRPath, and back: written as a table, one line a shape."""

from typing import Any

import pytest

from iopkit.exchange.fhir.enabled import enabled
from iopkit.exchange.fhir.known import Found
from iopkit.exchange.fhir.names import ENABLED, UncarriedError
from iopkit.exchange.fhir.path import Paths
from iopkit.exchange.fhir.places import Places
from iopkit.exchange.fhir.read_path import condition
from iopkit.exchange.fhir.read_when import visible_if
from iopkit.worksheets import Worksheet
from iopkit.worksheets.conditions import parse

NODE = "%resource.repeat(item).where(linkId='{}')"
SYSTEM = "https://iopkit.example/fhir/CodeSystem/made-up"


def sheet() -> Worksheet:
    """Return a worksheet with one item of each kind that a condition may name."""
    return Worksheet.model_validate(
        {
            "id": "made-up",
            "version": "1.0",
            "status": "draft",
            "title": "Made up",
            "category": "emotion",
            "domain": "individual",
            "audience": "client",
            "minutes": 1,
            "about": "For tests.",
            "pages": (
                {
                    "name": "all",
                    "elements": (
                        {
                            "name": "one",
                            "type": "radiogroup",
                            "choices": ("yes", "no"),
                            "showOtherItem": True,
                        },
                        {"name": "many", "type": "checkbox", "choices": ("a", "b"), "showNoneItem": True},
                        {"name": "level", "type": "radiogroup", "choices": (0, 1, 2)},
                        {"name": "count", "type": "text", "inputType": "number", "step": 1},
                        {"name": "true", "type": "boolean"},
                        {"name": "words", "type": "comment"},
                        {"name": "up", "type": "text", "inputType": "time"},
                        {"name": "down", "type": "text", "inputType": "time"},
                        {"name": "drawn", "type": "drawing", "wordsIn": "words"},
                        {
                            "name": "rows",
                            "type": "paneldynamic",
                            "templateElements": (
                                {"name": "kind", "type": "radiogroup", "choices": ("x", "y")},
                                {"name": "size", "type": "rating"},
                            ),
                        },
                    ),
                },
            ),
        }
    )


PLACES = Places.of(sheet())
ROWS = PLACES.outer["rows"].question


def coded(link: str, code: str, **more: Any) -> dict[str, Any]:
    answer = {"system": SYSTEM, "code": code, "display": code, **more}
    return {"question": link, "operator": "=", "answerCoding": answer}


@pytest.mark.parametrize(
    ("written", "whens", "behavior"),
    [
        ("{one} = 'yes'", [coded("one", "yes")], None),
        ("{one} anyof ['yes', 'no']", [coded("one", "yes"), coded("one", "no")], None),
        ("{many} contains 'a'", [coded("many", "a")], None),
        ("{level} > 0", [coded("level", "1"), coded("level", "2")], None),
        ("{level} <= 0", [coded("level", "0")], None),
        ("{count} > 3", [{"question": "count", "operator": ">", "answerInteger": 3}], None),
        ("{count} = 3", [{"question": "count", "operator": "=", "answerInteger": 3}], None),
        ("{true} = true", [{"question": "true", "operator": "=", "answerBoolean": True}], None),
        ("{words} notempty", [{"question": "words", "operator": "exists", "answerBoolean": True}], None),
        ("{up} empty", [{"question": "up", "operator": "exists", "answerBoolean": False}], None),
        ("{words} = 'hm'", [{"question": "words", "operator": "=", "answerString": "hm"}], None),
        (
            "{one} = 'yes' and {count} >= 2",
            [coded("one", "yes"), {"question": "count", "operator": ">=", "answerInteger": 2}],
            "all",
        ),
        ("{one} = 'yes' or {many} contains 'b'", [coded("one", "yes"), coded("many", "b")], "any"),
    ],
)
def test_what_enable_when_can_say_it_says(written: str, whens: list[dict[str, Any]], behavior: str | None):
    made = enabled(written, PLACES)

    assert made["enableWhen"] == whens
    assert made.get("enableBehavior") == (behavior or ("any" if len(whens) > 1 else None))


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("{one} != 'yes'", f"{NODE.format('one')}.answer.value.code.where($this = 'yes').empty()"),
        ("{one} = 'other'", f"{NODE.format('one')}.answer.value.ofType(string).exists()"),
        ("{one-Comment} notempty", f"{NODE.format('one')}.answer.value.ofType(string).exists()"),
        ("{many} notcontains 'a'", f"{NODE.format('many')}.answer.value.code.where($this = 'a').empty()"),
        ("{rows.length} > 1", f"{NODE.format('rows')}.count() > 1"),
        (
            "{rows[1].kind} = 'x'",
            "%resource.repeat(item).where(linkId='rows')[1].repeat(item).where(linkId='rows.kind')"
            ".answer.value.code.where($this = 'x').exists()",
        ),
        (
            "{up} != {down}",
            f"{NODE.format('up')}.answer.value.where($this = {NODE.format('down')}.answer.value).empty()",
        ),
        ("!({true} = true)", f"({NODE.format('true')}.answer.value.where($this = true).exists()).not()"),
        (
            "{one} = 'yes' and ({count} > 1 or {count} empty)",
            f"({NODE.format('one')}.answer.value.code.where($this = 'yes').exists() and "
            f"({NODE.format('count')}.answer.value.where($this > 1).exists() or "
            f"{NODE.format('count')}.answer.empty()))",
        ),
        (
            "{many} allof ['a', 'b']",
            f"({NODE.format('many')}.answer.value.code.where($this = 'a').exists() and "
            f"{NODE.format('many')}.answer.value.code.where($this = 'b').exists())",
        ),
    ],
)
def test_what_it_cannot_say_becomes_fhirpath(written: str, path: str):
    made = enabled(written, PLACES)

    assert list(made) == ["extension"]
    assert made["extension"][0]["url"] == ENABLED
    assert made["extension"][0]["valueExpression"] == {"language": "text/fhirpath", "expression": path}


def test_an_item_of_the_same_row_is_named_directly():
    made = enabled("{panel.kind} = 'x'", PLACES, ROWS)  # type: ignore[arg-type]  # it is a repeating panel

    assert made["enableWhen"] == [coded("rows.kind", "x")]


def test_an_item_that_asks_for_itself_is_an_expression_for_forms_refuse_the_other():
    assert "enableWhen" not in enabled("{words} notempty", PLACES, link="words")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("{drawn} notempty", "a drawing is made of strokes; FHIR has no item to draw on"),
        ("{nobody} = 1", "there is no item for 'nobody'"),
        ("{count} + 1 > 2", "a sum inside a condition"),
    ],
)
def test_what_fhir_cannot_say_at_all_is_told(written: str, reason: str):
    with pytest.raises(UncarriedError, match=reason):
        enabled(written, PLACES)


KNOWN = {
    "one": Found("one", None, "radiogroup", {"yes": "yes", "no": "no"}, True),
    "many": Found("many", None, "checkbox", {"a": "a", "b": "b"}),
    "level": Found("level", None, "radiogroup", {"0": 0, "1": 1, "2": 2}),
    "count": Found("count", None, "text"),
    "true": Found("true", None, "boolean"),
    "rows": Found("rows", None, "paneldynamic"),
    "rows.kind": Found("kind", "rows", "radiogroup", {"x": "x", "y": "y"}),
}


@pytest.mark.parametrize(
    "written",
    [
        "{one} != 'yes'",
        "{one} = 'other'",
        "{many} notcontains 'a'",
        "{count} notempty",
        "{count} empty",
        "{count} > 3",
        "{level} = 2",
        "{true} = true",
        "{rows.length} > 1",
        "{rows[2].kind} = 'y'",
    ],
)
def test_fhirpath_that_was_written_here_is_read_as_it_was(written: str):
    path = Paths(PLACES).claim(parse(written))

    assert condition(path, KNOWN, None) == written


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("%resource.descendants().where(linkId='one').answer.value.code = 'yes'", "{one} = 'yes'"),
        ("%resource.item.where(linkId = 'count').answer.value >= 4", "{count} >= 4"),
        ("%resource.item.where(linkId='many').answer.value.code = 'b'", "{many} contains 'b'"),
        (
            "(%resource.item.where(linkId='count').answer.exists()) and "
            "%resource.item.where(linkId='true').answer.value = false",
            "({count} notempty) and {true} = false",
        ),
        ("%row.item.where(linkId='rows.kind').answer.exists()", "{panel.kind} notempty"),
    ],
)
def test_the_same_in_the_words_of_others_is_read_too(path: str, read: str):
    assert condition(path, KNOWN, "rows") == read


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("today() > @2026-01-01", "beyond the part of FHIRPath that is read"),
        ("%resource.item.where(linkId='nobody').answer.exists()", "an item that is not there"),
        ("%resource.item.where(linkId='one').answer.value.code = 'maybe'", "no choice of the item"),
        ("%resource.item.where(linkId='rows.kind').answer.exists()", "every row of a group at once"),
        ("%resource.item.where(linkId='one').answer.exists() xor true", "beyond the part of FHIRPath"),
        ("(" * 40 + "true", "too many parentheses"),
        ("(%resource.item.where(linkId='one').answer.exists()", "beyond the part of FHIRPath"),
        ("a" * 8001, "an expression of 8001 characters"),
        ("", "beyond the part of FHIRPath that is read"),
    ],
)
def test_an_expression_beyond_the_part_that_is_read_is_refused(path: str, reason: str):
    with pytest.raises(UncarriedError, match=reason):
        condition(path, KNOWN, None)


@pytest.mark.parametrize(
    ("item", "read"),
    [
        ({}, None),
        ({"enableWhen": [coded("one", "yes")]}, "{one} = 'yes'"),
        ({"enableWhen": [coded("one", "yes"), coded("one", "no")]}, "{one} anyof ['yes', 'no']"),
        (
            {"enableWhen": [coded("one", "yes"), coded("many", "a")], "enableBehavior": "all"},
            "{one} = 'yes' and {many} contains 'a'",
        ),
        (
            {"enableWhen": [{"question": "count", "operator": "exists", "answerBoolean": True}]},
            "{count} notempty",
        ),
        (
            {"enableWhen": [{"question": "count", "operator": "!=", "answerInteger": 2}]},
            "({count} notempty and {count} != 2)",
        ),
        ({"enableWhen": [{"question": "count", "operator": ">", "answerDecimal": 1.5}]}, "{count} > 1.5"),
        (
            {
                "enableWhen": [
                    {"question": "count", "operator": "=", "answerInteger": 1},
                    {"question": "count", "operator": "=", "answerInteger": 2},
                ]
            },
            "({count} = 1 or {count} = 2)",
        ),
    ],
)
def test_enable_when_of_others_is_read(item: dict[str, Any], read: str | None):
    assert visible_if(item, KNOWN, None) == read


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"enableWhen": [{"question": "gone", "operator": "="}]}, "names an item that is not there"),
        ({"enableWhen": [coded("rows.kind", "x")]}, "names an item of a group's rows from outside"),
        ({"enableWhen": [coded("one", "maybe")]}, "names no choice of the item"),
        (
            {"enableWhen": [{"question": "count", "operator": "~", "answerInteger": 2}]},
            "operator that is not",
        ),
        (
            {"enableWhen": [{"question": "count", "operator": "=", "answerQuantity": {}}]},
            "a value of a kind that is not known",
        ),
        (
            {"enableWhen": [{"question": "count", "operator": "=", "answerString": "it's"}]},
            "a text that holds quotes",
        ),
        (
            {"extension": [{"url": ENABLED, "valueExpression": {"language": "text/cql", "expression": "X"}}]},
            "not written in FHIRPath",
        ),
    ],
)
def test_a_condition_that_a_worksheet_cannot_say_is_told(item: dict[str, Any], reason: str):
    with pytest.raises(UncarriedError, match=reason):
        visible_if(item, KNOWN, None)
