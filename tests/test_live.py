"""What one desk changes wakes whoever watches it, on either database; what is told is looked up anew."""

import queue
from contextlib import suppress

import pytest

from iopkit.apps.live import Follower
from iopkit.apps.message_live import Changed
from iopkit.apps.place import key
from iopkit.apps.start import Conversation, utc_now
from iopkit.clinic import live
from iopkit.clinic.live import Watch

pytestmark = pytest.mark.usefixtures("database")
PATIENCE = 20
"""Seconds until something that must come counts as missing, on the slowest machine."""


@pytest.fixture
def watched(store):
    """Watch a subject; what comes back fills whenever it may have changed."""
    watches = []

    def watch(subject):
        woken = queue.Queue()
        watches.append(Watch(store.office.database, subject, lambda: woken.put(subject)))
        watches[-1].start()
        return woken

    yield watch
    for one in watches:
        one.stop()


@pytest.fixture
def follower(clinic):
    """Follow entries at the individual therapist's desk; how an entry stands is its number of saves."""
    made = Follower(clinic.desk(clinic.ina), utc_now, {"entry": base_of})
    yield made
    made.stop()


def base_of(desk, where, now):
    return Changed(key=key(desk, where.name, *where.parts), stamp=str(desk.entry(where.part(0)).base))


def save(desk, entry, number, mood, *, submit=False):
    return desk.save(
        entry.id,
        message_id=f"m{number}",
        answers={"mood": mood},
        changed=["mood"],
        base=number,
        submit=submit,
    )


def test_a_save_wakes_whoever_watches_the_entry(clinic, watched):
    desk = clinic.desk(clinic.ava)
    entry = desk.draft("mood-check")
    woken = watched(entry.id)

    save(desk, entry, 0, 4)

    assert woken.get(timeout=PATIENCE) == entry.id


def test_what_is_about_another_subject_wakes_nobody(clinic, watched):
    desk = clinic.desk(clinic.ava)
    mine, other = desk.draft("mood-check"), desk.draft("urge-note")
    woken = watched(mine.id)

    save(desk, other, 0, 4)
    save(desk, mine, 0, 4)

    assert woken.get(timeout=PATIENCE) == mine.id
    with pytest.raises(queue.Empty):
        woken.get(timeout=0.3)


def test_what_was_not_committed_wakes_nobody_and_the_next_commit_does(clinic, store, watched):
    woken = watched("room")
    database = store.office.database

    with suppress(RuntimeError), database.write() as session:
        live.changed(session, "room")
        raise RuntimeError
    with database.write() as session:
        live.changed(session, "room")
        store.office.audit.add(
            session, "view", actor_id=clinic.ava.id, through="login", client_id=None, thing="room"
        )

    assert woken.get(timeout=PATIENCE) == "room"
    with pytest.raises(queue.Empty):
        woken.get(timeout=0.3)


def test_a_watch_that_was_stopped_is_silent(store, clinic, watched):
    woken = queue.Queue()
    watch = Watch(store.office.database, "room", lambda: woken.put("woken"))
    watch.start()
    other = watched("room")

    watch.stop()
    save(clinic.desk(clinic.ava), clinic.desk(clinic.ava).draft("mood-check"), 0, 1)
    with store.office.database.write() as session:
        live.changed(session, "room")

    assert other.get(timeout=PATIENCE) == "room"
    assert woken.empty()


def test_a_follower_tells_how_it_stands_and_then_only_what_is_new(clinic, follower):
    ava, told = clinic.desk(clinic.ava), queue.Queue()
    entry = ava.draft("mood-check")
    save(ava, entry, 0, 4, submit=True)
    follower.begin(told.put)

    follower.follow(clinic.desk(clinic.ina).seal(f"entry:{entry.id}"))
    first = told.get(timeout=PATIENCE)
    save(ava, entry, 1, 5)
    second = told.get(timeout=PATIENCE)

    assert (first["stamp"], second["stamp"]) == ("1", "2")
    assert first["kind"] == "changed"
    assert told.empty()


def test_a_follower_of_what_may_not_be_read_says_nothing(clinic, follower):
    ava, told = clinic.desk(clinic.ava), queue.Queue()
    follower.begin(told.put)

    follower.follow(clinic.desk(clinic.ina).seal(f"entry:{ava.draft('mood-check').id}"))

    assert follower.look() is None
    assert told.empty()


def test_another_view_on_the_page_ends_what_it_followed(clinic, follower):
    ava, desk = clinic.desk(clinic.ava), clinic.desk(clinic.ina)
    entry = ava.draft("mood-check")
    save(ava, entry, 0, 4, submit=True)
    conversation = Conversation(desk, follower=follower)
    follower.follow(desk.seal(f"entry:{entry.id}"))

    before = follower.look()
    conversation.first()

    assert (before.stamp, follower.look()) == ("1", None)
