"""A browser that two partners share, at the server's doors: what it gives to whom, before and after."""

import re
from collections.abc import Iterator

import pytest
from server_process import PASSWORD, Browser, Running, probe_notebooks, running, stand_in_assets
from websockets.exceptions import ConnectionClosed

from iopkit.clinic.people import set_language
from iopkit.errors import SignInError
from iopkit.server.kernels import HANDED_OVER

pytestmark = pytest.mark.slow
ANN, BEN = "380251", "907416"
COUPLES = iter(range(1000))


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("hand-over")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    with running(folder, notebooks=notebooks, assets=assets, pages_a_minute=1000) as server:
        server.store.add_person("client", "cam", "Cam Invented", zone="UTC", password=PASSWORD)
        server.store.add_person(
            "clinician", "dee", "Dee Made-Up", zone="UTC", password=PASSWORD, domains=["couples"]
        )
        yield server


@pytest.fixture
def couple(server) -> tuple[str, str]:
    """Add two partners of their own for one test; return their user names."""
    number = next(COUPLES)
    users = (f"ann{number}", f"ben{number}")
    ids = [
        server.store.add_person("client", user, f"{name} Invented", zone="UTC", password=PASSWORD).id
        for user, name in zip(users, ("Ann", "Ben"), strict=True)
    ]
    server.store.couple(*ids)
    return users


@pytest.fixture
def browser(server, couple) -> Browser:
    """Return Ann's browser, shared with Ben; she holds it."""
    browser = server.browser()
    browser.sign_in(couple[0])
    browser.post("/hand-over", do="pin", old=PASSWORD, pin=ANN, again=ANN)
    shared = browser.post("/hand-over", do="share", password=PASSWORD, first="1", pin=BEN, again=BEN)
    assert (shared.status, shared.headers["Location"].split("#")[0]) == (303, "/client")
    return browser


@pytest.fixture
def locked(browser) -> Browser:
    """Return the same browser, handed to Ben, who has not typed his PIN."""
    assert browser.post("/hand-over", do="give").status == 303
    return browser


def names(browser: Browser) -> set[str]:
    """Return what kinds of cookies of ours a browser has."""
    found = [cookie.name for cookie in browser.cookies if "iopkit" in cookie.name and cookie.value]
    return {re.sub(r"^iopkit-\d+", "login", name) for name in found}


