"""Metrics: counts and times in Prometheus' format, for this machine alone, without a name in them."""

import os
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from kernel_lab import install, started
from server_process import PASSWORD, Line, Running, free_port, probe_notebooks, running, stand_in_assets

from iopkit.cli import checks
from iopkit.errors import ServeError
from iopkit.kernels import memory
from iopkit.kernels.memory import memory_of, running_kernels
from iopkit.server.metrics import BOUNDS, Metrics, Times, family
from iopkit.server.options import Options

LINE = re.compile(r'(# (HELP|TYPE) iopkit_\w+ .+|iopkit_\w+(\{\w+="[\w+.]+"\})? [0-9.]+)')


def asked(port: int, path: str = "/metrics", host: str = "127.0.0.1") -> tuple[int, str]:
    """Return the status and the text of an answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as reply:
            assert reply.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def read(port: int) -> str:
    return asked(port)[1]


def value(text: str, name: str) -> float:
    """Return a value; what was never counted is not there."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def grown(before: str, after: str, name: str) -> float:
    return value(after, name) - value(before, name)


def test_each_time_is_counted_in_every_bound_that_it_does_not_exceed():
    times = Times()
    for seconds in (0.05, 0.06, 99.0):
        times.note(seconds)

    lines = list(times.lines("t"))

    assert lines[:3] == ['t_bucket{le="0.025"} 0', 't_bucket{le="0.05"} 1', 't_bucket{le="0.1"} 2']
    assert lines[-4:] == ['t_bucket{le="30.0"} 2', 't_bucket{le="+Inf"} 3', "t_sum 99.110000", "t_count 3"]
    assert len(lines) == len(BOUNDS) + 3


def test_a_metric_has_one_line_for_each_value_of_its_label():
    assert family("k", "gauge", "Said.", "use", spare=1, page=2) == [
        "# HELP k Said.",
        "# TYPE k gauge",
        'k{use="page"} 2',
        'k{use="spare"} 1',
    ]
    assert family("m", "gauge", "Said.", "", all=7)[-1] == "m 7"


def test_everything_is_in_the_format_that_prometheus_reads():
    metrics = Metrics()
    metrics.request(204)
    metrics.request(404)
    metrics.pages["made"] += 1

    text = metrics.text(kernels=3, most=5, spares=1, memory=2048)

    assert text.endswith("\n")
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert value(text, 'iopkit_requests_total{status="2xx"}') == 1
    assert value(text, 'iopkit_kernels{use="page"}') == 3
    assert value(text, "iopkit_kernels_most") == 5
    assert value(text, "iopkit_kernel_memory_bytes") == 2048


def test_the_memory_of_a_process_is_its_share_and_of_none_nothing():
    assert memory_of([os.getpid()]) > 1_000_000
    assert memory_of([2**22 + 1]) == 0


def test_forked_kernels_are_found_on_this_machine_and_their_parents_are_not(tmp_path, monkeypatch):
    with started(install(tmp_path)) as manager:
        if manager.provisioner.process.__class__.__name__ == "ForkedProcess":
            assert manager.provisioner.pid in running_kernels()
        assert os.getpid() not in running_kernels()

    monkeypatch.setattr("iopkit.kernels.memory.running_kernels", lambda: [os.getpid()])
    assert re.fullmatch(r"1 running now, with \d+ MiB", checks.kernels_now())
    monkeypatch.setattr("iopkit.kernels.memory.running_kernels", list)
    assert checks.kernels_now() == "none runs now"
    assert memory._command(tmp_path) == b""
    assert memory._parent(2**22 + 1) == 0


def test_the_doctor_says_why_kernels_are_not_forked(monkeypatch):
    monkeypatch.setattr("iopkit.kernels.provisioner.unavailable", lambda: "kernels are forked on Linux only")

    assert checks.how_kernels_start() == ", the ordinary way: kernels are forked on Linux only"


def test_a_port_that_is_taken_is_said_with_the_option_that_named_it(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        options = Options("x", "k", tmp_path, metrics_port=port)

        with pytest.raises(ServeError, match=f"Port {port} is taken .* --metrics-port"):
            options.bind_metrics()

    assert Options("x", "k", tmp_path).bind_metrics() == []


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory, port) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("metrics")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    with running(folder, notebooks=notebooks, assets=assets, metrics_port=port) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        yield server


@pytest.mark.slow
def test_a_server_counts_its_pages_kernels_and_saves_and_names_nobody(server, port):
    ann, before = server.browser(), read(port)
    ann.sign_in("ann")
    page = ann.page("/client")
    with ann.socket(page["kernel"]) as opened:
        line = Line(opened, page["model"])
        line.ask({"kind": "save", "id": "s1"})
        line.ask({"kind": "ping", "id": "p1"})
        text = read(port)

    assert value(text, 'iopkit_kernels{use="page"}') >= 1
    assert value(text, 'iopkit_kernels{use="spare"}') == 0
    assert value(text, "iopkit_kernel_memory_bytes") > 1_000_000
    assert grown(before, text, 'iopkit_pages_total{outcome="made"}') == 1
    assert grown(before, text, "iopkit_page_seconds_count") == 1
    assert grown(before, text, "iopkit_save_seconds_count") == 1
    assert grown(before, text, 'iopkit_requests_total{status="2xx"}') >= 2
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    for secret in ("ann", "Canary", page["kernel"], page["model"], ann.cookie(ann.session)):
        assert secret not in text


@pytest.mark.slow
def test_a_page_that_fails_is_counted_as_such(server, port):
    ann, before = server.browser(), read(port)
    ann.sign_in("ann")

    ann.get("/worksheets/broken")

    assert grown(before, read(port), 'iopkit_pages_total{outcome="failed"}') == 1


@pytest.mark.slow
def test_metrics_asked_for_by_another_name_are_refused(server, port):
    for host in ("evil.example", "evil.example:80", "169.254.169.254"):
        assert asked(port, host=host) == (403, "403\n")


@pytest.mark.slow
def test_the_pages_own_port_has_no_metrics_and_the_metrics_port_no_pages(server, port):
    assert server.browser().get("/metrics").status == 404
    assert asked(port, "/sign-in")[0] == 404
