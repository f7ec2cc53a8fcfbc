"""Databases that tests share on one PostgreSQL server: between two tests each is put back as it was made.

Copying a database takes a quarter of a second; putting its few rows back takes a hundredth of that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postgres_server import PostgresServer
from sqlalchemy import Connection, create_engine, inspect, text

from iopkit.clinic.opening import prepare

OWNER, APP = "clinic_owner", "clinic_app"
Home = tuple[str, Path]


class PostgresHomes:
    """Named databases with their key files, each kept as it was when ``keep`` was called."""

    def __init__(self, server: PostgresServer, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._undo: dict[str, str] = {}
        self._made = 0
        with self.superuser() as connection:
            for role in (OWNER, APP):
                connection.execute(text(f"CREATE ROLE {role} LOGIN"))

    def make(self, name: str = "") -> Home:
        """Return the owner's address and the key file of a new, empty database."""
        self._made += 1
        name = name or f"home{self._made}"
        with self.superuser() as connection:
            connection.execute(text(f"CREATE DATABASE {name} OWNER {OWNER}"))
        return self.home(name, OWNER)

    def prepare(self, name: str = "") -> Home:
        """Return the address of a new database, ready for the app's role, which owns nothing."""
        owner, key = self.make(name)
        app = owner.replace(OWNER, APP)
        prepare(owner, app, key)
        return app, key

    def keep(self, name: str) -> None:
        """Remember what is in a database, so that ``again`` brings it back."""
        with self.superuser(name) as connection:
            tables = inspect(connection).get_table_names(schema="public")
            connection.execute(text("CREATE SCHEMA kept"))
            for table in tables:
                connection.execute(text(f"CREATE TABLE kept.{table} AS TABLE public.{table}"))
        empty = "; ".join(f"DELETE FROM public.{table}" for table in tables)
        fill = "; ".join(f"INSERT INTO public.{table} TABLE kept.{table}" for table in tables)
        self._undo[name] = f"SET session_replication_role = replica; {empty}; {fill}"

    def again(self, name: str) -> Home:
        """Return a database as it was kept; triggers and foreign keys rest meanwhile."""
        with self.superuser(name) as connection:
            connection.execute(text(self._undo[name]))
        return self.home(name)

    @contextmanager
    def superuser(self, name: str = "postgres") -> Iterator[Connection]:
        """Connect as the one who may do anything, outside of any transaction."""
        address = self._server.url(name).replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()

    def home(self, name: str, role: str = APP) -> Home:
        """Return the address of a database, for a role, and its key file."""
        return self._server.url(name, role), self._folder / f"{name}.key"
