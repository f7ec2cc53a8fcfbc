"""Pages: ours against plain Voilà of the same form, alternating, until the first field takes the focus.

Plain Voilà runs as its documentation shows it, with its own template. Both serve from a warm server,
and each visit gets a kernel of its own. Hosts other than this machine do not exist for the browser.
"""

import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from iopkit.bench.browser import Site, Visit, Visitor, open_browser
from iopkit.bench.figure import Figure, ratio
from iopkit.bench.opening import largest_over_smallest
from iopkit.bench.peers import PEERS, against, peer_site, programs
from iopkit.bench.sites import Running, our_site, plain_site, still_site

CROWD = 20
Teller = Callable[[str], object]


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds of single visits, pages open at once for the memory, rounds of a crowd."""

    rounds: int
    open_pages: int
    crowds: int


QUICK = Size(rounds=5, open_pages=5, crowds=0)
FULL = Size(rounds=10, open_pages=9, crowds=2)


@dataclass(frozen=True)
class Sites:
    """The three sites."""

    plain: Running
    ours: Running
    still: Running


def bench_page(*, full: bool = False, peers: bool = False, tell: Teller = lambda text: None) -> list[Figure]:
    """Return the ``page.*`` figures and ``memory.ratio``; ``tell`` hears what is being measured.

    With ``peers`` Shiny, Panel and Streamlit show the same form in the same rounds.
    """
    size = FULL if full else QUICK
    with open_sites(tell) as sites, open_peers(peers, tell) as others, open_browser() as browser:
        figures = single_visits(browser, sites, rounds=size.rounds, tell=tell, others=others)
        figures.append(memory(browser, sites, pages=size.open_pages, tell=tell))
        if size.crowds:
            figures.append(crowd(browser, sites, rounds=size.crowds, tell=tell))
    with tempfile.TemporaryDirectory(prefix="iopkit-bench-") as name, open_browser() as browser:
        figures.append(largest_over_smallest(browser, Path(name), rounds=size.rounds, tell=tell))
    return figures


@contextmanager
def open_sites(tell: Teller) -> Iterator[Sites]:
    """Start the three sites; each has answered once when this returns."""
    with tempfile.TemporaryDirectory(prefix="iopkit-bench-") as name, ExitStack() as stack:
        tell("starting plain Voilà and our server")
        folders = [Path(name) / each for each in ("plain", "ours", "still")]
        for folder in folders:
            folder.mkdir()
        plain = stack.enter_context(plain_site(folders[0]))
        ours = stack.enter_context(our_site(folders[1]))
        wait_for(plain.site)
        html = fetch(ours.site)
        yield Sites(plain, ours, stack.enter_context(still_site(folders[2], html)))


@contextmanager
def open_peers(wanted: bool, tell: Teller) -> Iterator[dict[str, Running]]:
    """Start the peers, if they are wanted; each has answered once when this returns."""
    with tempfile.TemporaryDirectory(prefix="iopkit-bench-") as name, ExitStack() as stack:
        found: dict[str, Running] = {}
        if wanted:
            tell("installing Shiny, Panel and Streamlit for the bench alone")
            bin_folder = programs()
            for peer in PEERS:
                folder = Path(name) / peer.name
                folder.mkdir()
                found[peer.name] = stack.enter_context(peer_site(peer, folder, bin_folder))
                wait_for(found[peer.name].site)
        yield found


def wait_for(site: Site) -> None:
    """Return once a site answers."""
    while True:
        try:
            fetch(site)
            return
        except ConnectionError:
            continue
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise


def fetch(site: Site) -> str:
    """Return a site's page as it comes, without a browser."""
    request = urllib.request.Request(site.address)  # noqa: S310  # an address of this machine
    if site.cookie:
        request.add_header("Cookie", "=".join(site.cookie))
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as reply:
        return str(reply.read().decode("utf-8"))


def single_visits(
    browser: Any,  # noqa: ANN401  # playwright is an optional tool
    sites: Sites,
    *,
    rounds: int,
    tell: Teller,
    others: Mapping[str, Running],
) -> list[Figure]:
    """Return the figures of one visitor at a time: a first (cold) and a second (warm) visit in each round."""
    each = {"plain": sites.plain, "ours": sites.ours, "still": sites.still, **others}
    cold: dict[str, list[Visit]] = {name: [] for name in each}
    warm: dict[str, list[Visit]] = {name: [] for name in each}
    for number in range(rounds + 1):
        tell(f"visits, round {number} of {rounds}" if number else "visits, an untimed round")
        for name, running in each.items():
            visitor = Visitor(browser, running.site)
            first, second = visitor.visit(), visitor.visit()
            visitor.close()
            if number:
                cold[name].append(first)
                warm[name].append(second)
    return [
        ratio("page.warm.ratio", seconds(warm["plain"]), seconds(warm["ours"])),
        ratio("page.cold.ratio", seconds(cold["plain"]), seconds(cold["ours"])),
        ratio("page.warm.over_static", seconds(warm["ours"]), seconds(warm["still"])),
        counted("page.warm.requests", "requests", [visit.requests for visit in warm["ours"]]),
        counted("page.warm.kilobytes", "kB", [visit.kilobytes for visit in warm["ours"]]),
        *against({name: seconds(warm[name]) for name in others}, seconds(warm["ours"])),
    ]


def seconds(visits: Sequence[Visit]) -> list[float]:
    """Return how long visits took."""
    return [visit.seconds for visit in visits]


def counted(name: str, unit: str, values: Sequence[float]) -> Figure:
    """Return the median of what was counted."""
    low, high = min(values), max(values)
    return Figure(name, round(median(values), 1), unit, len(values), round(low, 1), round(high, 1))


def memory(browser: Any, sites: Sites, *, pages: int, tell: Teller) -> Figure:  # noqa: ANN401
    """Return how many times the memory of one more open page plain Voilà needs."""
    growth: dict[str, list[float]] = {"plain": [], "ours": []}
    for name, running in (("plain", sites.plain), ("ours", sites.ours)):
        visitor = Visitor(browser, running.site)
        visitor.visit(keep=True)
        before = running.megabytes()
        for number in range(1, pages):
            tell(f"memory, {name}: page {number} of {pages - 1}")
            visitor.visit(keep=True)
            after = running.megabytes()
            growth[name].append(after - before)
            before = after
        visitor.close()
    return ratio("memory.ratio", growth["plain"], growth["ours"])


def crowd(browser: Any, sites: Sites, *, rounds: int, tell: Teller) -> Figure:  # noqa: ANN401
    """Return the ratio of the 95th percentile of twenty visitors who come at once."""
    slowest: dict[str, list[float]] = {"plain": [], "ours": []}
    for number in range(1, rounds + 1):
        for name, running in (("plain", sites.plain), ("ours", sites.ours)):
            tell(f"{CROWD} visitors at once, {name}, round {number} of {rounds}")
            slowest[name].append(percentile(all_at_once(browser, running.site), 95))
    return ratio("page.crowd20.p95.ratio", slowest["plain"], slowest["ours"])


def all_at_once(browser: Any, site: Site) -> list[float]:  # noqa: ANN401
    """Return how long each of twenty visitors took who come at the same moment."""
    visitors = [Visitor(browser, site) for _ in range(CROWD)]
    pages = [visitor.stand_by() for visitor in visitors]
    for visitor, page in zip(visitors, pages, strict=True):
        visitor.go(page)
    found = [visitor.arrived(page) for visitor, page in zip(visitors, pages, strict=True)]
    for visitor in visitors:
        visitor.close()
    return found


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile of measured values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
