"""Every worksheet has a case file with its own stem: answers in; scores, bands, flags, visible items out."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from surveyjs import ask

from iopkit.errors import AnswerError
from iopkit.worksheets import Worksheet, load_catalog, score, visible
from iopkit.worksheets.load import read_document

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.yaml"))
KEYS = {"name", "day", "settings", "answers", "scores", "bands", "flags", "problems", "refused", "visible"}


@cache
def catalog() -> dict[str, Worksheet]:
    return dict(load_catalog())


@cache
def cases(path: Path) -> list[tuple[Worksheet, str, dict[str, Any]]]:
    """Return the cases of a file with their worksheet, as it is asked with the case's settings, and zone."""
    data = read_document(path).data
    worksheet, zone = catalog()[data["worksheet"]], data.get("zone", "UTC")
    return [(worksheet.with_settings(case.get("settings", {})), zone, case) for case in data["cases"]]


EACH = [pytest.param(*case, id=f"{path.stem}: {case[2]['name']}") for path in FILES for case in cases(path)]


def test_every_worksheet_has_a_case_file_of_its_name_and_no_case_file_is_left_over():
    assert {path.stem for path in FILES} == set(catalog())
    assert [path.stem for path in FILES if read_document(path).data["worksheet"] != path.stem] == []


@pytest.mark.parametrize(("worksheet", "zone", "case"), EACH)
def test_answers_come_to_what_the_case_says(worksheet: Worksheet, zone: str, case: dict[str, Any]):
    day = date.fromisoformat(case.get("day", "2026-01-13"))

    assert set(case) <= KEYS
    if "refused" in case:
        with pytest.raises(AnswerError) as caught:
            score(worksheet, case["answers"], day=day, zone=zone)
        assert list(caught.value.problems) == case["refused"]
        return
    scored = score(worksheet, case["answers"], day=day, zone=zone)

    assert scored.scores == case["scores"]
    assert scored.bands == case.get("bands", {})
    assert scored.priorities == case.get("flags", {})
    assert scored.flags == list(case.get("flags", {}))
    assert scored.problems == case.get("problems", [])


@pytest.mark.parametrize(
    ("worksheet", "zone", "case"), [param for param in EACH if "visible" in param.values[2]]
)
def test_the_case_says_what_is_visible(worksheet: Worksheet, zone: str, case: dict[str, Any]):
    assert list(visible(worksheet, case["answers"])) == case["visible"]


def test_the_browser_shows_the_same_items_in_every_case():
    found = [case.values for case in EACH]

    browser = ask("visible.mjs", [{"survey": w.survey(), "answers": c["answers"]} for w, _, c in found])

    python = [list(visible(worksheet, case["answers"])) for worksheet, _, case in found]
    assert [list(dict.fromkeys(names)) for names in browser] == python


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_flag_is_seen_to_fire_and_not_to_fire(path: Path):
    for flag in catalog()[path.stem].flags:
        fired = [flag.id in case.get("flags", {}) for _, _, case in cases(path)]

        assert set(fired) == {True, False}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_score_is_seen_with_a_figure_and_without(path: Path):
    for one in catalog()[path.stem].scores:
        asked = [case for sheet, _, case in cases(path) if one in sheet.scores and "scores" in case]
        seen = [case["scores"][one.name] for case in asked]

        assert any(value is not None for value in seen)
        assert one.count or any(value is None for value in seen)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_item_behind_a_condition_is_seen_shown_and_hidden(path: Path):
    shown = [set(visible(worksheet, case["answers"])) for worksheet, _, case in cases(path)]
    for item in catalog()[path.stem].items.values():
        if item.question.visible_if:
            assert {item.id in names for names in shown} == {True, False}, item.id
