"""A clinician finds, tries out and assigns a worksheet with the keyboard; the client fills it in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from server_process import Running, running
from serving import (
    PATIENCE,
    ROOT,
    add,
    axe,
    focused,
    next_step,
    open_worksheet,
    press,
    saved,
    sign_in,
    tab_to,
    write,
)

from iopkit.worksheets.place import content_folder

NOTE = "For the hours after ten."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with counseling(tmp_path_factory.mktemp("clinic")) as server:
        yield server


@contextmanager
def counseling(folder: Path) -> Iterator[Running]:
    """Yield a server: Ann is treated by Gil, who has given her one thing for each day; Cor coordinates."""
    built = ROOT / "iopkit" / "widgets" / "static"
    with running(folder, notebooks=content_folder("notebooks"), assets=built) as server:
        add(server, "client", "ann")
        add(server, "clinician", "gil", "substance-use")
        add(server, "coordinator", "cor")
        today = datetime.now(UTC).date()
        ann, gil = server.store.person("ann").id, server.store.person("gil").id
        server.store.treat(ann, gil, "substance-use", today - timedelta(days=7))
        server.store.desk_for("gil").assign(
            ann, "meeting-log", "substance-use", note="", rrule="FREQ=DAILY", due=time(23, 59), starts=today
        )
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def open_library(page: Page) -> None:
    press(page, "^Library$")
    expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible()


def find(page: Page, words: str, first: str) -> None:
    tab_to(page, "What is it for")
    page.keyboard.type(words)
    expect(page.locator(".shelf .card").first).to_contain_text(first)


def test_a_worksheet_found_by_what_it_is_for_is_tried_assigned_and_filled_in(server, browser, context):
    desk = context.new_page()
    sign_in(desk, server.address, "gil")
    open_library(desk)
    find(desk, "urges at night", "Urge log")
    assert axe(desk) == []

    press(desk, "^Preview: Urge log")
    expect(desk.get_by_role("heading", name="Urge log", level=1)).to_be_visible()
    expect(desk.locator(".sd-page").first).to_be_visible()
    expect(desk.locator("main")).to_contain_text("What you put in is not kept")
    write(desk, "What did you learn about your urges", "Nothing of this is kept.")
    assert axe(desk) == []

    desk.keyboard.press("Control+Home")
    desk.locator("h1").focus()
    press(desk, "^Assign$")
    expect(desk.get_by_role("dialog")).to_contain_text("Assign “Urge log”")
    expect(desk.locator("#to")).to_have_value(desk.locator("#to option").nth(1).get_attribute("value"))
    write(desk, "Why this one", NOTE)
    tab_to(desk, "^Once")
    desk.keyboard.press("ArrowDown")
    load = desk.locator(".load")
    expect(load).to_contain_text("In the next seven days: 28 minutes so far, 70 minutes with this.")
    assert axe(desk) == []
    press(desk, "^Assign it$")
    expect(desk.get_by_role("dialog")).to_contain_text(
        "Ann Invented has “Urge log” now: every day from today, by 9:00 pm."
    )
    assert axe(desk) == []

    ann = server.store.person("ann").id
    (given,) = [
        one for one in server.store.desk_for("gil").assignments(ann) if one.worksheet_id == "urge-log"
    ]
    assert (given.rrule, given.note) == ("FREQ=DAILY", NOTE)
    assert server.store.desk_for("ann").drafts() == []

    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.set_default_timeout(PATIENCE)
    sign_in(phone, server.address, "ann")
    expect(phone.locator("main")).to_contain_text(f"From Gil Made-Up: {NOTE}")
    open_worksheet(phone, "Urge log")
    tab_to(phone, "About what time")
    phone.keyboard.type("0930PM")
    next_step(phone)
    next_step(phone)
    write(phone, "What did you learn about your urges", "They pass.")
    saved(phone)
    press(phone, "^Finish$")
    expect(phone.locator("main")).to_contain_text("Done.")
    phone.context.close()
    (entry,) = server.store.desk_for("gil").entries(ann)
    assert (entry.worksheet_id, entry.assignment_id) == ("urge-log", given.id)
    assert entry.answers["learned"] == "They pass."


def test_a_card_set_up_for_a_client_is_seen_as_they_will_before_it_is_given(server, context):
    page = context.new_page()
    sign_in(page, server.address, "gil")
    open_library(page)
    find(page, "DBT card", "Diary card")
    press(page, "^Assign: Diary card")
    press(page, "^Set it up for this client$")
    write(page, "Target behaviors", "Skipping meals")
    tab_to(page, "^Ask about feelings")
    page.keyboard.press("Space")
    press(page, "^See it as the client will$")

    seen = page.get_by_role("dialog", name="Diary card", exact=True)
    expect(seen).to_contain_text("What you put in is not kept")
    expect(seen.get_by_label("Behavior", exact=True).first).to_have_value("Skipping meals")
    expect(seen.get_by_text("Sadness")).to_have_count(0)
    assert axe(page) == []
    seen.get_by_role("radiogroup", name="Strongest urge to end your life today").get_by_text("1").click()
    rule = page.get_by_role("dialog", name="Before you go on")
    expect(rule).to_contain_text("In this preview nobody is told. A client sees this")
    press(page, "^I have read this$")
    expect(rule).to_have_count(0)
    press(page, "^Back to the assignment$")
    expect(seen).to_have_count(0)
    assert focused(page) == "See it as the client will"
    expect(page.get_by_role("textbox", name="Target behaviors")).to_have_value("Skipping meals")


def test_an_assignment_is_ended_on_the_clients_page_and_that_is_undone(server, context):
    page = context.new_page()
    sign_in(page, server.address, "gil")
    press(page, "^Ann Invented$")
    expect(page.get_by_role("heading", name="Plan")).to_be_visible()

    press(page, "^Change: Meeting log")
    expect(page.get_by_role("dialog")).to_contain_text("What should change")
    page.get_by_role("radio", name="End it").check()
    assert axe(page) == []
    press(page, "^End it$")
    expect(page.locator(".plan-card", has_text="Meeting log")).to_contain_text("Ended today")
    assert axe(page) == []
    press(page, "^Undo ending: Meeting log")

    expect(page.locator(".plan-card", has_text="Meeting log")).to_contain_text("Every day, by 11:59 pm")
    press(page, "^Assign something$")
    expect(page.get_by_role("heading", level=1)).to_have_text("Library – choosing for Ann Invented")


def test_the_paper_twin_is_saved_under_the_id_of_the_worksheet(server, context):
    page = context.new_page()
    sign_in(page, server.address, "ann")
    open_library(page)
    find(page, "meeting log", "Meeting log")
    press(page, "^Preview: Meeting log")

    with page.expect_download() as waiting:
        press(page, "^Print on paper")

    assert waiting.value.suggested_filename == "meeting-log.pdf"
    assert Path(waiting.value.path()).read_bytes()[:5] == b"%PDF-"
    assert page.get_by_role("button", name="Assign").count() == 0


def test_a_safety_rule_that_fires_in_a_preview_shows_help_and_says_that_nobody_is_told(server, context):
    page = context.new_page()
    sign_in(page, server.address, "ann")
    open_library(page)
    find(page, "phq", "PHQ-9")
    press(page, "^Preview: PHQ-9")
    expect(page.locator(".sd-page").first).to_be_visible()

    page.get_by_role("radio", name="Several days").nth(8).check(force=True)

    expect(page.get_by_role("dialog")).to_contain_text("In this preview nobody is told what you choose.")
    expect(page.get_by_role("dialog").get_by_role("link", name="988").first).to_be_visible()
    assert server.store.desk_for("gil").alerts() == []


def test_a_worksheet_for_clinicians_is_on_the_shelf_of_the_clinician_only(server, browser):
    for user, there in (("gil", True), ("ann", False)):
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE)
        sign_in(page, server.address, user)
        page.goto(server.address + "library")
        expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible()

        assert page.get_by_role("link", name="Preview: ASQ").count() == int(there)
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_library_is_accessible_at_each_width_and_in_each_scheme(server, browser, width, scheme):
    page = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, server.address, "gil")
    open_library(page)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
