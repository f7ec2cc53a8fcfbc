"""``iopkit report``: render a template for one client or many, as self-contained files with a manifest."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from iopkit.clinic import open_store
from iopkit.errors import ReportError
from iopkit.reports.batch import Batch, check
from iopkit.reports.order import CELL_SECONDS, Outcome
from iopkit.reports.readers import batch_for
from iopkit.reports.template import find_template, subject

FORMS = {"html": ("html",), "pdf": ("pdf",), "both": ("html", "pdf")}
STOPPED = 130
"""What a command ends with that Ctrl-C stopped."""


Template = Annotated[str, typer.Argument(help="A report or worksheet by name, or the path of a notebook.")]
Reader = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="USER",
        help="Who will read it: it holds what they may read. 'care-team': one for each clinician of the "
        "client's care team; 'client': each client's own copy.",
    ),
]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="The folder for the files and manifest.json.")
]
Clients = Annotated[
    list[str] | None, typer.Option("--client", metavar="ID", help="User name or id; give it again for more.")
]
Couples = Annotated[
    list[str] | None,
    typer.Option("--couple", metavar="ID", help="A couple, by the user name or id of either partner."),
]
Everybody = Annotated[
    bool, typer.Option("--all", help="Every client (or couple) that the reader may read about.")
]
Since = Annotated[
    str,
    typer.Option(
        "--from", metavar="DAY", help="First day, as 2026-03-02; eight weeks before --to unless given."
    ),
]
Until = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day; today unless given.")]
Form = Annotated[Literal["html", "pdf", "both"], typer.Option("--format", help="What to write.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="How many reports to make at once.")]
Scheduler = Annotated[
    str, typer.Option(metavar="ADDRESS", help="A Dask scheduler whose workers make the reports.")
]
CellSeconds = Annotated[
    int, typer.Option(min=1, max=3600, help="How many seconds one cell of the notebook may take.")
]


def report(
    template: Template,
    reader: Reader,
    out: Out,
    client: Clients = None,
    couple: Couples = None,
    everybody: Everybody = False,
    since: Since = "",
    until: Until = "",
    form: Form = "html",
    workers: Workers = 2,
    scheduler: Scheduler = "",
    cell_seconds: CellSeconds = CELL_SECONDS,
) -> None:
    """Render a report for one client or many; each holds only what its reader may read."""
    notebook = find_template(template)
    named = [*(client or []), *(couple or [])]
    if subject(notebook) and everybody == bool(named):
        raise typer.BadParameter("Give either --client or --couple, or --all.")
    with open_store(create=False) as store:
        batch = batch_for(
            store,
            notebook,
            reader,
            clients=None if everybody else named,
            out=out,
            since=since,
            until=until,
            forms=FORMS[form],
            seconds=cell_seconds,
        )
        check(batch)
        outcomes = show_progress(batch, workers, scheduler)
    finish(outcomes, out)


def finish(outcomes: Sequence[Outcome], out: Path) -> None:
    """Say what became of the reports; exit 1 when one of them is not done."""
    for outcome in outcomes:
        if outcome.status == "failed":
            print(f"{outcome.client}: {outcome.error}", file=sys.stderr)
    done = sum(outcome.status == "done" for outcome in outcomes)
    kept = sum(outcome.kept for outcome in outcomes)
    note = f" ({kept} of them were there already)" if kept else ""
    print(f"{done} of {len(outcomes)} reports in {out}{note}")
    if done < len(outcomes):
        raise typer.Exit(1)


def show_progress(batch: Batch, workers: int, scheduler: str) -> list[Outcome]:
    """Return the outcomes; meanwhile show how many are done, how fast, and how long it will take."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    outcomes: list[Outcome] = []
    started = time.monotonic()
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reports", total=batch.count(), rate="")
            for outcome in batch.run(workers=workers, scheduler=scheduler):
                outcomes.append(outcome)
                rate = len(outcomes) / max(time.monotonic() - started, 0.001)
                progress.update(task, advance=1, rate=f"{rate:.1f} a second")
    except KeyboardInterrupt:
        print(f"Stopped. The same command goes on from here: {batch.out}", file=sys.stderr)
        raise typer.Exit(STOPPED) from None
    if not outcomes:
        raise ReportError("Nothing was rendered.")
    return outcomes
