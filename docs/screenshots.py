"""Takes the pictures of the README from the running program: `make screenshots`.

Starts the demo in a folder of its own and drives it in Chromium as its people would, light and dark, on
a phone and on a wide screen. Look at each picture before you commit it.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).parent
IMAGES = HERE / "images"
sys.path.insert(0, str(HERE.parent / "tests" / "e2e"))

from chromium import launch  # noqa: E402  the tests' browser, found the same way
from PIL import Image  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

SIZES = ({"width": 390, "height": 844}, {"width": 1280, "height": 800})
SCHEMES = ("light", "dark")
CLIENT, CLINICIAN = "ava", "ina"


@contextmanager
def demo(home: Path) -> Iterator[tuple[str, str]]:
    """Yield the address of an invented clinic and the password of its people."""
    place = {"XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with subprocess.Popen(
        [sys.executable, "-m", "iopkit", "serve", "--demo", "--port", "0"],
        env={**os.environ, **place},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            said = ""
            while "\nOpen " not in said:
                said += server.stdout.readline()
            yield re.findall(r"\nOpen (\S+)", said)[0], re.findall(r"password: (.+)", said)[0]
        finally:
            server.terminate()


def take(page: Page, name: str) -> None:
    """Write the pictures of what is in sight, in each size and colour scheme."""
    for size in SIZES:
        for scheme in SCHEMES:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo(0, 0)")
            picture = Image.open(BytesIO(page.screenshot()))
            # 256 colours are all that these pictures have but for the edges of letters; a third of the size
            picture.quantize(256).save(IMAGES / f"{name}-{size['width']}-{scheme}.png", optimize=True)
    page.set_viewport_size(SIZES[0])
    print(name)  # noqa: T201  a command says how far it is


def sign_in(page: Page, user: str, password: str) -> None:
    """Sign in and wait for the first view."""
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.locator("header.bar").wait_for()


def follow(page: Page, link: str, heading: str) -> None:
    """Follow a link to the view with that heading."""
    page.get_by_role("link", name=link).first.click()
    page.get_by_role("heading", name=heading, level=1).wait_for()


def as_client(page: Page, password: str) -> None:
    """Go through a client's evening: home, record, a thought record that was begun, done."""
    take(page, "sign-in")
    sign_in(page, CLIENT, password)
    take(page, "home")
    follow(page, "My record", "My record")
    take(page, "history")
    follow(page, "Home", "Good")
    follow(page, "Go on: Thought record", "Thought record")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("What speaks for it?").fill("I was late twice this month, and my boss said so.")
    page.get_by_label("What does not fit with it?").fill(
        "I have been there nine years. She asked me to train Sam."
    )
    page.get_by_text(re.compile("^Saved")).wait_for()
    take(page, "worksheet")
    page.get_by_role("button", name="Next").click()
    fairer = "Being late is a real problem. It does not undo nine years of work."
    page.get_by_label("What is a fairer way to see it?").fill(fairer)
    for slider in page.get_by_role("slider").all():
        slider.press("Home")
        for _ in range(8):
            slider.press("ArrowRight")
    page.get_by_role("button", name="Finish").click()
    page.get_by_text("Done.").wait_for()
    take(page, "done")


def as_clinician(page: Page, password: str) -> None:
    """Go through a therapist's morning: caseload, client."""
    sign_in(page, CLINICIAN, password)
    take(page, "caseload")
    follow(page, "Ava Example", "Ava Example")
    take(page, "client")


def render_report(home: Path) -> Path:
    """Render the client's progress report for the clinician; return the page."""
    clinic = home / "iopkit" / "demo"
    place = {"IOPKIT_DATABASE_URL": str(clinic / "clinic.db"), "IOPKIT_KEY_FILE": str(clinic / "key")}
    order = ["report", "progress", "--for", CLINICIAN, "--client", CLIENT, "--out", str(home / "out")]
    subprocess.run([sys.executable, "-m", "iopkit", *order], env={**os.environ, **place}, check=True)  # noqa: S603
    return home / "out" / f"progress-{CLIENT}.html"


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with demo(Path(folder)) as (address, password):
            for person in (as_client, as_clinician):
                page = browser.new_context(viewport=SIZES[0]).new_page()
                page.goto(address)
                person(page, password)
        page = browser.new_page()
        page.goto(render_report(Path(folder)).as_uri())
        take(page, "report")
        browser.close()


if __name__ == "__main__":
    main()
