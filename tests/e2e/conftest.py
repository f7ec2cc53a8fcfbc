"""Fixtures of the browser tests: one browser for the run, one context (cookies, network log) for a test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from chromium import launch
from playwright.sync_api import Browser, Page, expect, sync_playwright
from server_process import Running
from serving import PATIENCE, sign_in
from stage import Stage
from watch import Watch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests here as e2e and run them last: a browser keeps an event loop running in this thread."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: "e2e" in item.keywords)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of the run, whose pages are given time: the machine may be busy."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Shown:
    """A page on a stage."""

    page: Page
    stage: Stage
    watch: Watch


Show = Callable[..., Shown]


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Open a view in the built front end; afterwards no page may have complained or asked another host."""
    with ExitStack() as stack:
        opened: list[Shown] = []

        def open_view(
            view: dict[str, Any], *, width: int = 390, scheme: Any = "light", goto: str = ""
        ) -> Shown:
            stage = stack.enter_context(Stage(view))
            context = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
            )
            stack.callback(context.close)
            context.set_default_timeout(30_000)
            page = context.new_page()
            shown = Shown(page, stage, Watch(page))
            opened.append(shown)
            page.goto(stage.url + goto)
            page.locator("h1").wait_for()
            return shown

        yield open_view
        for shown in opened:
            assert shown.watch.complaints == []
            assert shown.watch.hosts == {"127.0.0.1"}


Opened = Callable[..., Page]


@pytest.fixture
def opened(server: Running, browser: Browser) -> Iterator[Opened]:
    """Open a browser of somebody's own, signed in to the server of the test's module."""
    with ExitStack() as stack:

        def open_for(user: str, width: int = 1280) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            sign_in(page, server.address, user)
            return page

        yield open_for
