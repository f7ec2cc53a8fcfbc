"""Twenty couples and their therapists in twenty rooms at once: how soon one sees what another did.

Each room plays speaker and listener through the real server, its kernels and its database, at the pace of
people who talk. What counts is the time from an action of one to the moment at which another page has it.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from iopkit.bench.figure import Figure
from iopkit.bench.guest import Guest
from iopkit.bench.page import percentile
from iopkit.bench.sites import PASSWORD, Running, a_site
from iopkit.clinic import Store
from iopkit.worksheets.place import content_folder

Teller = Callable[[str], object]
DRILL = "speaker-listener"
ROOMS, ACTIONS, UNTIMED = 20, 15, 3
PACE = 3.0
"""Seconds from one action in a room to its next, on average."""
BEAT = 5.0
"""Seconds from one sign of life of a page to its next."""
OPENED_AT_ONCE = 4


@dataclass(frozen=True)
class Talk:
    """How much is said in each room: timed actions, seconds between two of them on average."""

    actions: int
    pace: float


@dataclass
class Table:
    """The three of one room: two partners and their therapist."""

    partners: tuple[Guest, Guest]
    therapist: Guest

    def everybody(self) -> tuple[Guest, ...]:
        """Return all three."""
        return (*self.partners, self.therapist)


def bench_rooms(
    *,
    rooms: int = ROOMS,
    actions: int = ACTIONS,
    pace: float = PACE,
    database: str = "",
    tell: Teller = lambda text: None,
) -> list[Figure]:
    """Return the 50th and the 95th percentile of the milliseconds until the others see an action."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notebooks").symlink_to(content_folder("notebooks"))
        with a_site(folder, database) as (running, store):
            couples = [couple(store, number) for number in range(rooms)]
            tell(f"{3 * rooms} pages are opened")
            took = asyncio.run(play(running, couples, Talk(actions, pace), tell))
    kind = "postgres" if database else "sqlite"
    return [figure(f"live.rooms.{kind}.p{percent}_ms", took, percent) for percent in (50, 95)]


def figure(name: str, took: list[float], percent: int) -> Figure:
    """Return a percentile with the fastest and the slowest."""
    return Figure(
        name, round(percentile(took, percent), 1), "ms", len(took), round(min(took), 1), round(max(took), 1)
    )


Logins = tuple[str, str, str, str]
"""The tokens of two partners and their therapist, and the key under which the therapist finds the two."""


def couple(store: Store, number: int) -> Logins:
    """Return the logins of a new couple whose joint work is open, and of their therapist."""
    users = [f"{role}{number}" for role in ("first", "second", "third")]
    since = datetime.now(UTC).date() - timedelta(days=1)
    for user in users[:2]:
        store.add_person("client", user, user.title(), zone="UTC", password=PASSWORD)
    store.add_person(
        "clinician", users[2], users[2].title(), zone="UTC", domains=["couples"], password=PASSWORD
    )
    ids = [store.person(user).id for user in users]
    store.couple(ids[0], ids[1])
    for user, client in zip(users[:2], ids[:2], strict=True):
        store.treat(client, ids[2], "couples", since)
        desk = store.desk_for(user)
        desk.see_secrets_policy()
        draft = desk.draft("private-check-in")
        answers = {"alone": "yes", "afraid": "never"}
        desk.save(
            draft.id, message_id=f"in-{user}", answers=answers, changed=answers, base=draft.base, submit=True
        )
    third = store.desk_for(users[2])
    third.assign(ids[0], DRILL, "couples", note="", starts=since)
    tokens = [store.sign_in(user, PASSWORD, address="127.0.0.1") for user in users]
    return tokens[0], tokens[1], tokens[2], third.seal(f"couple:{ids[0]}")


async def play(running: Running, couples: list[Logins], length: Talk, tell: Teller) -> list[float]:
    """Return the milliseconds of each action until each other page had it."""
    site = running.site
    address, cookie = site.address.removesuffix("client"), (site.cookie or ("", ""))[0]
    gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def come(logins: Logins) -> Table:
        guests = [Guest(address, (cookie, token)) for token in logins[:3]]
        async with gate:
            for guest, app in zip(guests, ("client", "client", "clinician"), strict=True):
                await guest.open(app)
        return await sit_down(guests, logins[3])

    tables = await asyncio.gather(*(come(logins) for logins in couples))
    tell(f"{len(tables)} rooms are played")
    beats = [asyncio.create_task(beat(guest)) for table in tables for guest in table.everybody()]
    found = await asyncio.gather(*(talk(table, length, seed) for seed, table in enumerate(tables)))
    for one in beats:
        one.cancel()
    for table in tables:
        for guest in table.everybody():
            await guest.close()
    return [one for took in found for one in took]


async def sit_down(guests: list[Guest], joint: str) -> Table:
    """Bring the three of a couple into their room."""
    for guest in guests[:2]:
        page = next(one["key"] for one in guest.view["nav"] if one["label"] == "The two of you")
        await guest.ask("open", key=page)
    await begin(guests[0])
    await begin(guests[1])
    await guests[2].ask("open", key=joint)
    await begin(guests[2])
    return Table((guests[0], guests[1]), guests[2])


async def begin(guest: Guest) -> None:
    """Go into the one room that is offered."""
    await guest.ask("begin-drill", key=guest.body["cards"][0]["key"])


async def beat(guest: Guest) -> None:
    """Say now and then that a page is there, as it does itself."""
    await asyncio.sleep(random.random() * BEAT)  # noqa: S311  # no secret
    while True:
        await guest.ask("here", key=guest.view["key"], stamp=guest.body["stamp"])
        await asyncio.sleep(BEAT)


async def talk(table: Table, length: Talk, seed: int) -> list[float]:
    """Return the milliseconds until each other page had each step of one room."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    took: list[float] = []
    moved = 0
    while moved < length.actions + UNTIMED:
        await asyncio.sleep(chance.uniform(0.5, 1.5) * length.pace)
        if table.partners[0].body["ended"]:
            await once_more(table)
        who = next((one for one in table.partners if may_go(one.body)), table.partners[0])
        before, began = who.body["at"], time.perf_counter()
        reply = await who.ask("drill", key=who.view["key"], verb="go", at=before, **answer(who.body))
        after = reply["view"]["body"]["at"] if reply["kind"] == "view" else before
        if after == before:  # the first of two who answer alone
            continue
        others = [one for one in table.everybody() if one is not who]
        seen = await asyncio.gather(*(one.arrived(after) for one in others))
        took += [1000 * (at - began) for at in seen] if moved >= UNTIMED else []
        moved += 1
    return took


async def once_more(table: Table) -> None:
    """Begin the exercise anew."""
    for guest in table.everybody():
        guest.seen.clear()
        await guest.ask("open", key=guest.body["way"]["key"])
        await begin(guest)


def may_go(body: dict[str, Any]) -> bool:
    """Return whether a screen waits for its reader."""
    return any(button["verb"] == "go" for button in body["buttons"])


def answer(body: dict[str, Any]) -> dict[str, Any]:
    """Return what a partner answers: the first way on, and words, a number or the first choice."""
    asked = body["question"]
    way = next((button["way"] for button in body["buttons"] if button["verb"] == "go"), 0)
    if asked is None:
        return {"way": way}
    kinds = {"text": "what was said in a few words", "rating": 3}
    return {"way": way, "value": kinds.get(asked["kind"]) or asked["options"][0]["value"]}
