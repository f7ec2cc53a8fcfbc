"""Kernels under pressure: no process or memory left, cells that hang, floods of output, several at once."""

import os
import resource
import signal

import nbclient
import nbformat
import papermill
import pytest
from kernel_lab import PATIENCE, connected, ended, install, program, run, started, tell, warmed

from iopkit.kernels import install_kernelspec, status

PARENT = "import os; print(os.getppid())"
COMMON = """
import ctypes, os, resource, signal
if os.geteuid() == 0:  # no limit on processes holds for root: be another real user, without that privilege
    os.setreuid(65534, -1)
    left = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF & ~(1 << 21 | 1 << 24)] * 2, 0, 0, 0, 0)
    ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), left)
had = resource.getrlimit(resource.RLIMIT_NPROC)
signal.signal(signal.SIGUSR1, lambda *_: resource.setrlimit(resource.RLIMIT_NPROC, (0, had[1])))
signal.signal(signal.SIGUSR2, lambda *_: resource.setrlimit(resource.RLIMIT_NPROC, had))
"""
"""A module that lets a warm parent be told to have no process left, and to have them again."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return install(tmp_path_factory.mktemp("jupyter"), "json")


@pytest.fixture
def lab(installed):
    return warmed(installed)


def test_a_fork_that_the_system_refuses_is_an_ordinary_start_and_the_next_one_works(tmp_path):
    (tmp_path / "common_user.py").write_text(COMMON)
    lab = install(tmp_path / "jupyter", "common_user")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    parent = int(tell(lab, PARENT, env=environment))

    os.kill(parent, signal.SIGUSR1)
    refused = int(tell(lab, PARENT, env=environment))
    reason = status().reason
    os.kill(parent, signal.SIGUSR2)

    assert (refused, reason) == (os.getpid(), "the system refuses another process")
    assert int(tell(lab, PARENT, env=environment)) == parent


def test_a_fork_without_memory_is_an_ordinary_start_and_the_next_one_works(lab):
    parent = int(tell(lab, PARENT))
    had = resource.prlimit(parent, resource.RLIMIT_AS)

    resource.prlimit(parent, resource.RLIMIT_AS, (1, had[1]))
    without = int(tell(lab, PARENT))
    reason = status().reason
    resource.prlimit(parent, resource.RLIMIT_AS, had)

    assert (without, reason) == (os.getpid(), "the fork ended before it was a kernel")
    assert int(tell(warmed(lab), PARENT)) == parent


def test_a_kernel_that_runs_out_of_memory_says_so_and_leaves_the_next_one_all_of_it(lab):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))"
    greedy = "try:\n    bytearray(4 << 30)\nexcept MemoryError:\n    print('no memory')"

    with started(lab) as manager, connected(manager) as client:
        run(client, limit)
        assert run(client, greedy) == "no memory"
        parent = run(client, PARENT)

    told = tell(lab, f"{PARENT}; import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])").split()
    assert told == [parent, str(resource.getrlimit(resource.RLIMIT_AS)[0])]


FLOOD = 30_000_000


def test_tens_of_megabytes_arrive_and_the_parent_forks_the_next_kernel(lab):
    with started(lab) as manager, connected(manager) as client:
        parent = run(client, PARENT)

        printed = run(client, f"for _ in range(30): print('x' * {FLOOD // 30}, end='')")

        assert len(printed) == FLOOD
        assert run(client, PARENT) == parent
    assert tell(lab, PARENT) == parent


def test_a_flood_that_nobody_reads_stops_its_own_kernel_only(lab):
    """It goes past the notebook, into a pipe that is full after 64 KB."""
    read, write = os.pipe()
    flood = f"print('soon', flush=True)\nimport os\nos.write(1, b'x' * {FLOOD})"
    try:
        with started(lab, stdout=write) as manager, connected(manager) as client:
            parent = run(client, PARENT)
            client.execute(flood)
            while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
                pass

            assert tell(lab, PARENT) == parent
            pid = manager.provisioner.pid
            manager.shutdown_kernel(now=True)
            assert ended([pid]) == []
    finally:
        os.close(read)
        os.close(write)


TWO = """
import sys, time
from pathlib import Path
from kernel_lab import *
with started(Path(sys.argv[1])) as one, started(Path(sys.argv[1])) as two:
    for manager in (one, two):
        with connected(manager) as client:
            print(run(client, "import os; print(os.getppid(), os.getpid())"), flush=True)
            client.execute("while True: pass")
    time.sleep(600)
"""


def test_two_busy_kernels_die_with_their_owner(lab):
    with program(TWO, lab) as owner:
        lines = [owner.stdout.readline().split() for _ in range(2)]
        owner.kill()

        assert lines[0][0] == lines[1][0]
        assert ended([int(pid) for line in lines for pid in line]) == []


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Return a notebook that writes down its kernel's number and then hangs."""
    install_kernelspec(tmp_path, modules=["json"])
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    first = f"import os, pathlib\npathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))"
    cells = [nbformat.v4.new_code_cell(source) for source in (first, "import time\ntime.sleep(600)", "1 + 1")]
    spec = {"name": "iopkit", "display_name": "iopkit", "language": "python"}
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), tmp_path / "hangs.ipynb"
    )
    return tmp_path / "hangs.ipynb"


def kernel_of(notebook) -> int:
    return int(notebook.with_name("pid").read_text())


def by_nbclient(notebook):
    nbclient.execute(nbformat.read(notebook, as_version=4), timeout=2)


def by_papermill(notebook):
    papermill.execute_notebook(notebook, None, execution_timeout=2, progress_bar=False)


def by_our_engine(notebook):
    papermill.execute_notebook(notebook, None, engine_name="iopkit", execution_timeout=2, progress_bar=False)


@pytest.mark.parametrize("way", [by_nbclient, by_papermill, by_our_engine])
def test_a_cell_that_hangs_is_given_up_in_time_and_its_kernel_is_gone(notebook, way):
    before = status().started_forked

    with pytest.raises(nbclient.exceptions.CellTimeoutError):
        way(notebook)

    assert status().started_forked == before + 1
    assert ended([kernel_of(notebook)]) == []


def test_a_cell_that_hangs_is_interrupted_where_that_is_asked_for_and_the_rest_runs(notebook):
    book = nbformat.read(notebook, as_version=4)

    done = nbclient.execute(book, timeout=2, interrupt_on_timeout=True, allow_errors=True)

    hung, last = done.cells[1:]
    assert [output["ename"] for output in hung.outputs] == ["KeyboardInterrupt"]
    assert last.outputs[0]["data"]["text/plain"] == "2"
    assert ended([kernel_of(notebook)]) == []
