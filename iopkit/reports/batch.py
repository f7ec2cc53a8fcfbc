"""Reports for many: each by itself, so that one failure stops no other; files whole or absent; resumable."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Person
from iopkit.errors import IopkitError, ReportError
from iopkit.reports.homework import local_day
from iopkit.reports.ledger import Ledger
from iopkit.reports.order import CELL_SECONDS, PROGRAM, Order, Outcome, file_name
from iopkit.reports.period import find_client, span_of
from iopkit.reports.template import subject
from iopkit.reports.whole import held, same_text, write_whole
from iopkit.reports.workers import Task

INTERRUPTED = "The batch was interrupted before this report."
SAME_FILE = "Another report of this batch has the same file name."
NOBODY = "Name at least one client with --client, or --all."


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
    forms: tuple[str, ...] = ("html",)
    seconds: int = CELL_SECONDS
    readers: Callable[[str], Sequence[Desk]] | None = None
    """Who reads the report of a client, where each client has readers of their own."""
    named: str = ""
    """What the manifest calls these readers."""

    def run(self, *, workers: int = 1, scheduler: str = "") -> Iterator[Outcome]:
        """Yield the outcome of each report as soon as it is there, and write the manifest at the end.

        What is there already, made of the same, is not made again. When the batch is interrupted the manifest
        says of each report what became of it, and the next run goes on from there.
        """
        with held(self.out):
            ledger = Ledger(self.out)
            rows: dict[int, Outcome] = {}
            try:
                orders: dict[Path, int] = {}
                tasks: list[Task] = []
                for number, planned in enumerate(self.plan()):
                    if isinstance(planned, Outcome):
                        rows[number] = planned
                        yield planned
                    else:
                        rows[number] = skipped(planned)
                        orders[planned.file] = number
                        tasks.append((planned, ledger.known(planned)))
                for order, outcome in make_all(tasks, workers=workers, scheduler=scheduler):
                    found = outcome
                    if outcome.kept:
                        found = replace(outcome, seconds=ledger.seconds(order))
                    elif outcome.status == "done":
                        ledger.note(order, outcome)
                    rows[orders[order.file]] = replace(found, client=order.client, inputs="")
                    yield found
            finally:
                ledger.tidy()
                self.write_manifest(list(rows.values()))

    def count(self) -> int:
        """Return about how many reports this makes: one for each client, however many readers each has."""
        return len(dict.fromkeys(self.clients)) or 1

    def plan(self) -> Iterator[Order | Outcome]:
        """Yield for each report its order, or why there is none: what the reader may not have."""
        taken: set[Path] = set()
        about, (first, last) = subject(self.template), self.days()
        if not about:
            yield self.order(PROGRAM, "", self.desk, about, first, last)
            return
        known: dict[str, frozenset[str]] = {}  # whom each reader may know, asked once
        for client in dict.fromkeys(self.clients):
            try:
                person = self.find(client)
                for desk in self.readers(person.id) if self.readers else [self.desk]:
                    whose = (
                        desk.person.id if about == "couple" and desk.person.kind == "client" else person.id
                    )
                    if desk.person.id not in known:
                        known[desk.person.id] = frozenset(one.id for one in desk.clients())
                    if whose not in known[desk.person.id]:
                        find_client(desk, whose)
                    order = self.order(client, whose, desk, about, first, last)
                    if order.file in taken:
                        raise ReportError(SAME_FILE)
                    taken.add(order.file)
                    yield order
            except IopkitError as error:
                yield Outcome(client, "failed", error=str(error))

    def order(self, client: str, client_id: str, desk: Desk, about: str, first: str, last: str) -> Order:
        """Return the order of one report."""
        reader = desk.person.user
        name = "-".join(
            [
                self.template.stem,
                *([file_name(client)] if about else []),
                *([file_name(reader)] if self.readers else []),
            ]
        )
        return Order(
            template=self.template,
            reader=reader,
            client=client,
            client_id=client_id,
            since=first,
            until=last,
            file=self.out.absolute() / f"{name}.html",
            forms=self.forms,
            subject=about,
            rests=desk.standing([client_id])[client_id] if about else frozenset(),
            seconds=self.seconds,
            named_reader=reader if self.readers else "",
        )

    def days(self) -> tuple[str, str]:
        """Return the first and the last day of all reports; ReportError for what is no day."""
        today = local_day(datetime.now().astimezone(), self.desk.person.zone)
        first, last = span_of(self.since, self.until, today)
        return first.isoformat(), last.isoformat()

    def write_manifest(self, outcomes: Sequence[Outcome]) -> None:
        """Write ``manifest.json``: what was asked for and what came of it; not if it says so already."""
        first, last = self.days()
        document: dict[str, Any] = {
            "template": self.template.stem,
            "reader": self.named or self.desk.person.user,
            "from": first,
            "to": last,
            "reports": [outcome.row() for outcome in outcomes],
        }
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        if not same_text(self.out / "manifest.json", text):
            write_whole(self.out / "manifest.json", text)


def skipped(order: Order) -> Outcome:
    """Return what is said of a report until it is made."""
    return Outcome(order.client, "skipped", error=INTERRUPTED, reader=order.named_reader)


def make_all(
    tasks: Sequence[Task], *, workers: int = 1, scheduler: str = ""
) -> Iterator[tuple[Order, Outcome]]:
    """Return the outcomes of all tasks as they are finished: here, in a pool, or on a cluster."""
    from iopkit.reports import workers as makers

    if scheduler:
        return makers.on_cluster(tasks, scheduler)
    if workers <= 1 or len(tasks) < 2:
        return makers.here(tasks)
    return makers.in_pool(tasks, workers)


def check(batch: Batch) -> None:
    """Raise ReportError for what would fail every report: days that are none, nobody to report on."""
    batch.days()
    if not batch.clients and subject(batch.template):
        raise ReportError(NOBODY)
