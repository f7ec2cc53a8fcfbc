"""Taking back the last change, and seeing what another page of the same person did meanwhile."""

from copy import deepcopy

import pytest
from playwright.sync_api import Page, expect
from stage import look


def saving(page: Page):
    return page.locator(".save-state")


def undo(page: Page):
    return page.get_by_role("button", name="Undo the last change")


@pytest.fixture
def flag(show):
    view = look("flag")
    view["body"] |= {"flags": {}, "messages": {}}
    shown = show(view)
    shown.stage.views["f"] = {**look("worksheet-done"), "key": "f"}
    return shown


def test_nothing_is_offered_before_anything_was_changed(flag):
    expect(flag.page.get_by_label("Not at all")).to_be_attached()

    expect(undo(flag.page)).to_have_count(0)


def test_a_choice_is_taken_back_and_that_is_saved_like_any_change(flag):
    page, stage = flag.page, flag.stage
    page.get_by_label("Not at all").check(force=True)
    expect(saving(page)).to_have_text("Saved 12:03")
    page.get_by_label("Several days").check(force=True)
    stage.await_stored("f", {"phq9_9": 1})

    undo(page).focus()
    page.keyboard.press("Enter")

    stage.await_stored("f", {"phq9_9": 0})
    expect(page.get_by_label("Not at all")).to_be_checked()
    expect(saving(page)).to_have_text("Saved 12:03")


def test_the_first_choice_is_taken_back_to_none(flag):
    page, stage = flag.page, flag.stage
    page.get_by_label("Not at all").check(force=True)
    stage.await_stored("f", {"phq9_9": 0})

    undo(page).click()

    stage.await_stored("f", {})
    expect(page.get_by_label("Not at all")).not_to_be_checked()
    expect(undo(page)).to_have_count(0)


def test_typing_offers_no_button(show):
    shown = show(look("worksheet"))

    shown.page.get_by_label("What happened?").fill("A walk")
    expect(saving(shown.page)).to_have_text("Saved 12:03")

    expect(undo(shown.page)).to_have_count(0)


def changed_elsewhere(shown, **more):
    """Let another page of the same person have gone on, and look at this one again."""
    view = deepcopy(shown.stage.view)
    view["body"] |= {"answers": {"situation": "from the phone"}, "base": 7, **more}
    shown.stage.views = {key: view for key in (*shown.stage.views, view["body"]["key"])}
    shown.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_a_page_that_is_looked_at_again_shows_what_another_page_changed(show):
    shown = show(look("worksheet"))
    field = shown.page.get_by_label("What happened?")
    field.wait_for()

    changed_elsewhere(shown)

    expect(field).to_have_value("from the phone")
    told = "This was changed on another page. You see it as it is now."
    expect(shown.page.get_by_text(told)).to_be_visible()
    shown.page.get_by_label("About what time?").fill("18:30")
    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert shown.stage.await_action("save")["base"] == 7


def test_a_page_that_was_handed_in_elsewhere_says_so(show):
    shown = show(look("worksheet"))
    shown.page.get_by_label("What happened?").wait_for()

    changed_elsewhere(shown, read_only=True)

    expect(shown.page.get_by_text("This was handed in on another page.")).to_be_visible()


def test_earlier_versions_are_a_way_from_the_entry(show):
    view = look("worksheet-read")
    view["body"]["earlier"] = "v1"
    shown = show(view)
    body = {"name": "versions", "title": "Thought record", "back": "e2", "empty": "", "kept": []}
    body["versions"] = [
        {
            "when": "Today, 9:00 pm: corrected",
            "changes": [{"title": "What happened?", "before": "late", "after": "<b>early</b>"}],
        },
        {"when": "Today, 8:00 pm: sent", "changes": []},
    ]
    body["kept"] = [{"title": "What time?", "when": "Today, 8:30 pm", "text": "from the laptop"}]
    shown.stage.views["v1"] = {**deepcopy(view), "key": "v1", "title": "Earlier versions", "body": body}

    shown.page.get_by_role("link", name="Earlier versions").click()

    expect(shown.page.get_by_role("heading", name="Earlier versions", level=1)).to_be_focused()
    expect(shown.page.get_by_role("heading", name="Today, 9:00 pm: corrected")).to_be_visible()
    expect(shown.page.get_by_text("<b>early</b>")).to_be_visible()
    expect(shown.page.get_by_text("from the laptop")).to_be_visible()
