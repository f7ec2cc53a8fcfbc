"""What an operator's Prometheus reads: how many kernels, how much memory, how long pages and saves take.

It has a door of its own, on this machine only and closed unless it is asked for: ``iopkit serve
--metrics-port``. There are counts and times in it, never a person, a page's content or an id.
"""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from socket import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from iopkit.kernels import status
from iopkit.kernels.memory import memory_of

BOUNDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""The upper bounds of the times that are counted together, in seconds."""
FORMAT = "text/plain; version=0.0.4; charset=utf-8"
LOCAL = ("127.0.0.1", "localhost")


@dataclass
class Times:
    """How often something took how long."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def note(self, seconds: float) -> None:
        """Count one more."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a histogram: each bound with all that took no longer."""
        so_far = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), self.counts, strict=True):
            so_far += count
            yield f'{name}_bucket{{le="{bound}"}} {so_far}'
        yield f"{name}_sum {self.seconds:.6f}"
        yield f"{name}_count {so_far}"


@dataclass
class Metrics:
    """What is counted while a server runs."""

    pages: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    page_times: Times = field(default_factory=Times)
    save_times: Times = field(default_factory=Times)

    def request(self, code: int) -> None:
        """Count a request by the first digit of its status."""
        self.requests[f"{code // 100}xx"] += 1

    def text(self, *, kernels: int, most: int, spares: int, memory: int) -> str:
        """Return everything in Prometheus' text format."""
        started = status()
        ways = {"forked": started.started_forked, "ordinary": started.started_ordinarily}
        lines = [
            *family("iopkit_kernels", "gauge", "Kernels that run now.", "use", page=kernels, spare=spares),
            *family("iopkit_kernels_most", "gauge", "Most kernels of pages at one time.", "", all=most),
            *family("iopkit_kernel_memory_bytes", "gauge", "Memory of all kernels (PSS).", "", all=memory),
            *family("iopkit_kernels_started_total", "counter", "Kernels started.", "way", **ways),
            *family("iopkit_pages_total", "counter", "Pages by what came of them.", "outcome", **self.pages),
            *family("iopkit_requests_total", "counter", "Requests by status.", "status", **self.requests),
            *head("iopkit_page_seconds", "histogram", "From the request of a page to its last byte."),
            *self.page_times.lines("iopkit_page_seconds"),
            *head("iopkit_save_seconds", "histogram", "From a save to its reply, in the server."),
            *self.save_times.lines("iopkit_save_seconds"),
        ]
        return "\n".join(lines) + "\n"


def head(name: str, kind: str, said: str) -> list[str]:
    """Return what stands before the values of a metric."""
    return [f"# HELP {name} {said}", f"# TYPE {name} {kind}"]


def family(name: str, kind: str, said: str, label: str, /, **values: int) -> list[str]:
    """Return a metric with a value for each value of its label; without a label there is one value."""
    tags = {key: f'{{{label}="{key}"}}' if label else "" for key in sorted(values)}
    return [*head(name, kind, said), *(f"{name}{tags[key]} {values[key]}" for key in sorted(values))]


class MetricsPage(RequestHandler):
    """Writes the metrics of a server, to this machine only."""

    def initialize(self, server: Any) -> None:
        """Keep which server it is."""
        self.server = server

    def prepare(self) -> None:
        """Refuse what was asked for by another name than this machine's: that is somebody's trick."""
        if self.request.host_name not in LOCAL:
            raise HTTPError(403)

    async def get(self) -> None:
        """Write everything."""
        kernels = self.server.kernel_manager
        memory = await asyncio.to_thread(memory_of, kernels.pids())
        said = self.server.metrics.text(
            kernels=len(kernels), most=kernels.places.most, spares=len(kernels.spares), memory=memory
        )
        self.set_header("Content-Type", FORMAT)
        self.set_header("Cache-Control", "no-store")
        self.finish(said)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say nothing but the status."""
        self.finish(f"{status_code}\n")


def open_metrics(server: Any, sockets: Sequence[socket]) -> HTTPServer:
    """Return the door to a server's metrics, open on these sockets."""
    routes: list[Any] = [(r"/metrics", MetricsPage, {"server": server})]
    door = HTTPServer(Application(routes, log_function=lambda handler: None), max_body_size=1024)
    door.add_sockets(list(sockets))
    return door
