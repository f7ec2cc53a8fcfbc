"""``iopkit database``: make a PostgreSQL database ready for the role that the app works as."""

import typer

from iopkit.cli.place import KeyFile
from iopkit.clinic import opening
from iopkit.clinic.settings import owner_url

app = typer.Typer(no_args_is_help=True, help="Look after a PostgreSQL database.")


@app.callback()
def _group() -> None:
    """Look after a PostgreSQL database."""


@app.command("prepare")
def prepare(key_file: KeyFile = None) -> None:
    """Bring the database up to date as its owner (IOPKIT_OWNER_URL), for the role of IOPKIT_DATABASE_URL.

    To be run once at first, and after each update of iopkit.
    """
    role = opening.prepare(owner_url(), None, key_file)
    print(f"The database is up to date, and ready for the role {role}.")
