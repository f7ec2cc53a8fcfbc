"""Kernels end as they should: by themselves, by their manager, with their parent and with their owner."""

import asyncio
import os
import resource
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from kernel_lab import PATIENCE, connected, ended, install, program, run, started, tell, warmed

from iopkit.kernels import status

BOTH = pytest.mark.parametrize("name", ["forked", "stock"])


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return install(tmp_path_factory.mktemp("jupyter"), "json")


@pytest.fixture
def lab(installed):
    return warmed(installed)


def parent_of(client):
    return int(run(client, "import os; print(os.getppid())"))


def warm_parent_of(client):
    parent = parent_of(client)
    assert parent not in (1, os.getpid())
    return parent


ENDS = {
    "import os; os._exit(3)": 3,
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": -9,
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)": -15,
    "import ctypes; ctypes.string_at(0)": -11,
}


@BOTH
@pytest.mark.parametrize("code", ENDS)
def test_the_manager_learns_the_real_exit_code(lab, name, code):
    with started(lab, name) as manager, connected(manager) as client:
        client.execute(code)
        code_of_end = asyncio.run(manager.provisioner.wait())

    assert code_of_end == ENDS[code]


@BOTH
def test_a_kernel_that_is_asked_to_shut_down_ends_with_zero(lab, name):
    with started(lab, name) as manager, connected(manager) as client:
        process = manager.provisioner.process
        client.shutdown()

        assert process.wait(timeout=PATIENCE) == 0


LATE = """
import pathlib
kernel, app = get_ipython().kernel, get_ipython().kernel.parent
publish, loop = kernel._publish_status, app.iopub_thread.io_loop
later = loop.add_callback

def late(status, *rest, **more):
    if status == "idle":
        app.iopub_thread.thread.join(1)  # as when the processor is busy elsewhere
    publish(status, *rest, **more)

def noted(what, *rest):
    if what == loop.stop:
        pathlib.Path({file!r}).write_text(f"speaking: {{app.control_thread.is_alive()}}")
    later(what, *rest)

kernel._publish_status, loop.add_callback = late, noted
"""


def test_a_forked_kernel_says_its_last_word_before_what_carries_it_is_closed(lab, tmp_path):
    """It comes from another thread than the one that closes everything, which waits for that thread."""
    with started(lab, "forked") as manager, connected(manager) as client:
        process = manager.provisioner.process
        run(client, LATE.format(file=str(tmp_path / "noted")))

        client.shutdown()

        assert process.wait(timeout=PATIENCE) == 0
    assert (tmp_path / "noted").read_text() == "speaking: False"


@BOTH
def test_a_kernel_killed_while_a_cell_runs_is_seen_by_its_manager(lab, name):
    with started(lab, name) as manager, connected(manager) as client:
        client.execute("import time; time.sleep(600)")
        assert manager.is_alive()

        os.kill(manager.provisioner.pid, signal.SIGKILL)
        ended([manager.provisioner.pid])
        asyncio.run(manager.provisioner.wait())

        assert not manager.is_alive()


@BOTH
def test_an_interrupt_stops_a_cell_and_not_the_kernel(lab, name):
    with started(lab, name) as manager, connected(manager) as client:
        request = client.execute(
            "print('here', flush=True)\nimport time\ntime.sleep(600)", stop_on_error=False
        )
        while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        while (reply := client.get_shell_msg(timeout=PATIENCE))["parent_header"]["msg_id"] != request:
            pass  # a late answer to an earlier question

        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert run(client, "print('still here')") == "still here"


@BOTH
@pytest.mark.parametrize("now", [True, False], ids=["at once", "politely"])
def test_a_restart_gives_a_new_kernel_on_the_same_ports(lab, name, now):
    with started(lab, name) as manager:
        with connected(manager) as client:
            run(client, "left = 'behind'")
        before, ports = manager.provisioner.pid, manager.ports

        manager.restart_kernel(now=now)

        with connected(manager) as client:
            assert run(client, "print('left' in globals())") == "False"
        assert manager.provisioner.pid != before
        assert manager.ports == ports
        assert ended([before]) == []


