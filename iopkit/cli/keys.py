"""``iopkit keys``: another key for everything, while the clinic works."""

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from iopkit.cli.place import Database, KeyFile, open_place
from iopkit.clinic.key import key_document, new_key
from iopkit.clinic.key_command import read_key_command
from iopkit.clinic.settings import key_command

app = typer.Typer(no_args_is_help=True, help="Look after the keys that guard the answers.")


@app.command("rotate")
def rotate(database: Database = None, key_file: KeyFile = None) -> None:
    """Let a new key guard everybody's answers from now on, or finish a rotation that was interrupted.

    The clinic may go on working meanwhile.
    """
    with open_place(database, key_file) as store, _bar() as bar:
        task = bar.add_task("keys", total=None)
        done = store.rotate_keys(progress=lambda n, of: bar.update(task, completed=n, total=of))
        again = f" Copy {store.key_file} again, apart from backups." if store.key_file else ""
    if store.key_file and not done.is_new:
        print("Finished a rotation that was begun before.")
    print(f"Key {done.key_id} guards the answers now.{again}")


@app.command("make")
def make() -> None:
    """Print the keys with a new one added, for the vault that IOPKIT_KEY_COMMAND asks. It is secret."""
    command = key_command()
    known = read_key_command(command).keys if command else ()
    print(key_document([*known, new_key()]))


def _bar() -> Progress:
    columns = (TextColumn("Sealing keys anew"), BarColumn(), MofNCompleteColumn(), TextColumn("people"))
    return Progress(*columns, console=Console(stderr=True), transient=True)
