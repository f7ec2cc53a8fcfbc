"""Two servers on one PostgreSQL behind a sticky proxy: one is killed, its people go on at the other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from postgres_homes import PostgresHomes
from postgres_server import running_postgres
from server_process import CHEAP, PASSWORD
from sqlalchemy import func, select
from two_servers import Writer, site
from websockets.exceptions import ConnectionClosed

from iopkit.clinic import open_store
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import LoginRow, MessageRow

USERS = ("ann", "ben", "cem", "dan")
SIGNED_OUT = 4003


@pytest.fixture(scope="module")
def postgres_with_fsync(tmp_path_factory):
    """Run a PostgreSQL whose commits are on the disk, with the people of a clinic."""
    with ExitStack() as stack:
        server = stack.enter_context(running_postgres(settings=""))
        home = PostgresHomes(server, tmp_path_factory.mktemp("home")).prepare()
        store = stack.enter_context(open_store(*home, settings=CHEAP))
        dee = store.add_person("clinician", "dee", "Dee Example", zone="UTC", domains=["individual"])
        since = datetime.now(UTC).date() - timedelta(days=7)
        for user in USERS:
            client = store.add_person(
                "client", user, f"{user.title()} Example", zone="UTC", password=PASSWORD
            )
            store.treat(client.id, dee.id, "individual", since)
        yield server, home, store


@pytest.fixture
def two(postgres_with_fsync, tmp_path):
    server, home, store = postgres_with_fsync
    with site(home, tmp_path, store, ("one", "two")) as made:
        yield made, store, server


def stored(store, user):
    chosen = select(MessageRow.id).where(MessageRow.id.like(f"{user}-%"))
    with store.office.database.read(PROGRAM) as session:
        return {int(name.split("-")[1]) for name in session.scalars(chosen)}


def logins(store):
    with store.office.database.read(PROGRAM) as session:
        return session.scalar(select(func.count()).select_from(LoginRow))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("kills", "saves"),
    [(1, 3), pytest.param(10, 20, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])],
    ids=str,
)
def test_a_killed_servers_people_go_on_at_the_other_with_nothing_lost(kills, saves, two, record_property):
    made, store, _server = two
    before = logins(store)
    writers = [Writer(made, user, made.browser()) for user in USERS]
    for writer in writers:
        writer.sign_in()
        writer.acknowledged.extend(sorted(stored(store, writer.user)))
    moved = 0

    with ThreadPoolExecutor(len(writers)) as pool:
        writing = [pool.submit(writer.write) for writer in writers]
        try:
            for number in range(kills):
                go_on(writers, saves)
                name = writers[number % len(writers)].at
                moved += sum(writer.at == name for writer in writers)
                made.kill(name)
                go_on(writers, saves)
                made.start(name)
            go_on(writers, saves)
        finally:
            for writer in writers:
                writer.over.set()
        for done in writing:
            done.result(120)

    record_property("acknowledged", sum(len(writer.acknowledged) for writer in writers))
    record_property("moved", moved)
    assert moved >= kills
    assert logins(store) == before + len(writers)  # nobody signed in again
    for writer in writers:
        assert set(writer.acknowledged) <= stored(store, writer.user)
        (draft,) = store.desk_for(writer.user).drafts()
        assert int(draft.answers["situation"].split()[1]) >= writer.acknowledged[-1]
        assert draft.base == len(stored(store, writer.user))
    assert store.prove().fault == ""


def go_on(writers, saves):
    """Return when everybody had so many saves acknowledged from now on."""
    wanted = [len(writer.acknowledged) + saves for writer in writers]
    for writer, count in zip(writers, wanted, strict=True):
        writer.wait_for(count)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_database_that_restarts_under_the_server_loses_nothing(two):
    made, store, server = two
    writer = Writer(made, "ann", made.browser())
    writer.sign_in()
    writer.acknowledged.extend(sorted(stored(store, "ann")))

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(writer.write)
        try:
            go_on([writer], 3)
            server.stop()
            server.start()
            go_on([writer], 3)
        finally:
            writer.over.set()
        writing.result(120)

    assert writer.sign_ins == 1
    assert set(writer.acknowledged) <= stored(store, "ann")
    assert store.prove().fault == ""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_signing_out_at_one_server_ends_the_page_at_the_other(two):
    made, _store, _server = two
    browser = made.browser()
    made.proxy.only = "one"
    assert browser.sign_in("ben").status in {302, 303}
    page = browser.page("/client")

    with browser.socket(page["kernel"]) as opened:
        made.proxy.only = "two"
        assert browser.post("/sign-out").status in {200, 302, 303}
        code = closed_with(opened)

    assert code == SIGNED_OUT


def closed_with(opened):
    """Return the code that a socket is closed with."""
    try:
        while True:
            opened.recv(timeout=60)
    except ConnectionClosed as closed:
        return closed.rcvd.code
