"""Rotation: another key guards everything, a batch at a time, whatever dies or is written meanwhile."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ZONE, open_copy
from sqlalchemy import text

from iopkit.clinic import open_store
from iopkit.clinic.key import add_key, make_key_file, read_key_file
from iopkit.errors import StoreError

ROOT = Path(__file__).parent.parent

_ROTATE = """
import sys
from iopkit.clinic import open_store

def tell(done, of):
    print(done, of, flush=True)
    sys.stdin.readline()  # the other side reads, saves, or kills this process here

with open_store(sys.argv[1], sys.argv[2], create=False) as store:
    store.rotate_keys(batch=2, progress=tell)
"""


def place(store):
    return str(store.office.database.engine.url.database), store.key_file


def masters(store):
    with store.office.database.read() as session:
        return Counter(session.execute(text("SELECT master_id FROM envelope")).scalars())


@pytest.fixture
def rotating(store, tmp_path):
    """Start a rotation in a process of its own, which waits after each batch."""
    running = []

    def start():
        words = [sys.executable, "-c", _ROTATE, *map(str, place(store))]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_a_new_key_guards_everybody_and_the_old_one_still_reads(clinic, store):
    old = store.office.keys.file.newest.id

    done = store.rotate_keys()

    assert (done.is_new, done.people) == (True, 7)
    assert masters(store) == {done.key_id: 7}
    assert [key.id for key in read_key_file(store.key_file).keys] == [old, done.key_id]
    assert store.verify() is None
    with open_store(*place(store)) as again:
        assert again.person("ava") == clinic.ava


def test_keys_rotate_while_another_process_works(clinic, store):
    other = open_store(*place(store))
    new = store.rotate_keys().key_id

    added = store.add_person("client", "dee", "Dee Example", zone="UTC")

    assert other.person("dee") == added
    assert other.person("ava") == clinic.ava
    assert store.verify() is None
    assert other.verify() is None
    assert read_key_file(store.key_file).newest.id == new
    other.close()


def test_a_rotation_that_is_killed_again_and_again_is_finished_by_the_next(clinic, store, rotating):
    """Seven people, two a batch: killed after the first batch, the second and the third."""
    seen = []
    for _ in range(3):
        process = rotating()
        seen.append(process.stdout.readline().split())
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert store.person("cam") == clinic.cam

    done = store.rotate_keys(batch=2)

    assert seen == [["2", "7"], ["2", "5"], ["2", "3"]]
    assert (done.is_new, done.people) == (False, 1)
    assert masters(store) == {done.key_id: 7}
    assert len(read_key_file(store.key_file).keys) == 2
    assert store.verify() is None
    with open_store(*place(store)) as again:
        assert again.people() == store.people()


def test_saves_and_new_people_go_on_between_the_batches(clinic, store, rotating, catalog, clock, tmp_path):
    desk = clinic.desk(clinic.ava)
    draft = desk.draft(sorted(catalog)[0])
    process = rotating()
    assert process.stdout.readline().split() == ["2", "7"]

    desk.save(draft.id, message_id="m1", answers={}, changed=[], base=draft.base)
    store.add_person("client", "dee", "Dee Example", zone=ZONE)  # this process still writes with the old key
    process.communicate("\n" * 9)

    assert process.returncode == 0
    assert clinic.desk(clinic.ava).drafts()[0].id == draft.id
    assert store.person("dee").name == "Dee Example"
    (key_id,) = masters(store)
    assert key_id == read_key_file(store.key_file).newest.id
    with open_copy(tmp_path / "store", clock, catalog) as again:
        assert again.person("dee") == store.person("dee")


def test_a_process_that_died_after_writing_the_key_file_is_picked_up_there(clinic, store):
    added = add_key(read_key_file(store.key_file)).newest

    done = store.rotate_keys()

    assert (done.key_id, done.is_new, done.people) == (added.id, False, 7)
    assert store.rotate_keys().is_new


def test_what_a_straggler_wrote_with_the_old_key_is_moved_by_the_next_call(clinic, store):
    late = open_store(*place(store))
    done = store.rotate_keys()
    late.add_person("client", "dee", "Dee Example", zone=ZONE)  # it still knows the old key only

    again = store.rotate_keys()

    assert (again.key_id, again.is_new, again.people) == (done.key_id, False, 1)
    late.close()


def test_after_a_rotation_the_old_key_opens_nothing_new(clinic, store):
    store.rotate_keys()
    content = json.loads(store.key_file.read_text())
    store.key_file.unlink()
    store.key_file.write_text(json.dumps({"keys": content["keys"][:1]}))
    store.key_file.chmod(0o400)

    with pytest.raises(StoreError, match="does not belong to this database"):
        open_store(*place(store))


def test_an_empty_clinic_gets_a_new_key_too(tmp_path):
    key = make_key_file(tmp_path / "key").path
    with open_store(str(tmp_path / "db"), key) as empty:
        done = empty.rotate_keys()

        assert (done.is_new, done.people) == (True, 0)
        assert empty.office.keys.file.newest.id == done.key_id
