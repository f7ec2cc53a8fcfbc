"""A drawing is strokes on a grid and nothing else; the page and Python draw the same picture of it."""

import json
from random import Random

import pytest
from drawing import parts
from surveyjs import ask

from iopkit.charts import to_svg
from iopkit.charts.drawing import drawing_figure, drawing_svg
from iopkit.worksheets.drawing import (
    COLOURS,
    LIMIT,
    PENS,
    Stroke,
    palette,
    path,
    read_drawing,
    too_large,
)
from iopkit.worksheets.unfit import UnfitError

BROKEN = "This drawing cannot be read. Please draw it again on this page."
SMALL = '{"drawing":1,"strokes":[["teal","thin",[120,80,3,-4,-10,0]],["paper","broad",[1000,750]]]}'


def drawing(*strokes: object, version: object = 1) -> str:
    return json.dumps({"drawing": version, "strokes": list(strokes)})


def test_strokes_are_read_point_by_point():
    assert read_drawing(SMALL) == (
        Stroke("teal", "thin", ((120, 80), (123, 76), (113, 76))),
        Stroke("paper", "broad", ((1000, 750),)),
    )


@pytest.mark.parametrize(
    "answer",
    [
        None,
        17,
        ["teal"],
        {"drawing": 1, "strokes": []},
        "",
        "null",
        "[]",
        "{}",
        "A house",
        "data:image/png;base64,iVBORw0KGgo=",
        '<svg onload="alert(1)"/>',
        drawing(),
        drawing(version=2) + " ",
        drawing(["teal", "thin", [1, 1]], version=2),
        drawing(["teal", "thin", [1, 1]], version=True),
        drawing(["teal", "thin", [1, 1]], version="1"),
        '{"drawing":1,"strokes":{"0":["teal","thin",[1,1]]}}',
        '{"drawing":1,"strokes":[["teal","thin",[1,1]]],"script":"alert(1)"}',
        '{"drawing":1,"drawing":1,"strokes":[["teal","thin",[1,1]]]}',
        drawing("teal"),
        drawing(["teal", "thin"]),
        drawing(["teal", "thin", [1, 1], 1]),
        drawing(["Teal", "thin", [1, 1]]),
        drawing(["url(#a)", "thin", [1, 1]]),
        drawing(["teal", "fine", [1, 1]]),
        drawing([["teal"], "thin", [1, 1]]),
        drawing(["teal", {}, [1, 1]]),
        drawing(["teal", "thin", "1,1"]),
        drawing(["teal", "thin", []]),
        drawing(["teal", "thin", [1]]),
        drawing(["teal", "thin", [1, 1, 1]]),
        drawing(["teal", "thin", [1.0, 1]]),
        drawing(["teal", "thin", [1.5, 1]]),
        drawing(["teal", "thin", [True, 1]]),
        drawing(["teal", "thin", ["1", 1]]),
        drawing(["teal", "thin", [None, 1]]),
        drawing(["teal", "thin", [-1, 1]]),
        drawing(["teal", "thin", [1001, 1]]),
        drawing(["teal", "thin", [1, 751]]),
        drawing(["teal", "thin", [1000, 750, 1, 0]]),
        drawing(["teal", "thin", [0, 0, 0, -1]]),
        '{"drawing":1,"strokes":[["teal","thin",[NaN,1]]]}',
        '{"drawing":1,"strokes":[["teal","thin",[1e999,1]]]}',
        '{"drawing":1,"strokes":[["teal","thin",[' + "9" * 5000 + ",1]]]}",
        '{"drawing":1,"strokes":' + "[" * 100_000,
        '{"drawing":1,"strokes":' + "[" * 100_000 + "]" * 100_000 + "}",
        SMALL.replace("teal", "te\u00e4l"),
        SMALL + "\u00a0",
        SMALL + "\x00",
    ],
)
def test_what_the_page_does_not_write_is_refused(answer: object):
    with pytest.raises(UnfitError) as caught:
        read_drawing(answer)

    assert str(caught.value) == BROKEN


