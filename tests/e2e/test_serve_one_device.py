"""One browser between two partners: a sealed exercise played to its end through hand-overs."""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect
from server_process import PASSWORD
from serving import PATIENCE, axe, sign_in
from test_serve_drill import prepare, serving, text

pytestmark = pytest.mark.timeout(600)
PINS = {"Ann Invented": "380251", "Ben Invented": "907416"}
ANN_SEALED, BEN_SEALED = "marmalade by the canal", "herons at the weir"
ANN_ALONE = "walnuts that only Ann knows of"
TITLE = "Think about the same thing, apart"


@pytest.fixture
def server(tmp_path):
    """Run a server for a couple whose joint work is open, and their couples therapist."""
    with serving(tmp_path, spare_kernels=1) as made:
        prepare(made)
        yield made


def write_alone(store):
    """Let Ann hand in something that only she may read."""
    desk = store.desk_for("ann")
    draft = desk.draft("thought-record")
    answers = {"situation": ANN_ALONE}
    desk.save(draft.id, message_id="w", answers=answers, changed=answers, base=draft.base, submit=True)


class Device:
    """One browser that two people hand to each other; everything that reaches it is kept."""

    def __init__(self, browser):
        self.context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        self.wire = []
        self.page = None
        self.tab()

    def tab(self):
        """Open one more tab and turn to it."""
        self.page = self.context.new_page()
        self.page.on("websocket", self.listen)
        self.page.on("response", self.read)
        return self.page

    def listen(self, socket):
        socket.on("framereceived", lambda frame: self.wire.append(text(frame)))

    def read(self, response):
        if response.request.resource_type == "document" and response.status == 200:
            self.wire.append(response.text())

    def share(self):
        """Set Ann's PIN, and let Ben prove himself and choose his."""
        page = self.page
        page.get_by_role("link", name="The two of you").click()
        page.get_by_role("link", name="One device for the two of you").click()
        expect(page.get_by_role("heading", name="First, your own PIN")).to_be_visible(timeout=PATIENCE)
        assert self.faults() == []
        page.locator("#old").fill(PASSWORD)
        self.choose("Ann Invented", "Keep this PIN")
        expect(page.get_by_role("heading", name="Now Ben Invented")).to_be_visible(timeout=PATIENCE)
        assert self.faults() == []
        page.locator("#password").fill(PASSWORD)
        self.choose("Ben Invented", "Share this device")
        expect(page.locator("#iopkit-app main h1")).to_be_visible(timeout=PATIENCE)

    def faults(self):
        """Return what axe-core finds on the page, light and dark."""
        found = []
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += axe(self.page)
        return found

    def choose(self, name, button):
        for field in ("#pin", "#pin-again"):
            self.page.locator(field).fill(PINS[name])
        self.page.get_by_role("button", name=button).click()

    def into(self, title):
        self.page.get_by_role("link", name="The two of you").click()
        self.page.get_by_role("button", name=f"Open: {title}").click()
        expect(self.page.locator(".drill h1")).to_be_visible(timeout=PATIENCE)

    def give(self, to):
        """Hand the device over; return when it asks for who takes it."""
        self.page.get_by_role("button", name=f"Hand over to {to}").click()
        expect(self.page.get_by_role("heading", name=f"Give the device to {to}")).to_be_visible(
            timeout=PATIENCE
        )

    def take(self, name, digits=None):
        self.page.locator("#pin").fill(digits or PINS[name])
        self.page.get_by_role("button", name=f"Go on as {name}").first.click()

    def wrong(self, first, second):
        """Press "Wrong person" there and back again."""
        for name in (first, second):
            self.page.get_by_role("button", name=f"Wrong person: I am {name}").click()
            asked = self.page.get_by_role("heading", name=f"Give the device to {name}")
            expect(asked).to_be_visible(timeout=PATIENCE)

    def answer(self, words):
        expect(self.page.locator("#drill-answer")).to_be_visible(timeout=PATIENCE)
        self.page.locator("#drill-answer").fill(words)
        self.page.get_by_role("button", name="Seal it").click()

    def seal(self, words):
        self.answer(words)
        expect(self.page.get_by_role("button", name="Take it back")).to_be_visible(timeout=PATIENCE)

    def held(self):
        """Return all that this browser has of anybody now: what stands on each page, and what is stored."""
        found = []
        for page in self.context.pages:
            found.append(page.content())
            found.append(
                page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.title])")
            )
            found.append(page.evaluate("indexedDB.databases().then((all) => JSON.stringify(all))"))
            found.append(page.evaluate("caches.keys().then((all) => JSON.stringify(all))"))
        return "\n".join([*found, str(self.context.storage_state())])


