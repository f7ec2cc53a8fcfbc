"""``iopkit export``: worksheets and records for other programs and for paper."""

import difflib
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from iopkit.apps.copy import own_copy
from iopkit.apps.file_answers import without_server
from iopkit.cli.place import Database, KeyFile
from iopkit.clinic import Desk, open_store
from iopkit.clinic.leaving import Leaving
from iopkit.errors import NotFoundError, ReportError
from iopkit.exchange import tables
from iopkit.exchange.fhir.bundle import bundle
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.exchange.paper import paper as print_paper
from iopkit.exchange.redcap import redcap as redcap_dictionary
from iopkit.worksheets import Worksheet, load_catalog

app = typer.Typer(no_args_is_help=True, help="Write worksheets and records for other programs and for paper.")


Out = Annotated[Path, typer.Option("--out", metavar="PATH", help="The file or folder to write.")]
Reader = Annotated[
    str, typer.Option("--for", metavar="USER", help="Who takes it out: it holds what they may take out.")
]
Client = Annotated[str, typer.Option("--client", metavar="ID", help="User name or id of the client.")]
Since = Annotated[str, typer.Option("--from", metavar="DAY", help="First day, as 2026-03-02.")]
Until = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day, as 2026-03-31.")]
Names = Annotated[bool, typer.Option("--names", help="Write names beside ids; without it there are none.")]
WorksheetId = Annotated[str, typer.Argument(metavar="ID", help="Id of a worksheet.")]


@app.command()
def paper(
    worksheet_id: WorksheetId,
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    assignment: Annotated[
        str, typer.Option("--assignment", metavar="ID", help="The assignment that its QR code names.")
    ] = "",
) -> None:
    """Write the empty paper twin of a worksheet, with the same item ids, as a PDF."""
    worksheet = find(worksheet_id)
    try:
        out.write_bytes(print_paper(worksheet, assignment))
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise ReportError(f"The PDF could not be written to {out}: {reason}. Name another place.") from error
    print(f"Wrote {out}")


@app.command()
def fhir(
    out: Out,
    worksheet_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="A worksheet, as a Questionnaire.")
    ] = "",
    reader: Annotated[
        str, typer.Option("--for", metavar="USER", help="Who takes a record out, with --client.")
    ] = "",
    client: Annotated[str, typer.Option("--client", metavar="ID", help="Whose record, as a Bundle.")] = "",
    since: Since = "",
    until: Until = "",
    names: Names = False,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a worksheet as a FHIR R4 Questionnaire, or a client's record as a Bundle."""
    if bool(worksheet_id) == bool(reader and client):
        raise typer.BadParameter(
            "name a worksheet, or a client with --client and who takes it out with --for"
        )
    if worksheet_id:
        made = questionnaire(find(worksheet_id))
        tell(made.lost)
        write(out, json.dumps(made.resource, ensure_ascii=False, indent=2) + "\n")
        return
    with open_store(database, key_file, create=False) as store:
        desk = store.desk_for(reader, purpose="export")
        left = leave(desk, store.person(client).id, since, until)
        found = bundle(left, desk.worksheet_of, at=datetime.now(UTC), names=names)
    notice(left)
    write(out, json.dumps(found, ensure_ascii=False, indent=2) + "\n")


