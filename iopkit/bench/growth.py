"""The memory of a long batch of reports: of all its processes, again and again, and by how much it grew.

Memory is counted as the system counts it for processes that share pages (PSS), so that the sum over a tree of
processes is what the tree takes from the machine.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from iopkit.bench.figure import Figure
from iopkit.errors import ReportError
from iopkit.kernels.memory import memory_of
from iopkit.reports.order import Order
from iopkit.reports.workers import in_pool

EVERY, WARM, PART = 100, 500, 1000
"""Taken after each hundred reports. The last thousand are compared with the first after five hundred."""
MIB = 1 << 20
KINDS = ("batch", "workers", "warm", "kernels")
_WARM = b"iopkit.kernels.warm"
_PROC = Path("/proc")

Sample = Mapping[str, float]


def long_batch(orders: Sequence[Order], reports: int, workers: int) -> Figure:
    """Return ``report.growth.percent`` of one batch of so many reports; low and high are single samples."""
    samples: list[Sample] = []
    tasks = [(order, "") for order in islice(cycle(orders), reports)]
    for count, (_, outcome) in enumerate(in_pool(tasks, workers), 1):
        if outcome.status != "done":
            raise ReportError(outcome.error)
        if count % EVERY == 0:
            samples.append({"reports": count, **memory(os.getpid())})
    first, last = parts(samples)
    if not first:
        raise ReportError(f"{reports} reports are too few to tell whether memory grows.")
    start = median(one["all"] for one in first)
    taken = [one["all"] for one in samples if one["reports"] > WARM]
    found = [median(one["all"] for one in last), min(taken), max(taken)]
    value, low, high = (round(100 * (one / start - 1), 2) for one in found)
    return Figure("report.growth.percent", value, "percent", reports, low, high)


def growth(samples: Sequence[Sample], name: str) -> float | None:
    """Return by how much of a hundred one kind of memory grew; None for too few samples."""
    first, last = parts(samples)
    if not first:
        return None
    start, end = (median(one[name] for one in some) for some in (first, last))
    return round(100 * (end / start - 1), 2)


def parts(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    """Return the samples at the start, after the warm-up, and at the end; none where there are under nine."""
    taken = [one for one in samples if one["reports"] > WARM]
    size = min(len(taken) // 3, PART // EVERY)
    return (taken[:size], taken[-size:]) if size >= 3 else ((), ())


def memory(root: int) -> dict[str, float]:
    """Return the memory (MiB) of a batch by kind of process, in all, and with the largest kernel alone.

    How many kernels there are at one moment changes from sample to sample; ``steady`` does not count that.
    """
    of = parents()
    kinds: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for pid in tree(root, of):
        kinds["batch" if pid == root else kind_of(pid, of)].append(pid)
    each = {name: [memory_of([pid]) / MIB for pid in pids] for name, pids in kinds.items()}
    found = {name: sum(taken) for name, taken in each.items()}
    largest = max(each["kernels"], default=0.0)
    whole = sum(found.values())
    found |= {"all": whole, "largest_kernel": largest, "steady": whole - found["kernels"] + largest}
    return {name: round(value, 1) for name, value in found.items()}


def tree(root: int, of: Mapping[int, int]) -> set[int]:
    """Return a process and all that descend from it.

    >>> sorted(tree(1, {1: 0, 2: 1, 3: 2, 5: 4}))
    [1, 2, 3]
    """
    found = {root}
    while more := {pid for pid, parent in of.items() if parent in found} - found:
        found |= more
    return found


def parents() -> dict[int, int]:
    """Return the parent of each process of this machine."""
    found = {}
    for folder in _PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def kind_of(pid: int, of: Mapping[int, int]) -> str:
    """Return what a process of a batch is, by its command line: a fork has that of its warm parent."""
    if not is_warm(pid):
        return "workers"
    return "kernels" if is_warm(of.get(pid, 0)) else "warm"


def is_warm(pid: int) -> bool:
    """Return whether a process is a warm parent or a fork of one."""
    with suppress(OSError):
        return _WARM in (_PROC / str(pid) / "cmdline").read_bytes()
    return False
