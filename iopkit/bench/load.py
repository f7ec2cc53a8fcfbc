"""Load: how many people may have a page open at once on this machine, and how long a save then takes.

Each session is a page as a browser has it: signed in, its kernel's own socket open, asked every few seconds
whether it is there, and a draft saved every half minute. No browser is drawn: what is measured is the server.
Sessions are added in steps, and held; the largest step whose saves are quick enough counts.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from iopkit.bench.figure import Figure
from iopkit.bench.page import percentile
from iopkit.bench.sites import PASSWORD, Running, a_site
from iopkit.clinic import Store
from iopkit.errors import ServeError
from iopkit.worksheets.place import content_folder

Teller = Callable[[str], object]
PING_SECONDS, SAVE_SECONDS = 5.0, 30.0
"""How often a page asks whether its kernel is there, and how often whoever fills it in stops to think."""
ENOUGH_MS = 250.0
"""A save that takes longer is felt."""
WORKSHEET, ITEM = "thought-record", "situation"
PATIENCE = 90.0
PAGE = re.compile(r'id="iopkit-page">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Size:
    """How many sessions each step has, and for how many seconds a step is held."""

    steps: tuple[int, ...]
    seconds: float


QUICK = Size(steps=(10, 20, 40), seconds=SAVE_SECONDS)
FULL = Size(steps=(100, 200, 300, 500), seconds=SAVE_SECONDS)


@dataclass(frozen=True)
class Step:
    """So many sessions were held: milliseconds of each save, and the memory that came with them."""

    sessions: int
    saves: tuple[float, ...]
    megabytes: float

    @property
    def p95(self) -> float:
        """The 95th percentile of the saves, in milliseconds."""
        return percentile(self.saves, 95)


@dataclass
class Session:
    """One person's open page: an answer that grows with each save."""

    socket: WebSocketClientConnection
    comm: str
    key: str = ""
    base: int = 0
    number: int = 0
    saves: list[float] = field(default_factory=list)

    async def act(self, action: dict[str, Any]) -> dict[str, Any]:
        """Send an action and return its reply; what the kernel says of its own accord is left aside."""
        self.number += 1
        name = f"a{self.number}"
        await self.socket.write_message(json.dumps(frame(self.comm, {**action, "id": name})))
        async with asyncio.timeout(PATIENCE):
            while (text := await self.socket.read_message()) is not None:
                message = json.loads(text)
                said = message.get("content", {}).get("data", {}).get("content", {})
                if message.get("msg_type") == "comm_msg" and said.get("reply") == name:
                    return dict(said)
        raise ServeError("A session of the bench lost its kernel: measure again.")

    async def open(self, key: str) -> None:
        """Open the worksheet behind a key, as a tap on its card does."""
        view = (await self.act({"kind": "open", "key": key}))["view"]
        self.key, self.base = view["key"], view["body"].get("base", 0)

    async def save(self) -> None:
        """Save the draft with a few words more, and keep how long that took."""
        answers = {ITEM: f"what happened, in the words of save {self.number}"}
        began = time.perf_counter()
        reply = await self.act(
            {"kind": "save", "key": self.key, "answers": answers, "changed": [ITEM], "base": self.base}
        )
        if reply["kind"] != "saved":
            raise ServeError("A save of the bench was refused: measure again.")
        self.saves.append(1000 * (time.perf_counter() - began))
        self.base = reply["base"]

    async def stay(self, seconds: float, late: float) -> None:
        """Be there for so long, saving at every half minute; ``late`` (0 to 1) spreads the sessions."""
        began = time.monotonic()
        saving, asking = began + late * SAVE_SECONDS, began + late * PING_SECONDS
        while min(saving, asking) < began + seconds:
            await asyncio.sleep(max(0.0, min(saving, asking) - time.monotonic()))
            if saving <= asking:
                saving += SAVE_SECONDS
                await self.save()
            else:
                asking += PING_SECONDS
                await self.act({"kind": "ping"})


