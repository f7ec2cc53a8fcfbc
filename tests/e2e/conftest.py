"""Fixtures of the browser tests: one browser for the run, one context (cookies, storage, network log) for a test."""

from collections.abc import Iterator

import pytest
from chromium import launch
from playwright.sync_api import Browser, sync_playwright


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests here as e2e."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of the run."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
