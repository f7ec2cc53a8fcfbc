"""The schema of an open database: made, brought up to date, or refused because it is newer."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError

from iopkit.clinic import migrations, wall
from iopkit.clinic.database import DAMAGED, Database
from iopkit.errors import StoreError
from iopkit.words import sentence

FOLDER = Path(migrations.__file__).parent
NOT_OURS = "42501"
UNPREPARED = sentence(
    "has to be prepared by the role that owns it. Name that role's address in IOPKIT_OWNER_URL and run: "
    "iopkit database prepare."
)


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that are missing, if any; two processes that start at once wait for each other."""
    with database.read() as session:
        if _is_whole(session.connection(), database):
            return
    try:
        with database.write() as session:
            _bring(session.connection(), database)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != NOT_OURS:
            raise
        raise StoreError(
            sentence("The database {place} {fault}", place=database.place, fault=UNPREPARED)
        ) from error


def _bring(connection: Connection, database: Database) -> None:
    if database.is_server:
        connection.execute(text("SELECT pg_advisory_xact_lock(1768910953)"))
        if _is_whole(connection, database):
            return
        wall.lower(connection)
    if _version(connection, database.place) != migrations.HEAD:
        _upgrade(connection)
    if database.is_server:
        wall.build(connection)


def _is_whole(connection: Connection, database: Database) -> bool:
    if _version(connection, database.place) != migrations.HEAD:
        return False
    return not database.is_server or wall.stands(connection)


def _version(connection: Connection, place: str) -> str | None:
    tables = inspect(connection).get_table_names()
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


def _upgrade(connection: Connection) -> None:
    from alembic.config import Config  # only a new or old database needs Alembic; opening stays quick
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])
    with EnvironmentContext(Config(), script) as environment:
        environment.configure(
            connection=connection,
            fn=lambda revision, _context: script._upgrade_revs("head", revision),
            transactional_ddl=True,
        )
        environment.run_migrations()
