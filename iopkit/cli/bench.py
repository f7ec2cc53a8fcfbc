"""``iopkit bench``: measure this program beside the plain tools it is built on."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from iopkit.bench.figure import Figure, document, machine

app = typer.Typer(no_args_is_help=True, help="Measure beside the plain tools, as ratios: higher is better.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Database = Annotated[
    str,
    typer.Option(metavar="URL", help="Play the rooms on this empty PostgreSQL database too."),
]
Full = Annotated[bool, typer.Option("--full", help="Measure everything, however long it takes.")]

Peers = Annotated[
    bool, typer.Option("--peers", help="Measure Shiny, Panel and Streamlit too, installed for the bench.")
]


@app.command()
def page(full: Full = False, peers: Peers = False, as_json: Json = False) -> None:
    """Compare pages with plain Voilà of the same form, until the first field takes the focus."""
    from iopkit.bench.page import bench_page

    show(lambda tell: bench_page(full=full, peers=peers, tell=tell), as_json=as_json)


@app.command()
def report(full: Full = False, as_json: Json = False) -> None:
    """Compare reports with plain in-process Papermill of the same notebook."""
    from iopkit.bench.report import FULL, QUICK, bench_report

    show(lambda tell: bench_report(FULL if full else QUICK, tell=tell), as_json=as_json)


@app.command()
def live(full: Full = False, database: Database = "", as_json: Json = False) -> None:
    """Measure how long it takes until one person sees what another did: in two browsers, in twenty rooms."""
    from iopkit.bench.live import bench_live

    show(lambda tell: bench_live(full=full, database=database, tell=tell), as_json=as_json)


@app.command()
def load(full: Full = False, as_json: Json = False) -> None:
    """Measure how many open pages this machine holds while a save stays quick, and their memory."""
    from iopkit.bench.load import bench_load

    show(lambda tell: bench_load(full=full, tell=tell), as_json=as_json)


@app.command()
def hour(full: Full = False, as_json: Json = False) -> None:
    """Play a group hour of 30 clients and 6 clinicians who save every two seconds, and count what is lost."""
    from iopkit.bench.hour import bench_hour

    show(lambda tell: bench_hour(full=full, tell=tell), as_json=as_json)


def show(measure: Callable[[Callable[[str], object]], Sequence[Figure]], *, as_json: bool) -> None:
    """Measure, saying on stderr what is being measured, and print the figures."""
    with Console(stderr=True).status("measuring") as status:
        figures = measure(status.update)
    if as_json:
        print(json.dumps(document(figures), indent=2))
        return
    table = Table("figure", "value", "unit", "n", "low", "high", title=machine(), box=None)
    for one in figures:
        table.add_row(one.name, f"{one.value:g}", one.unit, str(one.n), f"{one.low:g}", f"{one.high:g}")
    Console().print(table)
