"""``iopkit export``: worksheets and records for other programs and for paper."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from iopkit.errors import NotFoundError, ReportError
from iopkit.exchange.paper import paper as print_paper
from iopkit.worksheets import load_catalog

app = typer.Typer(no_args_is_help=True, help="Write worksheets and records for other programs and for paper.")


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
    try:
        out.write_bytes(print_paper(catalog[worksheet_id]))
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise ReportError(f"The PDF could not be written to {out}: {reason}. Name another place.") from error
    print(f"Wrote {out}")
