"""How long a save takes on SQLite and on PostgreSQL, by turns in one run; both wait for the disk."""

import sys
import time
from contextlib import ExitStack
from statistics import median, quantiles

import pytest
from conftest import open_copy, open_home, people_of
from postgres_homes import PostgresHomes
from postgres_server import running_postgres

SAVES = 400


@pytest.mark.soak
def test_a_save_on_postgresql_takes_no_longer_than_four_of_sqlite(
    tmp_path, clock, catalog, record_property, capsys
):
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres(settings=""))
        home = PostgresHomes(server, tmp_path).prepare()
        stores = {
            "SQLite": stack.enter_context(open_copy(tmp_path / "file", clock, catalog)),
            "PostgreSQL": stack.enter_context(open_home(home, clock, catalog)),
        }
        pages = {}
        for name, store in stores.items():
            people_of(store)
            desk = store.desk_for("ava")
            pages[name] = desk, desk.draft("mood-check")
        took = {name: [] for name in stores}

        for number in range(SAVES):
            answers = {"mood": number % 11, "note": f"note {number}"}
            for name, (desk, draft) in pages.items():
                start = time.perf_counter()
                desk.save(draft.id, message_id=f"m{number}", answers=answers, changed=answers, base=number)
                took[name].append((time.perf_counter() - start) * 1000)

    told = {name: (median(times), quantiles(times, n=20)[-1]) for name, times in took.items()}
    with capsys.disabled():
        for name, (half, most) in told.items():
            record_property(name, f"p50 {half:.1f} ms, p95 {most:.1f} ms")
            sys.stdout.write(f"\n{name}: p50 {half:.1f} ms, p95 {most:.1f} ms, {SAVES} saves\n")
    assert told["PostgreSQL"][0] < 4 * told["SQLite"][0]
