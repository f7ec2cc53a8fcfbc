"""Code that kernels run is put side by side: it does what it did, and a kernel has less memory of its own."""

import functools
import os
import sys
from pathlib import Path
from types import CodeType

import psutil
import pytest
from kernel_lab import connected, install, run, started, tell
from test_kernels_sharing import own_kilobytes

from iopkit.kernels import hot, kernelspec
from iopkit.server.spec import GATHER, page_kernelspec

linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
AT_ONCE = "from iopkit.kernels import hot, warm\nwarm.QUIET_MS = 0\ndone = None\n"


def place(folder: Path, text: str) -> dict[str, str]:
    """Write a module whose function ``act`` is a rehearsal; return the environment that finds it."""
    (folder / "scene.py").write_text(AT_ONCE + text)
    os.utime(folder / "scene.py", (1_700_000_000, 1_700_000_000))
    path = f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"
    return {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": path}


def told(lab: Path, environment: dict[str, str], ask: str) -> str:
    """Ask kernels until one says something other than None."""
    while (said := tell(lab, ask, env=environment)).startswith("None"):
        pass
    return said


@linux
def test_a_kernel_whose_code_lies_side_by_side_has_less_memory_of_its_own(tmp_path):
    environment = place(tmp_path, "def act():\n global done\n hot.gather('print(1)')\n done = hot.made\n")
    lab = install(tmp_path / "jupyter", "scene:act")
    with started(lab, env=environment) as before, connected(before) as client:
        assert run(client, "import scene; print(scene.done)") == "None"
        run(client, "print(1)")
        first = own_kilobytes(before.provisioner.pid)
    assert int(told(lab, environment, "import scene; print(scene.done)")) > 500
    with started(lab, env=environment) as after, connected(after) as client:
        run(client, "import scene; print(scene.done)")
        run(client, "print(1)")
        assert own_kilobytes(after.provisioner.pid) < first - 300


@linux
@pytest.mark.parametrize(
    "cell", ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "import time; time.sleep(99)"]
)
def test_a_kernel_that_plays_badly_changes_nothing_and_leaves_nothing(tmp_path, cell):
    text = f"def act():\n global done\n hot.PATIENCE = 3\n done = hot.heard({cell!r})\n"
    environment = place(tmp_path, text)
    lab = install(tmp_path / "jupyter", "scene:act")

    said = told(lab, environment, "import scene, os; print(scene.done, os.getppid())").split()

    assert said[0] == "[]"
    assert psutil.Process(int(said[1])).children() == []
    assert [one.name for one in tmp_path.iterdir() if "gather" in one.name] == []


@linux
def test_the_parent_of_pages_puts_its_code_side_by_side(tmp_path):
    environment = place(tmp_path, "def act():\n pass\n")
    modules = page_kernelspec()["metadata"]["kernel_provisioner"]["config"]["modules"]
    lab = install(tmp_path / "jupyter", "scene:act", *modules)
    ask = "from iopkit.kernels import hot; print(hot.made or None)"
    assert int(told(lab, environment, ask)) > 1500


def test_only_pages_have_their_code_gathered():
    ours = kernelspec()["metadata"]["kernel_provisioner"]["config"]["modules"]
    assert page_kernelspec()["metadata"]["kernel_provisioner"]["config"]["modules"] == [*ours, GATHER]


def plain(number):
    return [inner + number for inner in range(number)]


def outer(words):
    def keyed(word):
        return len(word)

    return sorted(words, key=keyed)


@functools.cache
def wrapped(number):
    return number + 1


class Thing:
    @property
    def size(self):
        return 3

    @staticmethod
    def loud(text):
        return text.upper()


def test_functions_do_what_they_did_and_their_code_is_another():
    every = [plain, outer, wrapped.__wrapped__, Thing.size.fget, Thing.loud]
    codes = [one.__code__ for one in every]
    inner = next(one for one in outer.__code__.co_consts if isinstance(one, CodeType))

    found = hot.settle([*map(id, codes), id(inner), 8, 16])

    assert found == len(codes) + 1
    assert [one.__code__ == code for one, code in zip(every, codes, strict=True)] == [True] * len(codes)
    assert not any(one.__code__ is code for one, code in zip(every, codes, strict=True))
    assert inner not in [one for one in outer.__code__.co_consts if one is inner]
    assert plain(3) == [3, 4, 5]
    assert outer(["aa", "b"]) == ["b", "aa"]
    assert (wrapped(1), Thing().size, Thing.loud("a")) == (2, 3, "A")


def test_code_that_nobody_named_stays_as_it_is():
    code = plain.__code__
    assert hot.settle([]) == hot.settle([8]) == 0
    assert plain.__code__ is code


def test_what_is_not_heard_is_done_all_the_same():
    heard = []
    sys.setprofile(lambda frame, event, _: heard.append(frame.f_code.co_name) if event == "call" else None)
    plain(1)
    with hot.unheard():
        outer(["a"])
    Thing.loud("a")
    sys.setprofile(None)
    assert "plain" in heard
    assert "loud" in heard
    assert "outer" not in heard


def test_a_pipe_that_stays_open_in_silence_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(hot, "PATIENCE", 0.01)
    reading, writing = os.pipe()
    os.write(writing, b"12345678")
    assert hot._all_of(reading) == b""
    os.close(writing)
    assert hot._all_of(reading) == b""
    os.close(reading)
