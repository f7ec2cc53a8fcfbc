"""A small clinic behind a real server, and a person's hands on its pages."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from server_process import PASSWORD, Running, running

from iopkit.worksheets.place import content_folder

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 60_000
"""Milliseconds to wait for a page on a busy machine."""


@contextmanager
def served(folder: Path, **options: Any) -> Iterator[Running]:
    """Yield a server with the real pages over whatever store is there."""
    built = ROOT / "iopkit" / "widgets" / "static"
    options.setdefault("spare_kernels", 1)
    with running(folder, notebooks=content_folder("notebooks"), assets=built, **options) as server:
        yield server


@contextmanager
def clinic(folder: Path, **options: Any) -> Iterator[Running]:
    """Yield a server: Ann and Ben are a couple, Dee treats Ann, Fay treats Ben, Eve treats nobody."""
    with served(folder, **options) as server:
        for user in ("ann", "ben"):
            add(server, "client", user)
        for user in ("dee", "fay", "eve"):
            add(server, "clinician", user, "individual")
        server.store.couple(*(server.store.person(user).id for user in ("ann", "ben")))
        treat(server, "dee", "ann", ("thought-record", "phq-9", "sleep-diary"))
        treat(server, "fay", "ben", ("thought-record",))
        yield server


def add(server: Running, kind: str, user: str, *domains: str) -> None:
    """Add a person who is called after their user name."""
    name = f"{user.title()} {'Invented' if kind == 'client' else 'Made-Up'}"
    server.store.add_person(kind, user, name, zone="UTC", password=PASSWORD, domains=domains)


def treat(server: Running, clinician: str, client: str, worksheets: Iterable[str]) -> None:
    """Let a clinician treat a client since a week ago, and give them something for every day."""
    today = datetime.now(UTC).date()
    person, store = server.store.person(client), server.store
    store.treat(person.id, store.person(clinician).id, "individual", today - timedelta(days=7))
    for worksheet in worksheets:
        store.desk_for(clinician).assign(
            person.id,
            worksheet,
            "individual",
            note="",
            rrule="FREQ=DAILY",
            due=time(23, 59),
            starts=today - timedelta(days=1),
        )


def sign_in(page: Page, address: str, user: str) -> None:
    """Sign in with the keyboard and wait for the person's own first view."""
    page.goto(address)
    page.locator("#user").focus()
    page.keyboard.type(user)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#iopkit-app main h1")).to_be_visible(timeout=PATIENCE)


def focused(page: Page) -> str:
    """Return what a screen reader would call the element that has focus."""
    return page.evaluate(
        """() => {
            const at = document.activeElement;
            if (at === document.body) return "";
            const ids = (at.getAttribute("aria-labelledby") ?? "").split(" ");
            const parts = ids.map((id) => document.getElementById(id)?.innerText ?? "");
            return [at.getAttribute("aria-label"), ...parts, at.labels?.[0]?.innerText, at.innerText]
                .filter(Boolean).join(" ");
        }"""
    )


def tab_to(page: Page, name: str, *, most: int = 80) -> None:
    """Press Tab until what has focus is called ``name``; on a busy machine its view may come late."""
    end = monotonic() + PATIENCE / 1000
    passed: list[str] = []
    while not passed or monotonic() < end:
        passed = []
        for _ in range(most):
            page.keyboard.press("Tab")
            passed.append(focused(page))
            if re.search(name, passed[-1]):
                return
    raise AssertionError(f"Tab never reached {name!r}: {passed}")


def write(page: Page, name: str, text: str) -> None:
    """Go to a field with the keyboard and type."""
    tab_to(page, name)
    page.keyboard.type(text)


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Go to a button or link with the keyboard and press it."""
    tab_to(page, name)
    page.keyboard.press(key)


def next_step(page: Page) -> None:
    """Press "Next" with the keyboard and wait until the next step is there and has taken the focus."""
    before = page.locator(".steps > span").inner_text()
    press(page, "^Next$")
    expect(page.locator(".steps > span")).not_to_have_text(before)


def open_worksheet(page: Page, title: str) -> None:
    """Open a worksheet from the home view with the keyboard."""
    page.keyboard.press("Control+Home")
    press(page, f"(Start|Go on|Continue).*{title}")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".sd-page").first).to_be_visible(timeout=PATIENCE)


def saved(page: Page) -> Locator:
    """Return the save line once it says that all is stored."""
    line = page.locator(".save-state")
    expect(line).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    return line


def axe(page: Page) -> list[str]:
    """Return axe-core's violations on this page, one line each."""
    # while the next view is slow to come, the last one is hidden, its heading too
    page.locator("h1:visible").first.wait_for(timeout=PATIENCE)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def hosts(context: BrowserContext) -> set[str]:
    """Return a set that fills with the host and port of everything this context's pages ask for."""
    asked: set[str] = set()

    def note(url: str) -> None:
        if not url.startswith(("data:", "blob:", "about:")):
            asked.add(re.sub(r"^\w+://([^/]+).*$", r"\1", url))

    def watch(page: Page) -> None:
        page.on("request", lambda request: note(request.url))
        page.on("websocket", lambda socket: note(socket.url))

    context.on("page", watch)
    return asked
