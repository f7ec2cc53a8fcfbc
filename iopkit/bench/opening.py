"""Opening: the largest worksheet that ships against the smallest, by turns in one page of one server."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iopkit.bench.browser import PATIENCE, Visitor
from iopkit.bench.figure import Figure, ratio
from iopkit.bench.sites import Running, a_site
from iopkit.worksheets import Catalog, Worksheet, load_catalog
from iopkit.worksheets.place import content_folder

OPEN = """(key) => new Promise((resolve) => {
  const fields = () => document.querySelectorAll(".form input, .form textarea, .form select, .form canvas");
  const look = () => {
    const field = [...fields()].find((one) => !one.disabled && one.checkVisibility());
    field?.focus();
    if (field && document.activeElement === field) resolve(performance.now() - started);
    else requestAnimationFrame(look);
  };
  const started = performance.now();
  location.hash = key;
  look();
})"""
CLOSE = """(key) => new Promise((resolve) => {
  const look = () => (document.querySelector(".form") ? requestAnimationFrame(look) : resolve());
  location.hash = key;
  look();
})"""


def largest_over_smallest(
    browser: Any,  # noqa: ANN401  # playwright is an optional tool
    folder: Path,
    *,
    rounds: int,
    tell: Callable[[str], object],
) -> Figure:
    """Return how many times longer the largest worksheet takes to open, from a tap to the first field."""
    smallest, largest = extremes(load_catalog())
    with clinic_site(folder, (smallest, largest)) as (running, keys):
        visitor = Visitor(browser, running.site)
        page = visitor.context.new_page()
        page.goto(running.site.address, timeout=PATIENCE)
        page.locator("main h1").wait_for()
        home = page.evaluate("location.hash.slice(1)")
        took: dict[str, list[float]] = {smallest.id: [], largest.id: []}
        for number in range(rounds + 1):
            tell(
                f"opening worksheets, round {number} of {rounds}" if number else "opening worksheets, untimed"
            )
            for name, seconds in took.items():
                one = page.evaluate(OPEN, keys[name])
                page.evaluate(CLOSE, home)
                if number:
                    seconds.append(one)
        visitor.close()
    return ratio("page.largest_over_smallest", took[largest.id], took[smallest.id])


def extremes(catalog: Catalog) -> tuple[Worksheet, Worksheet]:
    """Return the smallest and the largest worksheet for clients, by what a page must be sent of them."""
    found = [sheet for sheet in catalog.values() if sheet.audience == "client"]
    ranked = sorted(found, key=lambda sheet: len(json.dumps(sheet.survey())))
    return ranked[0], ranked[-1]


@contextmanager
def clinic_site(folder: Path, sheets: tuple[Worksheet, ...]) -> Iterator[tuple[Running, dict[str, str]]]:
    """Yield our server with its own apps and a client in it, and for each worksheet the key that opens it."""
    (folder / "notebooks").symlink_to(content_folder("notebooks"))
    with a_site(folder) as (running, store):
        desk = store.desk_for("nobody")
        yield running, {sheet.id: desk.seal(f"worksheet:{sheet.id}") for sheet in sheets}
