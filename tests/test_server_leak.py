"""Pages opened, left, aborted and reloaded by the hundred: kernels never above the cap, and back to none.

The server itself keeps how many ran at one time at most, and a second pair of eyes counts its processes.
"""

import random
import socket
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlparse

import pytest
from server_process import (
    PASSWORD,
    Line,
    free_port,
    metric,
    page_data,
    probe_notebooks,
    running,
    stand_in_assets,
)
from websockets.exceptions import ConnectionClosed, InvalidStatus

pytestmark = pytest.mark.slow
CAP, CULL, SEED = 6, 5, 20261130


@pytest.mark.parametrize(
    ("opens", "aborts", "reloads"),
    [(14, 5, 3), pytest.param(500, 200, 100, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])],
    ids=str,
)
def test_hundreds_of_pages_leave_no_kernel_behind(opens, aborts, reloads, tmp_path, record_property):
    options = {
        "notebooks": probe_notebooks(tmp_path / "notebooks"),
        "assets": stand_in_assets(tmp_path / "assets"),
        "kernels_each": 3,
        "kernels_overall": CAP,
        "pages_a_minute": 1_000_000,
        "unclaimed_seconds": 3.0,
        "cull_seconds": CULL,
        "spare_kernels": 0,
        "metrics_port": free_port(),
    }
    kinds = ["abort"] * aborts + ["reload"] * reloads + ["open"] * (opens - aborts - reloads)
    random.Random(SEED).shuffle(kinds)
    with running(tmp_path, **options) as server:
        people = ("ann", "bob", "cem", "dan")
        for user in people:
            server.store.add_person("client", user, f"{user.title()} Example", zone="UTC", password=PASSWORD)
        browsers = {user: server.browser() for user in people}
        for user, browser in browsers.items():
            browser.sign_in(user)
        done, seen, over = Counter(), [0], threading.Event()

        def count():
            while not over.wait(0.05):
                seen.append(len(server.kernels()))

        def visit(number):
            browser = browsers[people[number % len(people)]]
            for _ in range(60):
                if VISITS[kinds[number]](server, browser, random.Random(SEED + number)):
                    done[kinds[number]] += 1
                    return
                over.wait(0.2)  # too many pages at once: the page would say so, and its person try again

        with ThreadPoolExecutor(len(people) + 1) as pool:
            counting = pool.submit(count)
            list(pool.map(visit, range(opens)))
            over.set()
            counting.result()
        took = server.wait_for_kernels(0, seconds=60)
        most = metric(server.metrics_port, "iopkit_kernels_most")

    record_property("most", most)
    record_property("back_to_none_after_seconds", round(took, 1))
    assert done == Counter(kinds)
    assert max(seen) <= most <= CAP
    assert "Traceback" not in server.log.read_text()


def open_and_leave(server, browser, _chance):
    """Open a page, say something to its kernel, and leave."""
    return talk(browser, times=1)


def reload_twice(server, browser, _chance):
    """Open a page and load it again, as an impatient hand does."""
    return talk(browser, times=2)


def talk(browser, *, times):
    for _ in range(times):
        reply = browser.get("/client")
        if reply.status in (429, 503) or "iopkit-page" not in reply.text:
            return False
        page = page_data(reply.text)
        try:
            with browser.socket(page["kernel"]) as opened:
                assert Line(opened, page["model"]).ask({"kind": "ping"})["reply"] == "a1"
        except (ConnectionClosed, InvalidStatus):  # its kernel had to make room for somebody's next page
            return False
    return True


def abort(server, browser, chance):
    """Ask for a page and hang up before it is there."""
    where = urlparse(server.address)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(f"GET /client HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: {cookies}\r\n\r\n".encode())
        threading.Event().wait(chance.random() / 2)
    return True


VISITS = {"open": open_and_leave, "reload": reload_twice, "abort": abort}
