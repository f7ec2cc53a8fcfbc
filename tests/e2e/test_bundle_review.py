"""The list to review: one stop of the Tab key, arrows inside, a number reviews what is in focus."""

import pytest
from playwright.sync_api import Page
from stage import look

ITEMS = 7
"""The link, five buttons and the note of one entry."""
WHERE = """() => {
  const at = document.activeElement;
  const words = at.matches("textarea") ? "note" : at.textContent.trim().slice(0, 11);
  return [at.closest("li")?.dataset.key ?? "", words];
}"""
STOPS = (
    """() => [...document.querySelectorAll(".reviews :is(a, button, textarea)")].map((one) => one.tabIndex)"""
)


@pytest.fixture
def opened(show):
    return show(look("client-hour"), width=1280)


@pytest.fixture
def page(opened) -> Page:
    opened.page.locator("#review-title").focus()
    opened.page.keyboard.press("Tab")
    return opened.page


def where(page: Page) -> tuple[str, str]:
    """Return the entry and the item in it that have the focus."""
    return tuple(page.evaluate(WHERE))


def keys(page: Page, *names: str) -> tuple[str, str]:
    for name in names:
        page.keyboard.press(name)
    return where(page)


def test_the_whole_list_is_one_stop(page):
    assert where(page) == ("to-review-0", "Sleep diary")
    assert sorted(page.evaluate(STOPS)) == [-1] * (3 * ITEMS - 1) + [0]

    assert keys(page, "Tab")[0] == ""
    assert keys(page, "Shift+Tab") == ("to-review-0", "Sleep diary")


def test_arrows_go_from_entry_to_entry_and_stop_at_the_ends(page):
    assert keys(page, "ArrowUp")[0] == "to-review-0"
    assert keys(page, "ArrowDown") == ("to-review-1", "Thought rec")
    assert keys(page, "ArrowDown", "ArrowDown")[0] == "to-review-2"
    assert keys(page, "Home")[0] == "to-review-0"
    assert keys(page, "End")[0] == "to-review-2"


def test_arrows_go_through_one_entry(page):
    assert keys(page, "ArrowRight") == ("to-review-0", "0")
    assert keys(page, "ArrowRight", "ArrowRight", "ArrowLeft") == ("to-review-0", "1")
    assert keys(page, *["ArrowRight"] * 9) == ("to-review-0", "note")


def test_the_stop_is_where_one_was_last(page):
    keys(page, "ArrowDown", "ArrowRight", "Tab")

    assert keys(page, "Shift+Tab") == ("to-review-1", "0")
    assert page.evaluate(STOPS).index(0) == ITEMS + 1


def test_a_note_is_written_and_left_and_the_number_takes_it_along(opened, page):
    keys(page, "ArrowDown", "n")
    page.keyboard.type("Well 3 done")
    assert where(page) == ("to-review-1", "note")

    assert keys(page, "Escape") == ("to-review-1", "Thought rec")
    page.keyboard.press("3")

    sent = opened.stage.await_action("review")
    assert (sent["key"], sent["quality"], sent["note"]) == ("to-review-1", 3, "Well 3 done")


def test_what_the_keys_do_is_said_where_the_focus_is(page):
    said = page.evaluate(
        "() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )

    assert said.startswith("Keys: ↓ ↑ next entry, → ← inside it, 0–4 reviewed, so well done, N a note first")
    assert page.evaluate("document.activeElement.getAttribute('aria-keyshortcuts')") == "0 1 2 3 4 N"
