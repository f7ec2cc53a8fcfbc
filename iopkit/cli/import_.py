"""``iopkit import``: what comes in from other programs."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.place import Database, KeyFile, open_place
from iopkit.errors import NotFoundError
from iopkit.exchange.calendar_in import LARGEST, busy_times

app = typer.Typer(no_args_is_help=True, help="Take over what other programs know.")


@app.callback()
def take() -> None:
    """Take over what other programs know."""


@app.command()
def ics(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An iCalendar file.")],
    person: Annotated[str, typer.Option("--for", metavar="USER", help="Whose: a client's user name.")],
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Take over when a client is busy in the next 26 weeks: no titles, places or people are kept.

    What was taken over before is replaced.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise NotFoundError(f"The file could not be read: {reason}.") from error
    with open_place(database, key_file) as store:
        desk = store.desk_for(person)
        found = busy_times(data, zone=desk.person.zone, now=datetime.now(UTC))
        kept = desk.take_over_busy_times(found.spans)
    left = found.all_day + found.free + found.unknown
    print(f"Took over {kept} busy times; left out {left} events (whole days, free time, unknown rules).")
