"""The save protocol in a real browser, with a network that is slow, cut or gone: nothing lost or claimed."""

import re

import pytest
from playwright.sync_api import Page, expect
from stage import Stage, look

TEXT = "I texted my brother. He read it – and did not write back 🙃."


def saving(page: Page):
    return page.locator(".save-state")


def situation(page: Page):
    return page.get_by_label("What happened?")


def stored(stage: Stage) -> dict:
    return stage.store.get("w1", {})


@pytest.fixture
def shown(show):
    return show(look("worksheet"))


def test_before_anything_is_typed_nothing_is_claimed(shown):
    expect(saving(shown.page)).to_have_text("Saves by itself")


def test_what_is_typed_is_saved_after_a_pause_and_only_then_said_to_be(shown):
    shown.stage.delay = 0.4

    situation(shown.page).press_sequentially("A walk")

    expect(saving(shown.page)).to_have_text("Not saved yet")
    assert stored(shown.stage) == {}
    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": "A walk"}


def test_with_400_ms_of_latency_every_letter_is_stored_and_none_twice(shown):
    shown.stage.delay = 0.4

    situation(shown.page).press_sequentially(TEXT, delay=60)

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": TEXT}
    assert situation(shown.page).input_value() == TEXT


def test_leaving_a_field_saves_at_once(shown):
    situation(shown.page).fill("A walk")
    shown.page.keyboard.press("Tab")

    expect(saving(shown.page)).to_have_text("Saved 12:03", timeout=390)  # sooner than after the pause


def test_text_pasted_or_dictated_is_saved_too(shown):
    situation(shown.page).focus()
    shown.page.keyboard.insert_text(TEXT)

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": TEXT}


def test_the_message_names_what_changed_since_the_base(shown):
    situation(shown.page).fill("A walk")
    expect(saving(shown.page)).to_have_text("Saved 12:03")
    shown.page.get_by_label("About what time?").fill("18:30")
    expect(saving(shown.page)).to_have_text("Not saved yet")
    expect(saving(shown.page)).to_have_text("Saved 12:03")

    first, second = shown.stage.messages.values()

    assert (first["changed"], first["base"], first["submit"]) == (["situation"], 0, False)
    assert (second["changed"], second["base"]) == (["time"], 1)
    assert second["answers"] == {"situation": "A walk", "time": "18:30"}


def test_through_a_cut_it_says_offline_and_stores_all_of_it_afterwards(shown):
    situation(shown.page).press_sequentially("I texted ")
    shown.stage.cut()
    situation(shown.page).press_sequentially("my brother")

    expect(saving(shown.page)).to_have_text("Offline – kept in this browser")
    assert stored(shown.stage).get("situation") != "I texted my brother"

    shown.stage.mend()

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": "I texted my brother"}


def test_a_save_whose_reply_was_lost_is_sent_again_with_the_same_id(shown):
    shown.stage.delay = 1.0
    situation(shown.page).fill("A walk")
    shown.stage.await_action("save")
    shown.stage.delay = 0.0
    shown.stage.cut()
    shown.stage.mend()

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    sent = [action["id"] for action in shown.stage.received if action["kind"] == "save"]
    assert len(sent) == 2
    assert len(set(sent)) == 1


@pytest.mark.parametrize("told", [True, False], ids=["the server says so", "nobody says so"])
def test_when_the_kernel_dies_while_typing_every_letter_is_stored(shown, told):
    situation(shown.page).press_sequentially("I texted ")
    shown.stage.kill(told=told)
    situation(shown.page).press_sequentially("my brother")

    shown.stage.await_stored("w1", {"situation": "I texted my brother"})
    expect(saving(shown.page)).to_have_text("Saved 12:03", timeout=40_000)
    assert shown.stage.kernel == 2
    assert situation(shown.page).input_value() == "I texted my brother"


def test_signed_out_it_keeps_the_words_and_saves_them_after_signing_in_elsewhere(shown):
    shown.stage.cut()
    situation(shown.page).press_sequentially("My last words")
    shown.stage.signed_out = True
    shown.stage.kill(told=True)
    shown.stage.mend()

    notice = shown.page.get_by_role("alert").filter(
        has_text="Signed out – your last words are still on this page"
    )
    expect(notice).to_be_visible()
    expect(situation(shown.page)).to_be_hidden()
    assert stored(shown.stage) == {}

    shown.stage.signed_out = False

    expect(saving(shown.page)).to_have_text("Saved 12:03", timeout=20_000)
    expect(notice).to_be_hidden()
    assert stored(shown.stage) == {"situation": "My last words"}


def test_words_never_go_to_somebody_else_who_signs_in_meanwhile(shown):
    shown.stage.cut()
    situation(shown.page).press_sequentially("For my therapist only")
    ours = shown.stage.view
    shown.stage.view = {**ours, "person": {"name": "Tom Keller", "role": "Client"}}
    shown.stage.kill(told=True)
    shown.stage.mend()

    expect(shown.page.get_by_text("Somebody else has signed in with this browser.")).to_be_visible()
    expect(situation(shown.page)).to_be_hidden()
    assert shown.stage.messages == {}
    assert shown.stage.await_post(f"voila/api/shutdown/k{shown.stage.kernel}") == {"_xsrf": "token"}

    shown.stage.view = ours
    shown.page.evaluate("dispatchEvent(new Event('online'))")

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": "For my therapist only"}


def test_a_busy_store_is_asked_again_by_itself(shown):
    shown.stage.refusals = [{"text": "The disk is full.", "items": {}, "again": True}]

    situation(shown.page).fill("A walk")

    expect(saving(shown.page)).to_have_text("Not saved yet – trying again")
    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": "A walk"}
    sent = {action["id"] for action in shown.stage.received if action["kind"] == "save"}
    assert len(sent) == 1


