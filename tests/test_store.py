"""A store opens where it is told to, keeps what it was given, and says in a sentence what stops it."""

import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from iopkit.clinic import Settings, migrations, open_store
from iopkit.errors import NotFoundError, StoreError


def test_the_first_start_makes_a_database_and_a_key_file_for_the_owner_only(tmp_path):
    database, key_file = tmp_path / "data" / "iopkit.db", tmp_path / "keys" / "iopkit.key"

    with open_store(str(database), key_file) as store:
        assert store.made_key
        assert store.key_file == key_file

    assert [path.stat().st_mode & 0o777 for path in (database, key_file)] == [0o600, 0o400]
    assert [path.stat().st_mode & 0o777 for path in (database.parent, key_file.parent)] == [0o700, 0o700]


def test_a_second_start_uses_the_same_key_and_finds_the_same_people(tmp_path):
    place = str(tmp_path / "iopkit.db"), tmp_path / "keys" / "iopkit.key"
    with open_store(*place) as store:
        ava = store.add_person("client", "ava", "Ava Example", zone="America/New_York")

    with open_store(*place) as store:
        assert not store.made_key
        assert store.people() == [ava]


def test_environment_variables_name_database_and_key(tmp_path, monkeypatch):
    monkeypatch.setenv("IOPKIT_DATABASE_URL", f"sqlite:///{tmp_path}/by-url.db")
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "by-name.key"))

    open_store().close()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["by-name.key", "by-url.db"]


def test_without_any_word_the_users_own_folders_are_used_and_key_and_data_lie_apart(tmp_path, monkeypatch):
    for name in ("IOPKIT_DATABASE_URL", "IOPKIT_KEY_FILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))

    open_store().close()

    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert [path.name for path in made] == ["iopkit.key", "iopkit.db"]
    assert made[0].parent != made[1].parent


def test_a_missing_database_is_not_made_when_nobody_asked_for_it(tmp_path):
    path = tmp_path / "none" / "iopkit.db"

    with pytest.raises(StoreError) as refused:
        open_store(str(path), tmp_path / "key", create=False)

    assert str(refused.value) == (
        f"There is no database at {path}. Name the right one with IOPKIT_DATABASE_URL, "
        "or make one by adding the first person: iopkit user add."
    )
    assert not path.parent.exists()


def test_a_database_of_a_newer_schema_is_refused(tmp_path):
    path, key = tmp_path / "iopkit.db", tmp_path / "key"
    open_store(str(path), key).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(StoreError) as refused:
        open_store(str(path), key)

    assert str(refused.value) == (
        f"The database {path} was written by a newer iopkit (schema 9999, this one knows {migrations.HEAD}). "
        "Update iopkit, or name another database."
    )


@pytest.mark.parametrize("content", [b"this is not a database at all, it is a shopping list", b"\0" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path, content):
    path = tmp_path / "iopkit.db"
    path.write_bytes(content)

    with pytest.raises(StoreError, match="is damaged, or is not a database of iopkit"):
        open_store(str(path), tmp_path / "key")

    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id)")
    connection.close()

    with pytest.raises(StoreError, match="is damaged, or is not a database of iopkit"):
        open_store(str(path), tmp_path / "key")


def test_a_database_that_another_process_holds_is_refused_after_the_wait(tmp_path):
    path, key = tmp_path / "iopkit.db", tmp_path / "key"
    with open_store(str(path), key, settings=Settings(busy_seconds=0.1)) as store:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError) as refused:
            store.add_person("client", "ava", "Ava Example", zone="UTC")
        holder.execute("ROLLBACK")
        holder.close()
        store.add_person("client", "ava", "Ava Example", zone="UTC")

    assert str(refused.value) == (
        f"The database {path} is locked by another process. Nothing was stored; wait a moment and try again."
    )


def test_an_address_that_is_no_url_is_refused():
    with pytest.raises(StoreError, match="The database address is not a URL"):
        open_store("sqlite:what://ever")


def test_an_sqlite_address_without_a_file_is_refused():
    with pytest.raises(StoreError, match="An SQLite database needs a file"):
        open_store("sqlite://")


def test_a_password_in_a_database_address_is_in_no_message(tmp_path):
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://clinic:wonderful-secret@127.0.0.1:9/iopkit", tmp_path / "key")

    assert str(refused.value) == (
        "The database postgresql+psycopg://clinic:***@127.0.0.1:9/iopkit cannot be reached. "
        "Check that the database server runs and that the address is right."
    )


def test_every_connection_waits_syncs_and_checks_references(store):
    with store.office.database.read() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_names_are_not_in_clear_in_any_file(tmp_path):
    path = tmp_path / "iopkit.db"
    with open_store(str(path), tmp_path / "key") as store:
        store.add_person("client", "ava", "Ava Canary", zone="UTC")

        stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"ava" in stored
    assert b"Canary" not in stored


def test_somebody_unknown_is_not_found(store):
    with pytest.raises(NotFoundError, match="There is nobody by that user name or id"):
        store.person("nobody")


def test_relative_paths_are_taken_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    open_store("here.db", "here.key").close()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["here.db", "here.key"]
    assert Path("here.db").stat().st_size > 0


def test_a_database_of_another_kind_is_refused(tmp_path):
    with pytest.raises(StoreError, match="neither SQLite nor PostgreSQL"):
        open_store("oddbase://host/clinic", tmp_path / "key")


def test_postgresql_without_its_driver_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreError) as refused:
        open_store("postgresql://clinic@127.0.0.1:9/iopkit", tmp_path / "key")

    assert str(refused.value) == "PostgreSQL needs one more package: pip install 'iopkit[postgres]'"
