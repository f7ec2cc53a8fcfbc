"""Saves over the websocket under fourteen faults: none lost, altered, doubled or called saved too soon."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlparse

import pytest
from breaking import BREAKS, SEED, Site, during
from serving import clinic, served
from slow_network import SlowNetwork
from sqlalchemy import select
from steady_pen import Pen, pen_of

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow


@contextmanager
def reloaded(site: Site, pen: Pen) -> Iterator[None]:
    with during(site, pen.close):
        yield


@contextmanager
def pressed_twice(_site: Site, pen: Pen) -> Iterator[None]:
    pen.copies = 2
    yield
    pen.copies = 1


@contextmanager
def culled(site: Site, pen: Pen) -> Iterator[None]:
    pen.close()
    site.server.wait_for_kernels(0, seconds=60)
    yield


OURS = [reloaded, pressed_twice, culled]


@contextmanager
def site_at(folder: Path, scale: float) -> Iterator[tuple[Site, Pen]]:
    options = {"pages_a_minute": 10_000, "cull_seconds": int(5 * scale), "unclaimed_seconds": 5.0 * scale}
    with ExitStack() as stack:
        server = stack.enter_context(clinic(folder, **options))
        port = urlparse(server.address).port or 0
        network = stack.enter_context(SlowNetwork(port, 0.0))
        again = lambda: stack.enter_context(served(folder, port=port, **options))  # noqa: E731
        site = Site(server, network, folder / "clinic.db", again, random.Random(SEED), scale)
        pen = pen_of(site.near, "ann", "thought-record", "situation")
        stack.callback(pen.close)
        yield site, pen


@pytest.mark.parametrize(
    ("saves", "rounds", "scale"),
    [
        (2, 1, 0.4),
        pytest.param(31, 5, 1.0, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
    ids=["short", "long"],
)
def test_saves_under_faults(tmp_path: Path, saves: int, rounds: int, scale: float, record_property) -> None:
    """Each round goes through all faults: one save is hit, the others go as usual."""
    with site_at(tmp_path, scale) as (site, pen):
        for number in range(rounds):
            for fault in [*BREAKS, *OURS]:
                with fault(site) if fault in BREAKS else fault(site, pen):
                    pen.save(f"{fault.__name__} {number}: hit 🙂")
                for other in range(saves - 1):
                    pen.save(f"{fault.__name__} {number}: {other}")
        store = site.server.store
        with store.office.database.read(PROGRAM) as session:
            stored = set(session.scalars(select(MessageRow.id).where(MessageRow.entry_id == pen.entry_id)))
        (draft,) = [one for one in store.desk_for("ann").drafts() if one.id == pen.entry_id]
        record_property("saves", pen.sent)

        assert len(pen.acknowledged) == pen.sent == saves * rounds * (len(BREAKS) + len(OURS))
        assert set(pen.acknowledged) - stored == set()
        assert (draft.answers["situation"], pen.altered, pen.too_soon) == (pen.last, 0, 0)
        assert draft.base == len(stored) == pen.sent
        assert store.prove().fault == ""
