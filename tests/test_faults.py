"""What can go wrong under a store: a sentence for each, nothing half stored, nothing acknowledged lost.

Root ignores file modes, so these tests run as an unprivileged user when started by root.
"""

import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import event, text

from iopkit.clinic import open_store
from iopkit.errors import StoreError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder():
    """Make a folder that an unprivileged user owns and can reach, with a copy of the code that they may read.

    The checkout may lie where only its owner may look.
    """
    with tempfile.TemporaryDirectory(prefix="iopkit-fault-") as name:
        Path(name).chmod(0o755)
        skip = shutil.ignore_patterns("static", "__pycache__")
        shutil.copytree(ROOT / "iopkit", Path(name) / "code" / "iopkit", ignore=skip)
        shutil.copytree(ROOT / "tests" / "data" / "clinic", Path(name) / "code" / "worksheets")
        if os.geteuid() == 0:
            os.chown(name, nobody().pw_uid, nobody().pw_gid)
        yield Path(name)


def nobody():
    return pwd.getpwnam("nobody")


PRELUDE = """
import os, resource, sys, tempfile
from iopkit.clinic import open_store, Settings
from iopkit.errors import StoreError

with tempfile.TemporaryDirectory() as warm, open_store(warm + "/db", warm + "/key") as store:
    store.add_person("client", "warm", "Up", zone="UTC")  # all modules are read while root may read them
if os.geteuid() == 0:
    import pwd

    who = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(who.pw_gid)
    os.setuid(who.pw_uid)
"""


