"""More pages than the libraries' own limits on sockets and open files would let a server hold."""

import resource
import subprocess
import sys
from types import SimpleNamespace

import pytest
import zmq

from iopkit.server.app import open_many_files
from iopkit.server.kernels import OwnedKernels
from iopkit.server.options import Options

PAGE = 6
"""Sockets between the server and the kernel of one page."""


@pytest.fixture
def kernels(monkeypatch, tmp_path):
    options = Options(database="", key_file="", notebooks=tmp_path)
    monkeypatch.setattr(OwnedKernels, "server", SimpleNamespace(options=options))
    made = OwnedKernels(connection_dir=str(tmp_path))
    yield made
    made.context.destroy(linger=0)


def test_a_server_has_sockets_for_a_thousand_pages(kernels):
    assert kernels.context.max_sockets >= 1000 * PAGE


def test_sockets_beyond_the_librarys_own_limit_can_really_be_made(kernels):
    open_many_files()
    sockets = [kernels.context.socket(zmq.DEALER) for _ in range(1100)]
    assert not any(socket.closed for socket in sockets)
    for socket in sockets:
        socket.close(linger=0)


def test_a_server_opens_as_many_files_as_it_may():
    code = (
        "import resource; from iopkit.server.app import open_many_files\n"
        "hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))\n"
        "open_many_files(); print(resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"


def test_this_process_keeps_its_upper_limit():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    open_many_files()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (before, before)
