"""A screen that is safe to share, in a real browser: no hidden text in its pages, frames and HTML."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from server_process import Running
from serving import PATIENCE, axe, clinic, sign_in, treat
from test_serve_together import heard

HIDDEN = ("note-canary", "review-canary", "item-canary", "alert-canary", "Ben Invented", "urge-canary")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("screen")) as server:
        treat(server, "dee", "ben", ("thought-record",))
        store, dee = server.store, server.store.desk_for("dee")
        ann, today = store.person("ann"), dee.care_team(store.person("ann").id)[0].since
        thought = hand_in(server, "ann", "thought-record", {"situation": "He did not write back."})
        urge = hand_in(server, "ann", "urge-log", {"learned": "urge-canary"})
        hand_in(server, "ann", "phq-9", {f"phq9_{number}": 1 for number in range(1, 10)})
        until = today.replace(year=today.year + 1)
        store.desk_for("ann").share(
            urge, dee.person.id, until=until, purpose="care", signature="Ann Invented"
        )
        dee.note(ann.id, "individual", "note-canary", entry_id=thought)
        dee.note(ann.id, "individual", "item-canary", entry_id=thought, item="situation")
        dee.review(thought, 3, "review-canary")
        dee.acknowledge(dee.alerts()[0].id, "alert-canary")
        yield server


def hand_in(server: Running, user: str, worksheet: str, answers: dict[str, object]) -> str:
    desk = server.store.desk_for(user)
    entry = desk.draft(worksheet)
    desk.save(entry.id, message_id="m", answers=answers, changed=list(answers), base=0, submit=True)
    return entry.id


def load(page: Page, address: str = "") -> str:
    """Load a page anew (or one at another address) and return its HTML as the server sent it."""
    with page.expect_response(lambda got: "/clinician" in got.url and got.status == 200) as found:
        if address:
            page.goto(address)
        else:
            page.reload()
    html: str = found.value.text()
    return html


def test_a_shared_screen_holds_nothing_hidden_also_after_a_reload(server: Running, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        frames, documents = heard(page), []
        sign_in(page, server.address, "dee")
        page.get_by_role("link", name="Ann Invented").first.click()
        expect(page.get_by_text("alert-canary")).to_be_visible(timeout=PATIENCE)
        before = {mark for mark in HIDDEN if any(mark in frame for frame in [*frames, page.content()])}

        frames.clear()
        page.get_by_role("link", name="Make this screen safe to share").click()
        banner = page.get_by_text("This screen is safe to share")
        expect(banner).to_be_visible(timeout=PATIENCE)
        contents = [page.content()]
        assert axe(page) == []
        hand_in(server, "ben", "thought-record", {"situation": "Somebody else's work arrives."})
        page.get_by_role("link", name="Thought record").first.click()
        expect(page.get_by_role("heading", name="Thought record", level=1)).to_be_visible(timeout=PATIENCE)
        contents.append(page.content())
        documents.append(load(page))
        expect(page.get_by_role("heading", name="Thought record", level=1)).to_be_visible(timeout=PATIENCE)
        expect(banner).to_be_visible(timeout=PATIENCE)
        contents.append(page.content())
        page.go_back()
        expect(page.get_by_role("heading", name="Ann Invented", level=1)).to_be_visible(timeout=PATIENCE)
        documents.append(load(page))
        expect(page.get_by_role("heading", name="Ann Invented", level=1)).to_be_visible(timeout=PATIENCE)
        contents.append(page.content())
        documents.append(load(page, f"{server.address}clinician"))
        heading = page.get_by_role("heading", name="This screen is safe to share")
        expect(heading).to_be_visible(timeout=PATIENCE)
        contents.append(page.content())
        everything = [*contents, *frames, *documents]

        assert "alert-canary" in before
        assert len(documents) == 3
        assert len(frames) > 10
        assert {mark for mark in HIDDEN if any(mark in text for text in everything)} == set()

        page.get_by_role("link", name="Stop sharing and open the caseload").click()
        expect(page.get_by_role("link", name="Ben Invented").first).to_be_visible(timeout=PATIENCE)
        page.reload()
        expect(page.get_by_role("link", name="Ben Invented").first).to_be_visible(timeout=PATIENCE)
