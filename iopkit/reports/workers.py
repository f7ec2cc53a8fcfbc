"""Who makes the reports of a batch: this process, a pool of processes, or a Dask cluster.

A worker of the pool ignores Ctrl-C, which is for whoever started the batch, and ends when that process ends,
also by ``kill -9``. A worker that is killed takes nothing with it: each report that was being made is made
again by a worker of its own, and one that ends that too is said to have failed.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, connection, get_context, parent_process
from typing import Any

from iopkit.errors import ReportError
from iopkit.reports.making import make_one
from iopkit.reports.order import Order, Outcome

Task = tuple[Order, str]
"""An order and the hash of what is there already."""
CONNECT = "20s"
PER_WORKER = 250
"""After so many reports a worker is replaced by a new one, so that what libraries keep does not add up."""
KILLED = "The process that made the report ended twice."
NO_CLUSTER = "For --scheduler install the extra: pip install 'iopkit[cluster]'"
NO_SCHEDULER = "There is no Dask scheduler at this address."


def here(tasks: Sequence[Task]) -> Iterator[tuple[Order, Outcome]]:
    """Yield the outcome of each task, made one after the other in this process."""
    for order, known in tasks:
        yield order, make_one(order, known)


def in_pool(tasks: Sequence[Task], workers: int) -> Iterator[tuple[Order, Outcome]]:
    """Yield the outcome of each task, in the order they are finished, made by a pool of processes."""
    waiting = deque(tasks)
    while waiting:
        suspects: list[Task] = []
        with Pool(min(workers, len(waiting))) as pool:
            yield from pool.run(waiting, suspects)
        for suspect in suspects:  # one of these ended its worker: each gets one of its own
            blamed: list[Task] = []
            with Pool(1) as pool:
                yield from pool.run(deque([suspect]), blamed)
            for order, _known in blamed:
                yield order, Outcome(order.client, "failed", error=KILLED, reader=order.named_reader)


class Pool:
    """A pool of new processes. A process that holds sockets must not be forked: they are spawned."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.others = set(active_children())
        self.executor = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=begin, max_tasks_per_child=PER_WORKER
        )

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """Wait for the workers, or end them when the batch is interrupted."""
        if kind is not None:
            for process in set(active_children()) - self.others:
                process.terminate()
        self.executor.shutdown(wait=kind is None, cancel_futures=True)

    def run(self, waiting: deque[Task], suspects: list[Task]) -> Iterator[tuple[Order, Outcome]]:
        """Yield outcomes until nothing waits or a worker was killed: ``suspects`` are what was running."""
        running: dict[Future[Outcome], Task] = {}
        while running or (waiting and not suspects):
            while waiting and not suspects and len(running) < 2 * self.workers:
                try:
                    running[self.executor.submit(make_one, *waiting[0])] = waiting[0]
                except BrokenProcessPool:
                    break
                waiting.popleft()
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                order, known = running.pop(future)
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    suspects.append((order, known))
                else:
                    yield order, outcome


def begin() -> None:
    """Make a process a worker: deaf to Ctrl-C, and gone with the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def on_cluster(tasks: Sequence[Task], address: str) -> Iterator[tuple[Order, Outcome]]:
    """Yield the outcome of each task, made by the workers of a Dask cluster.

    What travels is the order: ids, days and paths. Workers open the database and the key that their own
    environment names. A worker that is killed takes nothing with it: its reports are made by another.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise ReportError(NO_CLUSTER) from None
    try:
        client: Any = Client(address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError):
        raise ReportError(NO_SCHEDULER) from None
    with client:
        futures = {client.submit(make_one, order, known, pure=False): order for order, known in tasks}
        ended: Any = as_completed(list(futures), loop=client.loop)  # type: ignore[no-untyped-call]
        for future in ended:
            order = futures.pop(future)
            yield order, cluster_outcome(order, future.result)
            future.release()


def cluster_outcome(order: Order, result: Callable[[], Outcome]) -> Outcome:
    """Return what a worker sent, or that whoever made it ended each time."""
    try:
        return result()
    except Exception:  # noqa: BLE001 - the cluster's own errors name machines and keys of tasks
        return Outcome(order.client, "failed", error=KILLED, reader=order.named_reader)