BELOW = "import subprocess; below = subprocess.Popen(['sleep', '600']); print(below.pid)"


@BOTH
def test_what_a_kernel_started_is_killed_with_it(lab, name):
    with started(lab, name) as manager, connected(manager) as client:
        below = int(run(client, BELOW))
        manager.shutdown_kernel(now=True)

    assert ended([below]) == []


@BOTH
def test_an_interrupt_reaches_what_a_kernel_started(lab, name):
    with started(lab, name) as manager, connected(manager) as client:
        below = int(run(client, BELOW))
        manager.interrupt_kernel()

        assert ended([below]) == []


def test_a_kernel_that_ended_leaves_no_zombie(lab):
    with started(lab) as manager, connected(manager):
        pid = manager.provisioner.pid
        manager.shutdown_kernel(now=True)
        assert ended([pid]) == []
        tell(lab, "")  # the parent has looked at everything that happened before it forks again

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_kernel_that_nobody_holds_any_more_ends(lab):
    with started(lab) as manager, connected(manager):
        pid = manager.provisioner.pid
        manager.provisioner.process.close()

        assert ended([pid]) == []


def test_a_start_that_is_given_up_leaves_no_kernel(lab):
    async def give_up() -> None:
        manager = AsyncKernelManager(kernel_name="forked")
        manager.kernel_spec_manager.kernel_dirs = [str(lab / "kernels")]
        start = asyncio.ensure_future(manager.start_kernel())
        while not start.done() and not forks():
            await asyncio.sleep(0)
        start.cancel()
        await asyncio.gather(start, return_exceptions=True)

    with started(lab) as first, connected(first) as client:
        parent = warm_parent_of(client)
        mine = first.provisioner.pid

        def forks() -> list[int]:
            with open(f"/proc/{parent}/task/{parent}/children") as children:  # noqa: PTH123
                return [int(pid) for pid in children.read().split() if int(pid) != mine]

        asyncio.run(give_up())
        left = ended(forks())

    assert left == []


def test_the_death_of_the_warm_parent_ends_its_kernels_and_the_next_ones_start_all_the_same(lab):
    with started(lab) as manager, connected(manager) as client:
        parent, below = warm_parent_of(client), int(run(client, BELOW))
        os.kill(parent, signal.SIGKILL)
        code = asyncio.run(manager.provisioner.wait())
        os.kill(below, signal.SIGKILL)
    assert code == -9
    assert ended([parent]) == []
    with started(lab) as manager, connected(manager) as client:
        assert parent_of(client) == os.getpid()
        assert status().reason == "the warm parent starts again"

    seen = {os.getpid()}
    while seen == {os.getpid()}:
        with started(lab) as manager, connected(manager) as client:
            seen.add(parent_of(client))

    assert parent not in seen
    assert status().forked


def test_a_warm_parent_that_is_asked_to_end_takes_everything_along(lab):
    with started(lab) as manager, connected(manager) as client:
        parent, below = warm_parent_of(client), int(run(client, BELOW))
        pid = manager.provisioner.pid

        os.kill(parent, signal.SIGTERM)

        assert ended([parent, pid, below]) == []


OWNER = """
import sys, time
from pathlib import Path
from kernel_lab import *
with started(Path(sys.argv[1])) as manager, connected(manager) as client:
    run(client, "import subprocess, os; below = subprocess.Popen(['sleep', '600'])")
    print(run(client, "print(os.getppid(), os.getpid(), below.pid)"), flush=True)
    {then}
"""


def pids_of(owner):
    parent, kernel, below = map(int, owner.stdout.readline().split())
    assert owner.pid not in (parent, kernel)
    return [parent, kernel, below]


def test_a_killed_owner_leaves_no_process_behind(lab):
    with program(OWNER.format(then="time.sleep(600)"), lab) as owner:
        pids = pids_of(owner)
        owner.kill()

        assert ended(pids) == []


