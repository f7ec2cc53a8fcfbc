"""An older store on PostgreSQL: refused to the app, upgraded by its owner after a dump, or left alone."""

import json
import sqlite3
from contextlib import closing

import psycopg
import pytest
from conftest import Clock, open_home
from old_stores import FOLDER, catalog, key_file, summary
from postgres_homes import APP, OWNER
from sqlalchemy import URL, MetaData, create_engine, text

from iopkit.clinic import open_store, schema
from iopkit.clinic.database import connect
from iopkit.clinic.migrations import HEAD
from iopkit.clinic.opening import prepare
from iopkit.clinic.settings import database_url
from iopkit.clinic.upgrade import upgrade
from iopkit.errors import StoreError

NAME = "0001"


@pytest.fixture
def old(postgres_homes, tmp_path):
    """Make a PostgreSQL database with the tables and rows of an old schema; return its two addresses."""
    owner, _key = postgres_homes.make()
    plain = tmp_path / "old.db"
    with closing(sqlite3.connect(plain)) as new, new:
        new.executescript((FOLDER / f"{NAME}.sql").read_text())
    database = connect(database_url(owner))
    with database.write() as session:
        schema._upgrade(session.connection(), NAME)
    database.close()
    carry(plain, database_url(owner))
    return owner, owner.replace(OWNER, APP), key_file(tmp_path)


def carry(plain, url):
    """Copy all rows of an SQLite database into the same tables of another database."""
    source, target = create_engine(URL.create("sqlite", database=str(plain))), create_engine(url)
    old, new = MetaData(), MetaData()
    old.reflect(source)
    new.reflect(target)
    with source.connect() as before, target.begin() as after:
        after.execute(text("DELETE FROM audit_head"))
        for table in new.sorted_tables:
            found = [dict(row) for row in before.execute(old.tables[table.name].select()).mappings()]
            if found and table.name != "alembic_version":
                after.execute(table.insert(), found)
    source.dispose()
    target.dispose()


def rows(url):
    """Return all rows of a database, by table."""
    engine = create_engine(database_url(url))
    found = MetaData()
    try:
        found.reflect(engine)
        with engine.connect() as session:
            return {name: session.execute(table.select()).all() for name, table in found.tables.items()}
    finally:
        engine.dispose()


def test_an_old_database_is_refused_and_brought_up_to_date_by_its_owner(
    old, postgres_homes, tmp_path, monkeypatch
):
    owner, app, key = old
    held = json.loads((FOLDER / f"{NAME}.json").read_text())
    with pytest.raises(StoreError, match=r"written by an older iopkit .* iopkit upgrade$"):
        prepare(owner, app, key)
    superuser = owner.replace(OWNER, "postgres")
    monkeypatch.setenv("IOPKIT_BACKUP_URL", superuser)

    done = upgrade(app, key, owner=owner, to=tmp_path / "before.iopkit")

    assert (done.before, done.after) == (NAME, HEAD)
    assert done.backup.path.stat().st_size > 1000
    with open_home((app, key), Clock(), catalog()) as store:
        assert store.prove([held["trail"]]).fault == ""
        assert summary(store)["entries"] == held["entries"]
    assert upgrade(app, key, owner=owner) is None


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({}, "Say where the backup before it goes: iopkit upgrade --backup FILE"),
        ({"IOPKIT_BACKUPS": "."}, "name the address of the role that may in IOPKIT_BACKUP_URL"),
        (
            {"IOPKIT_BACKUPS": ".", "IOPKIT_BACKUP_URL": "postgresql://postgres@127.0.0.1:1/x"},
            "pg_dump ended with exit code 1",
        ),
    ],
    ids=["no place", "no role", "no server"],
)
def test_without_a_backup_nothing_is_changed(old, setting, words, monkeypatch, tmp_path):
    owner, app, key = old
    monkeypatch.chdir(tmp_path)
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    before = rows(owner)

    with pytest.raises(StoreError, match=words):
        upgrade(app, key, owner=owner)

    assert rows(owner) == before
    assert list(tmp_path.glob("*.iopkit")) == []


def test_a_connection_lost_in_the_middle_leaves_the_old_database_whole(old):
    owner, _app, _key = old
    before = rows(owner)
    database = connect(database_url(owner))

    def lose_the_connection():
        with schema._moving(database) as connection:
            schema._upgrade(connection)
            own = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            with psycopg.connect(owner.replace(OWNER, "postgres")) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", (own,))
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreError, match="cannot be reached"):
        lose_the_connection()

    database.close()
    assert rows(owner) == before


def test_the_app_alone_is_told_what_to_do(old, postgres_homes):
    owner, app, key = old
    with psycopg.connect(owner) as database:
        database.execute(f"GRANT SELECT ON alembic_version TO {APP}")

    with pytest.raises(StoreError, match="Stop iopkit wherever it runs on it"):
        open_store(app, key)
