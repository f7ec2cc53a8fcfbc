"""Pull the network, kill what there is to kill, close the page: every letter comes through, to no other."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from postgres_homes import PostgresHomes
from server_process import Running
from serving import PATIENCE, clinic, open_worksheet, saved, served, sign_in, tab_to
from slow_network import SlowNetwork
from test_serve_canaries import hits

BEFORE = "We were late and I said it was fine."
OUT = " Then the network went, in the tunnel, and I wrote on 🙂."
GONE = " And the server went too; I did not notice."
MARK = "zebrafinch"


@pytest.fixture(params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """Name an empty store on each database, as a server's options."""
    if request.param == "sqlite":
        return {}
    homes: PostgresHomes = request.getfixturevalue("postgres_homes")
    address, key = homes.prepare()
    return {"database": address, "key_file": shutil.copy(key, tmp_path / "key")}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def port(server: Running) -> int:
    found = urlparse(server.address).port
    assert found
    return found


def end(server: Running) -> None:
    """Kill the kernels, then the server, without a word to anybody."""
    for kernel in server.kernels():
        os.kill(kernel.pid, signal.SIGKILL)
    server.process.kill()
    server.process.wait()


def stored(server: Running, user: str = "ann") -> list[str]:
    """Return what the store holds of what happened, in each open draft."""
    drafts = server.store.desk_for(user).drafts()
    return [draft.answers["situation"] for draft in drafts if "situation" in draft.answers]


def begin(page: Page, network: SlowNetwork, user: str = "ann") -> None:
    """Sign in and be in the first field of a thought record, with a secret to seal with."""
    sign_in(page, f"http://127.0.0.1:{network.port}/", user)
    open_worksheet(page, "Thought record")
    tab_to(page, "What happened")
    page.keyboard.type(BEFORE)
    saved(page)


def kept(page: Page) -> None:
    """Wait until all that is unsent lies in the browser."""
    expect(page.locator(".save-state")).to_have_text("Offline – kept in this browser", timeout=PATIENCE)


def test_type_pull_the_network_type_on_kill_kernel_and_server_return_and_every_letter_is_there(
    home: dict[str, Any], tmp_path: Path, page: Page
) -> None:
    with clinic(tmp_path, **home) as server, SlowNetwork(port(server), 0.01) as network:
        begin(page, network)

        network.unplug()
        page.keyboard.type(OUT)
        kept(page)
        end(server)
        page.keyboard.type(GONE)
        assert stored(server) == [BEFORE]
        with served(tmp_path, port=port(server), **home) as again:
            network.plug()
            saved(page)

            assert stored(again) == [BEFORE + OUT + GONE]
            expect(page.get_by_role("textbox", name="What happened")).to_have_value(BEFORE + OUT + GONE)
            assert page.evaluate("() => localStorage.length") == 0
            assert again.store.verify() is None


@contextmanager
def own_profile(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    """Start a browser with a profile that stays on disk."""
    from iopkit.bench.browser import QUIET, find_browser

    options = {"executable_path": find_browser(), "args": list(QUIET)}
    with browser.browser_type.launch_persistent_context(str(folder), **options) as context:
        context.set_default_timeout(PATIENCE)
        yield context


def test_a_browser_closed_offline_gives_its_text_to_its_person_alone(
    browser: Browser, tmp_path: Path
) -> None:
    """Ann writes in a tunnel and closes the browser; Ben signs in there; then Ann does."""
    profile = tmp_path / "profile"
    place = tmp_path / "place"
    place.mkdir()
    with clinic(place) as server, SlowNetwork(port(server), 0.0) as network:
        with own_profile(browser, profile) as context:
            page = context.new_page()
            begin(page, network)
            network.unplug()
            page.keyboard.type(f" {MARK} in the tunnel")
            kept(page)
        assert hits(profile, MARK) == []
        assert hits(profile, "iopkit-kept-") != []

        network.plug()
        with own_profile(browser, profile) as context:
            page = context.new_page()
            sign_in(page, f"http://127.0.0.1:{network.port}/", "ben")
            open_worksheet(page, "Thought record")
            tab_to(page, "What happened")
            page.keyboard.type("of Ben")
            saved(page)
            assert page.get_by_text("Sent now").count() == 0
            assert page.evaluate("() => localStorage.length") == 1
            assert MARK not in page.content()
        assert hits(profile, MARK) == []
        assert (stored(server), stored(server, "ben")) == ([BEFORE], ["of Ben"])

        with own_profile(browser, profile) as context:
            page = context.new_page()
            context.clear_cookies()
            sign_in(page, f"http://127.0.0.1:{network.port}/", "ann")
            expect(page.get_by_text("Sent now: what you wrote in “Thought record”")).to_be_visible()
            assert page.evaluate("() => localStorage.length") == 0

        assert stored(server) == [f"{BEFORE} {MARK} in the tunnel"]
        assert hits(profile, MARK) == []
