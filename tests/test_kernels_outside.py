"""What a kernel tells whoever started it arrives there, and nothing else that it prints does."""

import io
import os
import sys
from types import SimpleNamespace

import nbformat
import pytest
from kernel_lab import connected, install, run, started
from server_process import CHEAP, PASSWORD, running, stand_in_assets

from iopkit.clinic import open_store
from iopkit.kernels.outside import tell

TELL = (
    "import sys\n"
    "from iopkit.kernels.outside import tell\n"
    "tell('one\\ntwo')\n"
    "print('to the notebook alone', file=sys.stderr)\n"
)
FAULT = (
    "from iopkit.apps.fault import report\n"
    "try:\n"
    "    raise KeyError('canary-in-an-error')\n"
    "except KeyError as error:\n"
    "    report(error)\n"
    "raise ValueError('canary-in-another')"
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return install(tmp_path_factory.mktemp("jupyter"))


@pytest.mark.parametrize("name", ["forked", "stock"])
def test_a_line_goes_past_the_notebook_and_what_is_printed_does_not(lab, tmp_path, name):
    with (tmp_path / "log").open("w") as log:
        with started(lab, name, stderr=log) as manager, connected(manager) as client:
            assert "to the notebook alone" in run(client, TELL)
        told = (tmp_path / "log").read_text()

    assert told.count(" ERROR one two\n") == 1
    assert "to the notebook" not in told


@pytest.mark.parametrize("spares", [0, 1])
def test_a_fault_in_an_app_stands_in_the_servers_log(tmp_path, spares):
    cells = [nbformat.v4.new_code_cell(FAULT)]
    (tmp_path / "notebooks/apps").mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks/apps/client.ipynb")
    with open_store(str(tmp_path / "clinic.db"), tmp_path / "key", settings=CHEAP) as store:
        store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
    assets = stand_in_assets(tmp_path / "assets")
    with running(tmp_path, notebooks=tmp_path / "notebooks", assets=assets, spare_kernels=spares) as server:
        browser = server.browser()
        browser.sign_in("ann")
        if spares:
            server.wait_for_kernels(1, seconds=90)
        browser.get("/client")
        log = server.log.read_text()

    lines = [line for line in log.splitlines() if "while answering a page" in line]
    assert len(lines) == 1, log
    assert " ERROR iopkit: KeyError while answering a page, " in lines[0]
    assert "canary" not in log


def test_outside_of_a_kernel_it_is_this_process_own_standard_error(capsys):
    tell("  a line\rwith breaks\n")
    assert capsys.readouterr().err.endswith(" ERROR a line with breaks\n")


def test_a_kernel_without_a_copy_writes_where_it_was_told(monkeypatch, tmp_path):
    class Stream(io.StringIO):
        __module__ = "ipykernel.iostream"

    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    with (tmp_path / "log").open("wb") as log:
        monkeypatch.setattr("iopkit.kernels.outside._STDERR", log.fileno())
        tell("past the notebook: \udcff")
    assert (tmp_path / "log").read_bytes().endswith(b" ERROR past the notebook: \\udcff\n")
    assert stream.getvalue() == ""


def test_nobody_listening_is_no_fault(monkeypatch):
    reader, writer = os.pipe()
    os.close(reader)
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(_original_stdstream_copy=writer))
    tell("into nothing")
    os.close(writer)
    monkeypatch.setattr(sys, "stderr", None)
    tell("nowhere at all")
