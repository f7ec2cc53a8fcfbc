"""Which database and key a command works on, as options of every command that opens them."""

import sys
from typing import Annotated

import typer

from iopkit.clinic import Store, open_store

Database = Annotated[
    str | None,
    typer.Option("--database", help="Path or URL. Default: IOPKIT_DATABASE_URL, else your data folder."),
]
KeyFile = Annotated[
    str | None, typer.Option("--key-file", help="Default: IOPKIT_KEY_FILE, else your configuration folder.")
]
User = Annotated[str, typer.Argument(metavar="USER", help="User name.")]


def open_place(database: str | None, key_file: str | None, *, create: bool = False) -> Store:
    """Return the open store; a key file that was made just now is told of."""
    store = open_store(database, key_file, create=create)
    if store.made_key:
        print(
            f"A new key file was made: {store.key_file}. Without it nobody can read the answers in the "
            "database. Keep a copy in a safe place, apart from the backups.",
            file=sys.stderr,
        )
    return store
