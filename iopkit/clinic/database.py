"""The one way to a database: ``connect`` sets what keeps it whole; ``read`` and ``write`` are transactions.

SQLite runs in WAL with ``synchronous=FULL``, waits for other writers, and writes only in ``BEGIN IMMEDIATE``:
a write that starts as a read can be overtaken and refused half way. PostgreSQL runs as it is configured; a
read sees one moment there too, a write takes rows as they are and locks what it changes. There each
transaction wears the badge of the person it works for (``badge.py``), or none.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from random import uniform
from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_READONLY,
)
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from time import sleep
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache

from iopkit.clinic import wall
from iopkit.clinic.badge import PROGRAM, Signer, Who
from iopkit.clinic.settings import plain
from iopkit.errors import DatabaseError, StoreError
from iopkit.words import sentence

LOCKED = sentence("is locked by another process. Nothing was stored; wait a moment and try again.")
READ_ONLY = sentence("is read-only. Allow the user who runs iopkit to write the file and its folder.")
FULL = sentence("has no room left on its disk. Nothing was stored; free some space and try again.")
UNWRITABLE = sentence(
    "could not be read or written by the system. Nothing was stored; check its disk and try again."
)
UNOPENED = sentence("cannot be opened. Check that the file and its folder may be read and written.")
DAMAGED = sentence(
    "is damaged, or is not a database of iopkit. Restore it from a backup, or name another one."
)
AWAY = sentence("cannot be reached. Check that the database server runs and that the address is right.")
SQLITE_SAYS = {
    SQLITE_BUSY: LOCKED,
    SQLITE_LOCKED: LOCKED,
    SQLITE_READONLY: READ_ONLY,
    SQLITE_FULL: FULL,
    SQLITE_IOERR: UNWRITABLE,
    SQLITE_CANTOPEN: UNOPENED,
    SQLITE_NOTADB: DAMAGED,
    SQLITE_CORRUPT: DAMAGED,
}
BUSY = sentence("takes no more connections. Nothing was stored; wait a moment and try again.")
OVERTAKEN = frozenset({"40001", "40P01"})
"""What PostgreSQL says when two transactions stood in each other's way and one had to give in."""
POSTGRES_SAYS = {
    "53100": FULL,
    "25006": READ_ONLY,
    "55P03": LOCKED,
    **dict.fromkeys(OVERTAKEN, LOCKED),
    "53300": BUSY,
    **dict.fromkeys(("57P01", "57P02", "57P03", "08006"), AWAY),
}
WRITES = "iopkit_writes"
TRIES = 5
STEP_BACK_SECONDS = 0.05
P = ParamSpec("P")
T = TypeVar("T")


class Sqlite(SQLiteDialect_pysqlite):
    """SQLite as SQLAlchemy speaks it; all of a process speak the same, so that what is compiled fits each."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.iopkit", __name__, Sqlite.__name__)
STATEMENTS: LRUCache[Any, Any] = LRUCache(1000)
"""The statements of all SQLite databases of this process, compiled: texts without any value.

