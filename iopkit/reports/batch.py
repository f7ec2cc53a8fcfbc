"""Reports for many clients: each by itself, so that one failure stops no other; files whole or absent."""

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from iopkit.clinic.desk import Desk
from iopkit.clinic.key_command import path_for_kernels
from iopkit.clinic.record import Person
from iopkit.clinic.settings import database_url
from iopkit.errors import IopkitError, ReportError
from iopkit.reports.homework import local_day
from iopkit.reports.period import period, span_of

WRONG = "The report could not be made"


@dataclass(frozen=True)
class Order:
    """One report to make: for whom it is read, of whom it is, over which days, into which file."""

    template: Path
    reader: str
    client: str
    client_id: str
    since: str
    until: str
    file: Path


@dataclass(frozen=True)
class Outcome:
    """What came of one report. ``client`` is as the operator wrote it; ``error`` names nobody."""

    client: str
    status: Literal["done", "failed", "skipped"]
    files: list[str] = field(default_factory=list)
    seconds: float = 0.0
    error: str = ""


@dataclass(frozen=True)
class Batch:
    """A template, its reader, the days, and the clients as the operator named them."""

    template: Path
    desk: Desk
    find: Callable[[str], Person]
    """Looks a person up by what the operator wrote; NotFoundError when there is none."""
    clients: Sequence[str]
    out: Path
    since: str = ""
    until: str = ""

    def run(self, *, workers: int = 1) -> Iterator[Outcome]:
        """Yield the outcome of each report as soon as it is there, and write the manifest at the end."""
        outcomes: dict[str, Outcome] = {}
        self.out.mkdir(parents=True, exist_ok=True)
        orders = []
        for client in dict.fromkeys(self.clients):
            try:
                orders.append(self.order(client))
            except IopkitError as error:
                outcomes[client] = Outcome(client, "failed", error=str(error))
                yield outcomes[client]
        for outcome in make_all(orders, workers=workers):
            outcomes[outcome.client] = outcome
            yield outcome
        self.write_manifest([outcomes[client] for client in dict.fromkeys(self.clients)])

    def order(self, client: str) -> Order:
        """Return the order of one report; AccessError or NotFoundError when the reader may not have it."""
        first, last = self.days()
        person = self.find(client)
        span = period(self.desk, person.id, since=first, until=last, today=date.fromisoformat(last))
        return Order(
            template=self.template,
            reader=self.desk.person.user,
            client=client,
            client_id=span.client.id,
            since=span.since.isoformat(),
            until=span.until.isoformat(),
            file=self.out / f"{self.template.stem}-{file_name(client)}.html",
        )

    def days(self) -> tuple[str, str]:
        """Return the first and the last day of all reports; ReportError for what is no day."""
        today = local_day(datetime.now().astimezone(), self.desk.person.zone)
        first, last = span_of(self.since, self.until, today)
        return first.isoformat(), last.isoformat()

    def write_manifest(self, outcomes: Sequence[Outcome]) -> None:
        """Write ``manifest.json``: what was asked for and what came of it."""
        document: dict[str, Any] = {
            "template": self.template.stem,
            "reader": self.desk.person.user,
            "from": self.days()[0],
            "to": self.days()[1],
            "reports": [asdict(outcome) for outcome in outcomes],
        }
        write_whole(self.out / "manifest.json", json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def make_all(orders: Sequence[Order], *, workers: int) -> Iterator[Outcome]:
    """Yield the outcome of each order, in the order they are finished."""
    if workers <= 1 or len(orders) < 2:
        yield from map(make_one, orders)
        return
    # spawn: a process that holds sockets must not be forked
    with ProcessPoolExecutor(min(workers, len(orders)), mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[Outcome], Order] = {pool.submit(make_one, order): order for order in orders}
        for finished in as_completed(waiting):
            yield finished.result()


def make_one(order: Order) -> Outcome:
    """Return the outcome of one report; whatever goes wrong with it stays with it."""
    started = time.monotonic()
    try:
        render(order)
    except IopkitError as error:
        return Outcome(order.client, "failed", seconds=since(started), error=str(error))
    except OSError as error:
        why = f"{WRONG}: {error.strerror or 'the file could not be written'}."
        return Outcome(order.client, "failed", seconds=since(started), error=why)
    except Exception as error:  # noqa: BLE001 - one report that fails must not end the others
        return Outcome(
            order.client, "failed", seconds=since(started), error=f"{WRONG} ({type(error).__name__})."
        )
    return Outcome(order.client, "done", [order.file.name], since(started))


def render(order: Order) -> None:
    """Run the notebook for one client and write its page."""
    from iopkit.reports.engine import run_notebook
    from iopkit.reports.page import page_html

    environment = {
        "IOPKIT_FOR": order.reader,
        "IOPKIT_PURPOSE": "report",
        "IOPKIT_DATABASE_URL": database_url().render_as_string(hide_password=False),
        "IOPKIT_KEY_FILE": str(path_for_kernels()),
        "PYTHONPATH": python_path(),
    }
    parameters = {"client": order.client_id, "since": order.since, "until": order.until}
    notebook = run_notebook(order.template, parameters, environment)
    write_whole(order.file, page_html(notebook))


def python_path() -> str:
    """Return ``PYTHONPATH`` with the folder this iopkit comes from, so that kernels find the same one."""
    here = str(Path(__file__).resolve().parents[2])
    known = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    return os.pathsep.join([here, *(part for part in known if part != here)])


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, readable by nobody else."""
    partial = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def file_name(client: str) -> str:
    """Return what an operator called a client, as part of a file name."""
    return re.sub(r"[^0-9A-Za-z_.-]", "_", client)[:64]


def since(started: float) -> float:
    """Return the seconds since a start, to the hundredth."""
    return round(time.monotonic() - started, 2)


def check(batch: Batch) -> None:
    """Raise ReportError for what would fail every report: days that are none, nobody to report on."""
    batch.days()
    if not batch.clients:
        raise ReportError("Name at least one client with --client.")
