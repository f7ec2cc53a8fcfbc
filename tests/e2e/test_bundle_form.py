"""The form in a real browser: keys are enough, untouched is no answer, flags fire at once, text is text."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from stage import look

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>{{7*7}}"


def sheet(*elements: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Return a worksheet view with these questions."""
    view = look("worksheet")
    survey = {"pages": [{"name": "p", "elements": list(elements)}]}
    view["body"] |= {"survey": survey, "answers": {}, "about": "", **body}
    return view


def saved(page: Page) -> None:
    expect(page.locator(".save-state")).to_have_text("Saved 12:03")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("Tab never got there")


def test_a_thought_record_is_filled_in_with_keys_alone(show):
    shown = show(look("worksheet"))
    page, keys = shown.page, shown.page.keyboard

    tab_to(page, page.get_by_label("What happened?"))
    keys.type("He did not write back.")
    tab_to(page, page.get_by_role("button", name="Next"))
    keys.press("Enter")
    tab_to(page, page.get_by_label("The feeling"))
    keys.type("hurt")
    tab_to(page, page.get_by_role("slider", name="How strong was it then?"))
    keys.press("End")
    keys.press("ArrowLeft")
    tab_to(page, page.get_by_role("button", name="Next"))
    keys.press("Enter")

    expect(page.get_by_text("Step 3 of 5")).to_be_visible()
    saved(page)
    assert shown.stage.store["w1"] == {
        "situation": "He did not write back.",
        "feelings": [{"feeling": "hurt", "before": 95}],
    }


def test_choices_scales_and_lists_are_answered_with_keys_alone(show):
    shown = show(look("kinds"))
    page, keys = shown.page, shown.page.keyboard

    tab_to(page, page.get_by_role("radio", name="Several days").first)
    keys.press("ArrowDown")
    tab_to(page, page.get_by_role("checkbox", name="Call a friend"))
    keys.press("Space")
    tab_to(page, page.get_by_role("combobox", name="From a list", exact=True))
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    tab_to(page, page.get_by_role("radio", name="0", exact=True))
    keys.press("ArrowRight")
    keys.press("ArrowRight")

    saved(page)
    answers = list(shown.stage.messages.values())[-1]["answers"]
    assert answers["r"] == 2
    assert sorted(answers["cb"]) == ["Call a friend", "Walk"]
    assert answers["dd"] == "Lunch"
    assert answers["ra"] == 2


SLIDER = {"type": "slider", "name": "s", "title": "How strong?", "min": 0, "max": 100, "step": 5}
LINE = {"type": "text", "name": "t", "title": "A line"}


def test_a_slider_that_focus_only_passes_has_no_answer(show):
    shown = show(sheet(SLIDER, LINE))
    slider = shown.page.get_by_role("slider", name="How strong?")

    tab_to(shown.page, slider)
    expect(shown.page.get_by_text("No answer yet")).to_be_visible()
    tab_to(shown.page, shown.page.get_by_label("A line"))
    shown.page.keyboard.type("on")

    saved(shown.page)
    assert shown.stage.store["w1"] == {"t": "on"}
    assert slider.get_attribute("aria-valuetext") == "No answer yet"


@pytest.mark.parametrize(("key", "value"), [("Home", 0), ("End", 100), ("Enter", 50), ("ArrowRight", 55)])
def test_one_key_answers_a_slider(show, key, value):
    shown = show(sheet(SLIDER))

    shown.page.get_by_role("slider", name="How strong?").press(key)

    saved(shown.page)
    assert shown.stage.store["w1"] == {"s": value}


def test_a_tap_in_the_middle_of_a_slider_is_an_answer(show):
    shown = show(sheet(SLIDER))

    shown.page.get_by_role("slider", name="How strong?").click()

    saved(shown.page)
    assert shown.stage.store["w1"] == {"s": 50}


def test_an_answer_of_a_slider_can_be_taken_back(show):
    shown = show(sheet(SLIDER, answers={"s": 0}, base=1))
    shown.stage.store["w1"] = {"s": 0}
    expect(shown.page.locator("output")).to_have_text("0")

    shown.page.get_by_role("button", name="Clear").click()

    saved(shown.page)
    expect(shown.page.get_by_text("No answer yet")).to_be_visible()
    assert shown.stage.store["w1"] == {}


def test_a_flag_shows_its_help_at_once_without_a_network_and_must_be_read(show):
    shown = show(look("flag"))
    page = shown.page
    page.get_by_text("Not at all").wait_for()
    shown.stage.cut()

    page.get_by_label("Several days").check(force=True)

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You do not have to be alone with them.")
    expect(dialog.get_by_role("link", name="Call 988")).to_have_attribute("href", "tel:988")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()

    page.get_by_role("button", name="I have read this").click()

    expect(dialog).to_be_hidden()
    expect(page.get_by_role("region", name="Help").get_by_role("link", name="Call 988")).to_be_visible()


def test_arrow_keys_that_pass_a_choice_with_help_go_on_to_the_wanted_one(show):
    """Whoever comes by "more than prescribed" on the way to "not taken" has answered neither yet."""
    taken = ["yes", "more", "no"]
    choices = {"type": "radiogroup", "name": "taken", "title": "Taken?", "choices": taken}
    shown = show(sheet(choices, flags={"much": "{taken} = 'more'"}, messages={"much": "Call today."}))
    page = shown.page
    tab_to(page, page.get_by_label("yes"))

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    saved(page)
    assert shown.stage.store["w1"] == {"taken": "no"}
    expect(page.get_by_role("dialog")).to_be_hidden()

    page.keyboard.press("ArrowUp")

    expect(page.get_by_role("dialog")).to_contain_text("Call today.")


