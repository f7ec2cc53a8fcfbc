"""The modules for JupyterLab, in a page that gives them what anywidget gives: a model and an element."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from stage import STATIC, look

from iopkit.worksheets import load_catalog

ORIGIN = "http://lab.test/"
LAB = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title>
<link rel="stylesheet" href="/widget.css"><link rel="icon" href="data:,"></head>
<body><h2 id="theirs">A heading of JupyterLab</h2><div id="cell"></div></body></html>"""
RENDER = """async ([module, state]) => {
  const { default: widget } = await import(`/${module}`);
  const listeners = [];
  window.sent = [];
  window.model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => window.sent.push(structuredClone(state)),
    send: (content) => window.sent.push(content),
    on: (names, listener) => listeners.push([names.split(' '), listener]),
    off: (_, gone) => listeners.splice(0, listeners.length, ...listeners.filter(([, one]) => one !== gone)),
  };
  window.change = (name, value) => { state[name] = value; window.emit(`change:${name}`); };
  window.emit = (name, value) =>
    listeners.forEach(([names, listener]) => names.includes(name) && listener(value));
  window.away = await widget.render({ model: window.model, el: document.getElementById('cell') });
}"""


@pytest.fixture
def lab(browser: Browser) -> Iterator[Page]:
    """Open a page as bare as an output cell, with the built modules beside it."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.route("**/*", serve)
    page.goto(ORIGIN)
    yield page
    context.close()


def serve(route: Route) -> None:
    """Serve the page and the built modules; everything else would be another host."""
    name = route.request.url.removeprefix(ORIGIN)
    kinds = {"js": "text/javascript", "css": "text/css"}
    if name == "":
        route.fulfill(body=LAB, content_type="text/html")
    elif (STATIC / name).is_file():
        route.fulfill(path=STATIC / name, content_type=kinds[name.rpartition(".")[2]])
    else:
        route.abort()


def form(**state: Any) -> dict[str, Any]:
    """Return the state of a form widget."""
    elements = [{"type": "text", "name": "t", "title": "A line"}]
    survey = {"pages": [{"name": "p", "elements": elements}]}
    words = {"title": "A form", "about": "What it is for.", "read_only": False}
    return {"survey": survey, "answers": {}, "refused": {}, **words, **state}


def sent(page: Page) -> list[dict[str, Any]]:
    return json.loads(page.evaluate("JSON.stringify(window.sent)"))


def test_the_form_gives_its_answers_to_the_widget(lab):
    lab.evaluate(RENDER, ["form-widget.js", form()])

    lab.get_by_label("A line").fill("typed")
    lab.wait_for_function("window.sent.length")

    assert sent(lab)[-1]["answers"] == {"t": "typed"}
    expect(lab.get_by_role("heading", level=1)).to_have_text("A form")


def test_the_form_follows_answers_set_in_python_and_shows_what_is_refused(lab):
    lab.evaluate(RENDER, ["form-widget.js", form()])

    lab.evaluate("change('answers', { t: 'from Python' })")
    expect(lab.get_by_label("A line")).to_have_value("from Python")

    lab.evaluate("change('refused', { t: 'expected fewer letters' })")
    expect(lab.get_by_text("expected fewer letters")).to_be_visible()


def test_a_practice_and_a_canvas_work_in_a_notebook_too(lab):
    sheets = load_catalog()
    practice, drawing = (sheets[name].survey() for name in ("five-senses-grounding", "drawing-prompt"))
    pages = [practice["pages"][1], drawing["pages"][1]]
    lab.evaluate(RENDER, ["form-widget.js", form(survey={"pages": pages})])

    lab.get_by_role("button", name="Start").press("Enter")
    expect(lab.locator(".pacer-words")).to_contain_text("Put both feet on the floor.")
    lab.get_by_role("application", name="Paper, 0 lines").press("Space")
    lab.keyboard.press("Space")

    lab.wait_for_function("window.sent.at(-1)?.answers.drawing")
    assert sent(lab)[-1]["answers"] == {"drawing": '{"drawing":1,"strokes":[["black","medium",[500,375]]]}'}


def test_a_form_to_read_has_nothing_to_fill_in(lab):
    lab.evaluate(RENDER, ["form-widget.js", form(read_only=True, answers={"t": "written"})])

    expect(lab.locator("dd")).to_have_text("written")
    expect(lab.get_by_role("textbox")).to_have_count(0)


@pytest.mark.parametrize("module", ["form-widget.js", "page-widget.js"])
def test_a_fault_in_a_module_is_shown_in_its_cell(lab, module):
    lab.evaluate(RENDER, [module, None])

    expect(lab.locator("#cell").get_by_role("alert")).to_contain_text(
        "Something on this page went wrong (TypeError)."
    )


def test_a_fault_while_a_view_is_drawn_is_shown_too(lab):
    lab.evaluate(RENDER, ["page-widget.js", {"view": {**look("home"), "body": {"name": "home"}}}])

    expect(lab.locator("#cell").get_by_role("alert")).to_contain_text("Something on this page went wrong")


def test_the_styles_touch_nothing_but_the_widget(lab):
    lab.evaluate(RENDER, ["form-widget.js", form()])

    look_of = "element => [getComputedStyle(element).fontFamily, getComputedStyle(element).color]"

    assert lab.locator("#theirs").evaluate(look_of) == ['"Times New Roman"', "rgb(0, 0, 0)"]


def test_the_page_talks_to_python_and_shows_what_comes_back(lab):
    lab.evaluate(RENDER, ["page-widget.js", {"view": look("home")}])

    lab.get_by_role("link", name="My record").click()

    (action,) = sent(lab)
    assert (action["kind"], action["key"]) == ("open", "k-history")
    reply = {"kind": "view", "reply": action["id"], "view": look("history")}
    lab.evaluate("reply => emit('msg:custom', reply)", reply)
    expect(lab.get_by_role("heading", level=1)).to_have_text("My record")


def test_a_widget_that_is_taken_away_leaves_an_empty_cell(lab):
    lab.evaluate(RENDER, ["page-widget.js", {"view": look("home")}])

    lab.evaluate("away()")

    assert lab.locator("#cell").inner_html() == ""


def test_a_preview_shows_problems_in_place_of_the_form_and_the_form_again(lab):
    lab.evaluate(
        RENDER, ["form-widget.js", form(problems=["walk.yaml:3: title: expected text, got nothing"])]
    )

    told = lab.get_by_role("alert")
    expect(told).to_contain_text("walk.yaml:3: title: expected text, got nothing")
    expect(lab.get_by_label("A line")).to_have_count(0)

    lab.evaluate("window.change('problems', [])")
    lab.get_by_label("A line").fill("typed")
    other = form()["survey"] | {
        "pages": [{"name": "p", "elements": [{"type": "text", "name": "u", "title": "B"}]}]
    }
    lab.evaluate("survey => window.change('survey', survey)", other)

    expect(told).to_have_count(0)
    expect(lab.get_by_label("B")).to_be_visible()
    expect(lab.get_by_label("A line")).to_have_count(0)