def test_a_drawing_may_be_as_large_as_the_limit_and_no_larger():
    dots = (LIMIT - len(drawing(["teal", "thin", [500, 500]]))) // len(", 0, 0")
    full = drawing(["teal", "thin", [500, 500, *[0, 0] * dots]])

    assert LIMIT - 10 < len(full) <= LIMIT
    assert len(read_drawing(full)[0].points) == dots + 1
    with pytest.raises(UnfitError) as caught:
        read_drawing(full + " " * 10)

    assert str(caught.value) == too_large(LIMIT)


def test_a_drawing_of_5_megabytes_is_refused_with_what_to_do():
    with pytest.raises(UnfitError) as caught:
        read_drawing(drawing(["teal", "thin", [500, 500] + [0, 0] * 833_333]))

    assert str(caught.value) == (
        "This drawing is too large to keep: it takes 5,000 KB, and 300 KB fit. "
        "Please undo some lines, or finish it here and go on in a new one."
    )


def test_a_line_curves_through_the_middle_between_its_points():
    assert path([(5, 7)]) == "M5 7h0"
    assert path([(0, 0), (10, 4)]) == "M0 0L10 4"
    assert path([(0, 0), (10, 0), (13, 5), (20, 5)]) == "M0 0Q10 0 11.5 2.5Q13 5 16.5 5L20 5"


def test_a_drawing_is_a_picture_with_words():
    drawn = drawing_svg(read_drawing(SMALL), "A house")

    assert to_svg(drawn) == (
        '<svg viewBox="0 0 1000 750" role="img" class="drawing"><title>A house</title>'
        '<rect width="1000" height="750" fill="#fbf9f4"/>'
        '<path d="M120 80Q123 76 118 76L113 76" fill="none" stroke="#0d8080" stroke-width="4"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
        '<path d="M1000 750h0" fill="none" stroke="#fbf9f4" stroke-width="60"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def test_the_summary_says_how_many_lines_in_which_colours():
    def summary(*strokes: Stroke) -> str:
        return drawing_figure(strokes, "Your drawing").summary

    line, blue, red = (Stroke(colour, "thin", ((1, 1),)) for colour in ("paper", "blue", "red"))

    assert summary(line) == "A drawing of 1 line."
    assert summary(line, blue) == "A drawing of 2 lines, in blue."
    assert summary(blue, red, blue) == "A drawing of 3 lines, in blue and red."
    assert drawing_figure([blue], "Your drawing").title == "Your drawing"
    assert drawing_figure([blue], "Your drawing").table.rows == []


def test_every_colour_and_pen_has_a_name_of_its_own():
    found = palette()

    assert len({colour["text"] for colour in found["colours"]}) == len(COLOURS) == 12
    assert [pen["text"] for pen in found["pens"]] == ["Thin", "Medium", "Thick", "Broad"]
    assert found["paper"] == COLOURS["paper"][1]
    assert found["limit"] == 300_000


def scribble(chance: Random) -> list[object]:
    """Return a stroke as the page writes it: a walk on the grid."""
    x, y = chance.randint(0, 1000), chance.randint(0, 750)
    steps = [x, y]
    for _ in range(chance.randint(0, 40)):
        to_x, to_y = (max(0, min(m, at + chance.randint(-30, 30))) for m, at in ((1000, x), (750, y)))
        steps += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return [chance.choice(list(COLOURS)), chance.choice(list(PENS)), steps]


def test_the_page_draws_the_same_picture_and_writes_the_same_text():
    chance = Random(7)
    texts = [
        json.dumps({"drawing": 1, "strokes": [scribble(chance) for _ in range(9)]}, separators=(",", ":"))
        for _ in range(30)
    ]

    there = ask("drawing.mjs", [{"text": text, "palette": palette()} for text in texts])

    assert [one["text"] for one in there] == texts
    assert [one["svg"] for one in there] == [drawing_svg(read_drawing(text), "A drawing") for text in texts]


def test_a_drawing_has_one_path_for_each_line():
    strokes = [Stroke("blue", "thin", ((1, 1), (2, 2)))] * 3

    assert len(parts(drawing_svg(strokes, "x"), "path")) == 3
