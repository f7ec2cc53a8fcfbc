import pytest
from surveyjs import ask

from iopkit.worksheets import Worksheet, load_worksheet, visible
from iopkit.worksheets.visibility import settle

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
pages:
  - name: first
    elements:
      - {name: a, type: boolean}
      - name: box
        type: panel
        visibleIf: "{a} = true"
        elements:
          - {name: b, type: comment}
          - name: inner
            type: panel
            visibleIf: "{b} notempty"
            elements:
              - {name: c, type: comment}
      - name: rows
        type: paneldynamic
        panelCount: 2
        templateElements:
          - {name: x, type: boolean}
          - {name: y, type: comment, visibleIf: "{panel.x} = true"}
      - {name: many_rows, type: comment, visibleIf: "{rows.length} > 2"}
  - name: second
    visibleIf: "{c} notempty"
    elements:
      - {name: d, type: comment}
      - name: rows_again
        type: paneldynamic
        valueName: rows
        templateElements:
          - {name: z, type: comment}
"""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """Return a worksheet with conditions on a page, panels, rows and questions."""
    path = tmp_path_factory.mktemp("site") / "evening-walk.yaml"
    path.write_text(WALK)
    return load_worksheet(path)


SEEN = [
    ({}, "a rows"),
    ({"a": False, "b": "x", "c": "y"}, "a rows d"),
    ({"a": True}, "a b rows"),
    ({"a": True, "b": "x"}, "a b c rows"),
    ({"rows": [{"x": True}]}, "a rows rows[0].x rows[0].y"),
    ({"rows": []}, "a rows"),
    (
        {"rows": [{}, {"x": True}, {"x": False}]},
        "a rows rows[0].x rows[1].x rows[1].y rows[2].x many_rows",
    ),
    ({"a": True, "b": "x", "c": "y", "rows": [{}]}, "a b c rows rows[0].x d rows[0].z"),
]


@pytest.mark.parametrize(("answers", "names"), SEEN)
def test_what_is_seen_follows_the_conditions(walk: Worksheet, answers: dict[str, object], names: str):
    assert list(visible(walk, answers)) == names.split()


def test_the_browser_sees_the_same(walk: Worksheet):
    browser = ask("visible.mjs", [{"survey": walk.survey(), "answers": answers} for answers, _ in SEEN])

    assert [list(dict.fromkeys(names)) for names in browser] == [names.split() for _, names in SEEN]


def test_what_is_hidden_goes_and_takes_what_hung_on_it(walk: Worksheet):
    answers = {"a": False, "b": "x", "c": "y", "d": "z", "rows": [{"x": False, "y": "q", "z": "w"}]}

    assert settle(walk, answers) == {"a": False, "rows": [{"x": False}]}


def test_what_is_seen_stays_as_it_is(walk: Worksheet):
    answers = {"a": True, "b": "x", "c": "y", "d": "z", "rows": [{"x": True, "y": "q", "z": "w"}, {}]}

    assert settle(walk, answers) == answers
