"""A preview follows its file: each save is shown, problems take the place of the form, answers stay."""

import asyncio
from pathlib import Path

import pytest

import iopkit
from iopkit.widgets.preview import Preview

WALK = """\
id: evening-walk
version: "1.0"
status: draft
title: Evening walk
category: lifestyle
domain: individual
audience: client
minutes: 3
about: A short walk.
settings:
  - {name: places, title: Places, kind: texts, most: 3, rows: stops.place}
pages:
  - name: walk
    elements:
      - {name: note, type: comment}
      - {name: minutes_out, type: text, inputType: number}
      - name: stops
        type: paneldynamic
        templateElements:
          - {name: place, type: text}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "evening-walk.yaml"
    file.write_text(WALK)
    return file


def test_a_file_is_shown_as_its_form(path: Path):
    shown = Preview(path)

    assert (shown.title, shown.about, shown.problems) == ("Evening walk", "A short walk.", [])
    assert shown.survey["pages"][0]["elements"][0]["name"] == "note"


def test_a_broken_file_shows_its_problems_and_keeps_what_was_typed(path: Path):
    shown = Preview(path)
    shown.answers = {"note": "The owl", "minutes_out": 20}

    path.write_text(WALK.replace("type: comment", "type: komment"))
    shown.reload()

    assert [problem.partition(" expected ")[0] for problem in shown.problems] == [
        f"{path}:15: pages[0].elements[0].type:"
    ]
    assert shown.answers == {"note": "The owl", "minutes_out": 20}


def test_typed_answers_stay_where_their_items_do(path: Path):
    shown = Preview(path)
    shown.answers = {"note": "The owl", "minutes_out": 20}

    path.write_text(WALK.replace("minutes_out", "minutes_in"))
    shown.reload()

    assert shown.answers == {"note": "The owl"}
    assert shown.refused == {}
    assert shown.problems == []


def test_a_file_that_is_broken_from_the_first_is_shown_once_it_is_mended(path: Path):
    path.write_text("id: [\n")
    shown = Preview(path)
    assert shown.problems[0].startswith(f"{path}:2: file: expected YAML")

    path.write_text(WALK)
    shown.reload()

    assert (shown.title, shown.problems) == ("Evening walk", [])


def test_settings_show_the_card_of_one_client(path: Path):
    shown = Preview(path, {"places": ["The bridge"]})

    assert shown.answers == {"stops": [{"place": "The bridge"}]}


def test_a_setting_of_the_wrong_shape_shows_as_a_problem(path: Path):
    shown = Preview(path, {"places": "The bridge"})

    assert shown.problems == [
        "evening-walk: setting 'places': expected a list of 1 to 3 texts, got text; write each text as an "
        "entry of a list."
    ]


def test_each_save_is_seen(path: Path):
    async def save_and_wait() -> str:
        shown, seen, stop = Preview(path), asyncio.Event(), asyncio.Event()
        shown.observe(lambda _change: seen.set(), "title")
        following = asyncio.create_task(shown.follow(stop))
        for number in range(100):  # the watch begins a moment later
            saved = path.with_name("saved")
            saved.write_text(WALK.replace("title: Evening walk", f"title: Evening walk {number}"))
            saved.replace(path)
            try:
                await asyncio.wait_for(seen.wait(), 0.3)
                break
            except TimeoutError:
                continue
        stop.set()
        await following
        return shown.title

    assert asyncio.run(save_and_wait()).startswith("Evening walk ")


def test_iopkit_preview_follows_inside_a_notebook_and_ends_when_it_is_closed(path: Path):
    async def open_and_close() -> bool:
        shown = iopkit.preview(path)
        following = shown._following
        shown.close()
        await asyncio.wait([following])
        return following.cancelled()

    assert asyncio.run(open_and_close())


def test_outside_a_notebook_it_is_shown_as_it_is(path: Path):
    assert iopkit.preview(path)._following is None
