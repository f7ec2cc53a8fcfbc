"""Reports: ours against plain in-process Papermill of the same notebook, on an invented clinic.

Plain Papermill gets the fastest honest use: imported before the clock starts, no progress bar, one untimed
round first. It only runs the notebook; ours also sets the page.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from iopkit.bench.figure import Figure, ratio
from iopkit.bench.growth import long_batch
from iopkit.clinic import open_store
from iopkit.clinic.demo import build_demo
from iopkit.errors import ReportError
from iopkit.reports.making import make_one, python_path
from iopkit.reports.order import Order
from iopkit.reports.template import find_template

UNTIL = date(2026, 3, 8)
WORKERS = 2
NAMES = 100
"""So many files a long batch writes in turn, so that it does not fill the disk."""
PARTS = 5
"""A batch is made in so many parts, plain and ours alternating."""

Maker = Callable[[Order], object]
Teller = Callable[[str], object]


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds of one report; for a batch the reports of ours and of plain Papermill.

    After ``seconds`` a batch stops counting, so that a slow or busy machine measures fewer reports. So many
    reports as ``growth`` says are made in one batch to see whether its memory grows: none unless asked for.
    """

    rounds: int
    ours: int
    plain: int
    seconds: float
    growth: int = 0


QUICK = Size(rounds=5, ours=200, plain=20, seconds=60)
FULL = Size(rounds=15, ours=200, plain=20, seconds=3600, growth=10_000)


def bench_report(size: Size = QUICK, *, tell: Teller = lambda text: None) -> list[Figure]:
    """Return the ratios of one report and of a batch, and the growth of a long one, if one is asked for.

    ``tell`` hears what is being measured.
    """
    with invented_order(tell) as order:
        figures = [one_ratio(order, rounds=size.rounds, tell=tell), batch_ratio(order, size, tell=tell)]
        if size.growth:
            tell(f"one batch of {size.growth} reports")
            figures.append(long_batch(copies(order, NAMES, "long"), size.growth, WORKERS))
        return figures


def one_ratio(order: Order, *, rounds: int, tell: Teller) -> Figure:
    """Return the ratio of one report, plain and ours alternating."""
    plain, ours = [], []
    for number in range(rounds + 1):
        tell(f"one report, round {number} of {rounds}" if number else "one report, untimed")
        seconds = (clock(make_plain, order), clock(make_ours, order))
        if number:
            plain.append(seconds[0])
            ours.append(seconds[1])
    return ratio("report.one.ratio", plain, ours)


def batch_ratio(order: Order, size: Size, *, tell: Teller) -> Figure:
    """Return the ratio of reports a second, each on two warm workers, in five parts that alternate."""
    seconds: dict[str, list[float]] = {"plain": [], "ours": []}
    makers: dict[str, tuple[Maker, int]] = {"plain": (make_plain, size.plain), "ours": (make_ours, size.ours)}
    with workers() as first, workers() as second:
        pools = {"plain": first, "ours": second}
        for name, (make, _) in makers.items():
            tell(f"batch, {name}: untimed")
            rate(pools[name], make, copies(order, WORKERS, name), size.seconds)
        for part in range(1, PARTS + 1):
            for name, (make, count) in makers.items():
                share = max(count // PARTS, 1)
                tell(f"batch, part {part} of {PARTS}, {name}: up to {share} reports")
                found = rate(pools[name], make, copies(order, share, name), size.seconds / PARTS)
                seconds[name].append(1 / found)
    return ratio("report.batch200.ratio", seconds["plain"], seconds["ours"])


def workers() -> ProcessPoolExecutor:
    """Return a pool of two new processes; a process that holds sockets must not be forked."""
    return ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))


def rate(pool: ProcessPoolExecutor, make: Maker, orders: Sequence[Order], seconds: float) -> float:
    """Return reports a second, counted until all are made or the time is over."""
    started, done = time.perf_counter(), 0
    waiting = [pool.submit(make, order) for order in orders]
    for made in as_completed(waiting):
        made.result()
        done += 1
        if time.perf_counter() - started > seconds:
            break
    elapsed = time.perf_counter() - started
    for left in waiting:
        left.cancel()
    wait(waiting)  # what runs on would slow down what is measured next
    return done / elapsed


def copies(order: Order, count: int, name: str) -> list[Order]:
    """Return the same order for many files."""
    return [replace(order, file=order.file.with_name(f"{name}-{number}.html")) for number in range(count)]


def clock(make: Maker, order: Order) -> float:
    """Return the seconds one report takes."""
    started = time.perf_counter()
    make(order)
    return time.perf_counter() - started


def make_ours(order: Order) -> None:
    """Make one report as ``iopkit report`` does; ReportError when it fails, since a failure is no measure."""
    outcome = make_one(order)
    if outcome.status != "done":
        raise ReportError(outcome.error)


def make_plain(order: Order) -> None:
    """Run the same notebook with Papermill as its documentation shows it."""
    from papermill.execute import execute_notebook

    parameters = {"client": order.client_id, "since": order.since, "until": order.until}
    environment = {"IOPKIT_FOR": order.reader, "IOPKIT_PURPOSE": "report", "PYTHONPATH": python_path()}
    output = order.file.with_suffix(".ipynb")
    with surroundings(environment), silence():
        execute_notebook(  # type: ignore[no-untyped-call]  # papermill has no types
            str(order.template), str(output), parameters=parameters, kernel_name="python3", progress_bar=False
        )


@contextmanager
def surroundings(environment: Mapping[str, str]) -> Iterator[None]:
    """Run with these environment variables, which plain kernels inherit, and put back what was there."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def silence() -> Iterator[None]:
    """Keep what plain kernels say about themselves off the terminal."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


@contextmanager
def invented_order(tell: Teller) -> Iterator[Order]:
    """Make a throw-away clinic and yield the order of one client's progress report in it."""
    with tempfile.TemporaryDirectory(prefix="iopkit-bench-") as name:
        folder = Path(name)
        place = {
            "IOPKIT_DATABASE_URL": str(folder / "clinic.db"),
            "IOPKIT_KEY_FILE": str(folder / "keys" / "key"),
        }
        tell("inventing a clinic")
        with open_store(*place.values()) as store:
            build_demo(store, clients=2, until=UNTIL)
            reader, client = next(
                (clinician, client)
                for clinician in store.people("clinician")
                if "individual" in clinician.domains
                for client in store.desk_for(clinician.user).clients()
            )
        with surroundings(place):
            yield Order(
                template=find_template("progress"),
                reader=reader.user,
                client=client.user,
                client_id=client.id,
                since=(UNTIL - timedelta(55)).isoformat(),
                until=UNTIL.isoformat(),
                file=folder / "report.html",
            )