def test_a_flag_that_held_before_keeps_its_help_in_sight_without_a_dialog(show):
    page = show(look("flag-kept")).page

    expect(page.get_by_role("region", name="Help")).to_contain_text("You do not have to be alone with them.")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_help_goes_when_its_flag_no_longer_holds(show):
    page = show(look("flag-kept")).page
    page.get_by_role("region", name="Help").wait_for()

    page.get_by_label("Not at all").check(force=True)

    expect(page.get_by_role("region", name="Help")).to_be_hidden()


def test_one_page_at_a_time_on_a_phone_and_a_short_worksheet_whole_on_a_wide_screen(show):
    pages = [{"name": f"p{n}", "title": f"Part {n}", "elements": [{**LINE, "name": f"t{n}"}]} for n in (1, 2)]
    view = sheet(survey={"pages": pages})
    narrow, wide = show(view).page, show(view, width=1280).page

    expect(narrow.get_by_label("A line")).to_have_count(1)
    expect(narrow.get_by_text("Step 1 of 2")).to_be_visible()
    expect(wide.get_by_label("A line")).to_have_count(2)
    expect(wide.get_by_role("button", name="Finish")).to_be_visible()


def test_what_is_missing_keeps_one_on_the_page_and_has_focus(show):
    page = show(look("worksheet")).page

    page.get_by_role("button", name="Next").click()

    expect(page.get_by_text("A few words are enough.")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_be_focused()
    expect(page.get_by_text("Step 1 of 5")).to_be_visible()


def test_one_returns_to_where_one_was(show):
    expect(show(look("worksheet-thoughts")).page.get_by_text("Step 3 of 5")).to_be_visible()


def test_hostile_text_stands_as_text_wherever_it_comes_from(show):
    title = f"Question {HOSTILE}"
    elements = [
        {"type": "comment", "name": "c", "title": title, "description": HOSTILE},
        {"type": "radiogroup", "name": "r", "title": "One", "choices": [{"value": 1, "text": HOSTILE}]},
        {"type": "html", "name": "h", "html": HOSTILE},
        {"type": "paneldynamic", "name": "p", "title": HOSTILE, "templateTitle": HOSTILE, "panelCount": 1,
         "templateElements": [{"type": "text", "name": "x", "title": HOSTILE}]},
    ]  # fmt: skip
    words = {
        "title": HOSTILE,
        "about": HOSTILE,
        "seen_by": HOSTILE,
        "answers": {"c": HOSTILE},
        "saved": HOSTILE,
    }
    page = show(sheet(*elements, **words)).page

    expect(page.get_by_label(title)).to_have_value(HOSTILE)
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    assert page.locator("img, main script").count() == 0
    assert page.title() != "owned"


def test_hostile_answers_read_back_as_text(show):
    view = sheet(LINE, {"type": "comment", "name": "c", "title": "More"}, read_only=True, base=3)
    view["body"]["answers"] = {"t": HOSTILE, "c": HOSTILE}
    page = show(view).page

    expect(page.locator("dd").first).to_have_text(HOSTILE)
    assert page.locator("img, main script").count() == 0
    assert page.title() != "owned"


def test_an_entry_is_read_as_questions_and_answers_in_words(show):
    page = show(look("kinds-read")).page

    expect(page.locator("dd").nth(1)).to_have_text("Monday, 9 March 2026")
    expect(page.locator("dl > div").filter(has_text="A slider nobody touched")).to_contain_text("No answer")
    expect(page.locator("dl > div").filter(has_text="A slider with an answer")).to_contain_text("70 of 100")
    expect(page.get_by_text("What: Coffee, When: 08:10")).to_be_visible()
    expect(page.locator("input, textarea, select")).to_have_count(0)


def test_a_preview_can_be_tried_and_keeps_nothing(show):
    shown = show(sheet(LINE, read_only=True, seen_by="Nothing you type here is kept."))

    shown.page.get_by_label("A line").fill("tried")
    shown.page.keyboard.press("Tab")

    expect(shown.page.get_by_label("A line")).to_have_value("tried")
    assert [action["kind"] for action in shown.stage.received if action["kind"] != "ping"] == []


SMALL = """() => [...document.querySelectorAll(
    'header a, header button, summary, main a, main button, main input[type=range], main .sd-formbox, ' +
    'main .sd-item, main .sd-rating__item')]
  .filter((element) => element.offsetParent)
  .filter((element) => !element.matches('.sd-item *, .sd-formbox *, .sd-signaturepad *'))
  .map((element) => [element.outerHTML.slice(0, 120), Math.round(element.getBoundingClientRect().height)])
  .filter(([, height]) => height < 44)"""


@pytest.mark.parametrize("name", ["kinds", "home", "client"])
def test_what_one_taps_is_at_least_44_pixels_high(show, name):
    page = show(look(name)).page
    page.locator(".sd-rating, .figure").first.wait_for()

    assert page.evaluate(SMALL) == []
