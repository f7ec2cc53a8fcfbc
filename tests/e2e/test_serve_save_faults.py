"""Saves over the websocket under thirteen faults: none lost, altered, doubled or called saved too soon."""

import random
import resource
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlparse

import psutil
import pytest
from server_process import Running, stop
from serving import clinic, served
from slow_network import SlowNetwork
from sqlalchemy import select
from steady_pen import Pen, pen_of

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow

SEED = 20261130
OPTIONS = {"pages_a_minute": 10_000, "cull_seconds": 5, "unclaimed_seconds": 5.0}


@dataclass
class Site:
    """A server that can be broken, the network before it, and somebody who writes."""

    folder: Path
    server: Running
    network: SlowNetwork
    stack: ExitStack
    chance: random.Random
    pen: Pen

    def soon(self, act: Callable[[], object], seconds: float) -> threading.Timer:
        """Do something while a save is under way."""
        timer = threading.Timer(seconds, act)
        timer.start()
        return timer

    def kill(self, *processes: psutil.Process) -> None:
        each(list(processes), lambda one: one.send_signal(signal.SIGKILL))

    def start_again(self) -> None:
        """Start a server at the same address, over the same store."""
        port = urlparse(self.server.address).port
        again = self.stack.enter_context(served(self.folder, port=port, **OPTIONS))
        self.server.process = self.pen.server.process = again.process

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.server.process.pid).children(recursive=True)


def each(processes: list[psutil.Process], act: Callable[[psutil.Process], object]) -> None:
    """Do something to those processes that are still there."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            act(process)


def is_warm(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return "iopkit.kernels.warm" in " ".join(process.cmdline())
    return False


@contextmanager
def during(site: Site, act: Callable[[], object], seconds: float = 0.03) -> Iterator[None]:
    """Let something happen a moment after a save was sent."""
    timer = site.soon(act, site.chance.random() * seconds)
    yield
    timer.join()


@contextmanager
def cut(site: Site) -> Iterator[None]:
    with during(site, site.network.cut):
        yield


@contextmanager
def stalled(site: Site) -> Iterator[None]:
    site.network.seconds = 3.0
    with during(site, lambda: setattr(site.network, "seconds", 0.0), 1.0):
        yield


@contextmanager
def far_away(site: Site) -> Iterator[None]:
    site.network.seconds = site.chance.uniform(0.025, 0.4)
    yield
    site.network.seconds = 0.0


@contextmanager
def busy(site: Site) -> Iterator[None]:
    kernels = site.server.kernels()
    each(kernels, psutil.Process.suspend)
    timer = site.soon(lambda: each(kernels, psutil.Process.resume), 1.0)
    yield
    timer.join()


@contextmanager
def kernel_killed(site: Site) -> Iterator[None]:
    with during(site, lambda: site.kill(*site.server.kernels())):
        yield


@contextmanager
def parent_killed(site: Site) -> Iterator[None]:
    warm = [one for one in site.children() if is_warm(one)]
    with during(site, lambda: site.kill(*warm)):
        yield


@contextmanager
def server_killed(site: Site) -> Iterator[None]:
    def end() -> None:
        below = site.children()
        site.server.process.kill()
        site.server.process.wait()
        site.kill(*below)
        site.start_again()

    with during(site, end):
        yield


@contextmanager
def restarted(site: Site) -> Iterator[None]:
    def again() -> None:
        stop(site.server.process)
        site.start_again()

    with during(site, again):
        yield


@contextmanager
def reloaded(site: Site) -> Iterator[None]:
    with during(site, site.pen.close):
        yield


@contextmanager
def pressed_twice(site: Site) -> Iterator[None]:
    site.pen.copies = 2
    yield
    site.pen.copies = 1


@contextmanager
def disk_full(site: Site) -> Iterator[None]:
    """Let no file of a kernel grow: what the operating system says then is what it says of a full disk."""
    kernels = site.server.kernels()

    def limit(most: int) -> None:
        each(kernels, lambda one: one.rlimit(psutil.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)))

    limit(1024)
    with during(site, lambda: limit(resource.RLIM_INFINITY), 0.5):
        yield


@contextmanager
def locked(site: Site) -> Iterator[None]:
    connection = sqlite3.connect(site.folder / "clinic.db", isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    timer = site.soon(lambda: connection.execute("ROLLBACK"), 1.0)
    yield
    timer.join()
    connection.close()


@contextmanager
def culled(site: Site) -> Iterator[None]:
    site.pen.close()
    site.server.wait_for_kernels(0, seconds=60)
    yield


FAULTS = [
    cut,
    stalled,
    far_away,
    busy,
    kernel_killed,
    parent_killed,
    server_killed,
    restarted,
    reloaded,
    pressed_twice,
    disk_full,
    locked,
    culled,
]


@contextmanager
def site_at(folder: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        server = stack.enter_context(clinic(folder, **OPTIONS))
        network = stack.enter_context(SlowNetwork(urlparse(server.address).port or 0, 0.0))
        near = replace(server, address=f"http://127.0.0.1:{network.port}/")
        pen = pen_of(near, "ann", "thought-record", "situation")
        stack.callback(pen.close)
        yield Site(folder, server, network, stack, random.Random(SEED), pen)


@pytest.mark.parametrize(
    ("saves", "rounds"),
    [
        (2, 1),
        pytest.param(31, 5, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
    ids=["short", "long"],
)
def test_saves_under_faults(tmp_path: Path, saves: int, rounds: int, record_property) -> None:
    """Each round goes through all faults: one save is hit, the others go as usual."""
    with site_at(tmp_path) as site:
        pen = site.pen
        for number in range(rounds):
            for fault in FAULTS:
                with fault(site):
                    pen.save(f"{fault.__name__} {number}: hit 🙂")
                for other in range(saves - 1):
                    pen.save(f"{fault.__name__} {number}: {other}")
        store = site.server.store
        with store.office.database.read(PROGRAM) as session:
            stored = set(session.scalars(select(MessageRow.id).where(MessageRow.entry_id == pen.entry_id)))
        (draft,) = [one for one in store.desk_for("ann").drafts() if one.id == pen.entry_id]
        record_property("saves", pen.sent)

        assert len(pen.acknowledged) == pen.sent == saves * rounds * len(FAULTS)
        assert set(pen.acknowledged) - stored == set()
        assert (draft.answers["situation"], pen.altered, pen.too_soon) == (pen.last, 0, 0)
        assert draft.base == len(stored) == pen.sent
        assert store.prove().fault == ""
