"""Upgrades: an older store is brought to this program's schema, after a backup that was moved forward first.

The backup is opened again, and what was in it is brought up to date and proved: only then is the database
itself changed, in one transaction. Whenever it ends before its end, the old store is whole. A file is not
swapped for another: a program that still has the old one open would go on saving into it, for nobody.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from iopkit.clinic import migrations, opening, schema
from iopkit.clinic.backup import Backup, back_up
from iopkit.clinic.database import Database, connect
from iopkit.clinic.office import Office, utc_now
from iopkit.clinic.settings import Settings, database_url
from iopkit.errors import StoreError

EMPTY = "is empty: there is nothing to bring up to date."
NOWHERE = "Say where the backup before it goes: iopkit upgrade --backup FILE, or set IOPKIT_BACKUPS."
NO_ROLE = (
    "The backup before it reads all rows: name the address of the role that may in IOPKIT_BACKUP_URL. "
    "Nothing was changed."
)


@dataclass(frozen=True)
class Upgraded:
    """What was done: from which schema to which, and the backup of what was before."""

    before: str
    after: str
    backup: Backup


def upgrade(
    url: str | None = None,
    key_file: str | Path | None = None,
    *,
    owner: str | None = None,
    to: Path | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Upgraded | None:
    """Bring a store to this program's schema and return what was done; None when it is there already.

    ``owner`` is the address of the role that may change a PostgreSQL database; ``to`` is the backup's file.
    """
    app = database_url(url)
    database = connect(database_url(owner) if owner else app, create=False)
    try:
        before = _version(database)
        if before == migrations.HEAD:
            return None
        keys = opening.own_keys(database, key_file)
        file = (to or _place(database, before, now())).absolute()
        if database.is_server and not os.environ.get("IOPKIT_BACKUP_URL"):
            raise StoreError(NO_ROLE)
        made = back_up(Office(database, keys, Settings(), now), file)
        schema.move_forward(database)
    finally:
        database.close()
    if owner:
        opening.prepare(owner, app.render_as_string(hide_password=False), key_file)
    return Upgraded(before, migrations.HEAD, made)


def _version(database: Database) -> str:
    with database.read() as session:
        found = schema.version(session.connection(), database.place)
    if found is None:
        raise StoreError(f"The database {database.place} {EMPTY}")
    return found


def _place(database: Database, before: str, at: datetime) -> Path:
    """Return a name for the backup: in the folder of the backups, else beside an SQLite file."""
    named = os.environ.get("IOPKIT_BACKUPS")
    if database.is_server and not named:
        raise StoreError(NOWHERE)
    file = Path(database.place)
    folder, stem = Path(named) if named else file.parent, "iopkit" if database.is_server else file.stem
    return folder / f"{stem}-schema-{before}-{at.astimezone(UTC):%Y-%m-%dT%H%M%S}.iopkit"
