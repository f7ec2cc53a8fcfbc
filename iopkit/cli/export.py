"""``iopkit export``: worksheets and records for other programs and for paper."""

import difflib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.place import Database, KeyFile, open_place
from iopkit.errors import AnswerError, NotFoundError, ReportError
from iopkit.exchange.paper import paper as print_paper
from iopkit.worksheets import load_catalog

app = typer.Typer(no_args_is_help=True, help="Write worksheets and records for other programs and for paper.")

For = Annotated[str, typer.Option("--for", metavar="USER", help="Whose: a user name.")]


@app.command()
def paper(
    worksheet_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a worksheet.")],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
) -> None:
    """Write the empty paper twin of a worksheet, with the same item ids, as a PDF."""
    catalog = load_catalog()
    if worksheet_id not in catalog:
        near = difflib.get_close_matches(worksheet_id, catalog, n=1)
        hint = f" Did you mean {near[0]}?" if near else " See iopkit worksheets list."
        raise NotFoundError(f"There is no worksheet by that id.{hint}")
    write(out, print_paper(catalog[worksheet_id]))


@app.command()
def ics(
    person: For,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a client's or clinician's appointments as an iCalendar file that says "Appointment" and when."""
    from iopkit.exchange.calendar_out import calendar_file

    with open_place(database, key_file) as store:
        made = calendar_file(store.desk_for(person, purpose="export"), datetime.now(UTC))
    write(out, made, "file")


@app.command()
def letter(
    person: For,
    since: Annotated[str, typer.Option("--from", help="First day, such as 2026-03-01.")],
    until: Annotated[str, typer.Option("--to", help="Last day.")],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a letter that says when a client was there: no diagnosis, no score, no kind of program."""
    from iopkit.apps.calendar_answers import attendance

    first, last = day(since), day(until)
    with open_place(database, key_file) as store:
        made = attendance(store.desk_for(person, purpose="export"), first, last)
    write(out, made)


def day(text: str) -> date:
    """Return the day that was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AnswerError([f"{text[:20]!r} is not a day: write it as 2026-03-01."]) from error


def write(out: Path, data: bytes, what: str = "PDF") -> None:
    """Write a file and say so."""
    try:
        out.write_bytes(data)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise ReportError(
            f"The {what} could not be written to {out}: {reason}. Name another place."
        ) from error
    print(f"Wrote {out}")
