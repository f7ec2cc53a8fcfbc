from pathlib import Path

import pytest

from iopkit.errors import WorksheetError
from iopkit.worksheets import check_paths, load_worksheet

BROKEN = Path(__file__).parent / "broken"

EXPECTED = {
    "bad-condition": [
        "17: pages[0].elements[1].visibleIf: expected an item or a value, got 'yes'; put text in "
        "single quotes",
        "20: pages[0].elements[2].visibleIf: expected one of =, !=, empty, notempty with 'company', got '>'",
        "20: pages[0].elements[2].visibleIf: expected true or false beside 'company', got '3'",
    ],
    "bad-score": [
        "23: scores[0].sum: expected an item that is a number, got 'route'",
        "23: scores[0].sum: expected an item of this worksheet, got 'minutes_in'; did you mean "
        "'minutes_out'?",
        "25: scores[0].bands: expected bands over the range 0 to 600, got others",
        "29: scores[0].bands[1]: expected to begin at 11, got 12",
        "32: scores[1].name: expected a name of its own, got 'total' again",
        "32: scores[1]: expected one of sum, mean, difference, count, function, got none",
        "36: scores[2].function: expected a function of measures, got 'sleep.nap'",
        "37: scores[3].name: expected a figure of 'sleep.night' (tib, spt, tst, twak, se, se_dse, midsleep), "
        "got 'tibb'",
        "42: flags[0].when: expected an item of this worksheet, got 'minutes_in'; did you mean "
        "'minutes_out'?",
        "47: charts[0].scores: expected a score of this worksheet, got 'minutes'",
    ],
    "bad-settings": [
        "11: settings[0].most: expected at most 6, the rows of 'stops', got 9",
        "12: settings[1].name: expected a name of its own, got 'stops' again",
        "12: settings[1]: expected 'most', the number of texts that fit, got nothing",
        "12: settings[1]: expected one of 'rows' and 'offers', got both or none",
        "13: settings[2].offers: expected a question with choices outside repeating panels, got 'note'",
        "14: settings[3].rows: expected a text or choice in a repeating panel (panel.item), got "
        "'stops.minutes'",
        "15: settings[4].shows: expected keys of 'choice' (begins), got 'shows'",
        "15: settings[4]: expected 'begins', a question with one choice outside repeating panels, got 'note'",
        "16: settings[5]: expected 'shows', the pages or elements that it switches, got nothing",
        "17: settings[6].shows: expected a page or an element outside repeating panels, got 'birds'",
        "17: settings[6].shows: expected no item of a safety rule in it, got 'mood' of the flag "
        "'low-mood'; a safety question is always asked",
        "17: settings[6].shows: expected items that nothing outside needs, got 'mood', which 'note' "
        "needs; take that in too",
        "18: settings[7].shows: expected something that is always asked, got a section with every question",
        "18: settings[7].shows: expected no item of a safety rule in it, got 'mood' of the flag "
        "'low-mood'; a safety question is always asked",
        "19: settings[8].kind: expected 'texts', 'choice' or 'section', got 'colour'",
    ],
    "bad-chart": [
        "36: charts[0].scores: expected scores of one unit, got minutes for 'minutes' and none for 'mood'; "
        "make a chart of each",
        "36: charts[0].scores: expected scores of one range, got none for 'minutes' and 0 to 10 for 'mood'; "
        "make a chart of each",
        "39: charts[1].scores: expected one score in a chart of kind 'bars', got 2; make a chart of each",
        "42: charts[2].scores: expected pairs of scores, before and after, got 1",
        "45: charts[3].scores: expected 'function', which a chart of kind 'hours' draws, got 'scores'",
        "48: charts[4].function: expected the item 'urges.time', which 'urges.hours' reads, got a worksheet "
        "without it",
        "49: charts[5].kind: expected 'hours', which draws 'urges.hours', got 'line'",
        "51: charts[5].function: expected the item 'urges.time', which 'urges.hours' reads, got a worksheet "
        "without it",
        "54: charts[6].function: expected a function of measures over many entries, got 'urges.wayz'",
        "55: charts[7]: expected either 'scores' or 'function', got neither",
        "59: charts[8].scores: expected the item 'into_bed', which bars of nights need, got a worksheet "
        "without it",
        "59: charts[8].scores: expected the item 'tried_to_sleep', which bars of nights need, got a "
        "worksheet without it",
        "59: charts[8].scores: expected the item 'final_awakening', which bars of nights need, got a "
        "worksheet without it",
        "59: charts[8].scores: expected the item 'out_of_bed', which bars of nights need, got a worksheet "
        "without it",
        "62: charts[9].scores: expected a score of this worksheet, got 'minuts'; did you mean 'minutes'?",
    ],
    "broken-yaml": ["13: file: expected YAML, got: expected the node content, but found '-'"],
    "duplicate-id": [
        "15: pages[0].elements[1].name: expected a name of its own, got 'minutes_out' again (line 13)"
    ],
    "duplicate-key": [
        "16: pages[0].elements[0].title: expected each key once, got it again (first on line 15)"
    ],
    "markup": ["15: pages[0].elements[0].title: expected plain text, got markup"],
    "missing-item": [
        "17: pages[0].elements[1].visibleIf: expected an item of this worksheet, got 'compani'; "
        "did you mean 'company'?"
    ],
    "lone-drawing": [
        "17: pages[0].elements[0].wordsIn: expected a comment question of this worksheet, got 'title'",
        "23: pages[0].elements[3].wordsIn: expected a value, got nothing",
    ],
    "lost-practice": [
        "13: pages[0].elements[0]: expected 'minutes', lengths for the pattern that repeats, got nothing",
        "15: pages[0].elements[0].patterns: expected each value once, got '4-6' again",
        "24: pages[0].elements[0].patterns[1].steps[0].breath: expected 'in', 'hold' or 'out', got 'inn'; "
        "did you mean 'in'?",
    ],
    "nameless-scale": [
        "13: pages[0].elements[0]: expected 'minRateDescription', a name for this end of the "
        "scale, got nothing",
        "16: pages[0].elements[1]: expected a name for 100 in 'customLabels', got nothing",
    ],
    "no-licence": [
        "1: file: expected 'sources', which every instrument needs, got nothing",
        "1: file: expected 'licence', which every instrument needs, got nothing",
        "1: file: expected 'rights_checked', which every instrument needs, got nothing",
        "1: file: expected 'reference', which every instrument needs, got nothing",
    ],
    "several": [
        "14: pages[0].elements[0].type: expected 'text', 'comment', 'radiogroup', 'dropdown', 'checkbox', "
        "'tagbox', 'boolean', 'rating', 'slider', 'practice', 'drawing', 'panel', 'paneldynamic', "
        "got 'komment'; did you mean 'comment'?",
        "17: pages[0].elements[1].visibleIf: expected an item of this worksheet, got 'rout'; "
        "did you mean 'route'?",
        "23: pages[0].elements[2].templateElements[0].maxlength: expected a known key, got 'maxlength'; "
        "did you mean 'maxLength'?",
    ],
    "unknown-key": [
        "15: pages[0].elements[0].inputTipe: expected a known key, got 'inputTipe'; did you mean 'inputType'?"
    ],
    "unreachable": [
        "15: pages[0].elements[0].visibleIf: expected a condition that can come true, got one that never can",
        "18: pages[0].elements[1].visibleIf: expected a condition that can come true, got one that never can",
    ],
    "wrong-choice": [
        "18: pages[0].elements[1].visibleIf: expected a choice of 'company', got 'freind'; "
        "did you mean 'friend'?"
    ],
    "wrong-code": [
        "10: loinc: expected a LOINC code whose last figure checks the others, got '44294-1'; take it again "
        "from loinc.org"
    ],
    "wrong-name": ["1: id: expected 'wrong-name', the name of the file, got 'morning-walk'"],
    "wrong-order": ["14: minutes: expected 'minutes' above 'pages', got it below"],
    "wrong-type": [
        "2: version: expected text, got the number 1.0; put it in quotes",
        "8: minutes: expected a whole number, got 'three'",
        "15: pages[0].elements[0].isRequired: expected true or false, got 'yes'",
    ],
}

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
"""


def problems_of(folder: Path, elements: str, more: str = "") -> list[str]:
    """Return the problems of a worksheet with these elements on its one page, without the file's name."""
    path = folder / "evening-walk.yaml"
    indented = "".join(f"      {line}\n" for line in elements.splitlines())
    path.write_text(f"{HEADER}pages:\n  - name: walk\n    elements:\n{indented}{more}")
    return [problem.removeprefix(f"{path}:") for problem in check_paths(path)]


