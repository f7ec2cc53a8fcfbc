"""Every page: no other host, little to transfer a second time, nothing that axe-core objects to."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect
from server_process import PASSWORD, Running, probe_notebooks, running
from serving import PATIENCE, ROOT, axe, clinic, hosts, open_worksheet, sign_in

from iopkit.server.options import Newcomer
from iopkit.worksheets.place import content_folder

WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("pages")) as server:
        yield server


def new_page(browser: Browser, width: int = 390, **given: object) -> Page:
    still = {"reduced_motion": "reduce"}  # axe must not look while something fades in
    context = browser.new_context(viewport={"width": width, "height": 844}, **still, **given)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.mark.parametrize("user", ["ann", "dee"])
def test_no_page_asks_any_other_host_for_anything(server, browser, user):
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    asked = hosts(context)
    page = context.new_page()

    sign_in(page, server.address, user)
    if user == "ann":
        open_worksheet(page, "Thought record")
    else:
        page.get_by_role("link", name="Ann Invented").first.click()
        expect(page.get_by_role("heading", name="Ann Invented", level=1)).to_be_visible()
    page.goto(server.address + "nowhere")
    context.close()

    assert asked == {server.address.removeprefix("http://").rstrip("/")}


def test_a_second_visit_transfers_less_than_fifty_kilobytes(server, browser):
    page = new_page(browser)
    sign_in(page, server.address, "ann")
    open_worksheet(page, "Thought record")
    received = Received(page.context.new_cdp_session(page))

    page.reload()
    expect(page.locator(".sd-page").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    page.context.close()

    assert 1 < received.kilobytes < 50


class Received:
    """Counts what comes over the network, compressed and with headers; a cached file counts nothing."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.on("Network.dataReceived", lambda event: self.add(event["encodedDataLength"]))
        session.on(
            "Network.webSocketFrameReceived", lambda event: self.add(len(event["response"]["payloadData"]))
        )
        session.send("Network.enable")

    def add(self, count: int) -> None:
        self.bytes += count

    @property
    def kilobytes(self) -> float:
        return self.bytes / 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_servers_own_pages(server, browser, width, scheme):
    page = new_page(browser, width, color_scheme=scheme)
    found = {}

    for path in ("sign-in", "sign-in?locked=1", "nowhere"):
        page.goto(server.address + path)
        found[path] = axe(page)
    page.goto(server.address + "sign-in")
    page.fill("#user", "nobody")
    page.fill("#password", "wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["sign-in, refused"] = axe(page)
    page.context.close()

    assert {name: violations for name, violations in found.items() if violations} == {}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("user", ["ann", "dee"])
def test_axe_finds_nothing_on_the_apps(server, browser, user, width):
    page = new_page(browser, width)
    sign_in(page, server.address, user)
    found = {"home": axe(page)}

    if user == "ann":
        open_worksheet(page, "Thought record")
        found["worksheet"] = axe(page)
        page.get_by_role("link", name="My record").click()
        expect(page.locator("main h1")).not_to_have_text("Thought record")
        found["record"] = axe(page)
    else:
        page.get_by_role("link", name="Ann Invented").first.click()
        expect(page.get_by_role("heading", name="Ann Invented", level=1)).to_be_visible()
        found["client"] = axe(page)
    page.get_by_role("button", name="Help now").click()
    found["help"] = axe(page)
    page.goto(server.address + ("clinician" if user == "ann" else "client"))
    found["not yours"] = axe(page)
    page.context.close()

    assert {name: violations for name, violations in found.items() if violations} == {}


def test_help_opens_without_a_network(server, browser):
    page = new_page(browser)
    sign_in(page, server.address, "ann")

    page.context.set_offline(True)
    page.get_by_role("button", name="Help now").click()

    expect(page.get_by_role("link", name="Call 988")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    page.context.close()


def test_signing_out_leaves_nothing_in_the_browser(server, browser):
    page = new_page(browser)
    sign_in(page, server.address, "ann")
    open_worksheet(page, "Thought record")

    page.locator("details.who summary").click()
    page.get_by_role("button", name="sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    kept = page.evaluate("() => [localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]
    assert [cookie["name"] for cookie in page.context.cookies() if "iopkit" in cookie["name"]] == []
    page.go_back()
    expect(page.locator("#user")).to_be_visible()
    page.context.close()


def test_an_invented_clinic_names_its_people_on_the_sign_in_page(tmp_path, browser):
    invented = Newcomer("ava", "Ava Example, client")
    with running(
        tmp_path,
        notebooks=content_folder("notebooks"),
        assets=ROOT / "iopkit" / "widgets" / "static",
        demo=[[invented.user, invented.who]],
        demo_password=PASSWORD,
    ) as server:
        page = new_page(browser)
        page.goto(server.address)
        page.get_by_text("Who can sign in").click()

        expect(page.get_by_role("cell", name="Ava Example, client")).to_be_visible()
        expect(page.get_by_text(PASSWORD)).to_be_visible()
        assert axe(page) == []
        page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_that_could_not_be_made_says_so_once_and_plainly(tmp_path, browser, width):
    built = ROOT / "iopkit" / "widgets" / "static"
    with running(tmp_path, notebooks=probe_notebooks(tmp_path / "notebooks"), assets=built) as server:
        server.store.add_person("client", "ann", "Ann Invented", zone="UTC", password=PASSWORD)
        page = new_page(browser, width)
        page.goto(server.address + "worksheets/broken")
        page.fill("#user", "ann")
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("This page could not be opened")
        expect(page.get_by_text("Opening your page")).to_have_count(0)
        expect(page.get_by_role("link", name="Call 988")).to_be_visible()
        assert axe(page) == []
        page.context.close()