def test_a_refusal_stands_at_its_item_and_the_next_save_carries_everything(shown):
    shown.stage.refusals = [
        {"text": "Please look at one answer again.", "items": {"time": "No such time."}, "again": False}
    ]

    situation(shown.page).fill("A walk")

    expect(saving(shown.page)).to_have_text("Not saved")
    expect(shown.page.get_by_text("Not saved. Please look at one answer again.")).to_be_visible()
    expect(shown.page.get_by_text("No such time.")).to_be_visible()

    shown.page.get_by_label("About what time?").fill("18:30")

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    expect(shown.page.get_by_text("No such time.")).to_be_hidden()
    assert stored(shown.stage) == {"situation": "A walk", "time": "18:30"}


def test_all_but_a_refused_answer_is_saved_and_the_page_says_so(shown):
    shown.stage.held = {"time": "No such time."}

    situation(shown.page).fill("A walk")

    expect(saving(shown.page)).to_have_text("Not all saved")
    expect(shown.page.get_by_text("Everything else is saved.")).to_be_visible()
    expect(shown.page.get_by_text("No such time.")).to_be_visible()

    shown.page.get_by_label("About what time?").fill("18:30")

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": "A walk", "time": "18:30"}


def test_what_is_typed_while_a_refusal_is_on_its_way_is_stored_by_itself(shown):
    shown.stage.refusals = [
        {"text": "Please look again.", "items": {"time": "No such time."}, "again": False}
    ]
    shown.stage.delay = 0.6

    situation(shown.page).press_sequentially("A walk")
    expect(saving(shown.page)).to_have_text("Not saved yet")
    shown.stage.await_action("save")
    situation(shown.page).press_sequentially(" home")

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    assert stored(shown.stage) == {"situation": "A walk home"}
    expect(situation(shown.page)).to_be_focused()


def test_what_somebody_else_saved_appears_without_touching_what_is_being_typed(shown):
    shown.stage.others = {"time": "07:15", "situation": "theirs"}

    situation(shown.page).press_sequentially("mine")

    expect(saving(shown.page)).to_have_text("Saved 12:03")
    expect(shown.page.get_by_label("About what time?")).to_have_value("07:15")
    assert situation(shown.page).input_value() == "mine"
    told = "“What happened?” was also changed on another page at the same time. Both answers are kept."
    expect(shown.page.get_by_text(told)).to_be_visible()


def test_more_than_a_message_can_hold_is_said_and_not_sent(shown):
    situation(shown.page).evaluate("element => element.removeAttribute('maxlength')")
    situation(shown.page).fill("word " * 110_000)

    expect(saving(shown.page)).to_have_text("Not saved")
    expect(shown.page.get_by_text("This is too long to store.")).to_be_visible()
    assert shown.stage.messages == {}


def test_finishing_sends_what_is_unsaved_and_shows_what_comes_after(show):
    view = look("flag")
    shown = show(view)
    done = look("worksheet-done")
    shown.stage.views["f"] = {**done, "key": "f"}
    shown.stage.delay = 0.4

    shown.page.get_by_label("Not at all").check(force=True)
    shown.page.get_by_role("button", name="Finish").dblclick()

    expect(shown.page.get_by_text("Done. Saved tonight at 21:52.")).to_be_visible()
    assert shown.stage.store == {"f": {"phq9_9": 0}}
    assert [message["submit"] for message in shown.stage.messages.values()].count(True) == 1


def test_finishing_without_a_network_waits_and_goes_by_itself(show):
    shown = show(look("flag"))
    shown.stage.views["f"] = {**look("worksheet-done"), "key": "f"}
    shown.page.get_by_label("Not at all").check(force=True)
    expect(saving(shown.page)).to_have_text("Saved 12:03")
    shown.stage.cut()

    shown.page.get_by_role("button", name="Finish").click()

    expect(saving(shown.page)).to_have_text("Offline – kept in this browser")
    expect(shown.page.get_by_role("button", name="Waiting for a connection…")).to_be_disabled()
    expect(shown.page.get_by_text("It is handed in by itself once there is a connection")).to_be_visible()

    shown.stage.mend()

    expect(shown.page.get_by_text("Done. Saved tonight at 21:52.")).to_be_visible()


def test_a_correction_is_stored_once_when_its_writer_says_so(show):
    view = look("worksheet-read")
    shown = show(view, width=1280)
    shown.stage.bases["e2"] = 9
    shown.page.get_by_role("button", name="Correct this entry").click()
    expect(shown.page.get_by_text("Step 4 of 5")).to_be_visible()
    shown.page.get_by_role("button", name="Next").click()
    shown.page.get_by_label("Put both sides together.").fill("He was at work.")
    expect(saving(shown.page)).to_have_text("Not saved yet")
    shown.stage.views["e2"] = {**view, "key": "e2"}

    shown.page.get_by_role("button", name="Save the correction").click()

    expect(shown.page.get_by_role("button", name="Correct this entry")).to_be_visible()
    (message,) = shown.stage.messages.values()
    assert message["submit"] is True
    assert len(message["changed"]) == 1


def test_leaving_the_page_with_something_unsaved_asks_first(shown):
    shown.stage.cut()
    situation(shown.page).fill("A walk")
    asked = []
    shown.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    shown.page.evaluate("location.reload()")
    expect(saving(shown.page)).to_have_text(re.compile("Offline – kept"))

    assert asked == ["beforeunload"]


def test_nothing_of_it_is_kept_in_the_browser(shown):
    situation(shown.page).fill("A walk")
    expect(saving(shown.page)).to_have_text("Saved 12:03")

    kept = shown.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")

    assert kept == [0, 0, "_xsrf=token"]