Compiling them takes most of the time of a first page, so the warm parent does it before it forks a kernel.
"""


class Database:
    """An open database. Every use of it is one ``read`` or one ``write``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.signer: Signer | None = None
        """What writes badges for PostgreSQL; the opening of a store sets it."""
        self.written = 0
        """Counts what this process wrote: another number means that something was written meanwhile."""
        self._writer = engine.execution_options(**{WRITES: True})
        self._reader = engine
        if self.is_server:
            self._reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._open: ContextVar[Session | None] = ContextVar("open batch", default=None)

    @property
    def is_server(self) -> bool:
        """Return whether this is PostgreSQL."""
        return self.engine.dialect.name == "postgresql"

    @property
    def in_batch(self) -> bool:
        """Return whether a batch is open here."""
        return self._open.get() is not None

    @property
    def place(self) -> str:
        """Return the address as it may be shown."""
        return plain(self.engine.url)

    @contextmanager
    def read(self, who: Who | None = None) -> Iterator[Session]:
        """Open a transaction that only reads, sees one moment of the database, and works for ``who``."""
        batch = self._open.get()
        if batch is not None:
            with self._meanwhile(batch, who):
                yield batch
            return
        with self.faults(), Session(self._reader, expire_on_commit=False) as session:
            self._wear(session, who)
            yield session

    @contextmanager
    def write(self, who: Who | None = None) -> Iterator[Session]:
        """Open a transaction that is committed whole, or not at all when anything is raised in it."""
        batch = self._open.get()
        if batch is not None:
            with self._meanwhile(batch, who):
                yield batch
                batch.flush()
            return
        with self.faults(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            session.connection()
            self._wear(session, who)
            yield session
        self.written += 1

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make all reads and writes inside it one transaction: for one program's thousands of rows."""
        with self.write(PROGRAM) as session:
            token = self._open.set(session)
            try:
                yield
            finally:
                self._open.reset(token)

    def copy_to(self, other: "Database") -> None:
        """Copy one moment of this SQLite database into another, empty one, while others read and write."""
        source, target = self.engine.raw_connection(), other.engine.raw_connection()
        try:
            drivers: list[Any] = [source.driver_connection, target.driver_connection]
            drivers[0].backup(drivers[1])
        except SqliteError as error:
            said = SQLITE_SAYS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, UNWRITABLE)
            raise StoreError(
                sentence("The database {place} {fault}", place=self.place, fault=said)
            ) from error
        finally:
            target.close()
            source.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _wear(self, session: Session, who: Who | None) -> None:
        if who is not None and self.signer is not None:
            connection = session.connection()
            wall.wear(connection, self.signer.badge(who, wall.process(connection)))

    @contextmanager
    def _meanwhile(self, batch: Session, who: Who | None) -> Iterator[None]:
        self._wear(batch, who)
        yield
        if who is not None:
            self._wear(batch, PROGRAM)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Say in a sentence what the database refused."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            said = _says(error)
            if said is None:
                raise
            raise DatabaseError(
                sentence("The database {place} {fault}", place=self.place, fault=said)
            ) from error


def again(work: Callable[P, T]) -> Callable[P, T]:
    """Return work that is begun anew, a few times, where another transaction stood in its way.

    The work is one transaction: nothing of it stays when it fails. Before each new try it steps back for a
    moment, a longer one each time and never quite the same: begun at once, it would take the row again
    that the other one is just being given, and both would stand there as before.
    """

    @wraps(work)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        for tries in range(TRIES - 1):
            try:
                return work(*args, **kwargs)
            except StoreError as error:
                if getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) not in OVERTAKEN:
                    raise
            sleep(uniform(0.5, 1.0) * STEP_BACK_SECONDS * 2**tries)  # noqa: S311  # no secret
        return work(*args, **kwargs)

    return tried


def connect(url: URL, *, create: bool = True, busy_seconds: float = 10.0) -> Database:
    """Return the open database; a missing SQLite file is made (mode 0600) when ``create``."""
    if url.get_backend_name() != "sqlite":
        return Database(_server_engine(url, busy_seconds))
    _prepare_file(Path(str(url.database)), create)
    driver = url.set(drivername="sqlite+iopkit")
    engine = create_engine(driver, connect_args={"timeout": busy_seconds, "check_same_thread": False})
    engine.update_execution_options(compiled_cache=STATEMENTS)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _server_engine(url: URL, busy_seconds: float) -> Engine:
    settings: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        settings = {"connect_timeout": 10, "application_name": "iopkit", **url.query}
        settings["options"] = f"{settings.get('options', '')} -c lock_timeout={int(busy_seconds * 1000)}"
    try:
        return create_engine(url, pool_pre_ping=True, connect_args=settings)
    except NoSuchModuleError as error:
        raise StoreError("The database is neither SQLite nor PostgreSQL; iopkit knows these two.") from error
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs one more package: pip install 'iopkit[postgres]'") from error


def _prepare_file(path: Path, create: bool) -> None:
    if not path.exists():
        if not create:
            raise StoreError(
                f"There is no database at {path}. Name the right one with IOPKIT_DATABASE_URL, "
                "or make one by adding the first person: iopkit user add."
            )
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreError(f"The database {path} cannot be made here: {error.strerror}.") from error
    if not os.access(path, os.R_OK):
        raise StoreError(f"The database {path} {UNOPENED}")
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(f"The database {path} {READ_ONLY}")


def _set_up_sqlite(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _says(error: DBAPIError) -> str | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE_SAYS.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state in POSTGRES_SAYS:
        return POSTGRES_SAYS[state]
    return AWAY if error.connection_invalidated or state is None else None
