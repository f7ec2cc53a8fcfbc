"""A rehearsal: what every app and report does first in a process, done once in the warm parent of kernels.

It plays in an invented clinic in a folder of its own that is gone afterwards: nothing of anybody is in it,
and no connection, thread or open file is left. What stays is what libraries keep after a first use:
statements that SQLAlchemy compiled, models of pydantic, locale data of Babel, the catalog of worksheets.
Forks share it.
"""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from IPython.display import display

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.start import Conversation, open_app
from iopkit.clinic import PasswordCost, Settings, Store, open_store
from iopkit.clinic.demo import build_demo
from iopkit.clinic.desk import Desk
from iopkit.errors import IopkitError
from iopkit.kernels import hot
from iopkit.reports.block import bundle
from iopkit.reports.progress import progress_of

UNTIL = date(2026, 3, 8)
NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)
WEEKS = 1
CHEAP = Settings(password_cost=PasswordCost(passes=1, memory_kib=8, lanes=1), second_factor=frozenset())
PLACES = {
    "client": ("home", "history", "worksheet:thought-record", "who-sees"),
    "clinician": ("caseload", "library"),
    "coordinator": ("people",),
}
"""What is opened first by each kind of person."""
ALONE, NOBODYS = frozenset({"individual"}), frozenset[str]()
"""Of the clinicians one is enough."""


def rehearse() -> None:
    """Open what people open first, and make what reports are made of, once."""
    with tempfile.TemporaryDirectory(prefix="iopkit-rehearsal-") as name:
        folder = Path(name)
        place = str(folder / "clinic.db"), folder / "key"
        with open_store(*place, settings=CHEAP, now=lambda: NOW) as store:
            build_demo(store, clients=1, weeks=WEEKS, until=UNTIL)
        with open_store(*place, settings=CHEAP, now=lambda: NOW) as store:
            play(store)


def gather() -> None:
    """Have the code that the kernel of a page runs lie side by side in the process that forks it."""
    hot.gather("from iopkit.apps.rehearsal import open_pages\nopen_pages()")


def open_pages() -> None:
    """Open what people open first, as the notebook of a page does."""
    with hot.unheard():
        folder = Path(tempfile.mkdtemp(dir=Path.cwd()))  # goes with the folder of the kernel that plays
        database, key_file = str(folder / "clinic.db"), folder / "key"
        with open_store(database, key_file, settings=CHEAP, now=lambda: NOW) as store:
            build_demo(store, clients=1, weeks=WEEKS, until=UNTIL)
            users = [(one.user, one.kind) for one in store.people() if one.kind in PLACES]
    for user, kind in users:
        os.environ |= {"IOPKIT_DATABASE_URL": database, "IOPKIT_KEY_FILE": str(key_file), "IOPKIT_FOR": user}
        attempt(display, open_app(kind))
    with open_store(database, key_file, settings=CHEAP, now=lambda: NOW) as store:
        play(store)


def play(store: Store) -> None:
    """Let each kind of person of a store look around; then read one client's reports."""
    for person in store.people():
        desk = store.desk_for(person.user)
        if person.domains in (NOBODYS, ALONE):
            for where in PLACES.get(person.kind, ()):
                attempt(look, desk, where)
        if person.kind == "client":
            attempt(write, desk)
        if person.domains == ALONE:
            for client in desk.clients():
                attempt(look, desk, f"client:{client.id}")
                attempt(report, store.desk_for(person.user, purpose="report"), client.id)


def attempt(act: Callable[..., object], *given: object) -> None:
    """Do one thing, if the clinic's rules and worksheets let it: what cannot be rehearsed is done later."""
    with suppress(IopkitError, LookupError):
        act(*given)


def look(desk: Desk, where: str) -> None:
    """Open a place as a page does."""
    make_view(desk, key(desk, *where.split(":")), now=NOW).model_dump(mode="json")


def write(desk: Desk) -> None:
    """Answer a page that says it is there."""
    Conversation(desk, now=lambda: NOW).reply({"kind": "ping", "id": "rehearsal"})


def report(desk: Desk, client: str) -> None:
    """Make the blocks of a progress report."""
    made = progress_of(desk, client, since="", until=UNTIL.isoformat())
    parts = (made.opening, made.homework, made.measure_sections, made.sleep, made.pictures, made.thoughts)
    for part in (*parts, made.evidence, made.closing):
        bundle(part())
