"""However a login ends, its socket and its kernel are gone within two seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
import pytest
from server_process import PASSWORD, Browser, Line, Running, probe_notebooks, running, stand_in_assets
from websockets.exceptions import ConnectionClosed

pytestmark = pytest.mark.slow

SOON = 2.0
"""Seconds within which a kernel and its sockets are gone."""
SIGNED_OUT = 4003
WORDS = "seven quiet rivers run"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("ends")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    with running(folder, notebooks=notebooks, assets=assets) as server:
        yield server


def another(browser: Browser) -> Browser:
    """Return another browser of the same person."""
    other = browser.server.browser()
    other.sign_in("ann")
    return other


def end_here(browser: Browser) -> None:
    browser.post("/sign-out")


def lock_here(browser: Browser) -> None:
    browser.post("/lock", next="/client")


def sign_in_as_somebody_else(browser: Browser) -> None:
    browser.post("/sign-in", user="bob", password=PASSWORD)


def end_from_elsewhere(browser: Browser) -> None:
    assert another(browser).post("/your-sign-in", do="end-others").status == 200


def change_the_password_elsewhere(browser: Browser) -> None:
    given = {"old": PASSWORD, "password": WORDS, "again": WORDS}
    assert another(browser).post("/your-sign-in", do="password", **given).status == 303


def lock_the_person(browser: Browser) -> None:
    browser.server.store.lock("ann")


def set_another_password(browser: Browser) -> None:
    browser.server.store.set_password("ann", WORDS)


def accept_an_invitation(browser: Browser) -> None:
    token = browser.server.store.invite("ann").token
    reply = browser.server.browser()
    reply.get("/invitation")
    assert reply.post("/invitation", token=token, password=WORDS, again=WORDS).status == 303


WAYS: list[Callable[[Browser], None]] = [
    end_here,
    lock_here,
    sign_in_as_somebody_else,
    end_from_elsewhere,
    change_the_password_elsewhere,
    lock_the_person,
    set_another_password,
    accept_an_invitation,
]


def until_closed(line: Line, kernel: psutil.Process, since: float) -> tuple[int, float]:
    """Return the code of the closed socket, and how long socket and kernel took to be gone."""
    try:
        while True:
            line.socket.recv(timeout=20)
    except ConnectionClosed as closed:
        code = closed.rcvd.code if closed.rcvd else 0
    kernel.wait(timeout=10)
    return code, time.monotonic() - since


@pytest.fixture
def people(server) -> None:
    """Ann and Bob, unlocked and with their password again."""
    known = {person.user for person in server.store.people()}
    for user in ("ann", "bob"):
        if user not in known:
            server.store.add_person("client", user, f"{user.title()} Example", zone="UTC", password=PASSWORD)
        server.store.unlock(user)
        server.store.set_password(user, PASSWORD)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_socket_and_kernel_are_gone_in_time(server, people, way):
    browser = server.browser()
    browser.sign_in("ann")
    page = browser.page("/client")
    with browser.socket(page["kernel"]) as opened:
        line = Line(opened, page["model"])
        kernel = psutil.Process(line.ask({"kind": "ping"})["pid"])

        since = time.monotonic()
        way(browser)
        code, took = until_closed(line, kernel, since)

    assert code == SIGNED_OUT
    assert took < SOON


@pytest.mark.parametrize(
    ("settings", "at_work"),
    [({"idle_seconds": 10}, False), ({"login_seconds": 8}, True)],
    ids=["idle", "in use for too long"],
)
def test_an_open_socket_does_not_outlive_its_time(tmp_path, settings, at_work):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    (allowed,) = settings.values()
    with running(tmp_path, notebooks=notebooks, assets=assets, settings=settings) as server:
        server.store.add_person("client", "ann", "Ann Example", zone="UTC", password=PASSWORD)
        first = another(server.browser())
        first.get("/client")  # the first page waits for the parent of all kernels, the next is quick
        browser = server.browser()
        browser.get("/sign-in")
        since = time.monotonic()
        browser.post("/sign-in", user="ann", password=PASSWORD)
        page = browser.page("/client")
        with browser.socket(page["kernel"]) as opened:
            line = Line(opened, page["model"])
            kernel = psutil.Process(line.ask({"kind": "ping"})["pid"])
            since = since if at_work else time.monotonic()
            with suppress(ConnectionClosed):
                while at_work:
                    line.ask({"kind": "ping"})
            code, took = until_closed(line, kernel, since)

    assert code == SIGNED_OUT
    assert took < allowed + SOON
