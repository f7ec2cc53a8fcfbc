"""Kernels and their sockets: one owner, few enough, nothing but a page's messages, and an end in time."""

import os
import signal
import socket
import struct
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlparse

import psutil
import pytest
from server_process import PASSWORD, Line, Running, probe_notebooks, running, stand_in_assets, stop
from websockets.exceptions import ConnectionClosed, InvalidStatus
from wire import V1, hostile

from iopkit.errors import SignInError

pytestmark = pytest.mark.slow

SOON = 2.0
"""Seconds within which a kernel and its sockets are gone."""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("kernels")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    with running(folder, notebooks=notebooks, assets=assets, kernels_each=3, pages_a_minute=1000) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        server.store.add_person("client", "bob", "Bob Canary", zone="UTC", password=PASSWORD)
        server.store.add_person(
            "clinician", "dee", "Dee Canary", zone="UTC", password=PASSWORD, domains=["individual"]
        )
        yield server


@pytest.fixture
def ann(server) -> Iterator:
    browser = server.browser()
    browser.sign_in("ann")
    yield browser
    browser.post("/sign-out")


def closed_with(opened) -> int:
    """Return the code that the server closes a socket with, soon."""
    try:
        while True:
            opened.recv(timeout=SOON)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def refused(open_socket) -> int:
    with pytest.raises(InvalidStatus) as caught:
        open_socket()
    return caught.value.response.status_code


@pytest.mark.parametrize("protocol", [None, V1])
def test_a_page_and_its_kernel_understand_each_other_in_both_wire_formats(server, ann, protocol):
    page = ann.page("/client")
    text = "emoji 🫶, שלום, <b>, \u2028"

    with ann.socket(page["kernel"], subprotocols=[protocol] if protocol else None) as opened:
        reply = Line(opened, page["model"]).ask({"kind": "ping", "echo": text})

    assert opened.subprotocol == protocol
    assert reply["echo"] == text
    assert reply["person"] == server.store.person("ann").id == page["view"]["person"]


