"""A group hour: thirty clients write and six clinicians take notes, each saving every two seconds.

Everybody has a page of their own with a kernel behind it, as in a browser; no browser is drawn. The clock
runs from a save to the word that it is stored. Afterwards what was called stored is looked for in the store.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select

from iopkit.bench.figure import Figure
from iopkit.bench.load import ITEM, WORKSHEET, Session, session
from iopkit.bench.page import percentile
from iopkit.bench.sites import PASSWORD, Running, a_site
from iopkit.clinic import Store
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow
from iopkit.clinic.tables_privacy import NoteRow
from iopkit.errors import ServeError
from iopkit.worksheets.place import content_folder

Teller = Callable[[str], object]
DOMAIN = "individual"
AGAIN_SECONDS = 0.5
"""After so long a save that met a busy store is sent again, on the same clock."""


@dataclass(frozen=True)
class Size:
    """How many people there are, how often each of them saves, and for how many seconds in all."""

    clients: int = 30
    clinicians: int = 6
    pace: float = 2.0
    seconds: float = 60.0


QUICK, FULL = Size(), Size(seconds=600.0)


@dataclass
class Person:
    """Somebody in the hour: how they sign in, what they write into, and what became of their saves."""

    user: str
    app: str
    token: str
    key: str
    entry_id: str
    took: list[float] = field(default_factory=list)
    """Milliseconds until each save was called stored."""

    def action(self, number: int, base: int) -> dict[str, Any]:
        """Return one save: a longer answer of a client, another note of a clinician."""
        words = f"what came up, in the words of save {number}"
        if self.app == "clinician":
            return {"kind": "note", "key": self.key, "text": words}
        return {"kind": "save", "key": self.key, "answers": {ITEM: words}, "changed": [ITEM], "base": base}


@dataclass(frozen=True)
class Hour:
    """What was measured: milliseconds of each save, and how many that were called stored are not there."""

    took: tuple[float, ...]
    lost: int


def bench_hour(*, full: bool = False, tell: Teller = lambda text: None) -> list[Figure]:
    """Return the percentiles of a save in a group hour, how many there were, and how many are lost."""
    return figures(group_hour(FULL if full else QUICK, tell))


def group_hour(size: Size, tell: Teller = lambda text: None) -> Hour:
    """Return what one group hour measured, played on a server and a store of its own."""
    with TemporaryDirectory(prefix="iopkit-bench-") as name:
        folder = Path(name)
        (folder / "notebooks").symlink_to(content_folder("notebooks"))
        with a_site(folder) as (running, store):
            tell(f"inventing {size.clients} clients and {size.clinicians} clinicians")
            people = invented(store, size)
            asyncio.run(played(running, people, size, tell))
            took = tuple(each for one in people for each in one.took)
            return Hour(took, sum(missing(store, one) for one in people))


def invented(store: Store, size: Size) -> list[Person]:
    """Add clients with a draft and a finished entry, and clinicians who treat them; return them all."""
    since, found = datetime.now(UTC).date() - timedelta(days=1), []
    for number in range(size.clinicians):
        domains = [DOMAIN]
        store.add_person(
            "clinician", f"led{number}", "Nobody", zone="UTC", password=PASSWORD, domains=domains
        )
    for number in range(size.clients):
        user, clinician = f"came{number}", number % size.clinicians
        store.add_person("client", user, "Nobody", zone="UTC", password=PASSWORD)
        store.treat(store.person(user).id, store.person(f"led{clinician}").id, DOMAIN, since)
        desk = store.desk_for(user)
        entry = desk.draft(WORKSHEET)
        if number < size.clinicians:
            answers = {ITEM: "it was handed in"}
            before = f"before-{user}"
            desk.save(
                entry.id, message_id=before, answers=answers, changed=answers, base=entry.base, submit=True
            )
            found.append(person(store, f"led{clinician}", "clinician", entry.id))
            entry = desk.draft(WORKSHEET)
        found.append(person(store, user, "client", entry.id))
    return found


def person(store: Store, user: str, app: str, entry_id: str) -> Person:
    """Return somebody who is signed in and writes about an entry."""
    token = store.sign_in(user, PASSWORD, address="127.0.0.1")
    return Person(user, app, token, store.desk_for(user).seal(f"entry:{entry_id}"), entry_id)


async def played(running: Running, people: list[Person], size: Size, tell: Teller) -> None:
    """Let everybody open their page, one after another, and then write at the same time."""
    pages: list[tuple[Person, Session]] = []
    async with opened(running, people, pages, tell):
        tell(f"{len(pages)} people save every {size.pace:g} s for {size.seconds:.0f} s")
        writing = [
            written(one, page, size, size.pace * number / len(pages))
            for number, (one, page) in enumerate(pages)
        ]
        await asyncio.gather(*writing)


@asynccontextmanager
async def opened(
    running: Running, people: list[Person], pages: list[tuple[Person, Session]], tell: Teller
) -> AsyncIterator[None]:
    """Add everybody's open page to ``pages``; they are left when this returns."""
    async with AsyncExitStack() as stack:
        for number, one in enumerate(people, 1):
            tell(f"{number} pages open")
            page = await stack.enter_async_context(session(running, one.token, one.key, one.app))
            pages.append((one, page))
        yield


async def written(one: Person, page: Session, size: Size, late: float) -> None:
    """Save at one's pace until the hour is over; who waits for a save does not save meanwhile."""
    began = time.monotonic()
    due = began + late
    while due < began + size.seconds:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        due = max(due + size.pace, time.monotonic())
        await saved(one, page)


async def saved(one: Person, page: Session) -> None:
    """Save once, again while the store is busy, and keep how long it took until it was called stored."""
    began = time.perf_counter()
    while True:
        reply = await page.act(one.action(len(one.took), page.base))
        if reply["kind"] in ("saved", "view"):
            one.took.append(1000 * (time.perf_counter() - began))
            page.base = reply.get("base", page.base)
            return
        if not reply.get("again"):
            raise ServeError("A save of the bench was refused: measure again.")
        await asyncio.sleep(AGAIN_SECONDS)


def missing(store: Store, one: Person) -> int:
    """Return how many of somebody's saves were called stored and are not in the store."""
    table = NoteRow if one.app == "clinician" else MessageRow
    with store.office.database.read(PROGRAM) as session:
        count = select(func.count()).select_from(table).where(table.entry_id == one.entry_id)
        stored = session.scalar(count) or 0
    if one.app == "client" and one.took:
        (draft,) = [each for each in store.desk_for(one.user).drafts() if each.id == one.entry_id]
        stored -= draft.answers[ITEM] != one.action(len(one.took) - 1, 0)["answers"][ITEM]
    return len(one.took) - stored


def figures(hour: Hour) -> list[Figure]:
    """Return the percentiles that are promised, and the counts."""
    low, high = (round(edge(hour.took), 1) for edge in (min, max))
    size = len(hour.took)
    return [
        *(
            Figure(
                f"hour.save.p{percent}_ms", round(percentile(hour.took, percent), 1), "ms", size, low, high
            )
            for percent in (50, 95, 99)
        ),
        Figure("hour.saves", size, "saves", size, size, size),
        Figure("hour.lost", hour.lost, "saves", size, hour.lost, hour.lost),
    ]
