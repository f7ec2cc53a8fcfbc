"""A spare is a forked kernel that is given variables of its environment later, once, over its own line."""

import asyncio
import os
import signal

import pytest
from kernel_lab import connected, ended, install, run, started, warmed

from iopkit.kernels.process import ForkedProcess
from iopkit.server.spares import Spares


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return warmed(install(tmp_path_factory.mktemp("jupyter")))


LOOK = "import os; print(os.environ.get('GIVEN'), os.environ.get('KEPT'))"


def test_a_spare_runs_without_what_it_will_be_given_and_then_with_it(lab):
    environment = {**os.environ, "KEPT": "before"}
    with started(lab, spare=True, env=environment) as manager, connected(manager) as client:
        process = manager.provisioner.process
        before = run(client, LOOK)

        given = asyncio.run(process.give({"GIVEN": "later"}))

        assert (before, given) == ("None before", True)
        assert run(client, LOOK) == "later before"
        assert asyncio.run(process.give({"GIVEN": "again"})) is False
        assert run(client, LOOK) == "later before"


def test_a_kernel_that_is_no_spare_is_given_nothing(lab):
    with started(lab) as manager, connected(manager) as client:
        assert asyncio.run(manager.provisioner.process.give({"GIVEN": "later"})) is False
        assert run(client, LOOK) == "None None"


def test_a_spare_that_has_ended_cannot_be_given_anything(lab):
    with started(lab, spare=True) as manager:
        process = manager.provisioner.process
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(timeout=60) == -9

        assert asyncio.run(process.give({"GIVEN": "late"})) is False


def test_a_spare_that_nobody_holds_any_more_ends(lab):
    with started(lab, spare=True) as manager:
        process = manager.provisioner.process
        process.close()

        assert ended([process.pid]) == []


def test_a_start_that_cannot_be_a_fork_is_an_ordinary_one(lab):
    with started(lab, spare=True, independent=True) as manager, connected(manager) as client:
        assert not isinstance(manager.provisioner.process, ForkedProcess)
        assert run(client, LOOK) == "None None"


class Stage:
    """Starts and ends kernels by name only."""

    def __init__(self, *, forks: bool) -> None:
        self.forks = forks
        self.started: list[str] = []
        self.ended: list[str] = []

    async def start(self, kernel_id: str) -> object:
        self.started.append(kernel_id)
        return Still() if self.forks else object()

    async def end(self, kernel_id: str) -> None:
        self.ended.append(kernel_id)


class Still(ForkedProcess):
    """A process that only runs."""

    def __init__(self) -> None:
        self.pid, self.returncode, self.spare = 0, None, True

    def poll(self) -> int | None:
        return self.returncode


def test_what_was_taken_is_started_anew_and_nothing_twice():
    stage = Stage(forks=True)
    spares = Spares(2, stage.start, stage.end)

    async def act() -> None:
        await asyncio.gather(spares.refill(), spares.refill())
        assert len(spares) == 2
        assert spares.take()[0] == stage.started[0]
        await spares.refill()

    asyncio.run(act())

    assert len(stage.started) == 3
    assert stage.ended == []


def test_a_kernel_that_was_not_forked_is_no_spare_and_is_not_tried_again_at_once():
    stage = Stage(forks=False)
    spares = Spares(1, stage.start, stage.end)

    asyncio.run(spares.refill())
    asyncio.run(spares.refill())

    assert spares.take() is None
    assert len(stage.started) == 1
    assert stage.ended == stage.started


def test_a_dead_spare_is_not_handed_out_and_is_let_go():
    stage = Stage(forks=True)
    spares = Spares(2, stage.start, stage.end)
    asyncio.run(spares.refill())
    first = spares.take()
    assert first is not None
    asyncio.run(spares.refill())
    for process in spares._waiting.values():
        process.returncode = -9

    asyncio.run(spares.drop_dead())

    assert (len(spares), len(stage.ended)) == (0, 2)
    assert spares.take() is None


def test_a_server_that_ends_starts_no_more_spares():
    stage = Stage(forks=True)
    spares = Spares(1, stage.start, stage.end)
    asyncio.run(spares.refill())

    asyncio.run(spares.close())
    asyncio.run(spares.refill())

    assert stage.ended == stage.started
    assert len(spares) == 0
