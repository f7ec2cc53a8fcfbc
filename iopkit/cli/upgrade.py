"""``iopkit upgrade``: an older clinic is brought to this version, after a backup that was tried first."""

import os
from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.place import Database, KeyFile


def upgrade(
    backup: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where the backup before it goes. Default: $IOPKIT_BACKUPS, else beside the database.",
        ),
    ] = None,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Bring the database of an older iopkit up to date: a sealed backup, a trial on its copy, then itself.

    Stop iopkit first. To be run once after each update; it says so when there is nothing to do.
    """
    from iopkit.clinic.migrations import HEAD
    from iopkit.clinic.upgrade import upgrade as bring_up_to_date

    owner = os.environ.get("IOPKIT_OWNER_URL") or None
    done = bring_up_to_date(database, key_file, owner=owner, to=backup)
    if done is None:
        print(f"The database is up to date (schema {HEAD}). Nothing was changed.")
        return
    print(f"The backup {done.backup.path} holds what was before (schema {done.before}).")
    if found := done.backup.proof:
        print(
            f"Its copy was tried: {found.rows:,} audit rows and {found.values:,} encrypted values are whole."
        )
    print(f"The database is up to date (schema {done.after}).")
