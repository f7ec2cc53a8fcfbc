"""The chapter that teaches a first worksheet is sound: its own blocks are checked, scored and charted."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from iopkit.charts.pictures import pictures
from iopkit.measures.shapes import Filled
from iopkit.worksheets import Worksheet, check_paths, load_catalog, load_worksheet, score

PAGE = (Path(__file__).parent.parent / "docs" / "first-worksheet.md").read_text()
DAY = date(2026, 3, 13)


def blocks(kind: str) -> list[str]:
    """Return the fenced blocks of a kind, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "lifestyle" / "after-dinner-walk.yaml"
    file.parent.mkdir()
    file.write_text("".join(blocks("yaml")))
    return file


@pytest.fixture
def walk(path: Path) -> Worksheet:
    return load_worksheet(path)


def test_the_chapter_takes_twenty_minutes():
    words = {"two": 2, "three": 3, "five": 5}

    assert sum(words[word] for word in re.findall(r"^## .*\((\w+) minutes\)$", PAGE, re.M)) == 20


def test_the_header_alone_misses_what_the_chapter_says(path: Path):
    path.write_text(blocks("yaml")[0])

    told = [problem.rpartition("/")[2] for problem in check_paths(path)]

    assert told == ["after-dinner-walk.yaml:1: pages: expected a value, got nothing"]
    assert told[0] in PAGE


@pytest.mark.parametrize("pieces", [2, 3, 4])
def test_the_file_is_sound_after_each_further_piece(path: Path, pieces: int):
    path.write_text("".join(blocks("yaml")[:pieces]))

    assert check_paths(path) == []


def test_the_answers_of_the_chapter_come_to_its_scores(walk: Worksheet):
    (answers,) = map(json.loads, blocks("json"))

    scored = score(walk, answers, day=DAY, zone="UTC")

    assert "".join(f"{name} {value}\n" for name, value in scored.scores.items()) == blocks("text")[0]


def test_an_unanswered_item_leaves_the_score_out_as_the_chapter_says(walk: Worksheet):
    answers = json.loads(blocks("json")[0])
    del answers["tension_after"]

    assert score(walk, answers, day=DAY, zone="UTC").scores == {"eased": None, "minutes": 20}


def test_a_week_of_entries_is_charted_under_the_titles_of_the_chapter(walk: Worksheet):
    entries = [
        Filled(DAY - timedelta(number), {}, {"eased": -number, "minutes": 10 + number}) for number in range(7)
    ]

    drawn = pictures(walk, entries, start=DAY - timedelta(7), end=DAY)

    assert drawn is not None
    assert [figure.title for figure in drawn.figures] == blocks("text")[1].splitlines()
    assert all(figure.summary and figure.table.rows for figure in drawn.figures)


def test_a_site_that_follows_the_chapter_has_the_worksheet(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IOPKIT_WORKSHEETS", str(path.parent.parent))

    assert load_catalog()["after-dinner-walk"].title == "A walk after dinner"
