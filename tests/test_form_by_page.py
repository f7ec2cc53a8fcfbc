"""The form makes the pages behind the first one by one: what it shows is what a form made at once shows."""

from surveyjs import ask
from test_cases import EACH

TYPICAL = [param.values for param in EACH if param.values[2]["name"].startswith("typical")]


def test_every_worksheet_has_one_typical_case():
    names = [worksheet.id for worksheet, _, _ in TYPICAL]

    assert len(names) == len(set(names)) == 80


def test_a_form_made_page_by_page_shows_the_same_as_one_made_at_once():
    asked = [{"survey": sheet.survey(), "answers": case["answers"]} for sheet, _, case in TYPICAL]

    found = ask("by-page.mjs", asked)

    assert [by_page for _, by_page in found] == [at_once for at_once, _ in found]
    assert len(found) == 80
