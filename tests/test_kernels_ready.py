"""When a kernel is ready: at once, and never before its output is heard."""

import asyncio
import os
import signal

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from kernel_lab import install

from iopkit.kernels.one_use import OneUseKernel
from iopkit.kernels.ready import ReadyClient


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two kernelspecs that differ in how a kernel starts."""
    return install(tmp_path_factory.mktemp("jupyter"), "json")


@pytest.fixture
def manager(folder, monkeypatch):
    """Make a manager of kernels of one kind, all of which are ended afterwards."""
    monkeypatch.setenv("JUPYTER_PATH", str(folder))
    return lambda name: AsyncKernelManager(kernel_name=name, client_class="iopkit.kernels.ready.ReadyClient")


async def first_words(manager: AsyncKernelManager) -> tuple[str, bool]:
    """Return what the first cell of a new kernel printed, and whether anything came before it."""
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=30)
        asked = client.execute("print('heard')")
        printed, others = "", False
        while True:
            said = await client.get_iopub_msg(timeout=30)
            ours = said["parent_header"].get("msg_id") == asked
            others |= not ours and said["msg_type"] == "stream"
            printed += said["content"].get("text", "") if said["msg_type"] == "stream" else ""
            if ours and said["content"].get("execution_state") == "idle":
                return printed, others
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("name", ["forked", "stock"])
def test_the_first_words_of_a_kernel_are_heard(manager, name):
    heard = [asyncio.run(first_words(manager(name))) for _ in range(5 if name == "forked" else 1)]

    assert set(heard) == {("heard\n", False)}


def test_a_kernel_that_dies_before_it_is_ready_is_an_error(manager):
    async def wait() -> None:
        kernel = manager("forked")
        await kernel.start_kernel()
        client = kernel.client()
        client.start_channels()
        try:
            os.kill(kernel.provisioner.pid, signal.SIGKILL)
            await client.wait_for_ready(timeout=30)
        finally:
            client.stop_channels()
            await kernel.shutdown_kernel(now=True)

    with pytest.raises(RuntimeError, match="Kernel died before replying to kernel_info"):
        asyncio.run(wait())


def test_a_kernel_that_does_not_answer_in_time_is_an_error(manager):
    async def wait() -> None:
        kernel = manager("forked")
        await kernel.start_kernel()
        client = kernel.client()
        client.start_channels()
        try:
            os.kill(kernel.provisioner.pid, signal.SIGSTOP)
            await client.wait_for_ready(timeout=0.3)
        finally:
            client.stop_channels()
            await kernel.shutdown_kernel(now=True)

    with pytest.raises(RuntimeError, match=r"Kernel didn't respond in 0\.3 seconds"):
        asyncio.run(wait())


def test_the_kernel_of_one_run_is_waited_for_by_this_client():
    assert isinstance(OneUseKernel().client(), ReadyClient)


def test_the_end_of_a_kernel_of_one_run_is_waited_for_and_not_looked_for(monkeypatch):
    async def no_looking_again(seconds, *_):
        raise AssertionError(f"slept {seconds} seconds")

    async def whole_life() -> tuple[bool, int]:
        manager = OneUseKernel()
        await manager.start_kernel()
        pid = manager.provisioner.pid
        monkeypatch.setattr(asyncio, "sleep", no_looking_again)
        await manager.shutdown_kernel(now=True)
        return manager.has_kernel, pid

    left, pid = asyncio.run(whole_life())

    assert not left
    assert not runs(pid)


def runs(pid):
    """Return whether a process runs; one that ended keeps its number until the warm parent has seen it."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
