"""``iopkit serve``: the apps, on this machine or for everybody."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from iopkit.clinic import Store
    from iopkit.server.options import Options

FIRST_PERSON = "Nobody can sign in yet. Add the first person in another terminal: iopkit user add --help"
NEW_KEY = (
    "A new key was made: {path}\n"
    "Keep a copy of it apart from the data and its backups. Without it nobody can read the answers any more."
)

INVENTED_NUMBER = "202-555-0142"
"""The telephone number of the invented clinic; 555-01xx belongs to nobody."""


def serve(
    demo: Annotated[
        bool, typer.Option("--demo", help="Serve an invented clinic from a database of its own.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")
    ] = 8866,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="The clinic's database; default: $IOPKIT_DATABASE_URL.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(metavar="F", help="TLS certificate (PEM).")] = None,
    private_key: Annotated[Path | None, typer.Option(metavar="F", help="Its private key (PEM).")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy in front does TLS and sets X-Forwarded-For.")
    ] = False,
    metrics_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="A port on which this machine may read metrics; 0 takes one."),
    ] = None,
) -> None:
    """Serve the apps until interrupted; prints the address when it is ready."""
    from iopkit.clinic.key_command import path_for_kernels
    from iopkit.clinic.settings import database_url
    from iopkit.server.openid import provider_from_environment
    from iopkit.server.options import Options
    from iopkit.worksheets.place import content_folder

    if demo and database:
        raise typer.BadParameter("--demo has a database of its own: leave out --database.")
    options = Options(
        database=database_url(database).render_as_string(hide_password=False),
        key_file=str(path_for_kernels()),
        notebooks=content_folder("notebooks"),
        host=host,
        port=port,
        certificate=certificate,
        private_key=private_key,
        behind_proxy=behind_proxy,
        metrics_port=metrics_port,
        provider=None if demo else provider_from_environment(),
    )
    _serve(_invented(options) if demo else options)


def _invented(options: "Options") -> "Options":
    """Return the options for the invented clinic, made now if it is not there; its people are printed."""
    from iopkit.cli.invented import invented_clinic

    os.environ.setdefault("IOPKIT_PROGRAM_NUMBER", INVENTED_NUMBER)
    place, people, password = invented_clinic()
    print(f"Everybody in this clinic is invented. All of them have the password: {password}")
    for person in people:
        print(f"  {person.user:<10} {person.who}")
    return replace(
        options,
        database=str(place / "clinic.db"),
        key_file=str(place / "key"),
        demo=people,
        demo_password=password,
    )


def _serve(options: "Options") -> None:
    from iopkit.clinic import Settings, open_store
    from iopkit.clinic.settings import idle_seconds, required_second_factor
    from iopkit.server.app import serve

    needed = frozenset[str]() if options.demo else required_second_factor()
    settings = Settings(second_factor=needed, idle_seconds=idle_seconds())
    sockets = options.bind()
    with open_store(options.database, options.key_file, settings=settings) as store:
        serve(_welcome(options, store), store, sockets)


def _welcome(options: "Options", store: "Store") -> "Options":
    """Tell the operator what to do first; return the options with what the sign-in page says about it."""
    if store.made_key:
        print(NEW_KEY.format(path=store.key_file))
    if store.people():
        return options
    print(FIRST_PERSON)
    return replace(options, nobody_yet=True)
