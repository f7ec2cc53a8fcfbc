"""Ways to break a site while somebody saves: its network, its processes, its disk, its database.

A fault is a context: what is saved inside it is hit. A site is any server behind a network that can be cut.
"""

import random
import resource
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from server_process import Running, stop
from slow_network import SlowNetwork

SEED = 20261130


@dataclass
class Site:
    """A server that can be broken, the network before it, and how it is started again over the same files."""

    server: Running
    network: SlowNetwork
    database: Path
    begin: Callable[[], Running]
    """Starts the server again at the same address."""
    chance: random.Random
    scale: float = 1.0
    """How long what passes by itself lasts: less than 1 where a test must be quick."""

    @property
    def near(self) -> Running:
        """The server as those who use it reach it: through the network."""
        return replace(self.server, address=f"http://127.0.0.1:{self.network.port}/")

    def soon(self, act: Callable[[], object], seconds: float) -> threading.Timer:
        """Do something while a save is under way."""
        timer = threading.Timer(seconds, act)
        timer.start()
        return timer

    def kill(self, *processes: psutil.Process) -> None:
        """Kill those processes that are still there."""
        each(list(processes), lambda one: one.send_signal(signal.SIGKILL))

    def start_again(self) -> None:
        """Start a server at the same address, over the same files; whoever has this one has that one."""
        self.server.process = self.begin().process

    def children(self) -> list[psutil.Process]:
        """Return all processes below the server."""
        return psutil.Process(self.server.process.pid).children(recursive=True)


def each(processes: list[psutil.Process], act: Callable[[psutil.Process], object]) -> None:
    """Do something to those processes that are still there."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            act(process)


def is_warm(process: psutil.Process) -> bool:
    """Return whether this is the parent of forked kernels."""
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
    site.network.seconds = 3.0 * site.scale
    with during(site, lambda: setattr(site.network, "seconds", 0.0), site.scale):
        yield


@contextmanager
def far_away(site: Site) -> Iterator[None]:
    site.network.seconds = site.chance.uniform(0.025, 0.4)
    yield
    site.network.seconds = 0.0


@contextmanager
def trickling(site: Site) -> Iterator[None]:
    """Let only some hundred bytes a second through, as at the edge of a cell."""
    site.network.rate = site.chance.randrange(400, 1600)
    with during(site, lambda: setattr(site.network, "rate", 0), 2 * site.scale):
        yield


@contextmanager
def busy(site: Site) -> Iterator[None]:
    kernels = site.server.kernels()
    each(kernels, psutil.Process.suspend)
    timer = site.soon(lambda: each(kernels, psutil.Process.resume), site.scale)
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
    connection = sqlite3.connect(site.database, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    timer = site.soon(lambda: connection.execute("ROLLBACK"), site.scale)
    yield
    timer.join()
    connection.close()


BREAKS = [
    cut,
    stalled,
    far_away,
    trickling,
    busy,
    kernel_killed,
    parent_killed,
    server_killed,
    restarted,
    disk_full,
    locked,
]
"""Eleven; reloading, pressing twice and being away until the kernel is culled belong to whoever saves."""
