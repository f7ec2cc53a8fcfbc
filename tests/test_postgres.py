"""The store on PostgreSQL alone: its schema, its locks, and what many programs do to it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import PASSWORD, open_home, people_of
from sqlalchemy import text

from iopkit.clinic import open_store
from iopkit.clinic.badge import PROGRAM
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