def test_a_kernel_is_born_with_a_ticket_and_without_the_servers_own_variables(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        environment = Line(opened, page["model"]).ask({"kind": "ping"})["environment"]

    assert "IOPKIT_FOR" not in environment
    assert "IOPKIT_CANARY" not in environment
    assert "QUERY_STRING" not in environment
    assert ann.cookie(ann.session) not in environment.values()
    with pytest.raises(SignInError, match="used before or has expired"):
        server.store.redeem(environment["IOPKIT_TICKET"])


def test_somebody_else_who_knows_the_kernels_id_is_refused_everywhere(server, ann):
    page = ann.page("/client")
    bob, dee, nobody = server.browser(), server.browser(), server.browser()
    bob.sign_in("bob")
    dee.sign_in("dee")
    again = server.browser()
    again.sign_in("ann")  # the same person's other login is somebody else too

    for stranger in (bob, dee, again, nobody):
        for protocol in (None, [V1]):
            assert refused(lambda s=stranger, p=protocol: s.socket(page["kernel"], subprotocols=p)) == 403
        for path in ("", "/channels", "/restart", "/interrupt"):
            reply = stranger.get(f"/api/kernels/{page['kernel']}{path}")
            assert reply.status in {403, 404}
            assert stranger is again or "ann" not in reply.text.lower()  # her own name stands on her pages
        assert stranger.post(f"/api/kernels/{page['kernel']}", _method="DELETE").status in {403, 404}
    for stranger in (bob, dee, again):
        assert stranger.post(f"/voila/api/shutdown/{page['kernel']}").status == 404
    with ann.socket(page["kernel"]) as opened:
        assert Line(opened, page["model"]).ask({"kind": "ping"})["reply"] == "a1"
    again.post("/sign-out")


def test_a_kernel_that_does_not_exist_looks_like_somebody_elses(server, ann):
    absent = "00000000-0000-4000-8000-000000000000"

    assert refused(lambda: ann.socket(absent)) == 403


def test_a_socket_from_another_site_is_refused(server, ann):
    page = ann.page("/client")

    assert refused(lambda: ann.socket(page["kernel"], origin="https://evil.example")) == 403


@pytest.mark.parametrize("protocol", [None, V1])
def test_of_two_hundred_hostile_frames_none_reaches_an_unlisted_handler(server, ann, protocol):
    page = ann.page("/client")
    protocols = [protocol] if protocol else None
    handled: dict[str, int] = {}
    frames = list(hostile(page["model"]))

    for start in range(0, len(frames), 50):
        with ann.socket(page["kernel"], subprotocols=protocols) as opened:
            for frame in frames[start : start + 50]:
                opened.send(frame)
            handled = Line(opened, page["model"]).ask({"kind": "ping"})["handled"]

    assert len(frames) > 200
    assert set(handled) <= {"comm_msg", "kernel_info_request", "execute_request"}
    assert handled["comm_msg"] == len(range(0, len(frames), 50))  # our own pings and nothing else
    assert handled.get("execute_request", 0) <= 1  # Voilà's own, under way when the counting began
    assert not Path("/tmp/iopkit-was-here").exists()


def test_a_flood_is_slowed_down_and_then_cut_off(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        line = Line(opened, page["model"])
        with suppress(ConnectionClosed):
            for _ in range(2000):
                line.send({"kind": "ping"})

        assert closed_with(opened) == 1008


def test_a_frame_of_megabytes_closes_the_socket_and_the_kernel_lives(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        with suppress(ConnectionClosed):
            opened.send("x" * (3 * 1024 * 1024))

        assert closed_with(opened) in {
            1009,
            0,
        }  # 0: cut off while it was still sending, before it could read why

    with ann.socket(page["kernel"]) as opened:
        assert Line(opened, page["model"]).ask({"kind": "ping"})["reply"] == "a1"


def test_signing_out_closes_the_socket_and_ends_the_kernel_in_two_seconds(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        pid = Line(opened, page["model"]).ask({"kind": "ping"})["pid"]
        kernel = psutil.Process(pid)

        ann.post("/sign-out")

        kernel.wait(timeout=SOON)
        assert closed_with(opened) == 4003
    assert ann.get("/client").headers["Location"] == "/sign-in?next=%2Fclient"
    assert refused(lambda: ann.socket(page["kernel"])) == 403


def test_locking_a_page_ends_the_login_and_leads_back_to_the_same_place(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        kernel = psutil.Process(Line(opened, page["model"]).ask({"kind": "ping"})["pid"])

        reply = ann.post("/lock", next="/client")

        kernel.wait(timeout=SOON)
    assert reply.headers["Location"] == "/sign-in?locked=1&next=/client"
    assert "This page was locked" in ann.get(reply.headers["Location"]).text


def test_a_person_locked_by_the_operator_loses_socket_and_kernel_in_two_seconds(server):
    server.store.add_person("client", "eve", "Eve Canary", zone="UTC", password=PASSWORD)
    eve = server.browser()
    eve.sign_in("eve")
    page = eve.page("/client")
    with eve.socket(page["kernel"]) as opened:
        kernel = psutil.Process(Line(opened, page["model"]).ask({"kind": "ping"})["pid"])

        server.store.lock("eve")

        kernel.wait(timeout=SOON)
        assert closed_with(opened) == 4003


def test_a_kernel_that_is_killed_closes_its_socket_and_the_page_can_open_again(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        pid = Line(opened, page["model"]).ask({"kind": "ping"})["pid"]

        os.kill(pid, signal.SIGKILL)

        assert closed_with(opened) == 4001
    assert refused(lambda: ann.socket(page["kernel"])) == 403
    again = ann.page("/client")
    with ann.socket(again["kernel"]) as opened:
        assert Line(opened, again["model"]).ask({"kind": "ping"})["reply"] == "a1"


def test_a_socket_to_a_kernel_that_just_died_is_refused_soon(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        pid = Line(opened, page["model"]).ask({"kind": "ping"})["pid"]

        os.kill(pid, signal.SIGKILL)
        start = time.monotonic()
        with suppress(InvalidStatus), ann.socket(page["kernel"], open_timeout=30) as again:
            assert closed_with(again) == 4001

    assert time.monotonic() - start < 2 * SOON


def test_a_page_that_is_left_ends_its_kernel_and_one_that_is_cut_waits_for_it(server, ann):
    left, cut = ann.page("/client"), ann.page("/client")
    with ann.socket(left["kernel"]) as opened:
        kernel_of_left = psutil.Process(Line(opened, left["model"]).ask({"kind": "ping"})["pid"])
        opened.close(code=1001)
    with ann.socket(cut["kernel"]) as opened:
        kernel_of_cut = Line(opened, cut["model"]).ask({"kind": "ping"})["pid"]
        opened.socket.shutdown(socket.SHUT_RDWR)

    kernel_of_left.wait(timeout=2 + SOON)

    with ann.socket(cut["kernel"]) as opened:
        assert Line(opened, cut["model"]).ask({"kind": "ping"})["pid"] == kernel_of_cut


def test_a_pages_goodbye_ends_its_kernel(server, ann):
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        kernel = psutil.Process(Line(opened, page["model"]).ask({"kind": "ping"})["pid"])

        assert ann.post(f"/voila/api/shutdown/{page['kernel']}").status == 204

        kernel.wait(timeout=2 + SOON)


def test_when_every_page_was_closed_no_kernel_is_left(tmp_path):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    short = {"unclaimed_seconds": 2.0, "cull_seconds": 2}
    with running(tmp_path, notebooks=notebooks, assets=assets, **short) as server:
        server.store.add_person("client", "bob", "Bob Canary", zone="UTC", password=PASSWORD)
        browser = server.browser()
        browser.sign_in("bob")
        for _ in range(2):
            page = browser.page("/client")
            with browser.socket(page["kernel"]) as opened:
                Line(opened, page["model"]).ask({"kind": "ping"})
                opened.socket.shutdown(socket.SHUT_RDWR)
        browser.page("/client")  # made, but no browser ever connects to it

        took = server.wait_for_kernels(0, seconds=20)

    assert took < 20


def test_a_page_load_that_is_given_up_leaves_no_kernel(server, ann):
    before = len(server.kernels())
    host, port = urlparse(server.address).netloc.split(":")
    cookies = f"{ann.session}={ann.cookie(ann.session)}"
    with socket.create_connection((host, int(port))) as wire:
        wire.sendall(f"GET /client HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n\r\n".encode())
        assert wire.recv(10).startswith(b"HTTP/1.1 2")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    server.wait_for_kernels(before, seconds=2 * SOON)


def test_a_fourth_page_takes_the_place_of_one_nobody_looks_at_else_it_is_refused(server, ann):
    open_pages = [ann.page("/client") for _ in range(3)]
    with ExitStack() as pages:
        sockets = [pages.enter_context(ann.socket(page["kernel"])) for page in open_pages]

        refusal = ann.get("/client")
        sockets[0].socket.shutdown(socket.SHUT_RDWR)
        while (accepted := ann.get("/client")).status == 429:
            pass

    assert refusal.status == 429
    assert "You have many pages open here" in refusal.text
    assert accepted.status == 200
    assert refused(lambda: ann.socket(open_pages[0]["kernel"])) == 403


def test_pages_loaded_one_after_another_without_end_are_refused_for_a_while(tmp_path):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    with running(tmp_path, notebooks=notebooks, assets=assets, pages_a_minute=2) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        browser = server.browser()
        browser.sign_in("ann")

        statuses = [browser.get("/client").status for _ in range(4)]

        assert statuses == [200, 200, 429, 429]


def test_a_page_that_never_ends_says_so(tmp_path):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    with running(tmp_path, notebooks=notebooks, assets=assets, page_seconds=3.0) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        browser = server.browser()
        browser.sign_in("ann")

        reply = browser.get("/worksheets/endless")

        assert "This page could not be opened" in reply.text
        server.wait_for_kernels(0, seconds=SOON)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_ends_its_kernels_and_exits_with_zero(tmp_path, number):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    with running(tmp_path, notebooks=notebooks, assets=assets) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        browser = server.browser()
        browser.sign_in("ann")
        browser.page("/client")
        kernels = server.kernels()

        server.process.send_signal(number)
        code = stop(server.process)

    assert len(kernels) == 1
    assert code == 0
    assert psutil.wait_procs(kernels, timeout=SOON)[1] == []


def test_a_kernel_that_dies_while_its_page_is_made_is_said_at_once(server, ann):
    with ThreadPoolExecutor(1) as other:
        before = {kernel.pid for kernel in server.kernels()}
        reply = other.submit(ann.get, "/worksheets/endless")
        while not reply.done():  # a fork that ends before it is a kernel is followed by an ordinary one
            for kernel in server.kernels():
                if kernel.pid not in before:
                    kernel.kill()

        text = reply.result().text

    assert "This page could not be opened" in text
    assert text.count("<h1>") == 1
