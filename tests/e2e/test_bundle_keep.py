"""What a browser keeps while it cannot send: sealed, sent when its person is back, nobody else's business."""

import base64
import re
from copy import deepcopy

import pytest
from playwright.sync_api import Page, expect
from stage import Stage, look

MARK = "zebrafinch"
KEPT = """() => Object.entries(localStorage)"""


def situation(page: Page):
    return page.get_by_label("What happened?")


def saving(page: Page):
    return page.locator(".save-state")


def kept(page: Page) -> dict[str, str]:
    return dict(page.evaluate(KEPT))


def ready(stage: Stage) -> None:
    """Wait until the page has asked for its secret, and the answer is taken in."""
    stage.await_action("outbox")


def write_offline(page: Page, stage: Stage, text: str = f"{MARK} at dusk") -> None:
    """Lose the connection, write, and wait until it is kept."""
    page.wait_for_function("() => navigator.locks !== undefined")
    ready(stage)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    stage.cut()
    situation(page).fill(text)
    expect(saving(page)).to_have_text("Offline – kept in this browser")


def again(page: Page, stage: Stage) -> None:
    """Open the page anew, as after a crash: nothing is asked, the old page sends nothing and is gone."""
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    stage.mend()
    page.goto(address)
    page.locator("h1").first.wait_for()


@pytest.fixture
def shown(show):
    return show(look("worksheet"))


def test_what_lies_in_the_browser_says_nothing(shown):
    write_offline(shown.page, shown.stage)

    ((name, value),) = kept(shown.page).items()

    assert re.fullmatch(r"iopkit-kept-[0-9a-f]{32}", name)
    whole = base64.b64decode(value)
    assert len(whole) == 12 + 4096 + 16
    assert shown.page.evaluate("() => document.documentElement.scrollWidth") == 390
    for word in (MARK, "situation", "Thought record"):
        assert word.encode() not in whole
        assert word not in value
    assert shown.page.evaluate("sessionStorage.length") == 0


def test_a_longer_text_takes_no_more_room_up_to_the_next_size(shown):
    write_offline(shown.page, shown.stage, "a")
    short = [len(value) for value in kept(shown.page).values()]

    situation(shown.page).fill("word " * 100)
    expect(saving(shown.page)).to_have_text("Offline – kept in this browser")
    middle = [len(value) for value in kept(shown.page).values()]

    assert short == middle


def test_each_write_has_a_nonce_of_its_own(shown):
    write_offline(shown.page, shown.stage, "one")
    first = kept(shown.page)
    situation(shown.page).fill("two")
    shown.page.wait_for_function(
        "(before) => Object.values(localStorage)[0] !== before", arg=next(iter(first.values()))
    )

    second = kept(shown.page)

    assert list(first) == list(second)
    assert next(iter(first.values()))[:16] != next(iter(second.values()))[:16]


def test_when_the_connection_is_back_it_is_sent_and_nothing_stays_here(shown):
    write_offline(shown.page, shown.stage)

    shown.stage.mend()

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    shown.page.wait_for_function("() => localStorage.length === 0")
    assert shown.stage.store["w1"] == {"situation": f"{MARK} at dusk"}


def test_a_page_that_was_closed_is_sent_at_the_next_sign_in(shown):
    write_offline(shown.page, shown.stage)

    again(shown.page, shown.stage)

    expect(shown.page.get_by_text("Sent now: what you wrote in “Thought record”")).to_be_visible()
    assert shown.stage.store["w1"] == {"situation": f"{MARK} at dusk"}
    (message,) = shown.stage.messages.values()
    assert (message["draft"], message["changed"], message["base"]) == (True, ["situation"], 0)
    assert kept(shown.page) == {}
    expect(situation(shown.page)).to_have_value(f"{MARK} at dusk")
    shown.page.get_by_role("button", name="Fine").click()
    expect(shown.page.get_by_text("Sent now")).to_be_hidden()


def test_a_message_that_was_under_way_keeps_its_id_and_goes_first(shown):
    page, stage = shown.page, shown.stage
    ready(stage)
    stage.delay = 5
    situation(page).fill("first")
    stage.await_action("save")
    first = stage.await_action("save")["id"]
    page.wait_for_function("() => localStorage.length === 1")
    stage.cut()
    stage.delay = 0
    situation(page).fill("first, then more")
    expect(saving(page)).to_have_text("Offline – kept in this browser")

    again(page, stage)

    expect(page.get_by_text("Sent now")).to_be_visible()
    assert next(iter(stage.messages)) == first
    assert len(stage.messages) == 2
    assert stage.store["w1"] == {"situation": "first, then more"}


def test_somebody_else_opens_nothing_sends_nothing_and_removes_nothing(shown):
    write_offline(shown.page, shown.stage)
    shown.stage.secret = bytes(32)

    again(shown.page, shown.stage)
    before = kept(shown.page)  # a page that is left may seal once more
    assert len(before) == 1
    shown.stage.await_action("outbox")
    situation(shown.page).fill("by somebody else")
    expect(saving(shown.page)).to_have_text("Saved 12:03")

    assert kept(shown.page) == before
    assert shown.stage.store["w1"] == {"situation": "by somebody else"}
    assert shown.page.get_by_text("Sent now").count() == 0
    assert MARK not in shown.page.content()


