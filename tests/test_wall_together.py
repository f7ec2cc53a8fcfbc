"""The second wall and a draft that its client opened: raw SQL lets in whoever treats them there, so far."""

from datetime import date, timedelta

import pytest
from conftest import Clinic
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from test_wall import app, as_person, clinic

__all__ = ["app", "clinic"]

DRAFT = "SELECT id FROM entry WHERE status = 'draft'"
MESSAGE = "INSERT INTO message (entry_id, id, client_id, at) VALUES (:entry, 'by hand', :client, now())"


@pytest.fixture
def opened(clinic: Clinic) -> str:
    """Return the id of Ava's draft, which she opened to fill it in together."""
    desk = clinic.desk(clinic.ava)
    (draft,) = desk.drafts()
    desk.start_together(draft.id)
    return draft.id


def drafts(clinic, connection, user) -> list[str]:
    with as_person(clinic, connection, getattr(clinic, user)):
        return list(connection.execute(text(DRAFT)).scalars())


@pytest.mark.parametrize("user", ["ben", "cam", "cole", "sue", "cora"])
def test_an_opened_draft_is_not_there_for_anybody_else(clinic, app, opened, user):
    assert drafts(clinic, app, user) == []


def test_an_opened_draft_is_there_for_its_domains_clinician_until_it_is_closed(clinic, app, opened):
    while_open = drafts(clinic, app, "ina")

    clinic.desk(clinic.ava).stop_together(opened)

    assert (while_open, drafts(clinic, app, "ina")) == ([opened], [])


def test_an_opened_draft_leaves_with_the_care_team(clinic, app, opened):
    desk = clinic.desk(clinic.cora)
    (tie,) = [one for one in desk.care_team(clinic.ava.id) if one.clinician.id == clinic.ina.id]
    desk.end_treat(tie.id, date(2026, 3, 13))

    with as_person(clinic, app, clinic.ina, after=timedelta(days=1)):
        found = list(app.execute(text(DRAFT)).scalars())

    assert found == []


@pytest.mark.parametrize(("user", "rows"), [("ava", 1), ("ina", 1), ("ben", 0), ("cole", 0), ("sue", 0)])
def test_the_draft_is_written_by_the_two_who_are_in_it_and_by_nobody_else(clinic, app, opened, user, rows):
    with as_person(clinic, app, getattr(clinic, user)):
        done = app.execute(
            text("UPDATE entry SET revision = revision + 1 WHERE id = :entry"), {"entry": opened}
        )

    assert done.rowcount == rows


@pytest.mark.parametrize(
    "change",
    ["status = 'submitted'", "private = true", "client_id = :other"],
    ids=["handed in", "made private", "given away"],
)
def test_a_clinician_changes_the_answers_of_a_draft_and_not_what_it_is(clinic, app, opened, change):
    words = {"entry": opened} | ({"other": clinic.cam.id} if ":other" in change else {})

    with (
        pytest.raises(DBAPIError, match="violates row-level security"),
        as_person(clinic, app, clinic.ina),
    ):
        app.execute(text(f"UPDATE entry SET {change} WHERE id = :entry"), words)


def test_a_clinician_changes_nothing_in_a_draft_that_was_not_opened(clinic, app, opened):
    clinic.desk(clinic.ava).stop_together(opened)

    with as_person(clinic, app, clinic.ina):
        done = app.execute(text("UPDATE entry SET revision = 9 WHERE id = :entry"), {"entry": opened})

    assert done.rowcount == 0


@pytest.mark.parametrize("user", ["ben", "cam", "cole", "sue"])
def test_nobody_opens_a_draft_to_themself(clinic, app, opened, user):
    """A row for oneself, as if one were in it, or as if the client had opened it."""
    row = (
        "INSERT INTO together (entry_id, person_id, client_id, domain, since, at, item, typing) "
        "VALUES (:entry, :person, :client, 'individual', now(), now(), '', false)"
    )
    me = getattr(clinic, user).id
    words = {"entry": opened, "person": me, "client": clinic.ava.id}

    with (
        pytest.raises(DBAPIError, match="violates row-level security"),
        as_person(clinic, app, getattr(clinic, user)),
    ):
        app.execute(text(row), words)


def test_a_clinician_cannot_open_what_the_client_keeps_closed(clinic, app, opened):
    clinic.desk(clinic.ava).stop_together(opened)
    row = (
        "INSERT INTO together (entry_id, person_id, client_id, domain, since, at, item, typing) "
        "VALUES (:entry, :client, :client, 'individual', now(), now(), '', false)"
    )

    with (
        pytest.raises(DBAPIError, match="violates row-level security"),
        as_person(clinic, app, clinic.ina),
    ):
        app.execute(text(row), {"entry": opened, "client": clinic.ava.id})


@pytest.mark.parametrize("user", ["ben", "cole", "sue"])
def test_nobody_else_sends_a_message_into_an_opened_draft(clinic, app, opened, user):
    with (
        pytest.raises(DBAPIError, match="violates row-level security"),
        as_person(clinic, app, getattr(clinic, user)),
    ):
        app.execute(text(MESSAGE), {"entry": opened, "client": clinic.ava.id})


def test_a_clinician_in_an_opened_draft_sends_a_message_into_it(clinic, app, opened):
    with as_person(clinic, app, clinic.ina):
        done = app.execute(text(MESSAGE), {"entry": opened, "client": clinic.ava.id})

    assert done.rowcount == 1