def test_a_killed_owner_whose_descriptors_live_on_leaves_no_process_behind(lab):
    """A pool of workers forked from the owner holds copies of all its sockets and pipes."""
    then = "import os; os.fork() or os.execvp('sleep', ['sleep', '20']); time.sleep(600)"
    with program(OWNER.format(then=then.replace("os.execvp", "time.sleep(20) or os.execvp")), lab) as owner:
        pids = pids_of(owner)
        owner.kill()

        assert ended(pids, within=10) == []


def test_an_owner_that_ends_without_a_word_leaves_no_process_behind(lab):
    with program(OWNER.format(then="import os; os._exit(0)"), lab) as owner:
        pids = pids_of(owner)

        assert ended(pids) == []


def test_an_owner_that_just_ends_takes_its_kernels_along_quietly(lab):
    then = "manager.shutdown_kernel = lambda now: None; manager.cleanup_resources = lambda: None"
    with program(OWNER.format(then=then), lab, PYTHONWARNINGS="error") as owner:
        pids = pids_of(owner)

        assert owner.wait(timeout=PATIENCE) == 0
        assert ended(pids) == []


WORKER = """
import os, sys
from pathlib import Path
from kernel_lab import *
print(tell(Path(sys.argv[1]), "import os; print(os.getppid())"), flush=True)
if os.fork() == 0:
    print(tell(Path(sys.argv[1]), "import os; print(os.getppid())"), flush=True)
    os._exit(0)
os.wait()
print(tell(Path(sys.argv[1]), "import os; print(os.getppid())"), flush=True)
"""


def test_a_worker_forked_from_an_owner_has_a_warm_parent_of_its_own(lab):
    with program(WORKER, lab) as owner:
        before, worker, after = owner.communicate(timeout=PATIENCE * 2)[0].split()

    assert before == after
    assert worker not in (before, str(owner.pid))


CROWD = """
import os, resource, sys
from pathlib import Path
from kernel_lab import *
resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1200)]
print(tell(Path(sys.argv[1]), "import os; print(os.getppid())"), os.getpid())
"""


def test_an_owner_with_more_than_a_thousand_open_files_can_fork(lab):
    with program(CROWD, lab) as owner:
        parent, own = owner.communicate(timeout=PATIENCE)[0].split()

    assert parent != own


def test_a_warm_parent_at_its_limit_of_open_files_keeps_its_kernels(lab):
    with started(lab) as manager, connected(manager) as client:
        parent = warm_parent_of(client)
        had = resource.prlimit(parent, resource.RLIMIT_NOFILE)
        resource.prlimit(parent, resource.RLIMIT_NOFILE, (10, had[1]))
        with started(lab) as another, connected(another) as other:
            assert parent_of(other) == os.getpid()
        resource.prlimit(parent, resource.RLIMIT_NOFILE, had)

        assert run(client, "print('still here')") == "still here"
        assert tell(lab, "import os; print(os.getppid())") == str(parent)


async def start_and_end(lab) -> int:
    manager = AsyncKernelManager(kernel_name="forked")
    manager.kernel_spec_manager.kernel_dirs = [str(lab / "kernels")]
    await manager.start_kernel()
    client: AsyncKernelClient = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=PATIENCE)
    client.stop_channels()
    client.context.destroy(linger=0)
    pid = manager.provisioner.pid
    await manager.shutdown_kernel(now=True)
    return pid


def test_kernels_started_at_the_same_time_from_several_threads_all_fork(lab):
    before = status().started_forked

    with ThreadPoolExecutor(4) as pool:
        pids = list(pool.map(lambda _: asyncio.run(start_and_end(lab)), range(8)))

    assert len(set(pids)) == 8
    assert status().started_forked == before + 8


def test_kernels_started_at_the_same_time_in_one_loop_all_fork(lab):
    async def several() -> list[int]:
        return await asyncio.gather(*[start_and_end(lab) for _ in range(6)])

    before = status().started_forked

    pids = asyncio.run(several())

    assert len(set(pids)) == 6
    assert status().started_forked == before + 6
