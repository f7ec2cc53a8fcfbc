"""What forking is for: a kernel is ready sooner and takes less memory than one that imports for itself."""

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from kernel_lab import PATIENCE, connected, install, run, started

ROUNDS = 5
WORK = "import numpy, ipywidgets, matplotlib.pyplot"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    modules = ["numpy", "ipywidgets", "matplotlib.pyplot", "matplotlib_inline.backend_inline"]
    return install(tmp_path_factory.mktemp("jupyter"), *modules)


@pytest.fixture
def terminal(capsys):
    def show(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {line}\n")

    return show


def seconds_to_work_done(lab: Path, name: str) -> float:
    began = time.perf_counter()
    with started(lab, name) as manager:
        client = manager.client()
        client.start_channels()
        client.execute(WORK)
        assert client.get_shell_msg(timeout=PATIENCE)["content"]["status"] == "ok"
        took = time.perf_counter() - began
        client.stop_channels()
        client.context.destroy(linger=0)
    return took


def test_a_forked_kernel_has_its_work_done_sooner(lab, terminal, record_property):
    times: dict[str, list[float]] = {"forked": [], "stock": []}
    seconds_to_work_done(lab, "forked")  # warms the parent

    for _ in range(ROUNDS):
        for name, taken in times.items():
            taken.append(seconds_to_work_done(lab, name))
    forked, stock = (statistics.median(times[name]) for name in ("forked", "stock"))

    record_property("start.ratio", round(stock / forked, 1))
    terminal(f"start: stock {stock:.2f} s, forked {forked:.2f} s, ratio {stock / forked:.1f} (n = {ROUNDS})")
    assert stock / forked > 2


def mebibytes(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024


@contextmanager
def at_work(lab: Path, name: str) -> Iterator[int]:
    with started(lab, name) as manager, connected(manager) as client:
        run(client, WORK)
        yield manager.provisioner.pid


def test_forked_kernels_have_less_memory_of_their_own(lab, terminal, record_property):
    sizes = {}
    for name in ("forked", "stock"):
        with ExitStack() as open_at_once:
            pids = [open_at_once.enter_context(at_work(lab, name)) for _ in range(ROUNDS)]
            sizes[name] = statistics.median(map(mebibytes, pids))
    forked, stock = sizes["forked"], sizes["stock"]

    record_property("memory.ratio", round(stock / forked, 1))
    terminal(f"memory (PSS): stock {stock:.0f} MiB, forked {forked:.0f} MiB, ratio {stock / forked:.1f}")
    assert stock / forked > 1.5
