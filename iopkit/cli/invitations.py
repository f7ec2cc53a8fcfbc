"""``iopkit user invite``, ``second-factor``, ``link`` and ``unlink``: how people get in."""

from typing import Annotated

import typer

from iopkit.cli.place import Database, KeyFile, User, open_place
from iopkit.clinic.invitation import Invitation
from iopkit.clinic.settings import public_address


def invite(name: User, database: Database = None, key_file: KeyFile = None) -> None:
    """Print a new link with which a person sets their own password, once and within three days."""
    with open_place(database, key_file) as store:
        print(how_to_begin(store.invite(name)))


def second_factor(
    name: User,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away: the phone is lost.")] = False,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Say whether a person has a second factor, or take it away."""
    with open_place(database, key_file) as store:
        if remove:
            store.remove_second_factor(name)
        has = store.has_second_factor(name)
    print(f"{name} has a second factor." if has else f"{name} has no second factor.")


def link(
    name: User,
    issuer: Annotated[str, typer.Argument(metavar="ISSUER", help="Address of the OpenID provider.")],
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="The account's `sub` there.")],
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Let an account of an OpenID Connect provider sign in as a person."""
    with open_place(database, key_file) as store:
        store.link(name, issuer, subject)
    print(f"{name} can sign in through {issuer}.")


def unlink(name: User, database: Database = None, key_file: KeyFile = None) -> None:
    """Let no account of a provider sign in as a person any more."""
    with open_place(database, key_file) as store:
        store.unlink(name)
    print(f"No account elsewhere signs in as {name}.")


def how_to_begin(made: Invitation) -> str:
    """Return what an operator hands on."""
    until = made.until.astimezone()
    return (
        f"Hand this link to them and to nobody else. It works once, until {until:%A %d %B %Y, %H:%M %Z}:\n"
        f"  {public_address()}invitation#{made.token}"
    )
