"""Opening: the database is brought up to date and the key file is proved to belong to it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import ProgrammingError

from iopkit.clinic import cipher, wall
from iopkit.clinic.badge import Signer
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import Database, connect
from iopkit.clinic.key import KeyFile, KeyRing, make_key_file, read_key_file
from iopkit.clinic.key_command import read_key_command
from iopkit.clinic.office import Office, utc_now
from iopkit.clinic.schema import UNPREPARED, bring_up_to_date
from iopkit.clinic.settings import Settings, database_url, key_command, key_path
from iopkit.clinic.tables import AuditHeadRow, KeyCheckRow
from iopkit.errors import StoreError

CHECK = "iopkit"
NO_ROLE = (
    "IOPKIT_DATABASE_URL has to name a PostgreSQL database and the role that the app works as, such as "
    "postgresql://iopkit_app@host/iopkit."
)
LATE = "has a clock that differs from this machine's by an hour or more. Set both by the same time server."


def open_office(
    url: str | None,
    key_file: str | Path | None,
    *,
    create: bool,
    settings: Settings,
    now: Callable[[], datetime],
) -> tuple[Office, bool]:
    """Return the open office, and whether its key file was made just now."""
    command = key_command(key_file)
    path, read = key_path(key_file), partial(read_key_command, command) if command else None
    database = connect(database_url(url), create=create, busy_seconds=settings.busy_seconds)
    try:
        bring_up_to_date(database)
        file, is_new = (read(), False) if read else _keys(database, path, create)
        keys = KeyRing(file, read)
        _check_key(database, keys)
        if database.is_server:
            _learn(database, Signer(keys.file.oldest.derive("badge")))
    except BaseException:
        database.close()
        raise
    return Office(database, keys, settings, now), is_new


def own_keys(database: Database, key_file: str | Path | None) -> KeyRing:
    """Return the keys of a database that is there, whatever its schema; StoreError when they are others."""
    command = key_command(key_file)
    read = partial(read_key_command, command) if command else None
    keys = KeyRing(read() if read else read_key_file(key_path(key_file)), read)
    _check_key(database, keys)
    return keys


def prepare(owner: str, app: str | None, key_file: str | Path | None) -> str:
    """Make a database ready as its owner, by both addresses; return the role that the app works as."""
    role = database_url(app).username
    office, _made = open_office(owner, key_file, create=True, settings=Settings(), now=utc_now)
    try:
        if not (office.database.is_server and role):
            raise StoreError(NO_ROLE)
        with office.database.write() as session:
            wall.grant(session.connection(), role)
    finally:
        office.database.close()
    return role


def _learn(database: Database, signer: Signer) -> None:
    """Have badges taken by the database; only its owner can teach it those of another key file."""
    with database.read() as session:
        known = wall.knows(session.connection(), signer)
    if not known:
        try:
            with database.write() as session:
                wall.teach(session.connection(), signer)
                known = wall.knows(session.connection(), signer)
        except ProgrammingError as error:
            raise StoreError(f"The database {database.place} {UNPREPARED}") from error
    if not known:
        raise StoreError(f"The database {database.place} {LATE}")
    database.signer = signer


def key_check(key_id: str, keys: KeyRing) -> KeyCheckRow:
    """Return the row that proves a key later."""
    return KeyCheckRow(key_id=key_id, sealed=cipher.seal(keys.find(key_id), _check_place(key_id), CHECK))


def _keys(database: Database, path: Path, create: bool) -> tuple[KeyFile, bool]:
    with database.read() as session:
        is_used = bool(session.scalar(select(func.count()).select_from(KeyCheckRow)))
    if not is_used and create and not path.exists():
        return make_key_file(path), True
    return read_key_file(path), False


def _check_key(database: Database, keys: KeyRing) -> None:
    with database.read() as session:
        rows = session.scalars(select(KeyCheckRow)).all()
    if not rows:
        with database.write() as session:
            session.get_one(AuditHeadRow, 1, with_for_update=True)  # first starts queue here
            if not session.scalars(select(KeyCheckRow)).all():
                session.add(key_check(keys.file.newest.id, keys))
                return
            rows = session.scalars(select(KeyCheckRow)).all()
    for row in rows:
        try:
            cipher.unseal(keys.find(row.key_id), _check_place(row.key_id), row.sealed)
        except StoreError as error:
            raise StoreError(
                f"{keys.file.name} does not belong to this database. Without its own key nobody can read the "
                f"answers in it. Name the right one with {keys.file.setting}."
            ) from error


def _check_place(key_id: str) -> Place:
    return Place("key_check", "", key_id, "sealed")