def said(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_sharing_begins_with_ones_own_pin_and_then_the_partners_password(server, couple):
    browser = server.browser()
    browser.sign_in(couple[0])

    assert "First, your own PIN" in browser.get("/hand-over").text
    easy = browser.post("/hand-over", do="pin", old=PASSWORD, pin="123456", again="123456")
    assert (easy.status, "too easy to guess" in easy.text) == (403, True)
    assert browser.post("/hand-over", do="pin", old=PASSWORD, pin=ANN, again=ANN).status == 303
    assert "Now Ben Invented, alone at the keys" in said(browser.get("/hand-over").text)
    wrong = browser.post("/hand-over", do="share", password="not it", first="1", pin=BEN, again=BEN)
    assert (wrong.status, "That is not the password" in wrong.text) == (403, True)
    unlike = browser.post("/hand-over", do="share", password=PASSWORD, first="1", pin=BEN, again=ANN)
    assert (unlike.status, "not the same" in unlike.text) == (403, True)
    assert names(browser) == {"login"}


@pytest.mark.parametrize(("user", "status"), [("cam", 404), ("dee", 403)])
def test_there_is_no_such_page_for_who_has_no_partner_here(server, user, status):
    browser = server.browser()
    browser.sign_in(user)

    assert browser.get("/hand-over").status == status


def test_handing_over_ends_every_socket_and_kernel_of_the_one_before_at_once(browser):
    page = browser.page("/client")
    with browser.socket(page["kernel"]) as socket:
        reply = browser.post("/hand-over", do="give", by="script")
        code = closing_code(socket)

    assert (reply.status, reply.text, code) == (204, "", HANDED_OVER)
    assert names(browser) == {"login-shared"}
    assert browser.get("/client").status == 302


def closing_code(socket) -> int:
    """Return the code with which a socket was closed, once it is."""
    try:
        while True:
            socket.recv(timeout=30)
    except ConnectionClosed as closed:
        return closed.rcvd.code


def test_while_nobody_holds_it_every_way_leads_to_the_screen_between_the_two(locked):
    shown = locked.get("/hand-over")

    assert "Give the device to Ben Invented" in shown.text
    assert "Invented" not in re.search("<title>(.*?)</title>", shown.text, re.DOTALL)[1]
    assert locked.get("/sign-in").headers["Location"] == "/hand-over"
    assert locked.get("/").headers["Location"].startswith("/sign-in")
    assert locked.get("/your-sign-in").headers["Location"].startswith("/sign-in")


def test_six_wrong_pins_slow_down_and_then_only_the_password_helps(locked):
    first = [locked.post("/hand-over", do="open", pin="000000") for _ in range(3)]
    held = locked.post("/hand-over", do="open", pin=BEN)

    assert [one.status for one in first] == [403] * 3
    assert "That PIN does not fit" in first[0].text
    assert "before the next try" in held.text
    assert names(locked) == {"login-shared"}
    opened = locked.post("/hand-over", do="open", password=PASSWORD)
    assert (opened.status, opened.headers["Location"]) == (303, "/client")


def test_the_wrong_person_moves_nothing(locked):
    before = names(locked)

    reply = locked.post("/hand-over", do="wrong")

    assert reply.status == 303
    assert names(locked) == before
    assert "Give the device to Ann Invented" in locked.get("/hand-over").text
    assert locked.post("/hand-over", do="open", pin=BEN).status == 403
    assert locked.post("/hand-over", do="open", pin=ANN).status == 303


def test_a_pin_opens_the_room_of_both_and_no_other_address(locked):
    locked.post("/hand-over", do="open", pin=BEN)

    assert locked.get("/client").status == 200
    for address in ("/your-sign-in", "/your-calendar", "/worksheets/mute"):
        assert locked.get(address).status == 403, address
    for address in ("/your-sign-in", "/your-calendar"):
        assert locked.post(address, do="end-others").status == 403, address
    for does in ("pin", "share"):
        fields = {"old": PASSWORD, "password": PASSWORD, "pin": ANN, "again": ANN}
        assert locked.post("/hand-over", do=does, **fields).status == 403, does


def test_a_kernel_of_the_one_before_is_refused_to_the_next(browser):
    kernel = browser.page("/client")["kernel"]
    browser.post("/hand-over", do="give")
    browser.post("/hand-over", do="open", pin=BEN)

    assert browser.get(f"/api/kernels/{kernel}/channels").status == 403


@pytest.mark.parametrize("way", ["end", "sign-out", "sign-in"])
def test_sharing_ends_for_both_on_each_way_out(server, locked, couple, way):
    before = {cookie.name: cookie.value for cookie in locked.cookies if "shared" in cookie.name}
    token = next(iter(before.values()))
    if way == "end":
        locked.post("/hand-over", do="end")
    elif way == "sign-out":
        locked.post("/hand-over", do="open", pin=BEN)
        locked.post("/sign-out")
    else:
        locked.post("/sign-in", user=couple[1], password=PASSWORD)

    assert "login-shared" not in names(locked)
    with pytest.raises(SignInError, match="no longer shared"):
        server.store.shared_device(token)


def test_a_partner_ends_it_from_a_browser_of_their_own(server, locked, couple):
    elsewhere = server.browser()
    elsewhere.sign_in(couple[1])
    page = elsewhere.get("/your-sign-in").text
    assert "shared by the two of you" in page
    place = re.search(r'name="login" value="([^"]+)"', page)[1]

    elsewhere.post("/your-sign-in", do="end", login=place)

    assert locked.post("/hand-over", do="open", pin=BEN).status in (303, 403)
    assert "login" not in names(locked)
    assert locked.get("/hand-over").headers["Location"] == "/sign-in"


def test_a_device_cookie_of_another_browser_opens_nothing_without_a_pin(server, locked):
    thief = server.browser()
    thief.get("/sign-in")
    for cookie in locked.cookies:
        if "shared" in cookie.name:
            thief.cookies.set_cookie(cookie)

    assert thief.get("/client").status == 302
    assert thief.post("/hand-over", do="give").status == 404
    assert thief.post("/hand-over", do="open").status == 403


def test_pins_are_set_changed_and_removed_with_the_password(server, couple):
    browser = server.browser()
    browser.sign_in(couple[0])

    assert "You have no PIN." in browser.get("/your-sign-in").text
    assert browser.post("/your-sign-in", do="pin", old="not it", pin=ANN, again=ANN).status == 403
    assert (
        "Your PIN is set." in browser.post("/your-sign-in", do="pin", old=PASSWORD, pin=ANN, again=ANN).text
    )
    assert "You have a PIN." in browser.get("/your-sign-in").text
    assert browser.post("/your-sign-in", do="drop-pin", old="not it").status == 403
    assert "Your PIN is gone." in browser.post("/your-sign-in", do="drop-pin", old=PASSWORD).text


def test_the_screen_between_the_two_speaks_the_language_of_who_is_asked(server, locked, couple):
    with server.store.office.database.write() as session:
        set_language(server.store.office, session, server.store.person(couple[1]).id, "es")

    assert "Dale el dispositivo a Ben Invented" in locked.get("/hand-over", Accept_Language="en").text
    tried = locked.post("/hand-over", do="open", pin="000000").text
    assert "Ese PIN no es correcto." in tried
    assert "tomorrow" not in tried
    locked.post("/hand-over", do="wrong")
    assert "Give the device to Ann Invented" in locked.get("/hand-over", Accept_Language="es").text


def test_neither_pin_nor_name_stands_in_the_log(server, locked):
    locked.post("/hand-over", do="open", pin="000000")
    locked.post("/hand-over", do="open", pin=BEN)

    log = server.log.read_text("utf-8")
    assert not any(word in log for word in (ANN, BEN, "000000", "Invented", PASSWORD))