def start(code, folder):
    """Start Python code as an unprivileged user, with a store's place in ``DATABASE`` and ``KEY``."""
    place = f"DATABASE, KEY = {str(folder / 'iopkit.db')!r}, {str(folder / 'iopkit.key')!r}\n"
    return subprocess.Popen(
        [sys.executable, "-c", place + PRELUDE + code],
        cwd=folder / "code",
        env={**os.environ, "IOPKIT_WORKSHEETS": str(folder / "code" / "worksheets")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(code, folder):
    process = start(code, folder)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    return out.rstrip("\n")


MAKE = "open_store(DATABASE, KEY).close()"
OPEN = """
try:
    open_store(DATABASE, KEY)
    print("opened")
except StoreError as error:
    print(error)
"""
ADD = """
with open_store(DATABASE, KEY, settings=Settings(busy_seconds=0.2)) as store:
    try:
        store.add_person("client", "ava", "Ava Example", zone="UTC")
    except StoreError as error:
        print(error)
"""


def test_a_database_file_that_is_read_only_is_refused(folder):
    run(MAKE, folder)
    (folder / "iopkit.db").chmod(0o400)

    assert run(OPEN, folder) == (
        f"The database {folder}/iopkit.db is read-only. "
        "Allow the user who runs iopkit to write the file and its folder."
    )


def test_a_database_in_a_folder_that_is_read_only_is_refused(folder):
    run(MAKE, folder)
    folder.chmod(0o555)

    assert run(OPEN, folder).startswith(f"The database {folder}/iopkit.db is read-only.")
    folder.chmod(0o755)


def test_a_database_that_may_not_be_read_is_refused(folder):
    run(MAKE, folder)
    (folder / "iopkit.db").chmod(0o000)

    assert run(OPEN, folder) == (
        f"The database {folder}/iopkit.db cannot be opened. "
        "Check that the file and its folder may be read and written."
    )


def test_a_folder_in_which_nothing_may_be_made_is_a_sentence(folder):
    folder.chmod(0o555)

    assert run(OPEN, folder) == f"The database {folder}/iopkit.db cannot be made here: Permission denied."
    folder.chmod(0o755)


def test_a_key_file_of_somebody_else_is_a_sentence(folder):
    run(MAKE, folder)
    (folder / "iopkit.key").chmod(0o000)

    assert run(OPEN, folder) == f"The key file {folder}/iopkit.key cannot be read: Permission denied."


def test_a_database_locked_by_another_process_is_a_sentence_and_stores_nothing(folder):
    run(MAKE, folder)
    hold = "import sqlite3; c = sqlite3.connect(DATABASE, isolation_level=None); c.execute('BEGIN IMMEDIATE')"
    holder = start(hold + "\nprint('held', flush=True); sys.stdin.read()", folder)
    holder.stdout.readline()

    said = run(ADD, folder)
    holder.kill()
    holder.communicate()

    assert said == (
        f"The database {folder}/iopkit.db is locked by another process. "
        "Nothing was stored; wait a moment and try again."
    )
    assert run(ADD, folder) == ""


def test_a_file_size_limit_while_saving_stores_nothing_and_the_store_goes_on(folder):
    limited = """

with open_store(DATABASE, KEY) as store:
    wal = os.path.getsize(DATABASE + "-wal") if os.path.exists(DATABASE + "-wal") else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal + 1024, resource.RLIM_INFINITY))
    try:
        store.add_person("client", "ava", "Ava Example", zone="UTC")
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(store.people(), store.verify())
    store.add_person("client", "ava", "Ava Example", zone="UTC")
    print(len(store.people()), store.verify())
"""
    run(MAKE, folder)

    said, after, later = run(limited, folder).splitlines()

    assert said.startswith(f"The database {folder}/iopkit.db ")
    assert "Nothing was stored" in said
    assert (after, later) == ("[] None", "1 None")


def count(store, table):
    with store.office.database.read() as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar()


def test_a_full_disk_while_saving_is_a_sentence_and_keeps_nothing_half(clinic, store):
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")
    kept = desk.save(draft.id, message_id="m0", answers={"mood": 4}, changed=["mood"], base=0).entry
    before = [count(store, table) for table in ("entry", "revision", "message", "alert", "audit", "conflict")]
    limit = listen_full(store)
    answers = {"mood": 1, "hopeless": 2, "note": "😴" * 1900}

    with pytest.raises(StoreError) as refused:
        desk.save(draft.id, message_id="m1", answers=answers, changed=answers, base=1, submit=True)

    assert str(refused.value) == (
        f"The database {store.office.database.place} has no room left on its disk. "
        "Nothing was stored; free some space and try again."
    )
    limit()
    assert desk.entry(draft.id) == kept
    after = [count(store, table) for table in ("entry", "revision", "message", "alert", "conflict")]
    assert after == [*before[:4], before[5]]
    assert store.verify() is None
    done = desk.save(draft.id, message_id="m1", answers=answers, changed=answers, base=1, submit=True)
    assert (done.repeated, done.entry.revision) == (False, 1)


def listen_full(store):
    """Allow the database not one page more; returns what lifts the limit."""
    engine = store.office.database.engine

    def fill(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def lift(connection):
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")

    event.listen(engine, "begin", fill)

    def remove():
        event.remove(engine, "begin", fill)
        event.listen(engine, "begin", lift)

    return remove


KILLS = """
import signal

def write(said):
    with open_store(DATABASE, KEY, create=False) as store:
        desk = store.desk_for("ava")
        entry = desk.draft("mood-check")
        while True:
            number = entry.base + 1
            answers = {"mood": number % 11, "note": f"note {number}"}
            entry = desk.save(
                entry.id, message_id=f"m{number}", answers=answers, changed=answers, base=entry.base
            ).entry
            os.write(said, f"{entry.base}\\n".encode())

for round_ in range(20):
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        write(said)
    os.close(said)
    with os.fdopen(heard) as lines:
        for _ in range(2 + round_):
            last = next(lines)
        os.kill(child, signal.SIGKILL)
        for last in lines:
            pass
    os.waitpid(child, 0)
    print(last.strip(), flush=True)
"""


def test_after_twenty_kills_every_acknowledged_save_is_there(folder, catalog):
    place = str(folder / "iopkit.db"), folder / "iopkit.key"
    with open_store(*place, catalog=catalog) as store:
        ava = store.add_person("client", "ava", "Ava Example", zone="UTC")
        draft = store.desk_for("ava").draft("mood-check")
    for path in folder.iterdir():
        os.chown(path, folder.stat().st_uid, folder.stat().st_gid)

    acknowledged = [int(line) for line in run(KILLS, folder).splitlines()]

    assert len(acknowledged) == 20
    assert all(after >= before + 2 for before, after in pairwise(acknowledged))
    with open_store(*place) as store:
        entry = store.desk_for("ava").entry(draft.id)
        assert entry.client_id == ava.id
        assert entry.base >= acknowledged[-1]
        assert entry.answers == {"mood": entry.base % 11, "note": f"note {entry.base}"}
        assert count(store, "message") == entry.base
        assert store.verify() is None
    connection = sqlite3.connect(place[0])
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


TOGETHER = """
import signal
wait, go = os.pipe()
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        os.close(go)
        os.read(wait, 1)
        open_store(DATABASE, KEY).close()
        os._exit(0)
    children.append(child)
os.close(go)
print([os.waitpid(child, 0)[1] for child in children])
"""


def test_processes_that_start_at_once_make_one_database_and_one_key(folder):
    assert run(TOGETHER, folder) == "[0, 0, 0, 0]"

    connection = sqlite3.connect(folder / "iopkit.db")
    assert connection.execute("SELECT count(*) FROM key_check").fetchone() == (1,)
    connection.close()
    open_store(str(folder / "iopkit.db"), folder / "iopkit.key", create=False).close()
