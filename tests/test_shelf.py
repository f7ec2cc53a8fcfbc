"""The store keeps each version of a worksheet as it was filled in."""

import pytest
from sqlalchemy import text

from iopkit.clinic import shelf
from iopkit.errors import NotFoundError

pytestmark = pytest.mark.usefixtures("database")


def test_a_kept_worksheet_is_the_same_in_every_part(store, catalog):
    for worksheet in catalog.values():
        with store.office.database.write() as session:
            shelf.keep(store.office, session, worksheet)

        with store.office.database.read() as session:
            kept = shelf.kept(store.office, session, worksheet.id, worksheet.version)

        assert kept == worksheet
        assert kept.survey() == worksheet.survey()
        assert list(kept.items) == list(worksheet.items)


def test_two_versions_are_kept_side_by_side(store, catalog):
    old = catalog["mood-check"]
    new = old.model_copy(update={"version": "2.0", "title": "Another"})
    with store.office.database.write() as session:
        shelf.keep(store.office, session, old)
        shelf.keep(store.office, session, new)
        shelf.keep(store.office, session, old)

    with store.office.database.read() as session:
        assert [shelf.kept(store.office, session, old.id, version) for version in ("1.0", "2.0")] == [
            old,
            new,
        ]
        assert session.execute(text("SELECT count(*) FROM worksheet")).scalar() == 2


def test_what_nobody_filled_in_is_not_there(store):
    with store.office.database.read() as session, pytest.raises(NotFoundError, match="There is no worksheet"):
        shelf.kept(store.office, session, "mood-check", "1.0")


def test_the_newest_comes_from_the_catalog(store, catalog):
    assert shelf.newest(store.office, "mood-check") is catalog["mood-check"]
    with pytest.raises(NotFoundError, match="There is no worksheet"):
        shelf.newest(store.office, "made-up")