def test_a_sealed_exercise_is_played_to_its_end_on_one_device(browser, server, tmp_path):
    device = Device(browser)
    sign_in(device.page, server.address, "ann")
    device.share()
    other_tab = device.page
    device.tab().goto(server.address)
    device.into(TITLE)
    device.seal(ANN_SEALED)
    assert device.faults() == []

    device.give("Ben Invented")
    assert device.faults() == []
    expect(other_tab.get_by_role("heading", name="Give the device to")).to_be_visible(timeout=PATIENCE)
    locked_at = len(device.wire)
    assert "marmalade" not in device.held()
    device.page.go_back()
    expect(device.page.get_by_role("heading", name="Give the device to Ben")).to_be_visible(timeout=PATIENCE)
    device.wrong("Ann Invented", "Ben Invented")
    device.take("Ben Invented", PINS["Ann Invented"])
    expect(device.page.get_by_role("alert")).to_have_text("That PIN does not fit.", timeout=PATIENCE)
    server.process.kill()
    server.process.wait()
    with serving(tmp_path, port=urlparse(server.address).port):
        device.take("Ben Invented")
        expect(device.page.locator("#drill-answer")).to_be_visible(timeout=PATIENCE)
        assert "marmalade" not in device.held()
        assert not any("marmalade" in one for one in device.wire[locked_at:])
        device.answer(BEN_SEALED)
        expect(device.page.get_by_text(ANN_SEALED)).to_be_visible(timeout=PATIENCE)
        device.page.get_by_role("button", name="We have read it").click()
        expect(device.page.get_by_text("This exercise is done.")).to_be_visible(timeout=PATIENCE)
        device.page.get_by_role("link", name="The two of you").first.click()
        expect(device.page.get_by_role("button", name=f"Open: {TITLE}")).to_be_visible(timeout=PATIENCE)
        assert device.faults() == []
        device.page.get_by_role("button", name="Hand over to Ann Invented").click()
        device.take("Ann Invented")
        expect(device.page.locator("#iopkit-app main h1")).to_be_visible(timeout=PATIENCE)
    device.context.close()


def test_what_a_partner_wrote_alone_never_comes_back_on_a_shared_device(browser, server):
    device = Device(browser)
    sign_in(device.page, server.address, "ann")
    device.share()
    write_alone(server.store)
    device.page.goto(server.address)
    alone = device.tab()
    alone.goto(f"{server.address}client")
    alone.get_by_role("link", name=re.compile("My record")).click()
    expect(alone.get_by_text(ANN_ALONE).first).to_be_visible(timeout=PATIENCE)
    address = alone.url

    device.context.set_offline(True)
    alone.get_by_role("button", name="Hand over to Ben Invented").click()
    expect(alone.get_by_role("alert").get_by_text("Not handed over")).to_be_visible(timeout=PATIENCE)
    device.context.set_offline(False)
    device.give("Ben Invented")
    expect(alone.get_by_role("heading", name="Give the device to Ben")).to_be_visible(timeout=PATIENCE)

    assert ANN_ALONE not in device.held()
    device.take("Ben Invented")
    expect(device.page.locator("#iopkit-app main h1")).to_have_text("The two of you", timeout=PATIENCE)
    since = len(device.wire)
    for where in (address, f"{server.address}library", f"{server.address}your-sign-in"):
        device.page.goto(where)
        expect(device.page.locator("main h1")).to_be_visible(timeout=PATIENCE)
    device.page.goto(address)
    device.page.get_by_role("button", name="Hand over to Ann Invented").click()
    device.take("Ann Invented")
    expect(device.page.locator("#iopkit-app main h1")).to_be_visible(timeout=PATIENCE)
    device.page.goto(address)
    expect(device.page.locator("main h1")).to_have_text("Only what is of both of you is open here")
    assert ANN_ALONE not in device.held()
    assert not any(ANN_ALONE in one for one in device.wire[since:])
    device.page.get_by_role("button", name="Hand over to Ben Invented").click()
    device.page.get_by_role("button", name="Stop sharing this device").click()
    expect(device.page.locator("#user")).to_be_visible(timeout=PATIENCE)
    assert [cookie["name"] for cookie in device.context.cookies() if "iopkit" in cookie["name"]] == []
    device.context.close()
