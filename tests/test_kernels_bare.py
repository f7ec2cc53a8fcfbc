"""A bare kernel looks for nothing of the operator's own IPython, and does all else as others do."""

import os
import sys
from pathlib import Path

import pytest
from ipykernel import kernelbase
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from kernel_lab import install, tell

from iopkit.kernels import bare

linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return install(tmp_path_factory.mktemp("jupyter"), "ipywidgets")


@pytest.fixture
def profile(tmp_path) -> Path:
    """Return a profile with a start-up file and a configuration of the operator's."""
    place = tmp_path / "profile_default"
    (place / "startup").mkdir(parents=True)
    (place / "startup/first.py").write_text("started = 'by a file'\n")
    (place / "ipython_kernel_config.py").write_text("c.InteractiveShellApp.exec_lines = ['told = 1']\n")
    return place


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "IPYTHONDIR": str(folder), **more}


NAMES = "print('started' in globals(), 'told' in globals())"


@linux
def test_nothing_of_the_operators_own_runs_in_a_bare_kernel(lab, tmp_path, profile):
    assert tell(lab, NAMES, env=environment(tmp_path)) == "True True"
    assert tell(lab, NAMES, env=environment(tmp_path, IOPKIT_BARE="1")) == "False False"


@linux
def test_a_bare_kernel_makes_no_folders_until_something_is_kept(lab, tmp_path):
    env = environment(tmp_path / "own", IOPKIT_BARE="1")
    told = tell(
        lab, "ip = get_ipython(); print(ip.profile_dir.location, ip.profile, ip.ipython_dir)", env=env
    )
    assert told == f"{tmp_path}/own/profile_default default {tmp_path}/own"
    assert not (tmp_path / "own/profile_default").exists()

    kept = "kept = 3\n%store kept\ndel kept\n%store -r kept\nprint(kept)"
    assert tell(lab, kept, env=env).endswith("3")
    assert (tmp_path / "own/profile_default/db/autorestore/kept").exists()


@linux
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print(getattr(get_ipython().kernel, 'debugger', None))", "None"),
        ("print(get_ipython().extension_manager.loaded)", "{'IPython.extensions.storemagic'}"),
        ("%who", "Interactive namespace is empty."),
        ("print('zmq' in get_ipython()._sys_modules_keys)", "True"),
        ("print(get_ipython().history_manager.enabled)", "False"),
        ("import pdb; print(pdb.Pdb.__name__)", "InterruptiblePdb"),
        ("import ipywidgets; print(ipywidgets.Text().comm is not None)", "True"),
        ("await __import__('asyncio').sleep(0)\nprint('awaited')", "awaited"),
    ],
)
def test_a_bare_kernel_has_what_others_have_but_the_debugger(lab, tmp_path, code, said):
    assert tell(lab, code, env=environment(tmp_path, IOPKIT_BARE="1")) == said


def test_a_kernel_is_bare_when_it_is_told_so_and_has_a_place():
    assert bare.place_of({"IOPKIT_BARE": "1", "IPYTHONDIR": "/r/ipython"}) == "/r/ipython/profile_default"
    assert bare.place_of({"IOPKIT_BARE": "1"}) == ""
    assert bare.place_of({"IOPKIT_BARE": "", "IPYTHONDIR": "/r"}) == bare.place_of({"IPYTHONDIR": "/r"}) == ""


def test_the_place_of_a_profile_is_noted_and_nothing_is_made_there(tmp_path):
    profile = bare.NoProfile()
    profile.location = str(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("names", [("cell_meta", "cell_id"), ("cell_id", "no_such")])
@pytest.mark.parametrize(
    "method", [IPythonKernel.do_execute, ZMQInteractiveShell.run_cell_async, ZMQInteractiveShell.run_cell]
)
def test_what_a_method_takes_is_remembered_as_ipykernel_says_it(method, names):
    asked = []

    def ask(function, wanted):
        asked.append(function)
        return kernelbase._accepts_parameters(function, wanted)

    remembered = bare._remembering(ask)

    first, second = remembered(method, list(names)), remembered(method, names)
    assert first == second == kernelbase._accepts_parameters(method, names)
    assert first is not second
    assert asked == [method]


def test_a_bound_method_is_the_method_it_binds():
    class Kernel:
        def run(self, code, *, cell_id=None):
            return code, cell_id

    remembered = bare._remembering(kernelbase._accepts_parameters)
    assert remembered(Kernel().run, ["cell_id", "self"])["cell_id"]
    assert remembered(Kernel().run, ["cell_id"]) == remembered(Kernel.run, ["cell_id"]) == {"cell_id": True}
