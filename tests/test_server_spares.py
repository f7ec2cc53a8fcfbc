"""A kernel that waits belongs to nobody and goes to one person, once; without one no page misses it."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from kernel_lab import ended
from server_process import (
    PASSWORD,
    Line,
    Running,
    free_port,
    metric,
    probe_notebooks,
    running,
    stand_in_assets,
    stop,
)

from iopkit.errors import SignInError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("spares")) as server:
        yield server


def serving(folder: Path, **options: object):
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    given = {"spare_kernels": 1, "pages_a_minute": 1000, "metrics_port": free_port()} | options
    return running(folder, notebooks=notebooks, assets=assets, **given)


def add(server: Running, user: str) -> None:
    server.store.add_person("client", user, user.title(), zone="UTC", password=PASSWORD)


def told(browser, page: dict) -> dict:
    """Return what the kernel of a page tells."""
    with browser.socket(page["kernel"]) as opened:
        return Line(opened, page["model"]).ask({"kind": "ping"})


def waiting(server: Running) -> psutil.Process:
    """Wait until one kernel runs, the one that nobody asked for; return it.

    A page's kernel that was told to end may be the only one for a moment, so the server says which it is.
    """
    end = time.monotonic() + 60
    while True:
        said, found = metric(server.metrics_port, 'iopkit_kernels{use="spare"}'), server.kernels()
        if said == len(found) == 1:
            return found[0]
        assert time.monotonic() < end, f"{len(found)} kernels, {said} of them waiting"
        psutil.wait_procs(found, timeout=0.05)


def test_a_page_gets_the_kernel_that_waited_with_a_ticket_of_its_own(server):
    add(server, "ann")
    spare = waiting(server)
    ann = server.browser()
    ann.sign_in("ann")

    found = told(ann, ann.page("/client"))

    assert found["pid"] == spare.pid
    assert found["person"] == server.store.person("ann").id
    with pytest.raises(SignInError, match="used before or has expired"):
        server.store.redeem(found["environment"]["IOPKIT_TICKET"])
    assert ann.cookie(ann.session) not in found["environment"].values()
    assert "IOPKIT_FOR" not in found["environment"]
    ann.post("/sign-out")
    assert ended([spare.pid]) == []


def test_the_next_person_gets_another_one_and_works_in_a_folder_of_their_own(server):
    found = []
    for user in ("bob", "eve"):
        add(server, user)
        spare = waiting(server)
        browser = server.browser()
        browser.sign_in(user)
        found.append(told(browser, browser.page("/client")))
        assert found[-1]["pid"] == spare.pid
        browser.post("/sign-out")

    one, two = (each["environment"] for each in found)
    for name in ("IOPKIT_TICKET", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
        assert one[name] != two[name]
    assert found[0]["person"] != found[1]["person"]


def test_pages_that_come_at_once_are_all_made(server):
    add(server, "cam")
    waiting(server)
    cam = server.browser()
    cam.sign_in("cam")

    pages = [cam.page("/client") for _ in range(3)]

    assert len({told(cam, page)["pid"] for page in pages}) == 3
    cam.post("/sign-out")


def test_a_spare_that_was_killed_is_missed_by_nobody_and_replaced(server):
    add(server, "dan")
    spare = waiting(server)
    dan = server.browser()
    dan.sign_in("dan")

    spare.send_signal(signal.SIGKILL)
    found = told(dan, dan.page("/client"))

    assert found["pid"] != spare.pid
    dan.post("/sign-out")
    assert waiting(server).pid not in (spare.pid, found["pid"])


def test_a_spare_does_not_outlive_its_server(tmp_path):
    with serving(tmp_path) as server:
        spare = waiting(server)

        assert stop(server.process) == 0

    assert ended([spare.pid]) == []


def test_a_spare_that_nobody_wanted_for_long_is_replaced(tmp_path):
    with serving(tmp_path, cull_seconds=1) as server:
        spare = waiting(server)

        assert ended([spare.pid], within=60) == []
        assert waiting(server).pid != spare.pid