def test_there_is_an_expectation_for_each_broken_sample():
    assert {path.stem for path in BROKEN.glob("*.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_problem_of_a_broken_sample_is_told_with_its_line(name: str):
    path = BROKEN / f"{name}.yaml"

    assert check_paths(path) == [f"{path}:{problem}" for problem in EXPECTED[name]]


def test_problems_of_many_files_are_collected():
    paths = [BROKEN / "markup.yaml", BROKEN / "gone.yaml", BROKEN / "wrong-name.yaml"]

    problems = check_paths(*paths)

    assert [problem.split(":")[0] for problem in problems] == [str(path) for path in paths]


def test_a_worksheet_with_problems_is_not_loaded():
    with pytest.raises(WorksheetError, match="did you mean 'inputType'"):
        load_worksheet(BROKEN / "unknown-key.yaml")


def test_a_good_worksheet_has_no_problems(tmp_path: Path):
    assert problems_of(tmp_path, "- name: route\n  type: comment") == []


@pytest.mark.parametrize("text", ["", "- a list", "just text"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "evening-walk.yaml"
    path.write_text(text)

    assert check_paths(path)[0].startswith(f"{path}:1: file: expected a mapping, got")


def test_a_missing_header_key_is_named_with_the_key_that_may_stand_for_it(tmp_path: Path):
    path = tmp_path / "evening-walk.yaml"
    path.write_text(HEADER.replace("about:", "abuot:") + "pages:\n  - name: a\n    elements: []\n")

    problems = [problem.removeprefix(f"{path}:") for problem in check_paths(path)]

    assert problems == [
        "1: about: expected a value, got nothing; is 'abuot' meant to be 'about'?",
        "9: abuot: expected a known key, got 'abuot'; did you mean 'about'?",
        "12: pages[0].elements: expected at least 1 entries, got a list",
    ]


def test_the_folder_of_a_category_holds_only_that_category(tmp_path: Path):
    folder = tmp_path / "recovery"
    folder.mkdir()

    assert problems_of(folder, "- name: route\n  type: comment") == [
        "5: category: expected 'recovery', the name of the folder, got 'lifestyle'"
    ]


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("{mood} > 10", "expected a number that 'mood' can reach (0 to 10), got 10"),
        ("{mood} < 0", "expected a number that 'mood' can reach (0 to 10), got 0"),
        ("{mood} = 11", "expected a number that 'mood' can reach (0 to 10), got 11"),
        ("{mood} = 'low'", "expected a number beside 'mood', got 'low'"),
        ("{stops.length} > 'a'", "expected a number beside 'stops.length', got 'a'"),
        (
            "{stops.length} > 0",
            "expected a comparison of 'stops.length' beyond the 1 rows the form starts with",
        ),
        ("{stops} = 1", "expected one of empty, notempty with 'stops', got '='"),
        (
            "{stops[0].plase} notempty",
            "expected an item of this worksheet, got 'stops[0].plase'; did you mean 'stops[0].place'?",
        ),
        (
            "{stops.place} notempty",
            "expected an item of this worksheet, got 'stops.place'; did you mean 'stops[0].place'?",
        ),
        ("{panel.place} notempty", "expected an item, got 'panel.place' outside a repeating panel"),
        ("{at} > 7", "expected a date or time in quotes beside 'at', got '7'"),
        (
            "{at} contains '7'",
            "expected one of =, !=, <=, >=, <, >, empty, notempty with 'at', got 'contains'",
        ),
        ("{mood} = 0 and {mood.length} = 3", "expected an item of this worksheet, got 'mood.length'"),
    ],
)
def test_a_condition_fits_the_items_it_compares(tmp_path: Path, condition: str, problem: str):
    elements = f"""\
- name: mood
  type: rating
  rateMin: 0
  rateMax: 10
  minRateDescription: Low
  maxRateDescription: High
- name: at
  type: text
  inputType: time
- name: stops
  type: paneldynamic
  panelCount: 1
  templateElements:
    - name: place
      type: text
- name: why
  type: comment
  visibleIf: "{condition}"
"""

    assert problem in [found.split(": ", 2)[2] for found in problems_of(tmp_path, elements)]


@pytest.mark.parametrize(
    "condition",
    [
        "{mood} >= 10",
        "{mood} > 9",
        "{mood} <= 0",
        "{stops.length} > 1",
        "{stops[0].place} notempty",
        "{at} > '07:00'",
    ],
)
def test_conditions_at_the_edge_of_what_can_be_are_fine(tmp_path: Path, condition: str):
    elements = f"""\
- name: mood
  type: rating
  rateMin: 0
  rateMax: 10
  minRateDescription: Low
  maxRateDescription: High
- name: at
  type: text
  inputType: time
- name: stops
  type: paneldynamic
  templateElements:
    - name: place
      type: text
    - name: why_there
      type: text
      visibleIf: "{{panel.place}} notempty and {condition}"
"""

    assert problems_of(tmp_path, elements) == []


def test_an_item_behind_one_that_never_shows_is_unreachable_and_one_with_another_way_is_not(tmp_path: Path):
    elements = """\
- name: a
  type: comment
  visibleIf: "{a} notempty and {c} notempty"
- name: b
  type: comment
  visibleIf: "{a} notempty or {c} notempty"
- name: c
  type: comment
- name: d
  type: comment
  visibleIf: "!({a} empty)"
"""

    assert problems_of(tmp_path, elements) == [
        "15: pages[0].elements[0].visibleIf: expected a condition that can come true, got one that never can",
        "23: pages[0].elements[3].visibleIf: expected a condition that can come true, got one that never can",
    ]


@pytest.mark.parametrize(
    ("elements", "problem"),
    [
        (
            "- name: a\n  type: dropdown",
            "13: pages[0].elements[0]: expected 'choices', got nothing",
        ),
        (
            "- name: a\n  type: dropdown\n  choices: [x, y, x]",
            "15: pages[0].elements[0].choices: expected each value once, got 'x' again",
        ),
        (
            "- name: a\n  type: radiogroup\n  choicesFromQuestion: rows",
            "15: pages[0].elements[0].choicesFromQuestion: expected a repeating panel, got 'rows'",
        ),
        (
            "- name: a\n  type: paneldynamic\n  valueName: rows\n  templateElements: []",
            "15: pages[0].elements[0].valueName: expected the name of a repeating panel above, got another",
        ),
        (
            "- name: a\n  type: text\n  inputType: number\n  min: 5\n  max: 5",
            "13: pages[0].elements[0]: expected a lowest number below the highest, got 5 to 5",
        ),
        (
            "- name: a\n  type: text\n  title: Hello {nobody}",
            "15: pages[0].elements[0].title: expected an item of this worksheet, got 'nobody'",
        ),
        (
            "- name: Big\n  type: text",
            "13: pages[0].elements[0].name: expected text of the form ^[a-z][a-z0-9_]{0,63}$, got 'Big'",
        ),
        (
            "- name: a\n  type: html",
            "14: pages[0].elements[0].type: expected 'text', 'comment', 'radiogroup', 'dropdown', "
            "'checkbox', "
            "'tagbox', 'boolean', 'rating', 'slider', 'practice', 'drawing', 'panel', 'paneldynamic', "
            "got 'html'",
        ),
        (
            "- name: a\n  title: Without a type",
            "13: pages[0].elements[0].type: expected a value, got nothing",
        ),
        (
            "- name: a\n  type: text\n  inputType: colour",
            "15: pages[0].elements[0].inputType: expected 'text', 'number', 'date', 'time' or "
            "'datetime-local', "
            "got 'colour'",
        ),
        (
            "- name: a\n  type: text\n  maxLength: 20001",
            "15: pages[0].elements[0].maxLength: expected at most 20000, got the number 20001",
        ),
    ],
)
def test_an_element_that_cannot_work_is_told(tmp_path: Path, elements: str, problem: str):
    assert problems_of(tmp_path, elements)[0] == problem


@pytest.mark.parametrize(
    ("score", "problem"),
    [
        ("sum: [n]\n    reversed: [n]", "expected items of the sum or mean, and 'top', got less"),
        ("sum: [n]\n    missing: prorate", "expected 'at_least', from 1 to 1 answers, got nothing"),
        (
            "sum: [n]\n    mean: [n]",
            "expected one of sum, mean, difference, count, function, got sum and mean",
        ),
        ("count: m", "expected an item of this worksheet, got 'm'"),
        ("function: nowhere.at_all", "expected a function of measures, got 'nowhere.at_all'"),
        (
            "sum: [n]\n    bands:\n      - from: 3\n        to: 1\n        name: odd",
            "expected 'from' below 'to', got 3 to 1",
        ),
    ],
)
def test_a_score_that_cannot_be_worked_out_is_told(tmp_path: Path, score: str, problem: str):
    more = f"scores:\n  - name: total\n    title: Total\n    {score}\n"

    found = problems_of(tmp_path, "- name: n\n  type: text\n  inputType: number", more)

    assert [line.split(": ", 2)[2] for line in found] == [problem]
