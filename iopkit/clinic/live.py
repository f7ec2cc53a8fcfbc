"""Learning at once that another process changed something: an entry, a room that several people are in.

A database tells it in its own way. SQLite counts the commits of others (``PRAGMA data_version``), which costs
microseconds to ask, and a number of the subject tells whether one of them was about it; PostgreSQL sends word
of what ``changed`` named, row ids and nothing else. Both only say that there is something to look at: whoever
is woken reads it from the store, by the rules of their desk.
"""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

from iopkit.clinic.database import Database

CHANNEL = "iopkit_live"
POLL_SECONDS = 0.02
"""How often SQLite is asked: on average half of this passes before a change is seen."""
LISTEN_SECONDS = 0.5
"""How long a wait for PostgreSQL lasts at most, before it is looked whether anybody still watches."""
MARK = text(
    "INSERT INTO live_mark (subject, number) VALUES (:subject, 1) "
    "ON CONFLICT (subject) DO UPDATE SET number = number + 1"
)
AGAIN_SECONDS = 1.0
"""After so long a database that went away is tried again."""


def changed(session: Session, subject: str) -> None:
    """Tell everybody who watches this subject (a row's id) that it changes, once this transaction commits."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_notify(:channel, :subject)"), {"channel": CHANNEL, "subject": subject}
        )
    else:
        session.execute(MARK, {"subject": subject})


class Watch:
    """Calls ``wake`` from a thread of its own whenever the subject may have changed.

    It never misses a change, and may wake for one of something else. A thread does not outlive a fork: start
    it in the process that is to be woken.
    """

    def __init__(self, database: Database, subject: str, wake: Callable[[], None]) -> None:
        self._database = database
        self._subject = subject
        self._wake = wake
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="iopkit-live", daemon=True)
        self._ear: _Ear | None = None

    def start(self) -> None:
        """Begin: what changes from here on wakes."""
        self._ear = self._open()
        self._thread.start()

    def stop(self) -> None:
        """End; nothing wakes any more."""
        self._over.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(LISTEN_SECONDS * 4)

    def _open(self) -> "_Ear":
        return _Server(self._database) if self._database.is_server else _File(self._database, self._subject)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                if self._ear is None:
                    self._ear = self._open()
                    self._wake()  # something may have changed while nobody listened
                self._listen(self._ear)
            except Exception:  # noqa: BLE001 - whatever a driver raises when its database goes away
                self._hang_up()
                self._over.wait(AGAIN_SECONDS)
        self._hang_up()

    def _listen(self, ear: "_Ear") -> None:
        while not self._over.is_set():
            if ear.hears(self._subject, self._over) and not self._over.is_set():
                self._wake()

    def _hang_up(self) -> None:
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.close()


class _Ear(Protocol):
    """What listens to one kind of database, on a connection of its own."""

    def hears(self, subject: str, over: threading.Event) -> bool:
        """Wait a moment; return whether the subject may have changed."""

    def close(self) -> None:
        """Give the connection back."""


class _File:
    """SQLite: each commit of another connection raises one number, each change of a subject its own."""

    def __init__(self, database: Database, subject: str) -> None:
        self._connection = _own_connection(database)
        self._seen = self._count()
        self._mark = self._number(subject)

    def hears(self, subject: str, over: threading.Event) -> bool:
        """Wait for the next poll; return whether a commit was about the subject."""
        over.wait(POLL_SECONDS)
        before, self._seen = self._seen, self._count()
        if self._seen == before:
            return False
        mark, self._mark = self._mark, self._number(subject)
        return self._mark != mark

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _number(self, subject: str) -> int:
        found = self._connection.execute("SELECT number FROM live_mark WHERE subject = ?", (subject,))
        return int(sum(number for (number,) in found.fetchall()))

    def _count(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class _Server:
    """PostgreSQL: a commit sends word of what it named."""

    def __init__(self, database: Database) -> None:
        self._connection = _own_connection(database)
        self._connection.rollback()
        self._connection.autocommit = True
        self._connection.execute("LISTEN iopkit_live")

    def hears(self, subject: str, over: threading.Event) -> bool:
        """Wait for word; return whether it named the subject."""
        words = self._connection.notifies(timeout=LISTEN_SECONDS, stop_after=1)
        return any(word.payload == subject for word in words)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _own_connection(database: Database) -> Any:  # noqa: ANN401 - a driver's connection
    """Return a connection that belongs to nobody else and never goes back to the others."""
    pooled = database.engine.raw_connection()
    driver = pooled.driver_connection
    pooled.detach()
    return driver
