"""``iopkit export ics``, ``export letter`` and ``import ics``: appointments out, busy times in."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.export import write
from iopkit.cli.place import Database, KeyFile, open_place
from iopkit.errors import AnswerError, NotFoundError

For = Annotated[str, typer.Option("--for", metavar="USER", help="Whose: a user name.")]


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
    write(out, made)


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


def take_over(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An iCalendar file.")],
    person: For,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Take over when a client is busy in the next 26 weeks: no titles, places or people are kept.

    What was taken over before is replaced.
    """
    from iopkit.exchange.calendar_in import LARGEST, busy_times

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


def day(text: str) -> date:
    """Return the day that was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AnswerError([f"{text[:20]!r} is not a day: write it as 2026-03-01."]) from error