def test_what_was_handed_in_meanwhile_stays_to_look_at_until_it_is_removed(shown):
    write_offline(shown.page, shown.stage)
    shown.stage.refusals = [{"text": "It was handed in meanwhile.", "items": {}, "again": False}]

    again(shown.page, shown.stage)

    notice = shown.page.get_by_role("alert").filter(has_text="Not sent: what you wrote in “Thought record”")
    expect(notice).to_contain_text("It was handed in meanwhile.")
    notice.get_by_text("Look at it").click()
    expect(notice).to_contain_text("What happened?")
    expect(notice).to_contain_text(f"{MARK} at dusk")
    assert len(kept(shown.page)) == 1
    notice.get_by_role("button", name="Remove it from this browser").click()
    expect(notice).to_be_hidden()
    assert kept(shown.page) == {}
    assert shown.stage.store.get("w1", {}) == {}


def test_what_was_not_sent_can_be_copied(shown):
    write_offline(shown.page, shown.stage)
    shown.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.stage.refusals = [{"text": "It was handed in meanwhile.", "items": {}, "again": False}]
    again(shown.page, shown.stage)

    shown.page.get_by_role("button", name="Copy the text").click()

    shown.page.wait_for_function(
        "async (wanted) => (await navigator.clipboard.readText()).includes(wanted)", arg=f"{MARK} at dusk"
    )


def test_a_busy_store_is_asked_again_until_it_takes_it(shown):
    write_offline(shown.page, shown.stage)
    shown.stage.refusals = [{"text": "The disk is full.", "items": {}, "again": True}]

    again(shown.page, shown.stage)

    expect(shown.page.get_by_text("Sent now")).to_be_visible(timeout=15_000)
    assert shown.stage.store["w1"] == {"situation": f"{MARK} at dusk"}
    sent = {action["id"] for action in shown.stage.received if action["kind"] == "save"}
    assert len(sent) == 1


def test_only_the_answer_that_the_store_refuses_is_left(shown):
    write_offline(shown.page, shown.stage)
    shown.page.get_by_label("About what time?").fill("18:30")
    expect(saving(shown.page)).to_have_text("Offline – kept in this browser")
    shown.stage.held = {"time": "No such time."}

    again(shown.page, shown.stage)

    notice = shown.page.get_by_role("alert").filter(has_text="Not sent")
    expect(notice).to_contain_text("No such time.")
    notice.get_by_text("Look at it").click()
    expect(notice).to_contain_text("18:30")
    assert MARK not in notice.inner_text()


def test_two_open_pages_leave_each_others_alone(shown):
    write_offline(shown.page, shown.stage)
    shown.stage.mend()
    other = shown.page.context.new_page()
    shown.stage.received.clear()

    other.goto(shown.stage.url)
    shown.stage.await_action("outbox")
    other.locator("h1").wait_for()

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert len({message["page"] for message in shown.stage.messages.values()}) == 1
    assert other.get_by_text("Sent now").count() == 0


def test_what_is_older_than_thirty_days_is_removed_and_told(shown):
    write_offline(shown.page, shown.stage)
    shown.page.clock.install()
    shown.page.clock.pause_at("2030-01-01")
    shown.page.clock.resume()

    again(shown.page, shown.stage)

    expect(shown.page.get_by_text("was removed without being sent")).to_be_visible()
    assert kept(shown.page) == {}
    assert shown.stage.messages == {}


def test_damaged_and_foreign_things_are_left_where_they_are(shown):
    write_offline(shown.page, shown.stage)
    shown.page.evaluate(
        """() => {
            const [name, value] = Object.entries(localStorage)[0];
            localStorage.setItem("iopkit-kept-" + "0".repeat(32), value); // moved to another name
            localStorage.setItem("iopkit-kept-" + "1".repeat(32), "not base64 at all!");
            localStorage.setItem("iopkit-kept-" + "2".repeat(32), btoa("short"));
            localStorage.setItem("another program's", "its own");
            localStorage.setItem(name, value.slice(0, 40) + "AAAA" + value.slice(44)); // one changed
        }"""
    )
    before = kept(shown.page)

    again(shown.page, shown.stage)
    shown.stage.await_action("outbox")
    situation(shown.page).fill("goes on")
    expect(saving(shown.page)).to_have_text("Saved 12:03")

    assert kept(shown.page) == before
    assert shown.stage.store["w1"] == {"situation": "goes on"}


def test_a_browser_without_room_says_that_only_this_page_keeps_it(shown):
    page, stage = shown.page, shown.stage
    ready(stage)
    page.evaluate("() => localStorage.setItem('filler', 'x'.repeat(5 * 1024 * 1024 - 100))")

    stage.cut()
    situation(page).fill("A walk")

    expect(saving(page)).to_have_text("Offline – kept on this page")
    expect(page.get_by_text("What you wrote is kept on this page")).to_be_visible()
    stage.mend()
    expect(saving(page)).to_have_text("Saved 12:03")


def test_handing_in_without_a_connection_is_sent_at_the_next_sign_in(show):
    shown = show(look("flag"))
    page, stage = shown.page, shown.stage
    done = {**look("worksheet-done"), "key": "f"}
    ready(stage)
    page.get_by_label("Not at all").check(force=True)
    expect(saving(page)).to_have_text("Saved 12:03")
    stage.cut()
    page.get_by_role("button", name="Finish").click()
    expect(saving(page)).to_have_text("Offline – kept in this browser")
    stage.views["f"] = deepcopy(done)

    again(page, stage)

    expect(page.get_by_text("Sent now")).to_be_visible()
    assert [message["submit"] for message in stage.messages.values()] == [False, True]
