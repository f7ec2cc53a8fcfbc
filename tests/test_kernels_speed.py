"""What forking is for: a kernel is ready sooner and takes less memory than one that imports everything itself."""

import os
import statistics
import time
from pathlib import Path

import pytest
from kernel_lab import PATIENCE, connected, install, run, started

ROUNDS = 5
WORK = "import numpy, ipywidgets, matplotlib.pyplot"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    modules = ["numpy", "ipywidgets", "matplotlib.pyplot", "matplotlib_inline.backend_inline"]
    return install(tmp_path_factory.mktemp("jupyter"), *modules)


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


def test_a_forked_kernel_has_its_work_done_sooner(lab, capsys, record_property):
    times: dict[str, list[float]] = {"forked": [], "stock": []}
    seconds_to_work_done(lab, "forked")  # warms the parent

    for _ in range(ROUNDS):
        for name, taken in times.items():
            taken.append(seconds_to_work_done(lab, name))
    forked, stock = (statistics.median(times[name]) for name in ("forked", "stock"))

    record_property("start.ratio", round(stock / forked, 1))
    with capsys.disabled():
        print(
            f"\n  start: stock {stock:.2f} s, forked {forked:.2f} s, ratio {stock / forked:.1f} (n = {ROUNDS})"
        )
    assert stock / forked > 2


def mebibytes(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("\nPss:")[2].split()[0]) / 1024


def test_a_forked_kernel_has_less_memory_of_its_own(lab, capsys, record_property):
    sizes = {}
    for name in ("forked", "stock"):
        with started(lab, name) as manager, connected(manager) as client:
            run(client, WORK)
            sizes[name] = mebibytes(manager.provisioner.pid)
            assert int(run(client, "import os; print(os.getpid())")) == manager.provisioner.pid
    ratio = sizes["stock"] / sizes["forked"]

    record_property("memory.ratio", round(ratio, 1))
    with capsys.disabled():
        print(
            f"\n  memory (PSS): stock {sizes['stock']:.0f} MiB, forked {sizes['forked']:.0f} MiB, ratio {ratio:.1f}"
        )
    assert sizes["forked"] < sizes["stock"]
    assert os.getpid() != manager.provisioner.pid
