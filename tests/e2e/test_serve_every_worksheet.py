"""Worksheets of different kinds go through the whole server by keyboard; in the soak, every one of them."""

from collections.abc import Iterator

import pytest
from hands import Hands
from playwright.sync_api import Browser, Page
from server_process import Running
from serving import PATIENCE, add, clinic, sign_in
from test_cases import FILES
from test_every_worksheet import is_practice, typical

from iopkit.worksheets import validate

FIVE = ("drawing-prompt", "emotion-log", "nutrition-log", "phq-9", "relapse-prevention-plan")
"""A canvas, sliders, rows with words of one's own, a safety rule, long lists."""
CLIENTS = [path.stem for path in FILES if typical(path.stem)[0].audience != "clinician"]
REST = [pytest.param(stem, marks=pytest.mark.soak) for stem in CLIENTS if stem not in FIVE]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("every")) as server:
        add(server, "client", "zoe")
        yield server


@pytest.fixture(scope="module")
def phone(server: Running, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, reduced_motion="reduce", locale="en-US"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, server.address, "zoe")
    yield page
    context.close()


@pytest.mark.parametrize("stem", [*FIVE, *REST])
def test_what_the_keyboard_writes_is_what_the_store_keeps(server: Running, phone: Page, stem: str):
    sheet, answers = typical(stem)
    desk = server.store.desk_for("zoe")
    if is_practice(sheet):
        phone.clock.install()
    phone.evaluate("(key) => { location.hash = key; }", desk.seal(f"worksheet:{stem}"))
    phone.get_by_role("heading", name=sheet.title, level=1).wait_for()
    phone.locator(".work-end").wait_for()
    hands = Hands(phone, sheet, answers)

    hands.go_to_form()
    while hands.fill_page() == "Next":
        hands.turn()
    hands.hand_in()

    (kept,) = [one for one in desk.entries(desk.person.id) if one.worksheet_id == stem]
    assert kept.status == "submitted"
    assert kept.answers == validate(sheet, answers, final=True).answers
