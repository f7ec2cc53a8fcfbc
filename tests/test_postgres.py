"""The store on PostgreSQL alone: its schema, its locks, and what many programs do to it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import PASSWORD, open_home, people_of
from postgres_homes import APP, OWNER
from sqlalchemy import text
from typer.testing import CliRunner

from iopkit.cli import app as commands
from iopkit.clinic import open_store, shelf
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.opening import prepare
from iopkit.clinic.tables import Base
from iopkit.errors import AccessError, StoreError


@pytest.fixture
def home(postgres_homes):
    """Make a database of one's own: its address and its key file."""
    return postgres_homes.make()


@pytest.fixture
def store(home, catalog, clock):
    with open_home(home, clock, catalog) as opened:
        people_of(opened)
        yield opened


def test_the_migrations_make_what_the_tables_declare(store):
    with store.office.database.read(PROGRAM) as session:
        found = compare_metadata(MigrationContext.configure(session.connection()), Base.metadata)

    assert found == []


def test_a_signed_in_client_saves_and_their_therapist_reads_and_nobody_else(store):
    login = store.login(store.sign_in("ava", PASSWORD, address="here"))
    desk = store.redeem(store.issue_ticket(login.id))
    draft = desk.draft("mood-check")
    answers = {"mood": 3, "energy": 4, "hopeless": 2, "note": "زمن 😴"}

    saved = desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)
    again = desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)

    assert (again.repeated, again.entry) == (True, saved.entry)
    (read,) = store.desk_for("ina").entries(desk.person.id)
    assert (read.answers, read.scores, read.flags) == (answers, {"total": 7}, ("no-way-out",))
    assert [alert.priority for alert in store.desk_for("cora").alerts()] == ["high"]
    with pytest.raises(AccessError):
        store.desk_for("ben").entries(desk.person.id)


def test_programs_that_start_at_once_make_one_schema_and_one_key(home):
    with ThreadPoolExecutor(4) as programs:
        stores = list(programs.map(lambda _: open_store(*home), range(4)))

    assert len({store.office.keys.file.newest.id for store in stores}) == 1
    for store in stores:
        store.close()


def test_eight_pages_opened_at_once_share_one_draft(store):
    with ThreadPoolExecutor(8) as pages:
        drafts = list(pages.map(lambda _: store.desk_for("ava").draft("mood-check").id, range(8)))

    assert len(set(drafts)) == 1


def test_two_who_begin_a_worksheet_for_the_first_time_at_once_both_get_it(store, catalog):
    with ThreadPoolExecutor(1) as other:
        with store.office.database.write(PROGRAM) as session:
            shelf.keep(store.office, session, catalog["mood-check"])
            session.flush()
            begun = other.submit(lambda: store.desk_for("ava").draft("mood-check"))
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not session.scalar(waiting):
                assert not begun.done(), begun.exception()

        assert begun.result(60).status == "draft"


def test_twenty_pages_at_once_lose_nothing_and_the_chain_holds(store):
    desk = store.desk_for("ava")
    draft = desk.draft("mood-check")

    def page(number):
        answers = {"note": f"note {number}"}
        own = store.desk_for("ava")
        return own.save(
            draft.id, message_id=f"m{number}", answers=answers, changed=answers, base=0
        ).entry.base

    with ThreadPoolExecutor(8) as pages:
        bases = sorted(pages.map(page, range(20)))

    assert bases == list(range(1, 21))
    assert store.verify() is None


@pytest.mark.parametrize("table", ["audit", "revision"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET at = now()"])
def test_what_is_only_ever_added_to_is_never_changed(store, table, statement):
    with (
        pytest.raises(Exception, match=f"{table} rows are never changed"),
        store.office.database.write(PROGRAM) as session,
    ):
        session.execute(text(statement.format(table)))


def test_a_second_open_with_another_key_is_refused(store, home, tmp_path):
    open_store("sqlite:///" + str(tmp_path / "other.db"), tmp_path / "other").close()

    with pytest.raises(StoreError, match="does not belong to this database"):
        open_store(home[0], tmp_path / "other")


def test_keys_rotate(store, home):
    store.rotate_keys()

    with open_store(*home, create=False) as again:
        assert again.person("ava").name == "Ava Example"
        assert again.verify() is None


def test_a_database_that_nobody_prepared_is_a_sentence(home):
    app = home[0].replace(OWNER, APP)

    with pytest.raises(StoreError) as refused:
        open_store(app, home[1])

    shown = app.replace("postgresql:", "postgresql+psycopg:")
    assert str(refused.value) == (
        f"The database {shown} has to be prepared by the role that owns it. "
        "Name that role's address in IOPKIT_OWNER_URL and run: iopkit database prepare."
    )


def test_a_wall_of_another_version_is_built_anew_by_the_owner_only(home, postgres_homes):
    app = home[0].replace(OWNER, APP), home[1]
    prepare(home[0], *app)
    with postgres_homes.superuser(home[0].rpartition("/")[2]) as connection:
        connection.execute(text("COMMENT ON SCHEMA iopkit_wall IS 'an older one'"))

    with pytest.raises(StoreError, match="has to be prepared"):
        open_store(*app)
    prepare(home[0], *app)
    open_store(*app).close()


@pytest.fixture
def environment(home, monkeypatch):
    monkeypatch.setenv("IOPKIT_DATABASE_URL", home[0].replace(OWNER, APP))
    monkeypatch.setenv("IOPKIT_OWNER_URL", home[0])
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(home[1]))
    return monkeypatch


def run(*words):
    return CliRunner().invoke(commands, words)


def test_the_command_prepares_a_database_for_the_role_of_its_address(environment):
    assert run("database", "prepare").output == (
        f"The database is up to date, and ready for the role {APP}.\n"
    )
    with open_store(create=False) as store:
        assert store.people() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("IOPKIT_OWNER_URL", "", "Name the address of the role that owns the database in IOPKIT_OWNER_URL"),
        ("IOPKIT_DATABASE_URL", "a-file.db", "IOPKIT_DATABASE_URL has to name a PostgreSQL database"),
    ],
)
def test_without_both_addresses_nothing_is_prepared(environment, name, value, said):
    environment.setenv(name, value)

    assert str(run("database", "prepare").exception).startswith(said)


def test_a_backup_by_a_role_above_the_wall_is_restored_whole(store, home, postgres, postgres_homes):
    desk = store.desk_for("ava")
    draft = desk.draft("mood-check")
    desk.save(draft.id, message_id="m", answers={"mood": 3}, changed=["mood"], base=0, submit=True)
    with postgres_homes.superuser() as connection:
        connection.execute(text("CREATE ROLE clinic_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data"))
        connection.execute(text(f"CREATE DATABASE restored OWNER {OWNER}"))

    name = home[0].rpartition("/")[2]
    postgres.run("pg_dump", "--format=custom", "--file=dump", postgres.url(name, "clinic_backup"))
    postgres.run("pg_restore", "--dbname", postgres.url("restored"), "dump")

    with open_store(postgres.url("restored", OWNER), home[1], create=False) as again:
        assert again.prove().fault == ""
        (entry,) = again.desk_for("ina").entries(desk.person.id)
        assert entry.answers == {"mood": 3}
