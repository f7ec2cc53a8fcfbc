"""The path everything grows on: a client fills in a thought record on a phone, and the therapist reads it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from server_process import Running
from serving import PATIENCE, clinic, next_step, open_worksheet, press, saved, sign_in, write

HAPPENED = "He read my message at half past six and did not write back."
THOUGHT = "He is sick of me."
BALANCED = "I do not know why yet."


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("clinic")) as server:
        yield server


def new_page(browser: Browser, width: int = 390) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def test_a_thought_record_written_by_keyboard_on_a_phone_survives_a_reload_and_reaches_the_therapist(
    server, browser
):
    phone = new_page(browser)
    sign_in(phone, server.address, "ann")
    open_worksheet(phone, "Thought record")
    write(phone, "What happened", HAPPENED)
    saved(phone)

    phone.reload()
    expect(phone.get_by_role("textbox", name="What happened")).to_have_value(HAPPENED, timeout=PATIENCE)

    next_step(phone)
    write(phone, "The feeling", "hurt")
    write_slider(phone, "How strong was it then", 60)
    next_step(phone)
    write(phone, "The thought", THOUGHT)
    write_slider(phone, "How much did you believe it then", 90)
    next_step(phone)
    next_step(phone)
    write(phone, "Put both sides together", BALANCED)
    write_slider(phone, "How strong is it now", 30)
    press(phone, "(Send|Done|Finish|Complete|Submit)")
    expect(phone.get_by_text("Done.")).to_be_visible(timeout=PATIENCE)
    expect(phone.locator("main")).to_contain_text("Dee Made-Up")
    phone.context.close()

    entry = server.store.desk_for("dee").entries(server.store.person("ann").id)[0]
    assert entry.status == "submitted"
    assert entry.answers["situation"] == HAPPENED
    assert entry.answers["feelings"] == [{"feeling": "hurt", "before": 60, "after": 30}]
    assert entry.answers["thoughts"] == [{"thought": THOUGHT, "belief": 90}]
    assert entry.answers["balanced_thought"] == BALANCED

    desk = new_page(browser, 1280)
    sign_in(desk, server.address, "dee")
    desk.get_by_role("link", name="Ann Invented").first.click()
    desk.get_by_role("link", name="Thought record").first.click()
    expect(desk.locator("main")).to_contain_text(HAPPENED)
    expect(desk.locator("main")).to_contain_text(THOUGHT)
    address = desk.url
    desk.context.close()

    stranger = new_page(browser, 1280)
    sign_in(stranger, server.address, "eve")
    expect(stranger.locator("main")).not_to_contain_text("Ann Invented")
    stranger.goto(address)
    stranger.reload()
    expect(stranger.locator("#iopkit-app main h1")).to_be_visible()
    assert HAPPENED not in stranger.content()
    assert "Ann Invented" not in stranger.content()
    stranger.context.close()


def test_a_client_who_opens_another_clients_or_the_clinicians_page_is_refused(server, browser):
    page = new_page(browser)
    sign_in(page, server.address, "ben")

    page.goto(server.address + "clinician")

    expect(page.get_by_role("heading", name="This page is not yours")).to_be_visible()
    expect(page.get_by_role("link", name="Call 988")).to_be_visible()
    page.context.close()


def write_slider(page: Page, name: str, value: int) -> None:
    """Go to a slider with the keyboard and move it to ``value`` in steps of five."""
    from serving import tab_to

    tab_to(page, name)
    page.keyboard.press("Home")
    for _ in range(value // 5):
        page.keyboard.press("ArrowRight")