def bench_load(*, full: bool = False, tell: Teller = lambda text: None) -> list[Figure]:
    """Return ``load.sessions``, ``load.save.p95_ms`` and the memory of one session."""
    size = FULL if full else QUICK
    with TemporaryDirectory(prefix="iopkit-bench-") as name:
        folder = Path(name)
        (folder / "notebooks").symlink_to(content_folder("notebooks"))
        with a_site(folder) as (running, store):
            tell(f"inventing {size.steps[-1]} people")
            people = [newcomer(store, number) for number in range(size.steps[-1])]
            return figures(asyncio.run(climb(running, people, size, tell)))


def newcomer(store: Store, number: int) -> tuple[str, str]:
    """Add a person; return the session cookie of their browser and the key of their worksheet."""
    user = f"nobody{number}"
    store.add_person("client", user, "Nobody", zone="UTC", password=PASSWORD)
    token = store.sign_in(user, PASSWORD, address="127.0.0.1")
    return token, store.desk_for(user).seal(f"worksheet:{WORKSHEET}")


async def climb(running: Running, people: Sequence[tuple[str, str]], size: Size, tell: Teller) -> list[Step]:
    """Return the steps that were held, the last of them perhaps too slow: then no more are added."""
    steps: list[Step] = []
    before = running.megabytes()
    async with AsyncExitStack() as stack:
        sessions: list[Session] = []
        for count in size.steps:
            for number in range(len(sessions), count):
                tell(f"{number + 1} pages open")
                sessions.append(await stack.enter_async_context(session(running, *people[number])))
            tell(f"{count} sessions, held for {size.seconds:.0f} s")
            saves = await held(sessions, size.seconds)
            steps.append(Step(count, saves, await asyncio.to_thread(running.megabytes) - before))
            if steps[-1].p95 > ENOUGH_MS:
                break
    return steps


async def held(sessions: Sequence[Session], seconds: float) -> tuple[float, ...]:
    """Return how long each save took that sessions made in so many seconds."""
    for one in sessions:
        one.saves.clear()
    each = [one.stay(seconds, number / len(sessions)) for number, one in enumerate(sessions)]
    await asyncio.gather(*each)
    return tuple(took for one in sessions for took in one.saves)


@asynccontextmanager
async def session(running: Running, token: str, key: str, app: str = "client") -> AsyncIterator[Session]:
    """Yield somebody's page of an app, open at their worksheet; it is left when this returns."""
    cookie = running.site.cookie
    headers = {"Cookie": f"{cookie[0] if cookie else ''}={token}"}
    home = running.site.address.removesuffix("client")
    request = HTTPRequest(home + app, headers=headers, request_timeout=PATIENCE)
    reply = await AsyncHTTPClient().fetch(request)
    found = PAGE.search(reply.body.decode())
    if found is None:
        raise ServeError("A page of the bench was not made: measure again.")
    page = json.loads(found[1])
    address = f"{home.replace('http', 'ws', 1)}api/kernels/{page['kernel']}/channels?session_id=s"
    headers["Origin"] = home.rstrip("/")
    socket = await websocket_connect(HTTPRequest(address, headers=headers), ping_interval=None)
    one = Session(socket, page["model"])
    await one.open(key)
    yield one
    socket.close(1001)


def frame(comm: str, action: dict[str, Any]) -> dict[str, Any]:
    """Return an action as a page sends it."""
    header = {"msg_id": f"bench-{action['id']}", "msg_type": "comm_msg", "session": "bench", "username": ""}
    content = {"comm_id": comm, "data": {"method": "custom", "content": action}}
    whole = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "buffers": []}
    return {**whole, "content": content}


def figures(steps: Sequence[Step]) -> list[Figure]:
    """Return what was held: the largest step that was quick enough, else the first with what it took."""
    quick = [step for step in steps if step.p95 <= ENOUGH_MS]
    best = quick[-1] if quick else steps[0]
    sessions = best.sessions if quick else 0
    each = [step.megabytes / step.sessions for step in steps]
    return [
        Figure("load.sessions", sessions, "sessions", len(steps), sessions, steps[-1].sessions),
        Figure(
            "load.save.p95_ms",
            round(best.p95, 1),
            "ms",
            len(best.saves),
            round(min(best.saves), 1),
            round(max(best.saves), 1),
        ),
        Figure(
            "load.session.megabytes",
            round(best.megabytes / best.sessions, 1),
            "MB",
            len(each),
            round(min(each), 1),
            round(max(each), 1),
        ),
    ]
