"""The rehearsal of the warm parent: it leaves what libraries keep, and nothing else."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CHEAP
from sqlalchemy import select

from iopkit.apps import rehearsal
from iopkit.apps.router import make_view
from iopkit.clinic import Settings, open_store
from iopkit.clinic.database import STATEMENTS, Sqlite, connect
from iopkit.clinic.settings import database_url
from iopkit.clinic.tables import KeyCheckRow
from iopkit.errors import NotFoundError, StoreError
from iopkit.kernels import safety
from iopkit.reports.progress import progress_of


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Rehearse once, in a folder for temporary things that is looked at afterwards."""
    folder, before = tmp_path_factory.mktemp("rehearsal"), tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        rehearsal.rehearse()
    finally:
        tempfile.tempdir = before
    return folder


def test_nothing_is_left_on_disk(place: Path) -> None:
    assert list(place.iterdir()) == []


def running() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def test_a_rehearsal_opens_no_thread_and_nothing_that_forks_would_share(place: Path) -> None:
    threads, before = running(), safety.open_things()

    rehearsal.rehearse()

    assert running() == threads
    assert safety.left_open(before) == ""


def test_what_a_page_and_a_report_ask_first_is_compiled_already(place: Path, tmp_path: Path) -> None:
    settings = Settings(password_cost=CHEAP, second_factor=frozenset())
    with open_store(str(tmp_path / "own.db"), tmp_path / "key", settings=settings) as store:
        ava = store.add_person("client", "ava", "Ava", zone="UTC")
        ina = store.add_person("clinician", "ina", "Ina", zone="UTC", domains=["individual"])
        store.treat(ava.id, ina.id, "individual", rehearsal.UNTIL)
        known = set(STATEMENTS)

        make_view(store.desk_for("ava"), "", now=rehearsal.NOW)
        make_view(store.desk_for("ina"), "", now=rehearsal.NOW)
        made = progress_of(store.desk_for("ina", purpose="report"), ava.id, since="", until="2026-03-08")
        made.opening()

        assert set(STATEMENTS) - known == set()


def test_databases_share_statements_and_no_rows(tmp_path: Path) -> None:
    homes = [str(tmp_path / name / "clinic.db") for name in ("one", "two")]
    keys = []
    for home in homes:
        with open_store(home, tmp_path / f"{Path(home).parent.name}.key") as store:
            database = store.office.database
            assert isinstance(database.engine.dialect, Sqlite)
            with database.read() as session:
                keys.append(session.scalars(select(KeyCheckRow.key_id)).all())

    assert keys[0] != keys[1]


def test_the_address_of_a_database_is_said_as_before(tmp_path: Path) -> None:
    file = tmp_path / "clinic.db"
    database = connect(database_url(str(file)))

    assert database.place == str(file)
    assert not database.is_server
    database.close()


def test_what_cannot_be_rehearsed_is_left_out() -> None:
    def refuse(error: Exception) -> None:
        raise error

    for error in (StoreError("no"), NotFoundError("no"), KeyError("no")):
        rehearsal.attempt(refuse, error)
    with pytest.raises(ZeroDivisionError):
        rehearsal.attempt(refuse, ZeroDivisionError())
