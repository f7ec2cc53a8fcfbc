"""A client who speaks Spanish fills in a thought record in Spanish; the therapist reads it in English."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from server_process import PASSWORD, Running
from serving import PATIENCE, axe, clinic, press, sign_in, tab_to, write

HAPPENED = "Leyó mi mensaje a las seis y media y no contestó."
THOUGHT = "Está harto de mí."
BALANCED = "Todavía no sé por qué."


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("clinic")) as server:
        yield server


def new_page(browser: Browser, width: int = 390, locale: str = "es-MX") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, locale=locale, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def language(page: Page) -> str:
    return page.evaluate("document.documentElement.lang")


def too_wide(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def looked_at(page: Page) -> dict[str, object]:
    return {"lang": language(page), "axe": axe(page), "too wide": too_wide(page)}


GOOD = {"lang": "es", "axe": [], "too wide": False}


def test_a_thought_record_in_spanish_is_scored_the_same_and_read_in_english(server, browser):
    phone = new_page(browser)
    phone.goto(server.address)
    expect(phone.get_by_role("button", name="Entrar")).to_be_visible()
    assert looked_at(phone) == GOOD
    sign_in(phone, server.address, "ann")
    choose_spanish(phone)
    assert looked_at(phone) == GOOD

    phone.get_by_role("link", name="Registro de pensamientos").first.click()
    expect(phone.get_by_role("textbox", name="¿Qué pasó?")).to_be_visible(timeout=PATIENCE)
    assert looked_at(phone) == GOOD
    write(phone, "¿Qué pasó", HAPPENED)
    press(phone, "Siguiente")
    write(phone, "El sentimiento", "dolor")
    write_slider(phone, "Qué tan fuerte era en ese momento", 60)
    press(phone, "Siguiente")
    write(phone, "El pensamiento", THOUGHT)
    write_slider(phone, "Cuánto lo creías en ese momento", 90)
    press(phone, "Siguiente")
    press(phone, "Siguiente")
    write(phone, "Junta los dos lados", BALANCED)
    write_slider(phone, "Qué tan fuerte es ahora", 30)
    press(phone, "Terminar")
    expect(phone.locator("main")).to_contain_text("Dee Made-Up", timeout=PATIENCE)
    expect(phone.locator("main")).to_contain_text("Malestar 60 → 30")
    assert looked_at(phone) == GOOD
    phone.context.close()

    entry = server.store.desk_for("dee").entries(server.store.person("ann").id)[0]
    assert entry.answers["feelings"] == [{"feeling": "dolor", "before": 60, "after": 30}]
    assert (entry.scores["distress_before"], entry.scores["distress_after"]) == (60, 30)

    desk = new_page(browser, 1280, "en-US")
    sign_in(desk, server.address, "dee")
    desk.get_by_role("link", name="Ann Invented").first.click()
    desk.get_by_role("link", name="Thought record").first.click()
    expect(desk.locator("main")).to_contain_text("What happened?")
    expect(desk.locator("main")).to_contain_text(HAPPENED)
    assert language(desk) == "en"
    desk.context.close()


def test_an_instrument_stays_english_and_says_so(server, browser):
    server.store.desk_for("ben").speak("es")
    phone = new_page(browser)
    sign_in(phone, server.address, "ben")
    client = server.store.person("ben")
    given = server.store.desk_for("fay").assign(
        client.id, "phq-9", "individual", note="", starts=client_day(server, "ben")
    )
    assert given.worksheet_id == "phq-9"
    phone.reload()

    phone.get_by_role("link", name="PHQ-9").first.click()

    expect(phone.locator("main")).to_contain_text("solo está disponible en inglés", timeout=PATIENCE)
    expect(phone.locator("main .form")).to_have_attribute("lang", "en")
    assert looked_at(phone) == GOOD
    phone.context.close()


def test_a_wrong_password_is_told_in_the_language_of_the_browser(server, browser):
    page = new_page(browser)
    page.goto(server.address)
    page.locator("#user").fill("ann")
    page.locator("#password").fill(f"not {PASSWORD}")

    page.get_by_role("button", name="Entrar").click()

    expect(page.get_by_role("alert")).to_contain_text("no van juntos")
    page.context.close()


def choose_spanish(page: Page) -> None:
    """Open the menu behind one's name and choose the other language, with the keyboard."""
    page.locator(".who summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Español").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ayuda ahora")).to_be_visible(timeout=PATIENCE)


def client_day(server: Running, user: str):
    from datetime import UTC, datetime

    assert server.store.person(user).zone == "UTC"
    return datetime.now(UTC).date()


def write_slider(page: Page, name: str, value: int) -> None:
    """Go to a slider with the keyboard and move it to ``value`` in steps of five."""
    tab_to(page, name)
    page.keyboard.press("Home")
    for _ in range(value // 5):
        page.keyboard.press("ArrowRight")
