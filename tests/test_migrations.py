"""The migrations make exactly the tables that the program declares, and run by themselves."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from iopkit.clinic import migrations
from iopkit.clinic.database import connect
from iopkit.clinic.schema import FOLDER, bring_up_to_date
from iopkit.clinic.settings import database_url
from iopkit.clinic.tables import Base


@pytest.fixture
def database(tmp_path):
    found = connect(database_url(str(tmp_path / "iopkit.db")))
    yield found
    found.close()


def test_the_migrations_make_what_the_tables_declare(database):
    bring_up_to_date(database)

    with database.read() as session:
        found = compare_metadata(MigrationContext.configure(session.connection()), Base.metadata)

    assert found == []


def test_the_newest_schema_is_the_last_migration():
    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])

    assert script.get_current_head() == migrations.HEAD == "0014"


def test_a_second_run_changes_nothing(database):
    bring_up_to_date(database)
    with database.read() as session:
        before = session.connection().exec_driver_sql("SELECT sql FROM sqlite_master ORDER BY name").all()

    bring_up_to_date(database)

    with database.read() as session:
        after = session.connection().exec_driver_sql("SELECT sql FROM sqlite_master ORDER BY name").all()
    assert after == before
