"""Renders every view and component to PNG sheets: light and dark, 390 and 1280 pixels wide.

    python frontend/look.py [OUT] [NAME…]

Each file of frontend/look/ is one view with invented data; NAME picks some of them. Look at the sheets before
you say that something is done.
"""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
STATIC = HERE.parent / "iopkit" / "widgets" / "static"
sys.path.insert(0, str(HERE.parent / "tests" / "e2e"))

from chromium import launch  # noqa: E402  the tests' browser, found the same way
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright  # noqa: E402

ORIGIN = "http://look.test"
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
TYPES = {".js": "text/javascript", ".css": "text/css"}
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Look</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/assets/{css}">{script}</head><body class="iopkit">{body}</body></html>"""
APP = """<div id="iopkit-app"></div><script type="application/json" id="iopkit-page">{data}</script>"""


def manifest() -> dict[str, str]:
    """Return the hashed names of the built files."""
    return json.loads((STATIC / "manifest.json").read_text())


def view_page(view: dict) -> str:
    """Return a served page that opens with ``view``."""
    names = manifest()
    data = {"kernel": "k", "model": "m", "view": view, "base_url": "/"}
    body = APP.format(data=json.dumps(data).replace("<", "\\u003c"))
    script = f'<script type="module" async src="/assets/{names["page.js"]}"></script>'
    return SHELL.format(css=names["base.css"], script=script, body=body)


def plain_page(body: str) -> str:
    """Return a page of the server's own kind, with ``body`` in it."""
    return SHELL.format(css=manifest()["base.css"], script="", body=body)


def answer(route: Route, html: str) -> None:
    """Serve the page and the built files; everything else is not there."""
    path = urlsplit(route.request.url).path
    if path == "/":
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
    elif path.startswith("/assets/") and (STATIC / Path(path).name).is_file():
        file = STATIC / Path(path).name
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
    else:
        route.fulfill(status=404, body="")


def show(browser: Browser, html: str, *, width: int, scheme: str) -> Page:
    """Open a page of ours in a window of its own, and wait until nothing moves."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", complain)
    page.route_web_socket("**/channels*", lambda socket: None)
    page.route("**/*", lambda route: answer(route, html))
    page.goto(ORIGIN, wait_until="load")
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    return page


def complain(message: ConsoleMessage) -> None:
    """Print what a page complains of, but for the kernel that is not there."""
    if message.type == "error" and "404" not in message.text and "WebSocket" not in message.text:
        sys.stderr.write(f"{message.text}\n")


def open_more(page: Page, name: str) -> None:
    """Bring a view into the state its name speaks of."""
    if name.startswith("help"):
        page.get_by_role("button", name="Help now").click()
    if name == "flag":
        page.get_by_text("Several days").click()
        page.get_by_role("dialog").wait_for()
    if name == "who":
        page.locator(".who > summary").click()
    if name in {"practice-breath", "practice-steps"}:
        page.get_by_role("button", name="Start").click()
        page.get_by_role("button", name="Pause").wait_for()


def sheets() -> dict[str, str]:
    """Return name → page for each file of frontend/look/."""
    found = {}
    for path in sorted((HERE / "look").iterdir()):
        text = path.read_text()
        found[path.stem] = view_page(json.loads(text)) if path.suffix == ".json" else plain_page(text)
    found["help"] = found["who"] = found["home"]
    return found


def main(out: Path, names: list[str]) -> None:
    """Write one PNG for each sheet, width and colour scheme."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, html in sheets().items():
            if names and name not in names:
                continue
            for width in WIDTHS:
                for scheme in SCHEMES:
                    page = show(browser, html, width=width, scheme=scheme)
                    open_more(page, name)
                    dialog = page.locator("dialog[open]").count() > 0
                    page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=not dialog)
                    page.context.close()
            sys.stdout.write(f"{name}\n")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "look"), sys.argv[2:])
