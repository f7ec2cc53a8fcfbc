"""Nothing typed is lost: a slow and broken network, a kernel killed while somebody writes."""

import os
import re
import signal
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect
from server_process import Running
from serving import PATIENCE, clinic, focused, open_worksheet, saved, sign_in, tab_to
from slow_network import SlowNetwork

TEXT = (
    "We were late and I said it was fine. Then at the door he asked again whether I had called, "
    "and I heard my own voice get loud. I went to the car and sat there until my hands were quiet. "
) * 2


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("faults")) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def stored(server: Running, user: str) -> str:
    """Return what the store holds of what happened."""
    drafts = server.store.desk_for(user).drafts()
    return next(
        draft.answers.get("situation", "") for draft in drafts if draft.worksheet_id == "thought-record"
    )


def type_slowly(page: Page, text: str) -> None:
    page.keyboard.type(text, delay=8)


def test_with_400_milliseconds_of_latency_and_a_kernel_killed_twice_every_letter_is_stored(server, page):
    with SlowNetwork(urlparse(server.address).port, 0.2) as network:
        sign_in(page, f"http://127.0.0.1:{network.port}/", "ann")
        open_worksheet(page, "Thought record")
        tab_to(page, "What happened")
        third = len(TEXT) // 3

        for part in (TEXT[:third], TEXT[third : 2 * third]):
            type_slowly(page, part)
            for kernel in server.kernels():
                os.kill(kernel.pid, signal.SIGKILL)
        type_slowly(page, TEXT[2 * third :])

        expect(page.get_by_role("textbox", name="What happened")).to_have_value(TEXT)
        assert "What happened" in focused(page)
        line = page.locator(".save-state")
        expect(line).not_to_have_attribute("data-state", "saved")
        expect(line).to_have_text(re.compile("Not saved|Offline|Saved"))
        saved(page)
        assert stored(server, "ann") == TEXT


def test_when_the_wire_is_cut_again_and_again_every_letter_is_stored(server, page):
    with SlowNetwork(urlparse(server.address).port, 0.02) as network:
        sign_in(page, f"http://127.0.0.1:{network.port}/", "ben")
        open_worksheet(page, "Thought record")
        tab_to(page, "What happened")

        for start in range(0, len(TEXT), 60):
            type_slowly(page, TEXT[start : start + 60])
            network.cut()

        saved(page)
        assert stored(server, "ben") == TEXT


def test_a_server_that_is_gone_is_said_and_what_was_typed_stays_on_the_page(tmp_path, page):
    with clinic(tmp_path) as server:
        sign_in(page, server.address, "ann")
        open_worksheet(page, "Thought record")
        tab_to(page, "What happened")
        type_slowly(page, "before")
        saved(page)

        server.process.kill()
        type_slowly(page, " and after")

        line = page.locator(".save-state")
        expect(line).to_have_attribute("data-state", "kept", timeout=PATIENCE)
        expect(page.get_by_role("textbox", name="What happened")).to_have_value("before and after")
        assert stored(server, "ann") == "before"
