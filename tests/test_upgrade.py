"""A store of every schema there ever was comes up to today's whole: entries, scores, trail, pages, report."""

import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import Clock, open_home
from old_stores import FOLDER, catalog, key_file, rows, summary
from typer.testing import CliRunner

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.cli import app
from iopkit.clinic import open_store
from iopkit.clinic.backup import restore
from iopkit.clinic.migrations import HEAD
from iopkit.clinic.tables import Base
from iopkit.clinic.upgrade import upgrade
from iopkit.errors import StoreError
from iopkit.reports.period import period
from iopkit.reports.progress import Progress

OLD = sorted(path.stem for path in FOLDER.glob("*.sql") if path.stem < HEAD)
AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
SOME = "0007"


@pytest.fixture
def place(tmp_path):
    """Return what lays a store of an old schema into an own folder: its address and key file."""

    def lay(name):
        database = tmp_path / "clinic.db"
        with closing(sqlite3.connect(database)) as new, new:
            new.executescript((FOLDER / f"{name}.sql").read_text())
        return str(database), key_file(tmp_path)

    return lay


def after(clock_days=2):
    clock = Clock()
    clock.pass_(days=clock_days)
    return clock


def dumped(path):
    with closing(sqlite3.connect(path)) as database:
        return "\n".join(database.iterdump())


def test_each_schema_before_todays_has_its_store():
    assert [f"{number:04}" for number in range(1, len(OLD) + 1)] == OLD
    assert OLD[-1] >= "0009"


@pytest.mark.parametrize("name", OLD)
def test_an_old_store_is_refused_and_then_brought_up_to_date_whole(name, place):
    home = place(name)
    before, held = rows(home[0]), json.loads((FOLDER / f"{name}.json").read_text())
    with pytest.raises(StoreError) as refused:
        open_store(*home)
    assert str(refused.value) == (
        f"The database {home[0]} was written by an older iopkit (schema {name}, this one needs {HEAD}). "
        "Stop iopkit wherever it runs on it, then run: iopkit upgrade"
    )

    done = upgrade(*home, now=lambda: AT)

    assert (done.before, done.after) == (name, HEAD)
    now = rows(home[0])
    for table in before.keys() - {"alembic_version"}:
        columns = before[table][0].keys() if before[table] else ()
        assert [{column: row[column] for column in columns} for row in now[table]] == before[table]
    with open_home(home, after(), catalog()) as store:
        assert store.prove([held["trail"]]).fault == ""
        assert summary(store)["entries"] == held["entries"]
        with store.office.database.read() as session:
            context = MigrationContext.configure(session.connection())
            assert compare_metadata(context, Base.metadata) == []
        shown_and_reported_as_it_was(store)


def shown_and_reported_as_it_was(store):
    desk, ava = store.desk_for("ina"), store.person("ava").id

    shown = make_view(desk, key(desk, "client", ava), now=after()()).model_dump_json()
    reported = report(desk, ava)
    words = "".join(block.model_dump_json() for block in blocks(reported))

    assert "Mood check" in shown
    titles = {entry.version: desk.worksheet_of(entry).title for entry in reported.entries}
    assert titles == {"0.9": "Mood check, as it was", "1.0": "Mood check"}
    assert '"0.9","Total 3, low"' in words  # as it was scored then: mood alone
    assert '"1.0","Total 5, low"' in words  # as it was corrected


def report(desk, client):
    span = period(desk, client, since="2026-03-01", until="2026-03-31", today=date(2026, 3, 31))
    entries = desk.entries(client, since=span.since, until=span.until)
    return Progress(desk, span, tuple(entries), tuple(desk.assignments(client)))


def blocks(made):
    return [*made.opening(), *made.homework(), *made.measure_sections(), *made.evidence()]


def test_the_backup_beside_it_holds_what_was_and_is_restored_to_today(place, tmp_path):
    home = place(SOME)

    done = upgrade(*home, now=lambda: AT)

    assert done.backup.path == tmp_path / f"clinic-schema-{SOME}-2026-11-30T120000.iopkit"
    found = restore(done.backup.path, str(tmp_path / "new" / "clinic.db"), home[1])
    assert found == done.backup.proof
    assert rows(tmp_path / "new" / "clinic.db") == rows(home[0])


