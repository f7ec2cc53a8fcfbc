"""A page that stays up to date: what it shows is looked at again whenever the store may have changed.

A view names what it follows in its body's field ``live``, the key of a place; ``LOOKS`` says how that place
is looked at. What a look gives is sent to the page when it differs from what was sent before. A look asks
the policy each time, and leaves no audit row: opening the view did.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from iopkit.apps.fault import report
from iopkit.apps.message_live import Changed, Push
from iopkit.apps.place import Place, place
from iopkit.apps.together import look, look_at_client
from iopkit.clinic.desk import Desk
from iopkit.clinic.live import Watch
from iopkit.errors import IopkitError

Look = Callable[[Desk, Place, datetime], Push]
Post = Callable[[Callable[[], None]], object]
LOOKS: dict[str, Look] = {"entry": look, "client": look_at_client}
"""How each kind of place is looked at: from the store to what the page must know now."""


class Follower:
    """What one page follows: at most one place at a time, the one that it shows."""

    def __init__(self, desk: Desk, now: Callable[[], datetime], looks: Mapping[str, Look] = LOOKS) -> None:
        self._desk = desk
        self._now = now
        self._looks = looks
        self._tell: Callable[[dict[str, Any]], object] = lambda message: None
        self._post: Post = lambda act: act()
        self._watch: Watch | None = None
        self._sealed = ""
        self._where: Place | None = None
        self._told: Push | None = None
        self._woken = False

    def begin(self, tell: Callable[[dict[str, Any]], object], post: Post | None = None) -> None:
        """Send pushes by ``tell``, always from the thread that ``post`` hands work to."""
        self._tell, self._post = tell, post or self._post

    def follow(self, sealed: str) -> None:
        """Follow the place behind a key from now on; "" for nothing."""
        if sealed == self._sealed:
            return
        self.stop()
        where = place(self._desk, sealed) if sealed else None
        if where is None or where.name not in self._looks:
            return
        self._sealed, self._where = sealed, where
        self._watch = Watch(self._desk.database, where.part(0), self._wake)
        self._watch.start()
        self._wake()  # what changed between the making of the view and this line

    def look(self) -> Push | None:
        """Return how the followed place stands now; None when nothing is followed or may be seen."""
        if self._where is None:
            return None
        try:
            with self._desk.one_view():
                return self._looks[self._where.name](self._desk, self._where, self._now())
        except IopkitError:  # no longer allowed, or the database is busy: the page hears it when it asks
            return None
        except Exception as error:  # noqa: BLE001  # what watches goes on: the next look may do
            report(error)
            return None

    def stop(self) -> None:
        """Follow nothing any more."""
        watch, self._watch = self._watch, None
        self._sealed, self._where, self._told = "", None, None
        if watch is not None:
            watch.stop()

    def _wake(self) -> None:
        """Have one look wait, however often the watching thread wakes."""
        if not self._woken:
            self._woken = True
            self._post(self._look_again)

    def _look_again(self) -> None:
        self._woken = False
        found = self.look()
        if found is not None and is_news(found, self._told):
            self._told = found
            self._tell(found.model_dump(mode="json"))


def is_news(found: Push, told: Push | None) -> bool:
    """Return whether a look found anything that the page was not told before."""
    if isinstance(found, Changed) and isinstance(told, Changed):
        return found.is_news(told)
    return found != told


def own_thread() -> Post | None:
    """Return what hands work to the thread that runs here now: a kernel's; None where nothing runs."""
    try:
        return asyncio.get_running_loop().call_soon_threadsafe
    except RuntimeError:
        return None
