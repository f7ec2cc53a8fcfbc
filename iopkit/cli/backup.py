"""``iopkit backup`` and ``iopkit restore``: the clinic in one sealed file, and back into an empty place."""

import os
from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.place import Database, KeyFile, open_place

BackupKey = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A key file of the backups' own, instead of the clinic's key."),
]


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file; nothing is overwritten.")],
    backup_key: BackupKey = None,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Write a sealed backup while the clinic works, and open it again to see that it is whole."""
    from iopkit.clinic.backup import back_up

    with open_place(database, key_file) as store:
        made = back_up(store.office, file.absolute(), backup_key)
    proved = "Its table of contents was read"
    if made.proof:
        counted = f"{made.proof.rows:,} audit rows, {made.proof.values:,} encrypted values"
        proved = f"It was opened and proved: {counted}"
    print(f"The backup {file} is whole ({made.size:,} bytes). {proved}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    backup_key: BackupKey = None,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Bring a backup into a place where there is no database yet, and prove that it is whole."""
    from iopkit.clinic.backup import restore as bring_back

    owner = os.environ.get("IOPKIT_OWNER_URL") or None
    found = bring_back(file, database, key_file, owner=owner, backup_key=backup_key)
    print(f"Restored and proved: {found.rows:,} audit rows, {found.values:,} encrypted values.")
