"""A site's copy of an instrument asks in the same words, whatever else it says about itself."""

import re
from pathlib import Path

import pytest

from iopkit.errors import WorksheetError
from iopkit.worksheets import load_catalog
from iopkit.worksheets.overrides import override_problems
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.wording import plain

OURS = content_folder("worksheets") / "measures"
REMEDY = (
    "; an instrument is valid in its official wording only: take it from there, or give the file and its id "
    "a name of their own"
)


def copied(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Write a site's copy of an instrument, of a higher version, with each text changed once."""
    text = re.sub(r'^version: ".*"', 'version: "9.0"', (OURS / f"{name}.yaml").read_text(), flags=re.M)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / f"{name}.yaml").write_text(text)
    return folder / f"{name}.yaml"


def line_of(path: Path, text: str) -> int:
    """Return the number of the first line that holds a text."""
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line)


def told(path: Path) -> list[str]:
    return override_problems([OURS / path.name, path])


@pytest.mark.parametrize("name", sorted(path.stem for path in OURS.glob("*.yaml")))
def test_a_copy_in_the_same_words_is_taken(name: str, tmp_path: Path):
    assert told(copied(tmp_path, name)) == []


def test_an_item_in_other_words_is_told_with_both_lines_and_what_to_do(tmp_path: Path):
    copy = copied(tmp_path, "phq-9", ("Little interest or pleasure in", "Little joy in"))

    ours, line = OURS / "phq-9.yaml", line_of(OURS / "phq-9.yaml", "Little interest or pleasure") - 1

    assert told(copy) == [
        f"{copy}:{line}: pages[0].elements[0].title: expected the wording of {ours}:{line}, "
        f"got another{REMEDY}"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("text: Not at all", "text: Never", "elements[0].choices: expected the answers of "),
        ("- value: 0\n            text: Not at all", "- value: 4\n            text: Not at all", "choices"),
        ("Over the last 2 weeks", "Over the last week", "pages[0].description: expected the instruction of "),
        ("name: phq9_4", "name: tired", "pages: expected the item of "),
    ],
    ids=["answer", "value", "instruction", "item"],
)
def test_other_answers_instructions_and_lost_items_are_told_once(
    old: str, new: str, said: str, tmp_path: Path
):
    (problem,) = told(copied(tmp_path, "phq-9", (old, new)))

    assert said in problem
    assert problem.endswith(REMEDY)


def test_another_order_of_the_items_is_told(tmp_path: Path):
    swap = [("name: gad7_1\n", "name: swap\n"), ("name: gad7_2\n", "name: gad7_1\n")]
    copy = copied(tmp_path, "gad-7", *swap, ("name: swap\n", "name: gad7_2\n"))

    assert any(": pages: expected the items in the order of " in problem for problem in told(copy))


def test_dashes_quotes_and_the_sign_at_the_end_are_no_other_wording(tmp_path: Path):
    item = "Trouble falling or staying asleep, or sleeping too much"

    assert told(copied(tmp_path, "phq-9", (item, f"{item}."))) == []
    assert plain("“A” – b?") == plain('"A"-b')


def test_a_site_may_say_more_about_it_and_ask_one_thing_more(tmp_path: Path):
    more = "pages:\n  - name: own\n    elements:\n      - {name: own_note, type: comment, title: Note}\n"

    assert told(copied(tmp_path, "phq-9", ("title: PHQ-9", "title: PHQ-9, here"), ("pages:\n", more))) == []


def test_what_has_no_numbered_items_is_the_sites_own_to_word(tmp_path: Path):
    title = re.search(r"        title: (.+)", (OURS / "outside-score.yaml").read_text())
    assert title

    assert told(copied(tmp_path, "outside-score", (title[1], "Another question"))) == []


def test_a_catalog_with_such_a_copy_is_refused(tmp_path: Path):
    copied(
        tmp_path,
        "csi-4",
        (
            "csi4_1\n        type: radiogroup\n        title: ",
            "csi4_1\n        type: radiogroup\n        title: Truly, ",
        ),
    )

    with pytest.raises(WorksheetError, match="expected the wording of "):
        load_catalog(tmp_path)


def test_a_copy_that_cannot_be_read_is_left_to_the_checker(tmp_path: Path):
    (tmp_path / "phq-9.yaml").write_text("- [")

    assert told(tmp_path / "phq-9.yaml") == []
