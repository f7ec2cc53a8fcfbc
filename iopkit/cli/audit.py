"""``iopkit audit``: proof that nobody meddled, and anchors of it outside of the database."""

from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.place import Database, KeyFile, open_place
from iopkit.clinic import proof
from iopkit.errors import StoreError

audit = typer.Typer(no_args_is_help=True, help="Prove that audit trail and answers are whole.")
SYSLOG = "/dev/log"


@audit.command("verify")
def verify(
    anchors: Annotated[
        Path | None,
        typer.Option("--anchor", metavar="FILE", help="Compare with the anchors in this file too."),
    ] = None,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Check every audit row against the chain, open every encrypted value, compare entries with revisions."""
    lines = proof.read_anchors(anchors) if anchors else []
    with open_place(database, key_file) as store:
        found = store.prove(lines)
    if found.fault:
        raise StoreError(found.fault)
    print(f"The audit trail is whole: {found.rows:,} rows, {found.values:,} encrypted values.")


@audit.command("anchor")
def anchor(
    to: Annotated[str, typer.Option(metavar="FILE|syslog|syslog:HOST:PORT", help="Where to keep it.")],
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write the head of the audit trail to a file or a syslog, so that a cut or rewritten trail is seen."""
    with open_place(database, key_file) as store:
        line = store.anchor()
    if to == "syslog" or to.startswith("syslog:"):
        proof.send_anchor(line, _address(to))
    else:
        proof.append_anchor(Path(to), line)
    print(line)


def _address(to: str) -> str | tuple[str, int]:
    if to == "syslog":
        return SYSLOG
    host, colon, port = to.removeprefix("syslog:").rpartition(":")
    if not colon or not host or not port.isdecimal():
        raise typer.BadParameter("Name a syslog as syslog or syslog:HOST:PORT.")
    return host, int(port)
