"""A couple's room in the built front end: one clock for all devices, and stillness for who wants that."""

import re

import pytest
from playwright.sync_api import expect
from stage import Stage, look

AHEAD = """
    const real = Date.now, Real = Date;
    Date.now = () => real() + 3600000;
    globalThis.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(real() + 3600000); }
        static now() { return real() + 3600000; }
    };
"""
MOVES = """() => [...document.querySelectorAll(".drill, .drill *")].filter((one) => {
    const style = getComputedStyle(one);
    return style.animationName !== "none"
        || style.transitionDuration.split(", ").some((each) => each !== "0s");
}).map((one) => one.outerHTML.slice(0, 80))"""


def left(page) -> int:
    minutes, seconds = page.locator(".timer").inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


def test_a_device_whose_clock_is_an_hour_wrong_shows_the_same_time(browser):
    view = look("drill-speaker")
    with Stage(view) as stage:
        contexts = [browser.new_context(), browser.new_context()]
        contexts[1].add_init_script(AHEAD)
        pages = [context.new_page() for context in contexts]
        for page in pages:
            page.goto(stage.url)
            page.locator(".timer").wait_for()
        shown, ahead = [left(page) for page in pages], pages[1].evaluate("Date.now() / 1000")
        real = pages[0].evaluate("Date.now() / 1000")
        for context in contexts:
            context.close()

    assert ahead - real > 3500
    assert all(60 < seconds <= 120 for seconds in shown)
    assert abs(shown[0] - shown[1]) < 30  # the second page was opened a moment later


@pytest.mark.parametrize("name", ["drill-speaker", "drill-listener", "drill-therapist", "drill-number"])
def test_nothing_moves_for_who_wants_reduced_motion(show, name):
    page = show(look(name)).page

    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert page.evaluate(MOVES) == []
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_next_step_takes_the_focus_and_is_drawn_at_once(show):
    shown = show(look("drill-speaker"))
    page, after = shown.page, look("drill-number")
    after["key"] = after["body"]["key"] = shown.stage.view["key"]
    after["body"]["stamp"] = "two"
    shown.stage.views = {shown.stage.view["key"]: after}

    expect(page.locator(".drill h1")).to_have_text("How well did you feel heard?", timeout=30_000)

    assert page.evaluate("document.activeElement.id") == "drill-title"
    assert page.evaluate("document.getAnimations().length") == 0


def test_one_action_stands_out_on_each_screen(show):
    for name, primary in (("drill-speaker", 1), ("drill-listener", 0), ("drill-number", 1)):
        page = show(look(name)).page

        expect(page.locator(".room .button.primary")).to_have_count(primary)


def test_stop_and_time_out_are_on_every_screen_of_a_partner_and_large_enough(show):
    for name in ("drill-speaker", "drill-listener", "drill-number"):
        page = show(look(name)).page
        for label in ("Stop", "Time-out"):
            box = page.get_by_role("button", name=re.compile(f"^{label}$")).bounding_box()
            assert box["height"] >= 44
            assert box["width"] >= 44


def test_a_therapist_is_named_on_both_screens_in_words(show):
    for name in ("drill-speaker", "drill-listener"):
        page = show(look(name)).page

        expect(page.locator(".observer")).to_have_text("Dr. Mia Lenz, your therapist, is here and sees this.")


def test_a_push_with_a_body_is_shown_without_asking(show):
    shown = show(look("drill-speaker"))
    page, stage = shown.page, shown.stage
    body = {**look("drill-number")["body"], "key": stage.view["key"], "stamp": "two"}

    stage.push({"kind": "changed", "key": stage.view["key"], "stamp": "two", "body": body})

    expect(page.locator(".drill h1")).to_have_text("How well did you feel heard?", timeout=30_000)
    assert not [one for one in stage.received if one["kind"] == "open" and one["key"] == body["key"]]


def test_a_page_says_that_it_is_there_and_which_state_it_shows(show):
    stage = show(look("drill-listener")).stage

    said = stage.await_action("here")

    assert (said["key"], said["stamp"]) == (stage.view["key"], "one")


def test_a_shared_device_is_handed_over_only_once_the_server_has_locked_it(show):
    page = show(look("drill-shared")).page

    page.get_by_role("button", name="Hand over to Ana Ruiz").click()

    refused = page.get_by_role("alert")
    expect(refused).to_have_text(
        "Not handed over: there is no connection. Keep the device until there is one."
    )
    expect(page.get_by_role("heading", name="Say one or two sentences")).to_be_visible()
    assert page.get_by_role("link", name="Your sign-in").count() == 0
