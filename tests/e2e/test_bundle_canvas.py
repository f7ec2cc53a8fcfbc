"""The canvas in a real browser: mouse, finger, keys; undo; room that ends; and the same picture to read."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from stage import look
from test_bundle_form import HOSTILE, saved, sheet, tab_to

from iopkit.worksheets.drawing import LIMIT, Stroke, palette, read_drawing

WORDS = {"type": "comment", "name": "w", "title": "In words"}
ONE = '{"drawing":1,"strokes":[["red","thick",[100,100,300,0]]]}'
TONE = """([x, y]) => {
  const canvas = document.querySelector('.paper canvas');
  const at = [Math.round(x * canvas.width), Math.round(y * canvas.height)];
  return [...canvas.getContext('2d').getImageData(...at, 1, 1).data].slice(0, 3);
}"""
PAPER = [251, 249, 244]
BLACK = [28, 37, 39]
RED = [191, 51, 39]


def drawing(**body: Any) -> dict[str, Any]:
    """Return a view with a canvas and a place for words."""
    asked = {"type": "drawing", "name": "d", "title": "Your paper", "wordsIn": "w", "palette": palette()}
    return sheet(asked, WORDS, **body)


def paper(page: Page) -> dict[str, float]:
    """Return where the paper lies, scrolled into sight."""
    canvas = page.locator(".paper canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    return dict(box)


def drag(page: Page, *way: tuple[float, float]) -> None:
    """Draw with the mouse through points given as shares of the paper."""
    box = paper(page)
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in way]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


def stored(shown: Any) -> tuple[Stroke, ...]:
    """Return the strokes in the store, read by the program's own reader."""
    saved(shown.page)
    return read_drawing(shown.stage.store["w1"]["d"])


def near(point: tuple[int, int], x: int, y: int) -> bool:
    return abs(point[0] - x) <= 8 and abs(point[1] - y) <= 8


def test_a_mouse_draws_a_line_that_python_can_read(show):
    shown = show(drawing())

    drag(shown.page, (0.1, 0.2), (0.5, 0.2), (0.5, 0.8))

    (line,) = stored(shown)
    assert (line.colour, line.pen) == ("black", "medium")
    assert near(line.points[0], 100, 150)
    assert near(line.points[-1], 500, 600)
    assert len(line.points) >= 5
    assert shown.page.evaluate(TONE, [0.3, 0.2]) == BLACK
    assert shown.page.evaluate(TONE, [0.9, 0.9]) == PAPER


def test_a_click_is_a_dot(show):
    shown = show(drawing())

    drag(shown.page, (0.5, 0.5))

    (dot,) = stored(shown)
    assert len(dot.points) == 1
    assert max(shown.page.evaluate(TONE, [0.5, 0.5])) < 60


def test_a_finger_draws_and_the_page_does_not_scroll(show):
    shown = show(drawing())
    page = shown.page
    box = paper(page)
    before = page.evaluate("scrollY")
    touch = page.context.new_cdp_session(page)

    for kind, share in (("touchStart", 0.2), ("touchMove", 0.5), ("touchMove", 0.8), ("touchEnd", None)):
        at = {"x": box["x"] + 100, "y": box["y"] + box["height"] * (share or 0)}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at] if share else []})

    (line,) = stored(shown)
    assert near(line.points[-1], round(100 / box["width"] * 1000), 600)
    assert page.evaluate("scrollY") == before


def test_keys_choose_a_pen_and_a_color_and_draw(show):
    shown = show(drawing())
    page, keys = shown.page, shown.page.keyboard

    tab_to(page, page.get_by_role("radio", name="Medium"))
    keys.press("ArrowRight")
    tab_to(page, page.get_by_role("radio", name="Black"))
    for _ in range(3):
        keys.press("ArrowRight")
    expect(page.get_by_text("Color: Red")).to_be_visible()
    tab_to(page, page.locator(".paper canvas"))
    expect(page.get_by_text("Space puts it down and lifts it")).to_be_visible()
    keys.press("Shift+ArrowLeft")
    keys.press("Space")
    for _ in range(10):
        keys.press("ArrowRight")
    keys.press("Space")

    assert stored(shown) == (Stroke("red", "thick", tuple((450 + 10 * step, 375) for step in range(11))),)


