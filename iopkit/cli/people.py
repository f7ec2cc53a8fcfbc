"""``iopkit user`` and ``demo``: who is in the clinic."""

import json
import sys
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from iopkit.cli.invitations import how_to_begin
from iopkit.cli.place import Database, KeyFile, User, open_place
from iopkit.clinic.demo import Demo, build_demo
from iopkit.clinic.record import Person

user = typer.Typer(no_args_is_help=True, help="Add people, give them passwords, put them on care teams.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


@user.command("add")
def add(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="client, clinician, coordinator or supervisor.")
    ],
    name: User,
    full_name: Annotated[str, typer.Argument(metavar="NAME", help="Name as others see it.")],
    zone: Annotated[str, typer.Option(help="IANA time zone of the person.")] = "America/New_York",
    domain: Annotated[
        list[str] | None, typer.Option(help="individual, couples, substance-use or medical; may be repeated.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the person's pages: en or es.")] = "en",
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Add a person. The password is asked for, or read from standard input; without one a link is printed.

    With that link the person sets their own password, once and within three days.
    """
    given = _password("Password (Enter for a link instead)") or None
    with open_place(database, key_file, create=True) as store:
        made = store.add_person(
            kind,
            name,
            full_name,
            zone=zone,
            domains=domain or [],
            password=given,
            language=language,
        )
        told = "" if given else f"\n{how_to_begin(store.invite(made.user))}"
    print(f"Added {made.kind} {made.user} ({made.id}).{told}")


@user.command("list")
def list_people(as_json: Json = False, database: Database = None, key_file: KeyFile = None) -> None:
    """List everyone by user name."""
    with open_place(database, key_file) as store:
        found = store.people()
    if as_json:
        print(_dump([_row(person) for person in found]))
        return
    for person in found:
        print(_line(person))


@user.command("password")
def password(name: User, database: Database = None, key_file: KeyFile = None) -> None:
    """Give a person another password (asked for, or read from standard input) and end their logins."""
    with open_place(database, key_file) as store:
        store.set_password(name, _password())
    print(f"{name} has another password; open logins have ended.")


@user.command("lock")
def lock(
    name: User,
    undo: Annotated[bool, typer.Option("--undo", help="Let the person sign in again.")] = False,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Refuse a person at sign-in from now on and end their logins."""
    with open_place(database, key_file) as store:
        if undo:
            store.unlock(name)
        else:
            store.lock(name)
    print(f"{name} can sign in again." if undo else f"{name} is locked; open logins have ended.")


@user.command("treat")
def treat(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="User name or id of the client.")],
    clinician: Annotated[str, typer.Argument(metavar="CLINICIAN", help="User name or id of the clinician.")],
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="Domain of the clinician to treat in.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day; default today.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day; default open.")
    ] = None,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Put a clinician on a client's care team."""
    with open_place(database, key_file) as store:
        store.treat(client, clinician, domain, _day(since) or _today(), _day(until))
    print(f"{clinician} treats {client} ({domain}).")


def demo(
    clients: Annotated[int, typer.Option(min=1, max=240, help="How many invented clients.")] = 12,
    weeks: Annotated[int, typer.Option(min=1, max=104, help="How many weeks of homework.")] = 8,
    seed: Annotated[int, typer.Option(help="Another number gives other weeks.")] = 1,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day it ends; default today.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Fill an empty database with an invented clinic, the same for the same seed and day."""
    console = Console(stderr=True)
    columns = (TextColumn("Inventing a clinic"), BarColumn(), MofNCompleteColumn(), TextColumn("clients"))
    with (
        open_place(database, key_file, create=True) as store,
        Progress(*columns, console=console, transient=True) as bar,
    ):
        task = bar.add_task("clients", total=clients)
        made = build_demo(
            store,
            clients=clients,
            weeks=weeks,
            seed=seed,
            until=_day(until) or _today(),
            progress=lambda done: bar.update(task, completed=done),
        )
    print(
        _dump({"password": made.password, "people": [_row(person) for person in made.people]})
        if as_json
        else _told(made)
    )


def _told(made: Demo) -> str:
    lines = ["An invented clinic. Everyone's password is:", f"  {made.password}"]
    return "\n".join([*lines, *(_line(person) for person in made.people)])


def _line(person: Person) -> str:
    role = " ".join([person.kind, *sorted(person.domains), *(["(locked)"] if person.locked else [])])
    return f"{person.id}  {person.user:<12} {person.name:<20} {role}"


def _password(question: str = "Password") -> str:
    if sys.stdin.isatty():
        asked = typer.prompt(
            question, default="", show_default=False, hide_input=True, confirmation_prompt=True
        )
        return str(asked)
    return sys.stdin.readline().rstrip("\n")


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "user": person.user,
        "kind": person.kind,
        "name": person.name,
        "domains": sorted(person.domains),
        "zone": person.zone,
        "language": person.language,
        "locked": person.locked,
    }


def _dump(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
