"""Every worksheet is filled in from its typical case with the keyboard alone; axe-core has no complaint."""

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import AXE
from hands import Hands
from playwright.sync_api import Browser, Page
from stage import Stage, look
from test_cases import FILES, cases
from watch import Watch

from iopkit.apps.view import View
from iopkit.apps.view import Worksheet as Body
from iopkit.apps.worksheet import words
from iopkit.worksheets import Worksheet, validate
from iopkit.worksheets.elements import PracticeQuestion

FINDS = """async (rules) => (await axe.run(document, {
  resultTypes: ["violations"], ...(rules.length ? { runOnly: rules } : {}),
})).violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 200)}`))"""
CONTRAST = ["color-contrast", "link-in-text-block"]
"""What axe-core looks for in the colors of a page; all else is the same in the dark."""


def typical(stem: str) -> tuple[Worksheet, dict[str, Any]]:
    """Return a worksheet, as it is asked in its typical case, and that case's answers."""
    (path,) = [path for path in FILES if path.stem == stem]
    found = [(sheet, case) for sheet, _, case in cases(path) if case["name"].startswith("typical")]
    assert found, f"{path.name} has no typical case"
    sheet, case = found[0]
    return sheet, case["answers"]


def view_of(sheet: Worksheet) -> dict[str, Any]:
    """Return the view in which the app shows a worksheet to fill in."""
    body = Body(
        **words(sheet, "en"),
        key="w1",
        seen_by="Your individual therapist, Dr. Okafor, will see this when you finish.",
        answers=sheet.begin,
        base=0,
        read_only=False,
        saved="",
        flags={flag.id: flag.when for flag in sheet.flags},
        messages={flag.id: flag.text for flag in sheet.flags},
        next_step=sheet.next_step or "",
    )
    view = {**look("worksheet"), "title": sheet.title, "body": body.model_dump(mode="json")}
    return View.model_validate(view).model_dump(mode="json")


def is_practice(sheet: Worksheet) -> bool:
    return any(isinstance(item.question, PracticeQuestion) for item in sheet.items.values())


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage(look("worksheet")) as stage:
        yield stage


def new_page(browser: Browser) -> Page:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, reduced_motion="reduce", locale="en-US"
    )
    context.set_default_timeout(30_000)
    return context.new_page()


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    page = new_page(browser)
    yield page
    page.context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, stem: str) -> Iterator[Page]:
    """Give the one page that all worksheets share; a practice gets one of its own, whose clock can be set."""
    if not is_practice(typical(stem)[0]):
        yield request.getfixturevalue("shared_page")
        return
    page = new_page(browser)
    page.clock.install()
    yield page
    page.context.close()


def faults(page: Page) -> list[str]:
    """Return what axe-core finds on the page as it stands, in the light and in the dark."""
    found: list[str] = []
    for scheme, rules in (("dark", CONTRAST), ("light", [])):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
        found += [f"{scheme}: {fault}" for fault in page.evaluate(FINDS, rules)]
    return found


@pytest.mark.parametrize("stem", [path.stem for path in FILES])
def test_the_keyboard_alone_gives_the_answers_of_the_typical_case(stage: Stage, page: Page, stem: str):
    sheet, answers = typical(stem)
    watch = Watch(page)
    stage.show(view_of(sheet))
    page.goto(stage.url)
    page.locator(".work-end").wait_for()
    page.evaluate(AXE.read_text("utf-8"))
    hands = Hands(page, sheet, answers)

    found = {"first": faults(page)}
    hands.go_to_form()
    while hands.fill_page() == "Next":
        hands.turn()
    found["last"] = faults(page)
    hands.hand_in()
    left = stage.await_action("save")

    assert found == {"first": [], "last": []}
    assert left["submit"]
    checked = validate(sheet, left["answers"], final=True)
    assert checked.refused == {}
    assert checked.answers == validate(sheet, answers, final=True).answers
    assert watch.complaints == []