def test_undo_takes_back_a_line_and_the_emptying_of_the_paper(show):
    shown = show(drawing())
    page = shown.page
    undo = page.get_by_role("button", name="Undo", exact=True)
    drag(page, (0.1, 0.1), (0.9, 0.1))
    drag(page, (0.1, 0.5), (0.9, 0.5))
    assert len(stored(shown)) == 2

    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("The paper is empty again. Undo brings your drawing back.")).to_be_visible()
    saved(page)
    assert shown.stage.store["w1"] == {}
    assert page.evaluate(TONE, [0.5, 0.5]) == PAPER
    undo.click()
    assert len(stored(shown)) == 2
    undo.press("Enter")
    assert len(stored(shown)) == 1
    undo.press("Control+z")
    undo.press("Enter")

    saved(page)
    assert shown.stage.store["w1"] == {}
    expect(undo).to_be_focused()
    expect(undo).to_have_attribute("aria-disabled", "true")


def test_a_drawing_is_there_again_and_its_last_line_can_still_be_undone(show):
    shown = show(drawing(answers={"d": ONE}, base=1))
    shown.stage.store["w1"] = {"d": ONE}
    page = shown.page
    expect(page.get_by_role("application", name="Paper, 1 line")).to_be_visible()
    assert page.evaluate(TONE, [0.25, 100 / 750]) == RED

    page.get_by_role("button", name="Undo").click()

    saved(page)
    assert shown.stage.store["w1"] == {}


def test_words_are_one_tap_away(show):
    shown = show(drawing())

    shown.page.get_by_role("button", name="Use words instead").click()
    expect(shown.page.get_by_label("In words")).to_be_focused()
    shown.page.keyboard.type("A gray square")

    saved(shown.page)
    assert shown.stage.store["w1"] == {"w": "A gray square"}


def filled(size: int) -> str:
    """Return a drawing of about so many bytes."""
    steps = ",".join(["500,300"] + ["1,0", "-1,0"] * ((size - 60) // len(",1,0,-1,0")))
    return f'{{"drawing":1,"strokes":[["gray","thin",[{steps}]]]}}'


def test_a_drawing_that_is_nearly_full_says_so(show):
    page = show(drawing(answers={"d": filled(290_000)}, base=1)).page

    expect(page.get_by_text("There is not much room left: 290 of 300 KB are used.")).to_be_visible()


def test_a_line_beyond_the_limit_is_not_taken_and_the_page_says_what_to_do(show):
    full = filled(LIMIT - 200)
    full = full.replace("]]]}", ",0,0" * ((LIMIT - len(full)) // 4) + "]]]}")
    assert LIMIT - 4 <= len(full) <= LIMIT
    shown = show(drawing(answers={"d": full}, base=1))
    page = shown.page

    drag(page, (0.1, 0.1), (0.9, 0.1))

    expect(
        page.get_by_text(
            "This drawing is full, so the last line was not added. "
            "Undo some lines, or finish here and go on in a new drawing."
        )
    ).to_be_visible()
    assert shown.stage.store == {}
    assert page.evaluate(TONE, [0.5, 0.1]) == PAPER


def test_the_page_reads_as_the_drawing_that_was_made(show):
    view = look("doing-read")
    strokes = read_drawing(view["body"]["answers"]["drawing"])
    page = show(view).page

    picture = page.get_by_role("img", name=f"A drawing of {len(strokes)} lines")

    expect(picture).to_be_visible()
    assert picture.locator("path").count() == len(strokes)
    assert picture.locator("path").last.get_attribute("d") == "M540 690h0"


@pytest.mark.parametrize(
    "answer",
    [
        HOSTILE,
        "[" * 5000,
        '{"drawing":1}',
        '{"drawing":1,"strokes":[["red","thin",["\\"/><script>document.title=1</script>",1]]]}',
        json.dumps({"drawing": 1, "strokes": [["url(//x.test)", HOSTILE, [1, 1]]]}),
    ],
)
def test_what_is_no_drawing_does_nothing(show, answer):
    view = look("doing-read")
    view["body"]["answers"]["drawing"] = answer

    page = show(view).page
    page.locator(".drawing-box svg").wait_for()

    assert page.title() == view["title"]
    assert page.locator("script:not([src]):not([type='application/json'])").count() == 0
