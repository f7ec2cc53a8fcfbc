"""The schema of an open database: made, moved forward, or refused because it is older or newer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, func, select, table, text
from sqlalchemy.exc import ProgrammingError

from iopkit.clinic import migrations, wall
from iopkit.clinic.database import DAMAGED, WRITES, Database
from iopkit.errors import StoreError
from iopkit.words import sentence

FOLDER = Path(migrations.__file__).parent
NOT_OURS = "42501"
ONE_AT_A_TIME = Lock()
"""Alembic keeps what it works on in its modules, for one thread of a program."""
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
"""The names of all tables: each kernel asks when it opens a database; SQLAlchemy's inspection costs more."""
UNPREPARED = sentence(
    "has to be prepared by the role that owns it. Name that role's address in IOPKIT_OWNER_URL and run: "
    "iopkit database prepare."
)


def bring_up_to_date(database: Database) -> None:
    """Make the schema of an empty database; StoreError where there is an older one, or a newer.

    Two processes that start at once wait for each other.
    """
    with database.read() as session:
        if _is_whole(session.connection(), database):
            return
    with _prepared(database), database.write() as session:
        _bring(session.connection(), database)


def move_forward(database: Database) -> str | None:
    """Bring an older schema to this program's in one transaction; return which it was, None for none.

    Nothing has changed when anything is raised: a migration that would lose a row or leave one that points
    nowhere is refused as a whole.
    """
    with _prepared(database), _moving(database) as connection:
        found = version(connection, database.place)
        if database.is_server:
            wall.lower(connection)
        if found != migrations.HEAD:
            before = _counts(connection)
            _upgrade(connection)
            _check_nothing_lost(connection, database, before)
        if database.is_server:
            wall.build(connection)
    return found


def version(connection: Connection, place: str) -> str | None:
    """Return which schema a database has, None for an empty one; StoreError when it is newer or not ours."""
    tables = _tables(connection)
    if "alembic_version" not in tables:
        if tables:
            raise StoreError(f"The database {place} {DAMAGED}")
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is not None and found > migrations.HEAD:
        raise StoreError(
            f"The database {place} was written by a newer iopkit (schema {found}, this one knows "
            f"{migrations.HEAD}). Update iopkit, or name another database."
        )
    return found


def _tables(connection: Connection) -> list[str]:
    return list(connection.scalars(text(TABLES[connection.dialect.name])))


def _bring(connection: Connection, database: Database) -> None:
    if database.is_server:
        _queue(connection)
        if _is_whole(connection, database):
            return
        wall.lower(connection)
    if version(connection, database.place) is None:
        _upgrade(connection)
    if database.is_server:
        wall.build(connection)


def _is_whole(connection: Connection, database: Database) -> bool:
    found = version(connection, database.place)
    if found not in (None, migrations.HEAD):
        raise StoreError(
            f"The database {database.place} was written by an older iopkit (schema {found}, this one needs "
            f"{migrations.HEAD}). Stop iopkit wherever it runs on it, then run: iopkit upgrade"
        )
    return found is not None and (not database.is_server or wall.stands(connection))


@contextmanager
def _prepared(database: Database) -> Iterator[None]:
    """Say who may change the schema when this role may not."""
    try:
        yield
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != NOT_OURS:
            raise
        raise StoreError(
            sentence("The database {place} {fault}", place=database.place, fault=UNPREPARED)
        ) from error


@contextmanager
def _moving(database: Database) -> Iterator[Connection]:
    """Open the one transaction in which a schema changes.

    On SQLite the foreign keys rest meanwhile, which is only possible outside of a transaction: a table that
    is made anew under its old name would take the rows of others with it.
    """
    if database.is_server:
        with database.write() as session:
            connection = session.connection()
            _queue(connection)
            yield connection
        return
    with database.faults(), database.engine.connect() as plain:
        driver: Any = plain.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _queue(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(1768910953)"))


def _counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    names = _tables(connection)
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def _check_nothing_lost(connection: Connection, database: Database, before: dict[str, int]) -> None:
    after = _counts(connection)
    lost = sorted(name for name, count in before.items() if after.get(name) != count)
    if not lost and not database.is_server:
        lost = sorted({str(row[0]) for row in connection.execute(text("PRAGMA foreign_key_check"))})
    if lost:
        raise StoreError(
            f"The database cannot be brought up to date: rows of {', '.join(lost)} would not be whole. "
            "Nothing was changed."
        )


def _upgrade(connection: Connection, to: str = "head") -> None:
    from alembic.config import Config  # only a new or old database needs Alembic; opening stays quick
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])
    with ONE_AT_A_TIME, EnvironmentContext(Config(), script) as environment:
        environment.configure(
            connection=connection,
            fn=lambda revision, _context: script._upgrade_revs(to, revision),
            transactional_ddl=True,
        )
        environment.run_migrations()
