"""A rehearsal is done in the warm parent when nobody waits; kernels forked afterwards share what it left."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from kernel_lab import connected, ended, install, run, started, tell

from iopkit.kernels import safety, status
from iopkit.kernels.parents import warm_parents

ASK = "import os, {name}; print({name}.done, os.getppid())"


def place(folder: Path, name: str, text: str) -> dict[str, str]:
    """Write a module whose function ``act`` is a rehearsal; return the environment that finds it."""
    (folder / f"{name}.py").write_text(f"done = 0\n{text}")
    os.utime(folder / f"{name}.py", (1_700_000_000, 1_700_000_000))
    return {
        **os.environ,
        "TMPDIR": str(folder),
        "PYTHONPATH": f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }


def asked_until(lab: Path, environment: dict[str, str], name: str, wanted: str) -> int:
    """Ask kernels until one says what is wanted of its module; return its parent."""
    while True:
        said, parent = tell(lab, ASK.format(name=name), env=environment).split()
        if said == wanted:
            return int(parent)


def test_kernels_share_what_a_rehearsal_left(tmp_path):
    environment = place(tmp_path, "scene", "def act():\n global done\n done += 1\n")
    lab = install(tmp_path / "jupyter", "scene:act")

    parent = asked_until(lab, environment, "scene", "1")
    again = tell(lab, ASK.format(name="scene"), env=environment)

    assert parent != os.getpid()
    assert again == f"1 {parent}"  # it was done once


def test_a_rehearsal_that_fails_costs_nothing(tmp_path):
    environment = place(tmp_path, "flop", "def act():\n global done\n done = 2\n raise OSError('no room')\n")
    lab = install(tmp_path / "jupyter", "flop:act")

    assert asked_until(lab, environment, "flop", "2") != os.getpid()
    assert status().reason == ""


LEAVES = {
    "a thread was started by crowd:act": "import threading, time\n"
    " threading.Thread(target=time.sleep, args=[99], daemon=True).start()",
    "a socket was left open by litter:act": "import socket\n global done\n done = socket.socket()",
}


@pytest.mark.parametrize("reason", LEAVES)
def test_a_rehearsal_that_would_break_forks_makes_kernels_start_the_ordinary_way(tmp_path, reason):
    name = reason.partition(" by ")[2].partition(":")[0]
    environment = place(tmp_path, name, f"def act():\n {LEAVES[reason]}\n")
    lab = install(tmp_path / "jupyter", f"{name}:act")

    while tell(lab, "import os; print(os.getppid())", env=environment) != str(os.getpid()):
        pass

    assert status().reason == reason


def test_a_kernel_that_ends_during_a_rehearsal_is_reaped_at_once(tmp_path):
    told = tmp_path / "told"
    os.mkfifo(told)
    environment = place(tmp_path, "long", SLOW.format(told=str(told)))
    lab = install(tmp_path / "jupyter", "long:act")
    with started(lab, env=environment) as manager:
        kernel = psutil.Process(manager.provisioner.pid)
        parent = kernel.ppid()
        told.read_text()  # waits until the rehearsal has begun

    kernel.wait(timeout=30)  # a rehearsal takes a minute here

    os.kill(parent, signal.SIGTERM)
    assert ended([parent]) == []


SLOW = """
import tempfile, time, pathlib
def act():
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path({told!r}).write_text(folder)
        time.sleep(60)
"""


def test_a_parent_that_is_ended_while_it_rehearses_leaves_nothing_on_disk(tmp_path):
    told = tmp_path / "told"
    os.mkfifo(told)
    environment = place(tmp_path, "slow", SLOW.format(told=str(told)))
    lab = install(tmp_path / "jupyter", "slow:act")
    with started(lab, env=environment) as manager:
        parent = psutil.Process(manager.provisioner.pid).ppid()
        folder = Path(told.read_text())  # waits until the rehearsal has begun

        os.kill(parent, signal.SIGTERM)

        assert ended([parent]) == []
    assert not folder.exists()
    assert [one for one in warm_parents().all() if one.process.pid == parent and one.is_alive()] == []


def test_what_fills_the_holes_of_the_parent_stays_in_its_forks(tmp_path):
    filled = safety.fill_holes()
    assert sum(len(one) for one in filled) > 10_000

    with started(install(tmp_path)) as manager, connected(manager) as client:
        assert run(client, "import gc; print(gc.get_freeze_count() > 1000)") == "True"
