"""Exported Questionnaires work in LHC-Forms, and what is answered there comes back with the same scores."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from lhc_forms import LhcForms
from playwright.sync_api import Browser, expect
from test_fhir_answers import CATALOG, carried, cases

from iopkit.exchange.fhir.answers import read_response, response
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.worksheets import score

FEW = ("asq", "dbt-diary-card", "phq-9", "sleep-diary", "thought-record", "urge-log")


@pytest.fixture(scope="module")
def lhc(browser: Browser) -> Iterator[LhcForms]:
    forms = LhcForms(browser)
    yield forms
    forms.close()
    assert (forms.complaints, forms.asked) == ([], [])


def kept(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers without rows that have none, which a form drops."""
    rows = {
        key: [one for one in value if one != {}] for key, value in answers.items() if isinstance(value, list)
    }
    return {**answers, **rows}


def has_gap(groups: list[dict[str, Any]]) -> bool:
    """Return whether an empty row stands before others: LHC-Forms cannot load such a response."""
    empty: set[str] = set()
    for one in [item for group in groups for item in group.get("item", []) if "answer" not in item]:
        if "item" not in one:
            empty.add(one["linkId"])
        elif one["linkId"] in empty:
            return True
    return False


def goes_there_and_back(lhc: LhcForms, worksheet_id: str) -> int:
    done = 0
    for worksheet, case in cases(worksheet_id):
        answers, form = carried(worksheet, case["answers"]), questionnaire(worksheet).resource
        sent = response(worksheet, answers)
        if has_gap(sent.get("item", [])):
            continue
        day = date.fromisoformat(case.get("day", "2026-01-13"))

        lhc.show(form, sent)
        back, worked = lhc.read(form)

        read = read_response(worksheet, back)
        mine = score(worksheet, answers, day=day, zone="UTC").scores
        assert read == kept(answers), case["name"]
        assert score(worksheet, read, day=day, zone="UTC").scores == mine
        assert worked == pytest.approx({name: mine[name] for name in worked}), case["name"]
        done += 1
    return done


@pytest.mark.parametrize("worksheet_id", FEW)
def test_answers_pass_through_the_form(lhc: LhcForms, worksheet_id: str):
    assert goes_there_and_back(lhc, worksheet_id) > 0


@pytest.mark.soak
@pytest.mark.parametrize("worksheet_id", sorted(CATALOG))
def test_answers_pass_through_the_form_of_every_worksheet(lhc: LhcForms, worksheet_id: str):
    assert goes_there_and_back(lhc, worksheet_id) > 0


def press(lhc: LhcForms, label: str, number: int) -> None:
    """Choose an answer by its label, as a person does."""
    lhc.page.locator("label").filter(has_text=label).nth(number).click()
    expect(lhc.page.get_by_role("radio", name=label).nth(number)).to_be_checked()


def test_pressing_answers_there_counts_the_same_here(lhc: LhcForms):
    phq9 = CATALOG["phq-9"]
    form = questionnaire(phq9).resource
    lhc.show(form)

    assert lhc.page.get_by_text("How hard it has been").count() == 0
    for number in range(9):
        press(lhc, "More than half the days", number)
    press(lhc, "Very difficult", 0)
    lhc.page.wait_for_function(
        "() => LForms.Util._getFormObjectInScope().itemList.some(one => one.value === 18)"
    )
    answers = read_response(phq9, lhc.read(form)[0])

    assert answers == {**{f"phq9_{number}": 2 for number in range(1, 10)}, "phq9_difficulty": 2}
    assert lhc.scores() == {"total": 18}
    assert score(phq9, answers, day=date(2026, 1, 13), zone="UTC").scores == {"total": 18}
