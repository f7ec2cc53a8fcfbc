"""What can go wrong under PostgreSQL: a sentence for each, nothing half stored, nothing acknowledged lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier, Event

import psutil
import pytest
from conftest import open_home, people_of
from postgres_homes import PostgresHomes
from postgres_server import running_postgres
from sqlalchemy import select, text

from iopkit.clinic import Settings, open_store
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.database import again
from iopkit.clinic.tables import PersonRow
from iopkit.errors import StoreError


@pytest.fixture
def store(postgres_homes, clock, catalog):
    with open_home(postgres_homes.again("clinic"), clock, catalog) as opened:
        yield opened


def count(store, table):
    with store.office.database.read(PROGRAM) as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar()


def save(desk, draft, number, **answers):
    answers = {"note": f"note {number}"} | answers
    return desk.save(draft.id, message_id=f"m{number}", answers=answers, changed=answers, base=0)


@pytest.mark.parametrize(
    ("kills", "saves"),
    [
        pytest.param(3, 5, marks=pytest.mark.slow),
        pytest.param(20, 100, marks=[pytest.mark.soak, pytest.mark.timeout(900)]),
    ],
    ids=str,
)
def test_a_server_that_is_killed_again_and_again_loses_no_acknowledged_save(
    kills, saves, tmp_path, clock, catalog, record_property
):
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres(settings=""))  # with fsync: a save is on the disk
        home = PostgresHomes(server, tmp_path).prepare()
        store = stack.enter_context(open_home(home, clock, catalog))
        people_of(store)
        desk = store.desk_for("ava")
        draft = desk.draft("mood-check")
        acknowledged, said, more, over = [], set(), Event(), Event()

        def write():
            number = 0
            while not over.is_set():
                try:
                    save(desk, draft, number)
                except StoreError as error:
                    said.add(str(error).removeprefix(f"The database {store.office.database.place} "))
                    continue
                acknowledged.append(number)
                number += 1
                more.set()

        with ThreadPoolExecutor(1) as page:
            writing = page.submit(write)
            for _ in range(kills):
                wait_for_saves(more, writing, saves)
                kill(server)
                server.start()
            wait_for_saves(more, writing, saves)
            over.set()
            writing.result()

        record_property("acknowledged", len(acknowledged))
        assert said == {
            "cannot be reached. Check that the database server runs and that the address is right."
        }
        with store.office.database.read(PROGRAM) as session:
            kept = {row for (row,) in session.execute(text("SELECT id FROM message"))}
        assert [number for number in acknowledged if f"m{number}" not in kept] == []
        assert desk.entry(draft.id).answers == {"note": f"note {acknowledged[-1]}"}
        assert desk.entry(draft.id).base == len(kept)
        assert store.prove().fault == ""


def wait_for_saves(more, writing, wanted):
    """Return when that many saves more were acknowledged; a writer that gave up is a failure."""
    for _ in range(wanted):
        more.clear()
        while not more.wait(1):
            assert not writing.done(), writing.result()


def kill(server):
    """Kill the server as a power cut of its machine would, and return when all of it is gone."""
    parent = psutil.Process(server.pid)
    everybody = [parent, *parent.children(recursive=True)]
    parent.kill()
    _gone, alive = psutil.wait_procs(everybody, timeout=60)
    assert alive == []


def test_a_connection_lost_in_the_middle_is_a_sentence_and_keeps_nothing(store, postgres_homes):
    def lose_the_connection():
        with store.office.database.write(PROGRAM) as session:
            session.execute(text("UPDATE person SET locked = true"))
            own = session.execute(text("SELECT pg_backend_pid()")).scalar()
            with postgres_homes.superuser() as connection:
                connection.execute(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
            session.execute(text("SELECT 1"))

    with pytest.raises(StoreError) as refused:
        lose_the_connection()

    assert str(refused.value) == (
        f"The database {store.office.database.place} cannot be reached. "
        "Check that the database server runs and that the address is right."
    )
    assert [person.locked for person in store.people()] == [False] * 7


def test_a_row_that_somebody_holds_too_long_is_a_sentence(store, postgres_homes, catalog, clock):
    home = postgres_homes.home("clinic")
    with open_store(*home, settings=Settings(busy_seconds=0.2), catalog=catalog, now=clock) as hasty:
        hold_and_save(store, hasty.desk_for("ava"))


def hold_and_save(store, desk):
    draft = desk.draft("mood-check")
    with store.office.database.write(PROGRAM) as holder:
        holder.execute(text("SELECT FROM entry FOR UPDATE"))

        with pytest.raises(StoreError, match=r"is locked by another process\. Nothing was stored"):
            save(desk, draft, 1)

    assert save(desk, draft, 1).entry.base == 1


def test_two_who_stand_in_each_others_way_both_get_through(store):
    database, meet, tries = store.office.database, Barrier(2), []

    @again
    def lock(first, second):
        tries.append(first)
        with database.write() as session:
            is_first_try = len(tries) <= 2
            for user in (first, second):
                chosen = select(PersonRow).where(PersonRow.user == user)
                session.scalars(chosen.with_for_update()).one().language = "es"
                if is_first_try and user == first:
                    meet.wait(60)

    with ThreadPoolExecutor(2) as pages:
        for done in (pages.submit(lock, "ava", "ben"), pages.submit(lock, "ben", "ava")):
            done.result()

    assert len(tries) > 2, "neither stood in the other's way"
    assert [store.person(user).language for user in ("ava", "ben")] == ["es", "es"]


def test_work_that_is_always_overtaken_ends_with_a_sentence(store):
    tries = []

    @again
    def overtaken():
        tries.append(1)
        with store.office.database.write() as session:
            session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(StoreError, match="is locked by another process"):
        overtaken()
    assert len(tries) == 5


def test_a_read_sees_one_moment_and_cannot_write(store):
    database = store.office.database
    with database.read() as session:
        before = session.execute(text("SELECT count(*) FROM person")).scalar()
        store.add_person("client", "dee", "Dee Example", zone="UTC")

        assert session.execute(text("SELECT count(*) FROM person")).scalar() == before
    with pytest.raises(StoreError, match="is read-only"), database.read() as session:
        session.execute(text("DELETE FROM login"))
