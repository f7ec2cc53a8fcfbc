"""Every problem of a pathway file is told with its line; the four that ship have none."""

from datetime import date
from pathlib import Path

import pytest
from shipped import load
from typer.testing import CliRunner

from iopkit.cli import app
from iopkit.errors import WorksheetError
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS, check_rule
from iopkit.worksheets.catalog import worksheet_files
from iopkit.worksheets.pathway import BEFORE, Pathway, Way
from iopkit.worksheets.pathway_check import (
    check_pathways,
    load_pathway,
    load_pathways,
    needs_yes,
    pathway_files,
)
from iopkit.worksheets.place import content_folder

HEAD = """\
id: mine
version: "1.0"
status: draft
title: Mine
domain: individual
about: A small one.
steps:
  - id: mood
    worksheet: phq-9
    note: Each week.
    often: weekly
    days: [SU]
"""


def write(folder: Path, *steps: str, head: str = HEAD) -> Path:
    place = folder / "pathways"
    place.mkdir(exist_ok=True)
    path = place / "mine.yaml"
    path.write_text(head + "".join(steps))
    return path


def step(**keys: object) -> str:
    given = {"id": "next", "worksheet": "thought-record", "note": "Then this.", **keys}
    lines = [f"{'  - ' if name == 'id' else '    '}{name}: {value}\n" for name, value in given.items()]
    return "".join(lines)


def problems(path: Path) -> list[str]:
    return [one.removeprefix(f"{path}:") for one in check_pathways([path], load())]


def test_a_good_pathway_has_no_problem(tmp_path: Path) -> None:
    path = write(tmp_path, step(after="mood", delay=2, when='"{phq-9.total} >= 10"'))

    assert problems(path) == []
    assert load_pathway(path, load()).steps[1].after == "mood"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"worksheet": "thought-recrd"}, "expected the id of a worksheet, got 'thought-recrd'; did you mean"),
        ({"worksheet": "asq"}, "expected a worksheet for clients, got 'asq', filled in by clinicians"),
        ({"worksheet": "speaker-listener"}, "expected a worksheet for one client, got 'speaker-listener'"),
        ({"after": "moood"}, "expected a step above, got 'moood'; did you mean 'mood'?"),
        ({"after": "next"}, "expected a step above, got 'next'"),
        ({"entries": 3}, "expected 'after', the step whose entries are counted, got nothing"),
        ({"when": '"{phq-9.totl} > 9"'}, "expected a score of 'phq-9', got 'totl'; did you mean 'total'?"),
        ({"when": '"{mood} > 9"'}, "expected a score such as {phq-9.total}, got '{mood}'"),
        ({"when": '"{phq-9.total} >"'}, "expected an item or a value, got the end"),
        ({"when": '"{phq-99.total} > 1"'}, "expected the id of a worksheet, got 'phq-99'"),
        ({"when": '"{barc-10.total} > 1"'}, "expected a score of the domain 'individual', got 'barc-10'"),
        ({"often": "hourly"}, "expected 'once', 'daily', 'weekdays', 'weekly' or 'before', got 'hourly'"),
        ({"often": "weekly"}, "'days' with 'often: weekly', and only there"),
        ({"delai": 3}, "delai"),
        ({"id": "mood"}, "expected an id of its own, got 'mood' again"),
    ],
)
def test_each_problem_is_told_where_it_stands(tmp_path: Path, keys: dict[str, object], said: str) -> None:
    path = write(tmp_path, step(**keys))

    found = problems(path)

    assert any(said in one for one in found), found
    assert all(one.partition(":")[0].isdigit() for one in found)
    with pytest.raises(WorksheetError):
        load_pathway(path, load())


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, step(after="gone", worksheet="gone", when='"{gone.total} = 1"'))

    assert len(problems(path)) == 3


@pytest.mark.parametrize("worksheet", ["safety-plan", "exposure-ladder", "dbt-diary-card"])
def test_what_has_a_safety_meaning_needs_a_question(tmp_path: Path, worksheet: str) -> None:
    path = write(tmp_path, step(after="mood", worksheet=worksheet))
    (told,) = problems(path)
    assert "expected 'ask', what a clinician says yes to" in told

    asked = write(tmp_path, step(after="mood", worksheet=worksheet, ask="Is it safe?"))

    assert problems(asked) == []


def test_the_name_of_the_file_is_the_id(tmp_path: Path) -> None:
    path = write(tmp_path, step(), head=HEAD.replace("id: mine", "id: yours", 1))

    assert problems(path) == ["1: id: expected 'mine', the name of the file, got 'yours'"]


def test_four_pathways_ship_and_say_their_texts_in_spanish() -> None:
    english, spanish = load_pathways(load()), load_pathways(load(), language="es")

    assert sorted(english) == ["anxiety", "couples", "depression", "early-recovery"]
    for name, one in english.items():
        other = spanish[name]
        assert other.title != one.title
        assert [step.id for step in other.steps] == [step.id for step in one.steps]
        assert all(a.note != b.note for a, b in zip(one.steps, other.steps, strict=True))


def test_each_shipped_rhythm_is_one_that_assignments_take() -> None:
    assert BEFORE == BEFORE_APPOINTMENTS
    for pathway in load_pathways(load()).values():
        for one in pathway.steps:
            if one.rrule not in ("", BEFORE):
                check_rule(one.rrule, date(2026, 3, 1))


def test_no_shipped_step_with_a_safety_meaning_opens_by_itself() -> None:
    steps = [one for pathway in load_pathways(load()).values() for one in pathway.steps]

    assert [one.id for one in steps if needs_yes(one, load()) and one.ask is None] == []


def test_pathways_are_no_worksheets(tmp_path: Path) -> None:
    path = write(tmp_path, step())

    assert pathway_files(tmp_path) == [path]
    assert worksheet_files(tmp_path) == []
    assert len(pathway_files(content_folder("worksheets"))) == 4


def test_the_command_checks_pathways_too(tmp_path: Path) -> None:
    path = write(tmp_path, step(after="gone"))

    bad = CliRunner().invoke(app, ["worksheets", "check", str(path)])
    write(tmp_path, step(after="mood"))
    good = CliRunner().invoke(app, ["worksheets", "check", str(path)])

    assert (bad.exit_code, good.exit_code) == (1, 0)
    assert f"{path}:16: steps[1].after: expected a step above, got 'gone'" in bad.output
    assert good.output == "1 pathway, no problems\n"


def test_the_page_names_every_key_and_its_example_has_no_problem(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "homework.md").read_text()
    example = page.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "pathways").mkdir()
    path = tmp_path / "pathways" / "small-start.yaml"
    path.write_text(example)

    assert [key for kind in (Pathway, Way) for key in kind.model_fields if f"`{key}`" not in page] == []
    assert check_pathways([path], load()) == []
