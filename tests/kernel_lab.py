"""Real kernels for the tests: started from kernelspecs of the test, spoken to as a notebook does."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from iopkit.kernels import install_kernelspec
from iopkit.kernels.process import ForkedProcess

ROOT = Path(__file__).parent.parent
PATIENCE = 90


def install(folder: Path, *modules: str) -> Path:
    """Write two kernelspecs, ``forked`` and ``stock``, which differ in the provisioner only."""
    place = install_kernelspec(folder, modules=modules, name="forked")
    spec = json.loads((place / "kernel.json").read_text())
    del spec["metadata"]["kernel_provisioner"]
    (folder / "kernels/stock").mkdir()
    (folder / "kernels/stock/kernel.json").write_text(json.dumps(spec))
    return folder


@contextmanager
def started(folder: Path, name: str = "forked", **options: object) -> Iterator[KernelManager]:
    """Lend a running kernel's manager; the kernel is killed afterwards if it still runs."""
    specs = KernelSpecManager(kernel_dirs=[str(folder / "kernels")], ensure_native_kernel=False)
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
    manager.start_kernel(**options)
    try:
        yield manager
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def warmed(folder: Path) -> Path:
    """Start kernels until one is forked: a parent that was killed by the test before is there again."""
    while True:
        with started(folder) as manager:
            if isinstance(manager.provisioner.process, ForkedProcess):
                return folder


@contextmanager
def connected(manager: KernelManager) -> Iterator[BlockingKernelClient]:
    """Lend a client of a running kernel that is ready."""
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield client
    finally:
        client.stop_channels()
        with suppress(AttributeError):
            client.context.destroy(linger=0)


def run(client: BlockingKernelClient, code: str) -> str:
    """Run code in a kernel; return what it printed."""
    shown: list[str] = []
    reply = client.execute_interactive(code, timeout=PATIENCE, output_hook=lambda it: shown.append(_text(it)))
    assert reply["content"]["status"] == "ok", reply["content"].get("evalue")
    return "".join(shown).strip()


def tell(folder: Path, code: str, **options: object) -> str:
    """Run code in a forked kernel of its own; return what it printed."""
    with started(folder, **options) as manager, connected(manager) as client:
        return run(client, code)


def _text(message: dict) -> str:
    return message["content"].get("text", "") if message["msg_type"] == "stream" else ""


def ended(pids: list[int], *, within: float = 20) -> list[int]:
    """Wait until processes have ended; return those that have not."""
    watched = {}
    for pid in pids:
        with suppress(ProcessLookupError):
            watched[os.pidfd_open(pid)] = pid
    poll, until = select.poll(), time.monotonic() + within
    for descriptor in watched:
        poll.register(descriptor, select.POLLIN)
    while watched and (left := until - time.monotonic()) > 0:
        for descriptor, _ in poll.poll(left * 1000):
            poll.unregister(descriptor)
            os.close(descriptor)
            del watched[descriptor]
    for descriptor in watched:
        os.close(descriptor)
    return list(watched.values())


def program(code: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    """Start a Python program of its own that may use these tools."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": path} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
