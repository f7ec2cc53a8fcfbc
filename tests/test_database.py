"""Transactions: one moment for a read, all or nothing for a write, and many writers without an error."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from iopkit.errors import StoreError


def people(session):
    return session.execute(text("SELECT count(*) FROM person")).scalar()


def add(store, user):
    return store.add_person("client", user, "Some Example", zone="UTC")


def test_a_read_sees_one_moment_whatever_is_written_meanwhile(store):
    add(store, "ava")

    with store.office.database.read() as session:
        before = people(session)
        writer = threading.Thread(target=add, args=(store, "ben"))
        writer.start()
        writer.join()
        after = people(session)

    assert (before, after) == (1, 1)
    with store.office.database.read() as session:
        assert people(session) == 2


def test_a_read_writes_nothing(store):
    with store.office.database.read() as session:
        session.execute(text("DELETE FROM audit_head"))

    assert store.verify() is None


class FaultError(Exception):
    """Something unforeseen in the middle of a write."""


def test_whatever_is_raised_in_a_write_takes_all_of_it_back(store):
    def write_half():
        with store.office.database.write() as session:
            session.execute(text("UPDATE audit_head SET seq = 99"))
            raise FaultError

    with pytest.raises(FaultError):
        write_half()

    assert store.verify() is None


def test_a_batch_reads_what_it_has_written_and_others_do_not_yet(store):
    seen = []

    def look():
        with store.office.database.read() as session:
            seen.append(people(session))

    with store.office.database.batch():
        add(store, "ava")
        other = threading.Thread(target=look)
        other.start()
        other.join()
        look()

    look()
    assert seen == [0, 1, 1]


def test_a_batch_that_fails_leaves_no_batch_open(store):
    def fail():
        with store.office.database.batch():
            add(store, "ava")
            raise FaultError

    with pytest.raises(FaultError):
        fail()
    add(store, "ben")

    assert [person.user for person in store.people()] == ["ben"]


def test_forty_saves_by_eight_pages_at_once_are_all_stored(clinic, store):
    drafts = {}
    for user in ("ava", "ben", "cam"):
        drafts[user] = store.desk_for(user).draft("mood-check").id

    def save(number):
        user = ("ava", "ben", "cam")[number % 3]
        answers = {"note": f"note {number}"}
        return store.desk_for(user).save(
            drafts[user], message_id=f"m{number}", answers=answers, changed=answers, base=0
        )

    with ThreadPoolExecutor(8) as pages:
        saved = list(pages.map(save, range(40)))

    assert {one.repeated for one in saved} == {False}
    bases = {user: store.desk_for(user).entry(draft).base for user, draft in drafts.items()}
    assert bases == {"ava": 14, "ben": 13, "cam": 13}
    assert store.verify() is None


def test_the_same_message_from_many_connections_is_stored_once(clinic, store):
    draft = store.desk_for("ava").draft("mood-check")

    def send(_number):
        desk = store.desk_for("ava")
        return desk.save(draft.id, message_id="m", answers={"mood": 3}, changed=["mood"], base=0, submit=True)

    with ThreadPoolExecutor(8) as pages:
        saved = list(pages.map(send, range(16)))

    assert sum(not one.repeated for one in saved) == 1
    assert {one.entry.revision for one in saved} == {1}


def test_pages_opened_at_once_share_one_draft(clinic, store):
    with ThreadPoolExecutor(8) as pages:
        drafts = list(pages.map(lambda _: store.desk_for("ava").draft("mood-check").id, range(16)))

    assert len(set(drafts)) == 1


def test_a_fault_that_nobody_foresaw_is_not_dressed_up_as_advice(store):
    with (
        pytest.raises(Exception, match="no such table: missing") as fault,
        store.office.database.read() as session,
    ):
        session.execute(text("SELECT * FROM missing"))

    assert not isinstance(fault.value, StoreError)
