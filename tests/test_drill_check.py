"""The checker of drills: every fault with its line; what ships has none."""

import re
from pathlib import Path

import pytest
from test_drill import Play
from typer.testing import CliRunner

from iopkit.cli import app
from iopkit.errors import WorksheetError
from iopkit.worksheets import check_paths, load_catalog
from iopkit.worksheets.drill import Ask, Drill, Exit, Offered, Step, When
from iopkit.worksheets.drill_check import check_drills, drill_files, load_drill, own_drills
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.translation import SPOKEN, shown_texts

OURS = drill_files(content_folder("worksheets"))
GOOD = """id: two-words
version: "1.0"
worksheet: speaker-listener
title: Two words
about: A word each.
minutes: 3
start: first
steps:
  - id: first
    title: One word
    floor: speaker
    say: Say a word.
    ask:
      name: word
      kind: text
      label: The word
    go:
      - label: Said
        to: end
  - id: end
    title: Over
    floor: either
    say: That was it.
    shows: [word]
"""
FAULTS = [
    ("to: end", "to: nowhere", "19: steps[0].go[0].to: expected the id of a step, got 'nowhere'"),
    ("to: end", "to: first", "20: steps[1].id: expected a step that is reached, got 'end'"),
    ("to: end", "to: first", "9: steps[0].id: expected a way to an end, got none from 'first'"),
    ("id: end", "id: first", "20: steps[1].id: expected an id of its own, got 'first' again"),
    ("[word]", "[words]", "24: steps[1].shows: expected the name of what a step asks, got 'words'"),
    ("    go:", "    lapse: end\n    go:", "17: steps[0].lapse: expected 'seconds' or 'until' beside it"),
    (
        "    go:",
        "    seconds: 5\n    lapse: first\n    go:",
        "18: steps[0].lapse: expected a ring of steps that waits for somebody, got timers",
    ),
    ("label: The word", "label: The word\n      kept: own", "17: steps[0].ask.kept: expected 'both'"),
    ("kind: text", "kind: rating", "13: steps[0].ask.low: expected words for both ends"),
    ("kind: text", "kind: choice", "13: steps[0].ask.choices: expected choices for a choice"),
    ("to: end", "to: end\n        times: 2", "20: steps[0].go[0].times: expected 'times' and 'then'"),
    ("floor: speaker", "flor: speaker", "11: steps[0].flor: expected a known key"),
    ("id: two-words", "id: three-words", "1: id: expected the file's name without .drill.yaml"),
]


@pytest.fixture
def write(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "two-words.drill.yaml"
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_drill_that_ships_has_no_problem(path):
    assert check_drills(path) == []


def test_each_drill_belongs_to_a_worksheet_for_couples():
    catalog = load_catalog()

    assert {catalog[drill.worksheet].audience for drill in own_drills().values()} == {"couple"}


def test_nine_drills_ship():
    assert sorted(own_drills()) == [
        "co-parenting-plan",
        "co-reflection",
        "conflict-repair",
        "connection-ritual",
        "couple-check-in",
        "gratitude-exchange",
        "shared-goals",
        "speaker-listener",
        "time-out",
    ]


def plain(drill):
    return [
        (step.id, step.floor, step.ask and step.ask.name, [way.to for way in step.go]) for step in drill.steps
    ]


@pytest.mark.parametrize("name", sorted(own_drills()))
def test_each_drill_is_there_in_spanish_and_is_the_same_drill(name):
    english, spanish = own_drills()[name], own_drills("", "es")[name]
    left = {text for _, text in shown_texts(english.model_dump(), keys=SPOKEN)} & {
        text for _, text in shown_texts(spanish.model_dump(), keys=SPOKEN)
    }

    assert plain(spanish) == plain(english)
    assert left == set()


def test_the_spanish_of_the_drills_is_whole():
    files = sorted(content_folder("worksheets").rglob("*.drill.es.yaml"))

    assert len(files) == 9
    assert check_paths(*files) == []


def test_a_drill_of_a_site_without_a_translation_stays_english(tmp_path):
    (tmp_path / "two-words.drill.yaml").write_text(GOOD)

    assert own_drills(str(tmp_path), "es")["two-words"].title == "Two words"


def test_a_text_of_a_drill_that_is_not_translated_is_told(tmp_path):
    (tmp_path / "two-words.drill.yaml").write_text(GOOD)
    path = tmp_path / "two-words.drill.es.yaml"
    path.write_text('id: two-words\nversion: "1.0"\nstatus: draft\ntexts:\n  "Two words": "Dos palabras"\n')

    told = check_paths(path)

    assert f"{path}:4: texts: expected a translation of 'Say a word.', got nothing" in told
    assert own_drills(str(tmp_path), "es")["two-words"].title == "Dos palabras"


def test_a_good_drill_loads(write):
    assert [step.id for step in load_drill(write(GOOD)).steps] == ["first", "end"]


@pytest.mark.parametrize(("old", "new", "problem"), FAULTS, ids=[one[2][:40] for one in FAULTS])
def test_a_fault_is_told_with_its_line(write, old, new, problem):
    path = write(GOOD.replace(old, new, 1))

    told = check_drills(path)

    assert any(line.startswith(f"{path}:{problem}") for line in told), told


def test_what_each_keeps_is_shown_only_where_both_agree(write):
    text = GOOD.replace("floor: speaker", "floor: each").replace("kind: text", "kind: text\n      kept: own")

    told = check_drills(write(text))

    assert [line.partition("steps")[2] for line in told] == [
        "[1].shows: expected 'if_both' for 'word', which each keeps to themself, got nothing"
    ]


def test_a_drill_with_faults_does_not_load(write):
    with pytest.raises(WorksheetError, match="expected the id of a step"):
        load_drill(write(GOOD.replace("to: end", "to: nowhere", 1)))


DOCS = (Path(__file__).parent.parent / "docs" / "drills.md").read_text()


def keys_of(kind) -> set[str]:
    return set(kind.model_fields)


def test_the_docs_name_every_key_of_a_drill():
    keys = set.union(*(keys_of(kind) for kind in (Drill, Step, Ask, Offered, Exit, When)))

    assert {key for key in keys if f"`{key}`" not in DOCS} == set()


def test_the_drill_of_the_docs_is_good_and_is_offered_by_its_file_alone(tmp_path):
    path = tmp_path / "two-wishes.drill.yaml"
    path.write_text(re.search(r"^```yaml\n(.*?)^```$", DOCS, re.M | re.S).group(1))

    assert check_drills(path) == []
    assert own_drills(str(tmp_path))["two-wishes"].title == "Two wishes"


def test_the_drill_of_the_docs_can_be_played_to_its_end(tmp_path):
    path = tmp_path / "two-wishes.drill.yaml"
    path.write_text(re.search(r"^```yaml\n(.*?)^```$", DOCS, re.M | re.S).group(1))
    play = Play(load_drill(path))
    for seat, value in ((0, 2), (1, 3), (0, "a walk"), (1, None), (1, "a nap"), (0, None)):
        play.do("go", seat, value=value)

    assert (play.room.step, play.room.ended) == ("end", "done")


def test_the_command_checks_drills_too(write):
    path = write(GOOD.replace("to: end", "to: nowhere", 1))

    done = CliRunner().invoke(app, ["worksheets", "check", str(path)])

    assert done.exit_code == 1
    assert "expected the id of a step, got 'nowhere'" in done.output
