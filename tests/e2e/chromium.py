"""The browser that tests, pictures and measurements drive: the machine's own Chromium, else Playwright's."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """Return the path in ``IOPKIT_BROWSER``, else of a Chromium on the PATH; None means Playwright's own."""
    return os.environ.get("IOPKIT_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser, without a window and without a word to any host but those it is sent to."""
    return playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
