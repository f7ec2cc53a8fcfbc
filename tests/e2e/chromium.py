"""The browser that tests, pictures and measurements drive: the machine's own Chromium, else Playwright's."""

from pathlib import Path

from playwright.sync_api import Browser, Playwright

from iopkit.bench.browser import QUIET, find_browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def launch(playwright: Playwright) -> Browser:
    """Start the browser, without a window and without a word to any host but those it is sent to."""
    return playwright.chromium.launch(executable_path=find_browser(), args=list(QUIET))
