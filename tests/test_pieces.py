"""Choices that several worksheets share are written once and put in place when a worksheet is loaded."""

from pathlib import Path

import pytest

from iopkit.errors import WorksheetError
from iopkit.worksheets import check_paths, load_catalog, load_worksheet
from iopkit.worksheets.catalog import piece_files, worksheet_files
from iopkit.worksheets.load import read_document
from iopkit.worksheets.pieces import include
from iopkit.worksheets.place import content_folder

HEAD = """\
id: small
version: "1.0"
status: draft
title: Small
category: emotion
domain: individual
audience: client
minutes: 3
about: A small one.
include: [{include}]
pages:
  - name: one
    elements:
      - name: feeling
        type: radiogroup
        title: The feeling
        choices:
          - value: mixed
            text: Mixed
          - include: {choices}
          - value: unsure
            text: Not sure
"""
MOODS = """\
id: moods
title: Moods
about: Two moods.
choices:
  - value: glad
    text: Glad
  - value: low
    text: Low
"""


def written(folder: Path, text: str, name: str = "emotion/small.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def site(folder: Path, *, include: str = "moods", choices: str = "moods", moods: str = MOODS) -> Path:
    written(folder, moods, "shared/moods.yaml")
    return written(folder, HEAD.format(include=include, choices=choices))


def test_the_choices_of_a_piece_stand_where_it_is_included(tmp_path: Path):
    question = load_worksheet(site(tmp_path)).items["feeling"].question

    assert [choice.value for choice in question.options] == ["mixed", "glad", "low", "unsure"]


def test_a_worksheet_carries_its_included_choices_with_it(tmp_path: Path):
    worksheet = load_worksheet(site(tmp_path))

    shown = worksheet.survey()["pages"][0]["elements"][0]["choices"]

    assert shown[1] == {"value": "glad", "text": "Glad"}


def test_choices_keep_the_lines_on_which_they_are_written(tmp_path: Path):
    document, problems = include(read_document(site(tmp_path)))
    place = ("pages", 0, "elements", 0, "choices")

    assert problems == []
    assert [document.line((*place, index)) for index in range(4)] == [18, 20, 20, 21]
    assert document.line(place) == 17


def test_a_piece_of_ours_needs_no_file_of_the_site(tmp_path: Path):
    path = written(tmp_path, HEAD.format(include="company", choices="company"))

    values = [choice.value for choice in load_worksheet(path).items["feeling"].question.options]

    assert "friend" in values


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            {"choices": "mood"},
            ":20: pages[0].elements[0].choices[1]: expected a piece that 'include' names at the top, "
            "got 'mood'; did you mean 'moods'?",
        ),
        (
            {"include": "moods, company"},
            ":10: include[1]: expected a question with the choices '- include: company', got none",
        ),
        (
            {"include": "mods", "choices": "mods"},
            ":10: include[0]: expected a file shared/mods.yaml, got none; did you mean 'moods'?",
        ),
    ],
)
def test_a_piece_that_does_not_fit_is_told_with_its_line(
    tmp_path: Path, change: dict[str, str], problem: str
):
    problems = check_paths(site(tmp_path, **change))

    assert any(line.endswith(f"small.yaml{problem}") for line in problems)


@pytest.mark.parametrize(
    ("moods", "problem"),
    [
        (
            MOODS.replace("id: moods", "id: mood"),
            ":1: id: expected 'moods', the name of the file, got 'mood'",
        ),
        (
            MOODS.replace("value: low", "value: glad"),
            ":4: choices: expected each value once, got 'glad' again",
        ),
        (MOODS.replace("about: Two moods.\n", ""), ":1: about: expected a value, got nothing"),
        ("a: [", ":1: file: expected YAML, got"),
    ],
)
def test_a_fault_inside_a_piece_is_told_at_the_piece(tmp_path: Path, moods: str, problem: str):
    path = site(tmp_path, moods=moods)

    assert any(f"moods.yaml{problem}" in line for line in check_paths(path))
    assert any(f"moods.yaml{problem}" in line for line in check_paths(tmp_path / "shared" / "moods.yaml"))
    with pytest.raises(WorksheetError):
        load_worksheet(path)


def test_a_changed_piece_is_read_again(tmp_path: Path):
    path = site(tmp_path)
    load_worksheet(path)

    written(tmp_path, MOODS.replace("value: low", "value: gloomy"), "shared/moods.yaml")

    assert "gloomy" in [choice.value for choice in load_worksheet(path).items["feeling"].question.options]


def test_the_catalog_that_was_kept_is_read_anew_when_a_piece_changes(tmp_path: Path):
    site(tmp_path)
    load_catalog(tmp_path)

    written(tmp_path, MOODS.replace("value: low", "value: gloomy"), "shared/moods.yaml")

    question = load_catalog(tmp_path)["small"].items["feeling"].question
    assert "gloomy" in [choice.value for choice in question.options]


def test_pieces_are_no_worksheets(tmp_path: Path):
    path = site(tmp_path)

    assert worksheet_files(tmp_path) == [path]


def test_every_piece_that_ships_is_sound_and_included_by_a_worksheet():
    folder = content_folder("worksheets")
    pieces = piece_files(folder)
    texts = [read_document(path).data.get("include", []) for path in worksheet_files(folder)]

    assert check_paths(*pieces) == []
    assert {piece.stem for piece in pieces} - {name for names in texts for name in names} == set()
