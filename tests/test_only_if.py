"""Conditions of worksheets in plain words, as paper prints them."""

import pytest
from shipped import load

from iopkit.exchange.only_if import only_if
from iopkit.worksheets.elements import Panel, RepeatingPanel


@pytest.mark.parametrize(
    ("worksheet", "condition", "words"),
    [
        ("sleep-diary", "{naps} > 0", "“How many times did you nap or doze off?” is more than 0"),
        ("sleep-diary", "{naps} empty", "“How many times did you nap or doze off?” is left empty"),
        ("thought-record", "{thoughts.length} > 1", "the number of rows under “Thoughts” is more than 1"),
        ("thought-record", "{thoughts[0].thought} notempty", "“The thought” in the first row is filled in"),
        ("asq", "{asq_4} = 'yes'", "“Have you ever tried to kill yourself?” is “Yes”"),
        ("asq", "!({asq_4} = 'no')", "it is not so that “Have you ever tried to kill yourself?” is “No”"),
        (
            "asq",
            "{asq_5} anyof ['yes', 'refused']",
            "“Are you having thoughts of killing yourself right now?” is “Yes” or “Refused to answer”",
        ),
        (
            "asq",
            "{asq_1} = 'yes' or {asq_2} = 'yes' or {asq_3} = 'yes' or {asq_4} = 'yes'",
            "any of 4 answers before this is “Yes”",
        ),
        (
            "urge-log",
            "{urges[0].used} = 'yes' or {urges[1].used} = 'yes'",
            "in any row, “Did you use, or do it?” is “Yes”",
        ),
        (
            "dbt-diary-card",
            "{substances} notempty and {substances} notcontains 'none'",
            "“Did you use any of these?” is filled in and "
            "“Did you use any of these?” does not include “None today”",
        ),
        (
            "dbt-diary-card",
            "{substances} anyof ['alcohol', 'other']",
            "“Did you use any of these?” includes “Alcohol” or “Something else”",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(worksheet: str, condition: str, words: str) -> None:
    assert only_if(condition, load()[worksheet].items) == f"Only if {words}."


def test_a_condition_inside_a_row_names_the_item_beside_it() -> None:
    items = load()["dbt-diary-card"].items

    text = only_if("{panel.acted} = 'yes'", items, items["behaviors"].inner)

    assert text == "Only if “Did you do it?” is “Yes”."


def conditions(elements, row=None):
    for element in elements:
        if element.visible_if:
            yield element.visible_if, row
        if isinstance(element, Panel):
            yield from conditions(element.elements, row)
        if isinstance(element, RepeatingPanel):
            yield from conditions(element.template_elements, element.key)


def test_every_condition_of_the_library_can_be_said_without_an_id() -> None:
    for worksheet in load().values():
        for page in worksheet.pages:
            for condition, row in [(page.visible_if, None), *conditions(page.elements)]:
                if condition:
                    inner = worksheet.items[row].inner if row else None
                    text = only_if(condition, worksheet.items, inner)
                    assert text.startswith("Only if ")
                    assert "{" not in text
                    assert " this is " not in text.replace("before this is", "")