@app.command()
def csv(
    reader: Reader,
    client: Client,
    out: Out,
    since: Since = "",
    until: Until = "",
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a client's record as tidy CSV files with a data dictionary; ids in place of names."""
    left, found = table_of(reader, client, since, until, database=database, key_file=key_file)
    for name, rows in found.items():
        write(out / f"{name}.csv", tables.as_csv(name, rows))
    if left.disclosure is not None:
        write(out / "notice.txt", f"{left.disclosure.text}\n")


@app.command()
def parquet(
    reader: Reader,
    client: Client,
    out: Out,
    since: Since = "",
    until: Until = "",
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a client's record as Parquet files with a data dictionary; ids in place of names."""
    left, found = table_of(reader, client, since, until, database=database, key_file=key_file)
    for name, rows in found.items():
        target = folder(out) / f"{name}.parquet"
        try:
            tables.write_parquet(name, rows, target)
        except ImportError as error:
            raise ReportError("Parquet needs pyarrow: pip install 'iopkit[parquet]'.") from error
        print(f"Wrote {target}")
    if left.disclosure is not None:
        write(out / "notice.txt", f"{left.disclosure.text}\n")


@app.command()
def redcap(worksheet_id: WorksheetId, out: Out) -> None:
    """Write a worksheet as a REDCap data dictionary, and list what REDCap cannot hold."""
    text, lost = redcap_dictionary(find(worksheet_id))
    tell(lost)
    write(out, text)


@app.command()
def offline(
    worksheet_id: WorksheetId,
    out: Out,
    assignment: Annotated[
        str, typer.Option("--assignment", metavar="ID", help="The assignment that the answers belong to.")
    ] = "",
    language: Annotated[Literal["en", "es"], typer.Option("--language", help="Its language.")] = "en",
) -> None:
    """Write a worksheet as one HTML file to fill in without a server; see iopkit import answers."""
    catalog = load_catalog()
    worksheet = catalog.in_language(find(worksheet_id), language)
    text = without_server(worksheet, assignment=assignment)
    write(out, text)


@app.command()
def copy(
    user: Annotated[str, typer.Option("--for", metavar="USER", help="The client whose own copy it is.")],
    out: Out,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a client's own copy of their record as a ZIP: to read (HTML, PDF) and as data (FHIR, CSV)."""
    with open_store(database, key_file, create=False) as store:
        content = own_copy(store.desk_for(user, purpose="export"), at=datetime.now(UTC))
    write(out, content)


def find(worksheet_id: str) -> Worksheet:
    """Return a worksheet of the catalog; NotFoundError with the nearest id."""
    catalog = load_catalog()
    if worksheet_id not in catalog:
        near = difflib.get_close_matches(worksheet_id, catalog, n=1)
        hint = f" Did you mean {near[0]}?" if near else " See iopkit worksheets list."
        raise NotFoundError(f"There is no worksheet by that id.{hint}")
    return catalog[worksheet_id]


def table_of(
    reader: str, client: str, since: str, until: str, *, database: str | None, key_file: str | None
) -> tuple[Leaving, dict[str, list[tables.Row]]]:
    """Return what leaves and its tables."""
    with open_store(database, key_file, create=False) as store:
        desk = store.desk_for(reader, purpose="export")
        left = leave(desk, store.person(client).id, since, until)
        found = tables.tables(left.entries, desk.worksheet_of)
    notice(left)
    return left, found


def leave(desk: Desk, client_id: str, since: str, until: str) -> Leaving:
    """Return what this person may take out of a client's record."""
    return desk.leaving(client_id, since=day(since), until=day(until))


def day(text: str) -> date | None:
    """Return a day as it is typed, or None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter("write days as 2026-03-31") from error


def tell(lost: list[str] | tuple[str, ...]) -> None:
    """Print what the other format cannot hold, a line each."""
    for line in lost:
        print(f"Not carried: {line}", file=sys.stderr)


def notice(left: Leaving) -> None:
    """Print the notice that goes with what leaves."""
    if left.disclosure is not None:
        print(left.disclosure.text, file=sys.stderr)


def folder(path: Path) -> Path:
    """Return a folder that is there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise ReportError(f"The folder {path} could not be made: {reason}. Name another place.") from error
    return path


def write(path: Path, content: str | bytes) -> None:
    """Write a file that only its owner reads, and say so."""
    folder(path.parent)
    try:
        path.touch(mode=0o600)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise ReportError(f"{path} could not be written: {reason}. Name another place.") from error
    print(f"Wrote {path}")