def test_a_store_of_today_is_left_alone(place, tmp_path):
    home = place(SOME)
    upgrade(*home)
    kept = dumped(home[0])
    files = sorted(path.name for path in tmp_path.iterdir())

    assert upgrade(*home) is None

    assert dumped(home[0]) == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == files


def test_two_upgrades_at_once_do_it_once(place, tmp_path):
    home = place("0001")

    with ThreadPoolExecutor(2) as programs:
        files = [tmp_path / "one.iopkit", tmp_path / "two.iopkit"]
        done = list(programs.map(lambda file: upgrade(*home, to=file), files))

    assert {one.after for one in done if one} == {HEAD}
    with open_home(home, after(), catalog()) as store:
        assert store.prove().fault == ""


def test_a_newer_store_is_refused_in_one_line(place):
    home = place(SOME)
    with closing(sqlite3.connect(home[0])) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    for program in (open_store, upgrade):
        with pytest.raises(StoreError) as refused:
            program(*home)
        assert str(refused.value) == (
            f"The database {home[0]} was written by a newer iopkit (schema 9999, this one knows {HEAD}). "
            "Update iopkit, or name another database."
        )


def change_the_trail(database):
    database.execute("DROP TRIGGER audit_no_update")
    database.execute("UPDATE audit SET thing = 'other' WHERE seq = 3")


def lose_a_person(database):
    database.execute("DELETE FROM person WHERE user_name = 'sue'")


def take_the_name(database):
    database.execute("CREATE TABLE note (id TEXT)")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (change_the_trail, "row 3"),
        (lose_a_person, "rows of care_team, envelope would not be whole. Nothing was changed."),
        (take_the_name, "table note already exists"),
    ],
    ids=["trail", "person", "table"],
)
def test_a_store_that_cannot_be_brought_through_stays_as_it_is(harm, words, place, tmp_path):
    home = place("0005")
    with closing(sqlite3.connect(home[0])) as database, database:
        harm(database)
    kept = dumped(home[0])

    with pytest.raises(Exception, match=words):
        upgrade(*home)

    assert dumped(home[0]) == kept
    assert list(tmp_path.glob("*.iopkit")) == []
    assert list(tmp_path.glob(".iopkit-*")) == []


def test_another_key_is_refused_before_anything_is_written(place, tmp_path):
    database, _key = place(SOME)
    other = tmp_path / "other"
    open_store(str(tmp_path / "other.db"), other).close()

    with pytest.raises(StoreError, match="does not belong to this database"):
        upgrade(database, other)

    assert list(tmp_path.glob("*.iopkit")) == []


def test_nothing_is_overwritten_by_the_backup(place, tmp_path):
    home = place(SOME)
    (tmp_path / "taken").write_text("mine")
    kept = dumped(home[0])

    with pytest.raises(StoreError, match="Nothing is overwritten"):
        upgrade(*home, to=tmp_path / "taken")

    assert dumped(home[0]) == kept


def test_the_command_says_what_it_did_and_then_that_there_is_nothing_to_do(place, tmp_path, monkeypatch):
    database, key = place(SOME)
    monkeypatch.setenv("IOPKIT_BACKUPS", str(tmp_path / "backups"))
    (tmp_path / "backups").mkdir()
    words = ["upgrade", "--database", database, "--key-file", str(key)]

    first, second = CliRunner().invoke(app, words), CliRunner().invoke(app, words)

    (file,) = (tmp_path / "backups").iterdir()
    assert (first.exit_code, second.exit_code) == (0, 0)
    lines = first.stdout.splitlines()
    assert lines[0] == f"The backup {file} holds what was before (schema {SOME})."
    assert lines[1].startswith("Its copy was tried: ")
    assert lines[2] == f"The database is up to date (schema {HEAD})."
    assert second.stdout == f"The database is up to date (schema {HEAD}). Nothing was changed.\n"


def test_an_empty_place_has_nothing_to_bring_up_to_date(tmp_path):
    (tmp_path / "clinic.db").touch()
    shutil.copy(key_file(tmp_path), tmp_path / "key2")

    with pytest.raises(StoreError, match="is empty: there is nothing to bring up to date"):
        upgrade(str(tmp_path / "clinic.db"), tmp_path / "key")
