"""How long it takes until one person sees what another did, through the real server and two real browsers.

A ``Scene`` is one kind of live page: it opens two pages that share something, and each round is an action on
one of them that becomes visible on the other. Both browsers run on this machine, so that one clock counts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from iopkit.bench.browser import PATIENCE, open_browser
from iopkit.bench.figure import Figure
from iopkit.bench.page import percentile
from iopkit.bench.rooms import bench_rooms
from iopkit.bench.sites import PASSWORD, a_site
from iopkit.clinic import Store
from iopkit.worksheets.place import content_folder

Teller = Callable[[str], object]
Page = Any
"""A page of playwright, which is an optional tool."""
ROUNDS, FULL_ROUNDS, UNTIMED = 60, 300, 5
WORKSHEET = "thought-record"
FIELD = "textarea"

ACT = """([selector, text]) => {
    const field = document.querySelector(selector);
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    const began = performance.timeOrigin + performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return began;
}"""
SEEN = """([selector, text]) => new Promise((resolve) => {
    const look = () => {
        const seen = document.querySelector(selector)?.value === text;
        if (seen) resolve(performance.timeOrigin + performance.now());
        else setTimeout(look, 2);
    };
    look();
})"""


@dataclass(frozen=True)
class Scene:
    """One kind of live page: ``open`` yields what does round number n and returns its milliseconds."""

    name: str
    open: Callable[[Any, Path], AbstractContextManager[Callable[[int], float]]]


def bench_live(*, full: bool = False, database: str = "", tell: Teller = lambda text: None) -> list[Figure]:
    """Return ``live.p95_ms`` over all scenes together, each scene's own, and those of twenty couples' rooms.

    With a ``database``, an empty one of PostgreSQL, the rooms are played on it too.
    """
    found: list[tuple[str, list[float]]] = []
    with open_browser() as browser:
        for scene in SCENES:
            with TemporaryDirectory() as folder, scene.open(browser, Path(folder)) as act:
                found.append((scene.name, rounds(act, scene.name, FULL_ROUNDS if full else ROUNDS, tell)))
    everything = [one for _, took in found for one in took]
    places = ["", database] if database else [""]
    return [
        figure("live.p95_ms", everything),
        *(figure(f"live.{name}.p95_ms", took) for name, took in found),
        *(one for place in places for one in bench_rooms(database=place, tell=tell)),
    ]


def rounds(act: Callable[[int], float], name: str, count: int, tell: Teller) -> list[float]:
    """Return the milliseconds of each round but the first few."""
    took = []
    for number in range(count + UNTIMED):
        tell(f"{name}, round {number} of {count + UNTIMED}")
        one = act(number)
        if number >= UNTIMED:
            took.append(one)
    return took


def figure(name: str, took: Sequence[float]) -> Figure:
    """Return the 95th percentile, with the fastest and the slowest round."""
    return Figure(
        name, round(percentile(took, 95), 1), "ms", len(took), round(min(took), 1), round(max(took), 1)
    )


@contextmanager
def pages(browser: Any, address: str, name: str, tokens: Sequence[str]) -> Iterator[list[Page]]:  # noqa: ANN401
    """Yield a page for each signed-in person, each in a browser of its own."""
    contexts = [browser.new_context() for _ in tokens]
    opened = []
    for context, token in zip(contexts, tokens, strict=True):
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": name, "value": token, "url": address}])
        opened.append(context.new_page())
    yield opened
    for context in contexts:
        context.close()


@contextmanager
def together(browser: Any, folder: Path) -> Iterator[Callable[[int], float]]:  # noqa: ANN401
    """Yield what types on one of two pages in one draft, in turn, until it stands on the other."""
    (folder / "notebooks").symlink_to(content_folder("notebooks"))
    with a_site(folder) as (running, store):
        client = store.desk_for("nobody")
        entry = clinicians_draft(store)
        token = store.sign_in("somebody", PASSWORD, address="127.0.0.1")
        cookie = running.site.cookie
        address = running.site.address.removesuffix("client")
        own = cookie[1] if cookie else ""
        with pages(browser, address, cookie[0] if cookie else "", [own, token]) as both:
            theirs = store.desk_for("somebody")
            for page, app, desk in zip(both, ("client", "clinician"), (client, theirs), strict=True):
                page.goto(f"{address}{app}#{desk.seal(f'entry:{entry}')}")
                page.locator(FIELD).first.wait_for()
            for page in both:
                page.locator(".together .present").wait_for()

            def act(number: int) -> float:
                here, there = both[number % 2], both[1 - number % 2]
                said = [FIELD, f"what was typed in round {number}"]
                began = here.evaluate(ACT, said)
                return float(there.evaluate(SEEN, said)) - float(began)

            yield act


def clinicians_draft(store: Store) -> str:
    """Return a draft that its client has opened to a clinician who is there from now on."""
    now = datetime.now(UTC)
    store.add_person(
        "clinician", "somebody", "Somebody", zone="UTC", domains=["individual"], password=PASSWORD
    )
    client, clinician = store.person("nobody").id, store.person("somebody").id
    store.treat(client, clinician, "individual", now.date() - timedelta(days=1))
    desk = store.desk_for("nobody")
    entry = desk.draft(WORKSHEET)
    desk.start_together(entry.id)
    return entry.id


SCENES = (Scene("together", together),)
"""What is measured: add a kind of live page here."""
