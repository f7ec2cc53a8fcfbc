"""Saves in Chromium under fourteen faults, and a form of stock ipywidgets that is hit by the same beside it.

A save is what a person does: they write, and wait until the page says that it is saved. Of ours none may be
lost, altered, doubled, or called saved before it is committed. What became of the other form's is told.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import breaking
import pytest
from breaking import SEED, Site
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from serving import PATIENCE, add, clinic, saved, served, sign_in
from slow_network import SlowNetwork
from stock_form import kept, stock_site, write

from iopkit.clinic.desk import Desk

CULL = 5
OPTIONS = {"pages_a_minute": 10_000, "cull_seconds": CULL, "unclaimed_seconds": 5.0}
SHEET, TITLE, FIELD = "pet-time", "Time with an animal", "Who were you with?"
WATCH = """
  let before = "";
  new MutationObserver(() => {
    const now = document.querySelector(".save-state")?.dataset.state ?? "";
    if (now === before) return;
    before = now;
    const words = document.querySelector("[data-name=animal] input")?.value ?? "";
    if (now === "saved" && words) window.iopkitSaid(words);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
"""
KEY_MS, HAND_MS = 10, 300
"""From key to key, and from the last key to the button of the other form, as for a quick hand."""
NAMES = [fault.__name__ for fault in breaking.BREAKS] + ["reloaded", "pressed_twice", "culled"]
FEW = ["kernel_killed", "reloaded", "pressed_twice"]


@dataclass
class Tally:
    """What became of the saves of one form."""

    saves: int = 0
    heard: int = 0
    """How often the page said that something is saved."""
    lost: int = 0
    altered: int = 0
    doubled: int = 0
    too_soon: int = 0
    """How often the page said "saved" when what was written was not stored."""
    hurt_by: list[str] = field(default_factory=list)

    def bad(self) -> dict[str, int]:
        """Return the counts that should all be zero."""
        return {
            name: count for name, count in asdict(self).items() if name not in ("saves", "heard", "hurt_by")
        }


class Ours:
    """Somebody at our page: each save is a new text in one field of a draft."""

    def __init__(self, site: Site, context: BrowserContext, tally: Tally) -> None:
        self.site, self.tally, self.handed_in = site, tally, 0
        self.desk: Desk = site.server.store.desk_for("zoe")
        context.expose_function("iopkitSaid", self.said)
        context.add_init_script(WATCH)
        self.page: Page = context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())  # "leave this page?": yes
        sign_in(self.page, site.near.address, "zoe")
        self.open()

    def open(self) -> None:
        """Open a new draft."""
        key = self.desk.seal(f"worksheet:{SHEET}")
        self.page.evaluate("(key) => { location.hash = key; }", key)
        expect(self.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible(timeout=PATIENCE)
        expect(self.field).to_have_value("", timeout=PATIENCE)

    @property
    def field(self):
        return self.page.get_by_role("textbox", name=FIELD)

    def stored(self) -> str:
        """Return what the store holds of the draft."""
        drafts = [one for one in self.desk.drafts() if one.worksheet_id == SHEET]
        assert len(drafts) <= 1
        return str(drafts[0].answers.get("animal", "")) if drafts else ""

    def entries(self) -> list[str]:
        """Return what was handed in, in order."""
        found = [one for one in self.desk.entries(self.desk.person.id) if one.worksheet_id == SHEET]
        return sorted(str(one.answers["animal"]) for one in found)

    def said(self, words: str) -> None:
        """Take note that the page says that these words are saved."""
        self.tally.heard += 1
        self.tally.too_soon += words not in (self.stored(), *self.entries())

    def write(self, text: str) -> None:
        """Write a text into the field, key by key."""
        self.field.focus()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text, delay=KEY_MS)

    def save(self, name: str, text: str) -> None:
        """Write and wait until it is saved, hit by a fault."""
        self.tally.saves += 1
        with FAULTS[name](self.site, self):
            self.write(text)
            if name == "reloaded":
                self.page.reload()
            elif name == "pressed_twice":
                return self.hand_in(text)
            elif name == "culled":
                self.site.server.wait_for_kernels(0, seconds=60)
                self.site.network.plug()
            saved(self.page)
        stored = self.stored()
        shown = self.field.input_value()
        self.tally.lost += stored == ""
        self.tally.altered += (stored, shown) != (text, text)
        if (stored, shown) != (text, text):
            self.tally.hurt_by.append(f"{name}: {stored!r}, {shown!r}")
        return None

    def hand_in(self, text: str) -> None:
        """Press "Finish" twice as fast as a hand can, and look how often it was handed in."""
        self.page.get_by_role("button", name="Finish").dblclick()
        expect(self.page.get_by_text("Done.")).to_be_visible(timeout=PATIENCE)
        self.handed_in += 1
        entries = self.entries()
        self.tally.lost += text not in entries
        self.tally.doubled += len(entries) - self.handed_in
        self.open()


class Theirs:
    """Somebody at a form of stock ipywidgets, who presses Save and waits a while until it says so."""

    def __init__(self, site: Site, context: BrowserContext, tally: Tally) -> None:
        self.site, self.tally, self.context = site, tally, context
        self.page = context.new_page()
        self.open()

    def open(self) -> None:
        """Open the form anew."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.goto(self.site.near.address)
        self.page.locator("textarea").wait_for()

    def says_saved(self, before: str, seconds: float) -> bool:
        """Wait until the page says "saved" once more, and return whether it did."""
        try:
            self.page.wait_for_function(
                """(before) => [...document.querySelectorAll(".widget-label")].some(
                  (one) => one.innerText.startsWith("saved") && one.innerText !== before)""",
                arg=before,
                timeout=seconds * 1000,
            )
        except Error:
            return False
        return True

    def save(self, name: str, text: str) -> None:
        """Write, press Save and wait, hit by a fault; who sees nothing presses again, then loads it anew."""
        self.tally.saves += 1
        before = len(kept(self.site.database))
        label = self.page.locator(".widget-label").last
        old, said = label.inner_text(), False
        with FAULTS[name](self.site, self):
            self.page.locator("textarea").focus()
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.type(text, delay=KEY_MS)
            self.page.wait_for_timeout(HAND_MS)
            button = self.page.get_by_role("button", name="Save")
            button.dblclick() if name == "pressed_twice" else button.click()
            if name == "reloaded":
                self.page.reload()
                self.page.locator("textarea").wait_for()
            elif name == "culled":
                self.site.server.wait_for_kernels(0, seconds=60)
                self.site.network.plug()
            said = self.says_saved(old, 8)
            if not said and name != "reloaded":
                button.click()
                said = self.says_saved(old, 8)
        rows = kept(self.site.database)[before:]
        self.tally.lost += text not in rows
        self.tally.altered += any(row != text for row in rows)
        self.tally.doubled += rows.count(text) > 1
        self.tally.heard += said
        self.tally.too_soon += said and text not in rows
        if rows != [text]:
            self.tally.hurt_by.append(name)
        if name != "none":
            self.open()


@contextmanager
def none(_site: Site, _hand: Ours | Theirs) -> Iterator[None]:
    yield


@contextmanager
def away(site: Site, _hand: Ours | Theirs) -> Iterator[None]:
    """Pull the network out; who writes plugs it in again when the kernel is gone."""
    site.network.unplug()
    yield


def broken(fault: Callable[[Site], AbstractContextManager[None]]):
    return lambda site, _hand: fault(site)


FAULTS = {fault.__name__: broken(fault) for fault in breaking.BREAKS}
FAULTS |= {"none": none, "reloaded": none, "pressed_twice": none, "culled": away}


@contextmanager
def our_site(folder: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        server = stack.enter_context(clinic(folder, **OPTIONS))
        add(server, "client", "zoe")
        port = urlparse(server.address).port or 0
        network = stack.enter_context(SlowNetwork(port, 0.0))
        again = lambda: stack.enter_context(served(folder, port=port, **OPTIONS))  # noqa: E731
        yield Site(server, network, folder / "clinic.db", again, random.Random(SEED))


@contextmanager
def their_site(folder: Path) -> Iterator[Site]:
    notebook, file = write(folder)
    with ExitStack() as stack:
        server = stack.enter_context(stock_site(notebook, CULL))
        port = urlparse(server.address).port or 0
        network = stack.enter_context(SlowNetwork(port, 0.0))
        again = lambda: stack.enter_context(stock_site(notebook, CULL, port))  # noqa: E731
        yield Site(server, network, file, again, random.Random(SEED))


def measured(browser: Browser, site: Site, kind: type[Ours | Theirs], names: list[str], calm: int) -> Tally:
    """Return what became of the saves of one person: one hit by each fault, and some that are not."""
    tally = Tally()
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        context.set_default_timeout(PATIENCE)
        hand = kind(site, context, tally)
        for number, name in enumerate(names):
            hand.save(name, f"{name} {number}: two crows 🙂")
            for other in range(calm):
                hand.save("none", f"{name} {number}: then {other}")
    return tally


def test_saves_in_a_browser_under_three_faults(browser: Browser, tmp_path: Path):
    with our_site(tmp_path) as site:
        ours = measured(browser, site, Ours, FEW, calm=1)

        assert (ours.saves, ours.heard >= len(FEW)) == (2 * len(FEW), True)
        assert (ours.bad(), ours.hurt_by) == (dict.fromkeys(ours.bad(), 0), [])
        assert site.server.store.prove().fault == ""


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_saves_in_a_browser_under_fourteen_faults_and_a_stock_form_beside_them(
    browser: Browser, tmp_path: Path, record_property
):
    names = 2 * NAMES
    with our_site(tmp_path) as site:
        ours = measured(browser, site, Ours, names, calm=3)
        proof = site.server.store.prove()
    with their_site(tmp_path / "theirs") as site:
        theirs = measured(browser, site, Theirs, names, calm=3)
    for name, tally in (("ours", ours), ("theirs", theirs)):
        record_property(name, asdict(tally))

    assert ours.saves == theirs.saves == 112
    assert ours.heard >= 108
    assert (ours.bad(), ours.hurt_by) == (dict.fromkeys(ours.bad(), 0), [])
    assert proof.fault == ""
    assert theirs.lost > 0
