"""The audit trail finds every change, and the database refuses to make one."""

import random
import sqlite3

import pytest
from sqlalchemy import text

from iopkit.clinic import open_store

TRIGGERS = ("audit_no_update", "audit_no_delete")


@pytest.fixture
def trail(clinic, store):
    """Ten or more rows of different kinds; returns a connection that can do what the store forbids."""
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")
    for number in range(6):
        desk.save(draft.id, message_id=str(number), answers={"mood": number}, changed=["mood"], base=number)
    assert store.verify() is None
    connection = sqlite3.connect(store.office.database.place, isolation_level=None)
    for trigger in TRIGGERS:
        connection.execute(f"DROP TRIGGER {trigger}")
    yield connection
    connection.close()


def rows(connection):
    return connection.execute("SELECT count(*) FROM audit").fetchone()[0]


def test_the_trail_names_who_did_what_to_whom_in_order(clinic, store):
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")
    desk.save(draft.id, message_id="m", answers={"mood": 1}, changed=["mood"], base=0)
    store.rotate_keys()

    with store.office.database.read() as session:
        found = session.execute(
            text("SELECT seq, actor_id, through, action, client_id, thing FROM audit ORDER BY seq")
        ).all()

    assert [row.seq for row in found] == list(range(1, len(found) + 1))
    assert [tuple(row)[1:] for row in found[-3:]] == [
        (clinic.ava.id, "login", "sign-in", None, "login"),
        (clinic.ava.id, "login", "save", clinic.ava.id, "entry"),
        (None, "operator", "keys", None, "key"),
    ]
    assert store.verify() is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'view'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_trail(clinic, store, statement):
    with (
        pytest.raises(Exception, match="audit rows are never changed"),
        store.office.database.write() as session,
    ):
        session.execute(text(statement))

    assert store.verify() is None


COLUMNS = {
    "at": "2026-01-01 00:00:00",
    "actor_id": "somebody",
    "through": "nothing",
    "action": "view",
    "client_id": "else",
    "thing": "x",
    "thing_id": "y",
    "mac": "0" * 64,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_value_is_found_at_its_row(trail, store, column):
    trail.execute(f"UPDATE audit SET {column} = ? WHERE seq = 9", (COLUMNS[column],))

    assert store.verify() == 9


def test_a_removed_row_is_found(trail, store):
    trail.execute("DELETE FROM audit WHERE seq = 5")

    assert store.verify() == 5


def test_a_removed_row_closed_up_is_found(trail, store):
    trail.execute("DELETE FROM audit WHERE seq = 5")
    trail.execute("UPDATE audit SET seq = seq - 1 WHERE seq > 5")

    assert store.verify() == 5


def test_two_swapped_rows_are_found(trail, store):
    trail.execute("UPDATE audit SET seq = -1 WHERE seq = 5")
    trail.execute("UPDATE audit SET seq = 5 WHERE seq = 6")
    trail.execute("UPDATE audit SET seq = 6 WHERE seq = -1")

    assert store.verify() == 5


def test_a_cut_tail_is_found(trail, store):
    last = rows(trail)
    trail.execute("DELETE FROM audit WHERE seq = ?", (last,))

    assert store.verify() == last


def test_an_added_row_is_found(trail, store):
    last = rows(trail)
    trail.execute(
        "INSERT INTO audit (seq, at, actor_id, through, action, client_id, thing, thing_id, key_id, mac) "
        "SELECT seq + 1, at, actor_id, through, action, client_id, thing, thing_id, key_id, mac "
        "FROM audit WHERE seq = ?",
        (last,),
    )

    assert store.verify() == last + 1


def test_fifty_random_tamperings_are_all_found(trail, store):
    chance, last, missed = random.Random(7), rows(trail), []
    for _ in range(50):
        seq, column = chance.randint(1, last), chance.choice([*COLUMNS])
        (before,) = trail.execute(f"SELECT {column} FROM audit WHERE seq = ?", (seq,)).fetchone()
        trail.execute(
            f"UPDATE audit SET {column} = ? WHERE seq = ?", (f"2031-01-0{chance.randint(1, 9)} 00:00:00", seq)
        )
        if store.verify() != seq:
            missed.append((seq, column))
        trail.execute(f"UPDATE audit SET {column} = ? WHERE seq = ?", (before, seq))

    assert missed == []
    assert store.verify() is None


def test_rows_written_with_an_older_key_still_hold_after_a_rotation(clinic, store):
    store.rotate_keys()
    store.rotate_keys()
    clinic.desk(clinic.ava)

    with open_store(store.office.database.place, store.key_file) as again:
        assert again.verify() is None


def test_a_trail_without_a_row_holds(store):
    assert store.verify() is None
