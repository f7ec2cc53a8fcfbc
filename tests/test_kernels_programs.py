"""Every Jupyter program that starts kernels by name can use the forked ones."""

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import nbclient
import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from kernel_lab import ROOT, ended, install

from iopkit.kernels import ForkProvisioner, install_kernelspec, status

CELLS = ["import os\nword = 'none'", "print(word, os.getppid())", "import time\ntime.time() > 0"]


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """Make a Jupyter data folder in which ``iopkit`` names the forked kernels."""
    folder = tmp_path_factory.mktemp("jupyter")
    install_kernelspec(folder, modules=["json"])
    return folder


@pytest.fixture
def notebook(tmp_path, jupyter, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(jupyter))
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{at}") for at, source in enumerate(CELLS)]
    cells[0].metadata["tags"] = ["parameters"]
    spec = {"name": "iopkit", "display_name": "iopkit", "language": "python"}
    path = tmp_path / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    return path


def said(notebook: nbformat.NotebookNode) -> list[str]:
    return [
        output["text"].strip()
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text" in output
    ]


def command(*words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_provisioner_is_found_by_its_name():
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name="iopkit-fork")

    assert found.load() is ForkProvisioner


def test_the_kernelspec_is_found_by_its_name(jupyter, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", str(jupyter))

    spec = KernelSpecManager().get_kernel_spec("iopkit")

    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "iopkit-fork"
    assert spec.argv[-1] == "--HistoryManager.enabled=False"


def test_nbclient_runs_a_notebook(notebook):
    before = status().started_forked

    done = nbclient.execute(nbformat.read(notebook, as_version=4), cwd=str(notebook.parent))

    (line,) = said(done)
    assert line.startswith("none ")
    assert line != f"none {os.getpid()}"
    assert status().started_forked == before + 1


def test_nbclient_says_when_a_kernel_dies_in_the_middle_of_a_cell(notebook):
    book = nbformat.read(notebook, as_version=4)
    book.cells[1].source = "os.kill(os.getpid(), 9)"

    with pytest.raises(nbclient.exceptions.DeadKernelError):
        nbclient.execute(book, cwd=str(notebook.parent))


def test_papermill_runs_a_notebook_with_parameters(notebook):
    out = notebook.with_name("out.ipynb")

    papermill.execute_notebook(notebook, out, {"word": "spoken"}, kernel_name="iopkit", progress_bar=False)

    (line,) = said(nbformat.read(out, as_version=4))
    assert line.startswith("spoken ")
    assert line != f"spoken {os.getpid()}"


def test_papermills_own_command_runs_a_notebook_and_leaves_nothing_behind(notebook):
    words = ["-k", "iopkit", "-p", "word", "spoken", "--no-progress-bar", notebook, "out.ipynb"]

    done = command("-m", "papermill", *words, folder=notebook.parent)

    assert done.returncode == 0, done.stderr
    (line,) = said(nbformat.read(notebook.with_name("out.ipynb"), as_version=4))
    word, parent = line.split()
    assert word == "spoken"
    assert ended([int(parent)]) == []


def test_papermill_runs_a_notebook_by_our_engine_whatever_kernel_it_names(notebook):
    book = nbformat.read(notebook, as_version=4)
    book.metadata["kernelspec"]["name"] = "nobody-has-this"
    nbformat.write(book, notebook)

    done = command(
        "-m",
        "papermill",
        "--engine",
        "iopkit",
        "--no-progress-bar",
        notebook,
        "out.ipynb",
        folder=notebook.parent,
    )

    assert done.returncode == 0, done.stderr
    (line,) = said(nbformat.read(notebook.with_name("out.ipynb"), as_version=4))
    assert line.startswith("none ")


def test_nbval_runs_a_notebook(notebook):
    (notebook.parent / "pytest.ini").write_text("[pytest]\n")

    words = ["-p", "no:randomly", "--nbval-lax", "--nbval-kernel-name", "iopkit", notebook]

    done = command("-m", "pytest", *words, folder=notebook.parent)

    assert "3 passed" in done.stdout


def test_nbconvert_runs_a_notebook(notebook):
    done = command("-m", "nbconvert", "--to", "notebook", "--execute", notebook, folder=notebook.parent)

    assert done.returncode == 0, done.stderr
    assert len(said(nbformat.read(notebook.with_name("notebook.nbconvert.ipynb"), as_version=4))) == 1


SERVER = """
import asyncio, json, sys
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
async def main():
    kernels = AsyncMappingKernelManager()
    ids = [await kernels.start_kernel(kernel_name="iopkit") for _ in range(2)]
    names = [type(kernels.get_kernel(id_).provisioner.process).__name__ for id_ in ids]
    await kernels.restart_kernel(ids[0])
    alive = [await kernels.is_alive(id_) for id_ in ids]
    await kernels.shutdown_all(now=True)
    print(json.dumps([names, alive, kernels.list_kernel_ids()]))
asyncio.run(main())
"""


def test_jupyter_server_starts_restarts_and_ends_kernels(notebook):
    """JupyterLab and Voilà start theirs by this class."""
    done = command("-c", SERVER, folder=notebook.parent)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [["ForkedProcess", "ForkedProcess"], [True, True], []]


def test_a_kernelspec_of_something_else_than_ipykernel_starts_the_ordinary_way(
    tmp_path, jupyter, notebook, monkeypatch
):
    place = install(tmp_path / "odd", "json") / "kernels/forked/kernel.json"
    spec = json.loads(place.read_text())
    spec["argv"] = ["python", "-c", "from ipykernel.kernelapp import main; main()", "-f", "{connection_file}"]
    place.write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "odd"))

    done = nbclient.execute(nbformat.read(notebook, as_version=4), kernel_name="forked")

    assert said(done) == [f"none {os.getpid()}"]
    assert status().reason == "its kernelspec starts something else than ipykernel"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"stdout": subprocess.PIPE}, "it was asked for with pipes"),
        ({"independent": True}, "it was asked for with options that only a new process can have"),
        ({"umask": 0o077}, "it was asked for with options that only a new process can have"),
    ],
)
def test_what_a_fork_cannot_give_is_given_by_an_ordinary_start(notebook, options, reason):
    client = nbclient.NotebookClient(nbformat.read(notebook, as_version=4), kernel_name="iopkit")

    with client.setup_kernel(**options):
        process = client.km.provisioner.process

        assert isinstance(process, subprocess.Popen)
        assert status().reason == reason
    if process.stdout:
        process.stdout.close()


def test_what_a_kernel_writes_past_the_notebook_goes_where_its_starter_says(notebook, tmp_path):
    client = nbclient.NotebookClient(nbformat.read(notebook, as_version=4), kernel_name="iopkit")
    client.nb.cells[1].source = "os.write(2, b'straight'); os.write(1, b'-out')"

    with (tmp_path / "log").open("w+b") as log:
        with client.setup_kernel(stdout=log, stderr=log):
            os_level = "import sys; sys.__stderr__.write('to the log'); sys.__stderr__.flush()"
            client.execute_cell(nbformat.v4.new_code_cell(os_level), 0)
        log.seek(0)
        written = log.read()

    assert b"to the log" in written
