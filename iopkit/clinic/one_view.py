"""One view is one read: what somebody is shown at once is of one moment, and is asked for once.

The reads of a view share a transaction, and with it the check of the login and the ties that the policy is
asked by. A write ends that transaction: what is read afterwards is read, and allowed, anew. The rows of the
audit trail are kept until the view is made and stored together, before anybody is shown anything.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from sqlalchemy.orm import Session

from iopkit.clinic.badge import Who
from iopkit.clinic.database import Database
from iopkit.clinic.ties import Ties
from iopkit.errors import AccessError, NotFoundError

Look = tuple[str | None, str, str | None, str]
"""What an audit row says of a view: whose record, which thing, its id, and what the view rested on."""
_NOW: ContextVar["OneView | None"] = ContextVar("the view that is being made", default=None)


class OneView:
    """What the reads of one view share, made by one thread for one database."""

    def __init__(self, database: Database) -> None:
        self.looks: dict[Look, None] = {}
        self._database = database
        self._stack = ExitStack()
        self._session: Session | None = None
        self._written: int | None = None
        self._within = 0
        self._tied: dict[frozenset[str], Ties] = {}

    @contextmanager
    def reading(self, who: Who, begin: Callable[[Session], None]) -> Iterator[Session]:
        """Lend the view's transaction; ``begin`` is called with each new one, and may refuse it."""
        if not self._within and (self._session is None or self._written != self._database.written):
            self.close()
            self._written = self._database.written
            session = self._stack.enter_context(self._database.read(who))
            begin(session)
            self._session = session
        assert self._session is not None  # noqa: S101  # a read within a read has one
        self._within += 1
        try:
            with self._database.faults():
                yield self._session
        except (AccessError, NotFoundError):
            raise
        except BaseException:
            self._written = None  # whatever it was, nothing more is read in this transaction
            raise
        finally:
            self._within -= 1

    def ties(self, session: Session, client_ids: Iterable[str], ask: Callable[[], Ties]) -> Ties:
        """Return the ties to these clients (none named: to all), asked for once in a transaction."""
        if session is not self._session:
            return ask()
        whose = frozenset(client_ids)
        if whose not in self._tied:
            self._tied[whose] = ask()
        return self._tied[whose]

    def close(self) -> None:
        """End the transaction, if there is one."""
        self._session, self._written = None, None
        self._tied.clear()
        self._stack.close()


def current(database: Database) -> OneView | None:
    """Return the view of this database that this thread is making, if it makes one."""
    view = _NOW.get()
    return view if view is not None and view._database is database else None


@contextmanager
def begun(database: Database, store: Callable[[Iterable[Look]], object]) -> Iterator[None]:
    """Make one view of all reads inside; ``store`` gets its looks at the end, also of one that failed."""
    if current(database) is not None or database.in_batch:
        yield
        return
    view = OneView(database)
    token = _NOW.set(view)
    try:
        yield
    finally:
        _NOW.reset(token)
        view.close()
        if view.looks:
            store(view.looks)
