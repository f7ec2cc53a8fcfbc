"""How long it takes from a press to the next view, with a real server; figures: docs/performance.md."""

from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

import pytest
from playwright.sync_api import Browser, Page
from server_process import Running
from serving import PATIENCE, served

from iopkit.clinic.demo import PASSWORD, build_demo

pytestmark = pytest.mark.soak
ROUNDS = 9
MOVE = """([links, text, wanted]) => new Promise((resolve) => {
    const named = (one) => `${one.textContent} ${one.getAttribute("aria-label") ?? ""}`.includes(text);
    const link = [...document.querySelectorAll(links)].find(named);
    const start = performance.now();
    const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    const seen = new MutationObserver(() => {
      if (!document.querySelector(wanted)) return;
      seen.disconnect();
      painted();
    });
    seen.observe(document.body, { childList: true, subtree: true, attributes: true });
    link.click();
  })"""
"""From the press to the picture after the view is there."""

WAYS = {
    "ina": (
        ("caseload to client", "a.name", "Ava Example", "#entries"),
        ("client to patterns", "a.button", "Two figures", ".patterns h2"),
        ("patterns to caseload", "nav a", "Caseload", "a.name"),
        ("caseload to calendar", "nav a", "Calendar", "ol.week"),
        ("calendar to caseload", "nav a", "Caseload", "a.name"),
    ),
    "ava": (
        ("home to worksheet", ".card a", "Sleep diary", ".sd-page"),
        ("worksheet to record", "nav a", "My record", ".gallery"),
        ("record to home", "nav a", "Home", "article.card"),
    ),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with served(tmp_path_factory.mktemp("moves")) as server:
        build_demo(server.store, until=datetime.now(UTC).date())
        yield server


def opened(browser: Browser, server: Running, user: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(server.address)
    page.fill("#user", user)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#iopkit-app main h1").wait_for()
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("user", list(WAYS))
def test_a_move_between_views_is_quick(server: Running, browser: Browser, user: str) -> None:
    """The first of each counts apart: its code is fetched then. Generous, for a busy machine."""
    page = opened(browser, server, user)
    took: dict[str, list[float]] = {}

    for _ in range(ROUNDS):
        for name, links, text, wanted in WAYS[user]:
            page.locator(links).first.wait_for()
            took.setdefault(name, []).append(page.evaluate(MOVE, [links, text, wanted]))
            page.wait_for_timeout(200)
    page.context.close()
    for name, times in took.items():
        print(f"{name}: first {times[0]:.0f} ms, median of the others {median(times[1:]):.0f} ms")  # noqa: T201

    assert max(min(times) for times in took.values()) < 1000
