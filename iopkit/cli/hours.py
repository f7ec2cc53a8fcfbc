"""``iopkit hours``: the hours of a week, client by client, against the program's minimum."""

import json
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from iopkit.cli.calendars import day
from iopkit.cli.place import Database, KeyFile, open_place


def hours(
    person: Annotated[str, typer.Option("--for", metavar="USER", help="A coordinator: their user name.")],
    week: Annotated[str, typer.Option("--week", help="A day of the week; today unless given.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document and nothing else.")] = False,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Print the booked hours of each client in a week, the fewest first, and whether they are enough.

    What was called off or excused does not count; what overlaps counts once.
    """
    from iopkit.apps.hours import as_data, client_weeks

    with open_place(database, key_file) as store:
        desk = store.desk_for(person)
        chosen: date = day(week) if week else datetime.now(UTC).astimezone(ZoneInfo(desk.person.zone)).date()
        found = as_data(client_weeks(desk, chosen))
    if as_json:
        print(json.dumps({"week": chosen.isoformat(), "clients": found}, indent=2))
    else:
        for one in found:
            few = "" if one["met"] else "  too few"
            print(f"{one['client']}  {one['hours']:g} of {one['minimum']:g} h{few}")
