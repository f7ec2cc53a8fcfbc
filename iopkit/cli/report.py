"""``iopkit report``: render a template for one client or many, as self-contained pages with a manifest."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from iopkit.clinic import open_store
from iopkit.errors import ReportError
from iopkit.reports.batch import Batch, Outcome, check
from iopkit.reports.template import find_template


def report(
    template: Annotated[
        str, typer.Argument(help="A report or worksheet by name, or the path of a notebook.")
    ],
    reader: Annotated[
        str, typer.Option("--for", metavar="USER", help="Who will read it: it holds what they may read.")
    ],
    client: Annotated[
        list[str], typer.Option("--client", metavar="ID", help="User name or id; give it again for more.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder for the pages and manifest.json.")
    ],
    since: Annotated[
        str,
        typer.Option(
            "--from", metavar="DAY", help="First day, as 2026-03-02; eight weeks before --to unless given."
        ),
    ] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day; today unless given.")] = "",
    form: Annotated[Literal["html"], typer.Option("--format", help="What to write.")] = "html",
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many reports to make at once.")] = 2,
) -> None:
    """Render a report for one client or many; each holds only what its reader may read."""
    notebook = find_template(template)
    with open_store(create=False) as store:
        desk = store.desk_for(reader, purpose="report")
        batch = Batch(notebook, desk, store.person, client, out, since, until)
        check(batch)
        outcomes = show_progress(batch, workers)
    for outcome in outcomes:
        if outcome.status == "failed":
            print(f"{outcome.client}: {outcome.error}", file=sys.stderr)
    done = sum(outcome.status == "done" for outcome in outcomes)
    print(f"{done} of {len(outcomes)} reports in {out}")
    if done < len(outcomes):
        raise typer.Exit(1)


def show_progress(batch: Batch, workers: int) -> list[Outcome]:
    """Return the outcomes; meanwhile show how many are done, how fast, and how long it will take."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    outcomes: list[Outcome] = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reports", total=len(dict.fromkeys(batch.clients)), rate="")
        for outcome in batch.run(workers=workers):
            outcomes.append(outcome)
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.1f} a second" if speed else "")
    if not outcomes:
        raise ReportError("Nothing was rendered.")
    return outcomes
