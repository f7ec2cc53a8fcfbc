"""A shared room: the lock, the back button after signing out, what a browser keeps, who is named."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from server_process import PASSWORD, Running
from serving import PATIENCE, axe, clinic, open_worksheet, saved, sign_in, write

CANARY = "canary-words-of-ann"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("room")) as server:
        yield server


@pytest.fixture(scope="module")
def strict(tmp_path_factory) -> Iterator[Running]:
    """Yield a server where clinicians need a second factor."""
    settings = {"second_factor": ["clinician"]}
    with clinic(tmp_path_factory.mktemp("strict"), settings=settings) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce") as context:
        context.set_default_timeout(PATIENCE)
        yield context


def sign_out(page: Page) -> None:
    page.locator("details.who summary").click()
    page.get_by_role("button", name="Not me – sign out").click()
    expect(page.locator("#user")).to_be_visible()


def typed(page: Page, address: str) -> None:
    """Write something into a worksheet and wait until it is saved."""
    sign_in(page, address, "ann")
    open_worksheet(page, "Thought record")
    write(page, "What happened", CANARY)
    saved(page)


def kept_by(page: Page) -> str:
    """Return all that scripts of this site can find in the browser: storages, caches, databases, cookies."""
    return page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, await caches.keys(), await indexedDB.databases(),
            document.cookie.replace(/_xsrf=[^;]*/, ""), history.state,
        ])"""
    )


def test_after_signing_out_the_back_button_shows_nothing(server, context):
    page = context.new_page()
    typed(page, server.address)
    sign_out(page)

    for _ in range(3):  # worksheet, home, the sign-in page of then
        page.go_back(wait_until="load")
        expect(page.locator("#user")).to_be_visible()

        assert CANARY not in page.content()
        assert "Ann Invented" not in page.content()


def test_a_page_of_the_server_itself_is_not_shown_by_the_back_button_either(server, context):
    page = context.new_page()
    sign_in(page, server.address, "ann")
    page.goto(server.address + "your-sign-in")
    expect(page.get_by_text("Ann Invented").first).to_be_attached()
    sign_out(page)

    page.go_back(wait_until="load")

    expect(page.locator("#user")).to_be_visible()
    assert "Ann Invented" not in page.content()


def test_after_signing_out_the_browser_keeps_nothing_and_no_cookie_of_the_login(server, context):
    page = context.new_page()
    typed(page, server.address)
    during = kept_by(page)
    sign_out(page)

    after = kept_by(page)

    assert after == '[{},{},[],[],"",null]'
    assert CANARY not in during
    assert [cookie["name"] for cookie in context.cookies()] == ["_xsrf"]


def test_no_address_and_no_title_says_whose_page_it_is_or_what_was_written(server, context):
    page, seen = context.new_page(), []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    typed(page, server.address)
    seen += [page.url, page.title()]
    person = server.store.person("ann")
    entry = server.store.desk_for("ann").drafts()[0]

    said = " ".join(seen)

    for secret in (CANARY, person.id, entry.id, "Ann", "Invented"):
        assert secret not in said


@pytest.mark.parametrize("path", ["client", "your-sign-in", "clinician", "nowhere"])
def test_each_page_names_who_is_signed_in_and_offers_not_me(server, context, path):
    page = context.new_page()
    sign_in(page, server.address, "ann")

    page.goto(server.address + path)

    expect(page.locator("header summary .name")).to_have_text("Ann Invented")
    page.locator("details.who summary").click()
    expect(page.get_by_role("button", name="Not me – sign out")).to_be_visible()


def test_the_idle_lock_warns_saves_and_leads_back_to_the_same_spot(browser, tmp_path):
    with clinic(tmp_path, settings={"idle_seconds": 25}) as server, browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        typed(page, server.address)
        page.keyboard.type(" and more")
        spot = page.url

        expect(page.get_by_role("dialog")).to_contain_text("This page locks in", timeout=PATIENCE)
        page.wait_for_url(re.compile(r"/sign-in\?locked=1"), timeout=PATIENCE)
        expect(page.get_by_text("locked because nobody used it")).to_be_visible()
        assert CANARY not in page.content()
        page.locator("#user").fill("ann")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")

        field = page.get_by_label(re.compile("What happened"))
        expect(field).to_have_value(f"{CANARY} and more", timeout=PATIENCE)
        assert page.url == spot


def test_a_page_of_the_server_locks_too_and_leads_back(browser, tmp_path):
    with clinic(tmp_path, settings={"idle_seconds": 12}) as server, browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(server.address + "your-sign-in")
        page.locator("#user").fill("ann")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Your sign-in")).to_be_visible()

        expect(page.get_by_role("dialog")).to_contain_text("Still there?", timeout=PATIENCE)
        page.wait_for_url(re.compile(r"/sign-in\?locked=1&next=/your-sign-in$"), timeout=PATIENCE)


def test_signed_out_in_one_tab_the_other_covers_itself(server, context):
    one, other = context.new_page(), context.new_page()
    typed(one, server.address)
    other.goto(server.address)
    expect(other.locator("#iopkit-app main h1")).to_be_visible()

    sign_out(other)

    expect(one.get_by_text("Sign in again").first).to_be_visible()
    expect(one.get_by_label(re.compile("What happened"))).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_signing_in(browser, strict, width, scheme):
    given = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme, "reduced_motion": "reduce"}
    with browser.new_context(**given) as context:
        context.set_default_timeout(PATIENCE)
        page, found = context.new_page(), {}

        def look(name: str, sign: str) -> None:
            expect(page.locator(sign).first).to_be_visible()
            found[name] = axe(page)

        page.goto(strict.address + "sign-in?late=1")
        look("sign-in", "#user")
        page.locator("#user").fill("dee")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        look("pairing", ".qr")
        page.goto(strict.address + "invitation#not-a-link")
        look("refused invitation", "#problem")
        token = strict.store.invite("ben").token
        page.goto("about:blank")
        page.goto(f"{strict.address}invitation#{token}")
        look("new password", "#password")
        assert page.url == strict.address + "invitation"
        sign_in(page, strict.address, "ann")
        page.goto(strict.address + "your-sign-in")
        for summary in page.locator("main summary").all():
            summary.click()
        look("your sign-in", "#password")

    assert found == {name: [] for name in found}
    assert len(found) == 5
