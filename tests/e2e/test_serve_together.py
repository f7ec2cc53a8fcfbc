"""Two browsers in one draft through the real server: each sees what the other answers, and where they are."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect
from server_process import Running
from serving import PATIENCE, axe, clinic, open_worksheet, sign_in

NOTE = "private-note-canary: she looked away"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("together")) as server:
        yield server


@pytest.fixture
def rooms(browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Open two browsers that share nothing."""
    with (
        browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce") as phone,
        browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as desk,
    ):
        for one in (phone, desk):
            one.set_default_timeout(PATIENCE)
        yield phone, desk


def what_happened(page: Page) -> Locator:
    """Return the first field of the worksheet."""
    return page.get_by_role("textbox", name="What happened").first


def heard(page: Page) -> list[str]:
    """Return a list that fills with all that comes to a page by websocket."""
    frames: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    page.on("websocket", listen)
    return frames


def test_two_fill_in_one_draft_and_the_clinicians_notes_stay_hers(server, rooms):
    client, clinician = (context.new_page() for context in rooms)
    frames = heard(client)
    sign_in(client, server.address, "ann")
    open_worksheet(client, "Thought record")
    client.get_by_text("Fill in together", exact=True).click()
    client.get_by_role("button", name="Open it to fill in together").click()
    expect(client.get_by_text("Nobody else is here yet.")).to_be_visible()

    sign_in(clinician, server.address, "dee")
    clinician.get_by_role("link", name="Ann Invented").first.click()
    clinician.get_by_role("link", name="Fill it in together").click()
    expect(client.get_by_text("Dee Made-Up is here.")).to_be_visible()

    what_happened(clinician).fill("He did not write back.")
    expect(what_happened(client)).to_have_value("He did not write back.")
    expect(client.locator("[data-with='Dee Made-Up']")).to_be_visible()
    what_happened(client).fill("He did not call.")
    expect(what_happened(clinician)).to_have_value("He did not call.")

    clinician.get_by_label("A note on").fill(NOTE)
    clinician.get_by_role("button", name="Save the note").click()
    expect(clinician.locator(".item-notes .written")).to_have_text(NOTE)
    assert axe(clinician) == axe(client) == []

    client.reload()
    expect(what_happened(client)).to_have_value("He did not call.")
    what_happened(clinician).fill("He came.")
    expect(what_happened(client)).to_have_value("He came.")
    assert NOTE not in client.content()
    assert not any("private-note-canary" in frame for frame in frames)

    client.get_by_role("button", name="Close it to the others").click()
    expect(clinician.get_by_text("The client has closed this draft.")).to_be_visible()
