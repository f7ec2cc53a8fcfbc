import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from iopkit.errors import AnswerError
from iopkit.worksheets import Worksheet, load_worksheet, score
from iopkit.worksheets.functions import find
from iopkit.worksheets.scoring import Scored

DAY = date(2026, 1, 13)

HEADER = """\
id: evening-walk
version: "1.0"
status: draft
title: Evening walk
category: lifestyle
domain: individual
audience: client
minutes: 3
about: A short walk.
pages:
  - name: walk
    elements:
      - {name: a, type: text, inputType: number}
      - {name: b, type: text, inputType: number}
      - {name: c, type: text, inputType: number, visibleIf: "{a} > 1"}
      - name: seen
        type: checkbox
        choices: [dog, cat, owl]
      - name: stops
        type: paneldynamic
        templateElements:
          - {name: before, type: text, inputType: number}
          - {name: after, type: text, inputType: number}
"""


def scored(folder: Path, one: str, answers: dict[str, object], more: str = "") -> Scored:
    """Score answers by a worksheet with one score of this form."""
    path = folder / "evening-walk.yaml"
    path.write_text(f"{HEADER}scores:\n  - name: figure\n    title: Figure\n    {one}\n{more}")
    return score(load_worksheet(path), answers, day=DAY, zone="UTC")


@pytest.mark.parametrize(
    ("one", "answers", "value"),
    [
        ("sum: [a, b]", {"a": 1, "b": 2}, 3),
        ("sum: [a, b]", {"a": 0, "b": 0}, 0),
        ("sum: [a, b]", {"a": 1}, None),
        ("sum: [a, b]", {"a": 1.5, "b": 2}, 3.5),
        ("mean: [a, b]", {"a": 1, "b": 2}, 1.5),
        ("mean: [a, b]", {"b": 2}, None),
        ("sum: [a, b]\n    reversed: [b]\n    top: 4", {"a": 1, "b": 1}, 4),
        ("sum: [a, b]\n    missing: prorate\n    at_least: 1", {"a": 3}, 6),
        ("mean: [a, b]\n    missing: prorate\n    at_least: 1", {"a": 3}, 3),
        ("sum: [a, b]\n    missing: prorate\n    at_least: 2", {"a": 3}, None),
        ("difference: [a, b]", {"a": 10, "b": 4}, -6),
        ("difference: [a, b]", {"a": 10}, None),
        (
            "difference: [stops.before, stops.after]",
            {"stops": [{"before": 4, "after": 2}, {"before": 8}]},
            -4,
        ),
        ("mean: [stops.before]", {"stops": [{"before": 4}, {"before": 5}, {}]}, 4.5),
        ("mean: [stops.before]\n    digits: 0", {"stops": [{"before": 4}, {"before": 6}, {"before": 6}]}, 5),
        ("count: stops", {"stops": [{"before": 4}, {}, {"after": 0}]}, 2),
        ("count: stops", {}, 0),
        ("count: seen", {"seen": ["dog", "owl"]}, 2),
        ("sum: [c]", {"a": 2, "c": 5}, 5),
        ("sum: [c]", {"a": 1, "c": 5}, None),
    ],
)
def test_a_score_is_worked_out_as_written(tmp_path: Path, one: str, answers: dict[str, object], value: float):
    assert scored(tmp_path, one, answers).scores == {"figure": value}


BANDS = "sum: [a]\n    bands: [{from: 0, to: 4, name: low}, {from: 5, to: 9, name: high}]"


@pytest.mark.parametrize(
    ("value", "bands"),
    [
        (0, {"figure": "low"}),
        (4, {"figure": "low"}),
        (5, {"figure": "high"}),
        (9, {"figure": "high"}),
        (-1, {}),
    ],
)
def test_a_band_has_both_its_ends(tmp_path: Path, value: int, bands: dict[str, str]):
    assert scored(tmp_path, BANDS, {"a": value}).bands == bands


def test_a_prorated_score_is_marked_and_has_no_band(tmp_path: Path):
    one = "sum: [a, b]\n    missing: prorate\n    at_least: 1\n    bands: [{from: 0, to: 9, name: low}]"

    found = scored(tmp_path, one, {"a": 1})

    assert found.scores == {"figure": 2}
    assert found.bands == {}
    assert found.problems == ["figure: prorated from 1 of 2 answers, so it has no band"]


FLAG = "flags:\n  - {id: far, when: '{a} >= 1', high_when: '{a} >= 2', text: Call somebody.}\n"


@pytest.mark.parametrize(
    ("answers", "priorities", "problems"),
    [
        ({"a": 0}, {}, []),
        ({"a": 1}, {"far": "normal"}, []),
        ({"a": 2}, {"far": "high"}, []),
        ({}, {}, ["a: no answer, which is not a no; the rule 'far' was not checked, please ask"]),
    ],
)
def test_a_flag_fires_with_its_priority_and_a_missing_answer_is_not_a_no(
    tmp_path: Path, answers: dict[str, object], priorities: dict[str, str], problems: list[str]
):
    found = scored(tmp_path, "count: stops", answers, FLAG)

    assert found.priorities == priorities
    assert found.flags == list(priorities)
    assert found.problems == problems


def test_an_answer_to_a_hidden_question_raises_no_flag(tmp_path: Path):
    flag = "flags:\n  - {id: far, when: '{c} >= 1', text: Call somebody.}\n"

    assert scored(tmp_path, "count: stops", {"a": 1, "c": 5}, flag).flags == []
    assert scored(tmp_path, "count: stops", {"a": 2, "c": 5}, flag).flags == ["far"]


def test_answers_that_the_form_would_refuse_are_not_scored(tmp_path: Path):
    with pytest.raises(AnswerError) as caught:
        scored(tmp_path, "sum: [a]", {"a": "five", "zz": 1})

    assert caught.value.problems == ("a: Please give a number.", "zz: This worksheet has no such item.")


def test_a_scored_entry_shows_no_figures_in_its_repr(tmp_path: Path):
    assert "7" not in repr(scored(tmp_path, "sum: [a]", {"a": 7})).partition(" object at ")[0]


def test_a_function_is_found_by_module_and_name():
    assert find("sleep.night").names == ("tib", "spt", "tst", "twak", "se", "se_dse", "midsleep")


@pytest.mark.parametrize("name", ["sleep.nap", "nowhere.night", "sleep.", "trend.anything"])
def test_a_function_that_is_not_there_is_not_found(name: str):
    with pytest.raises(LookupError):
        find(name)


def test_each_function_gives_exactly_the_figures_it_names(tmp_path: Path):
    for name, answers in {
        "thought.change": {"feelings": [{"before": 1, "after": 2}]},
        "nutrition.day": {},
        "talk.balance": {},
    }.items():
        figures = find(name)

        assert set(figures.work_out(answers, day=DAY, zone="UTC").values) == set(figures.names)


def test_worksheets_stay_below_measures():
    """The function is looked up when a score needs it, so that reading a worksheet loads no measure."""
    code = "import iopkit.worksheets, sys; print([m for m in sys.modules if 'iopkit.measures' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_worksheet_without_scores_has_none(tmp_path: Path):
    path = tmp_path / "evening-walk.yaml"
    path.write_text(HEADER)
    worksheet: Worksheet = load_worksheet(path)

    found = score(worksheet, {"a": 1}, day=DAY, zone="UTC")

    assert (found.scores, found.bands, found.flags, found.problems) == ({}, {}, [], [])
