"""The restore drill as an operator does it: the commands of the docs, and a report that is the same again."""

import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from iopkit.clinic import open_store

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/backups.md").read_text()
SPAN = ["--from", "2026-01-12", "--to", "2026-03-08"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("drill")


@pytest.fixture(scope="module")
def run(folder):
    """Run a command of ours on the database of that name; returns what it printed."""

    def run(*words, database="clinic"):
        done = subprocess.run(
            [sys.executable, "-m", "iopkit", *words],
            env=place(folder, database),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("demo", "--clients", "2", "--weeks", "1", "--until", "2026-03-08")
    return run


def place(folder, database):
    return os.environ | {
        "IOPKIT_DATABASE_URL": str(folder / database / "clinic.db"),
        "IOPKIT_KEY_FILE": str(folder / "keys" / "key"),
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def somebody_saves(folder):
    """Have a client save without a pause; yields what was acknowledged."""
    acknowledged, stop = [], threading.Event()
    words = place(folder, "clinic")
    with open_store(words["IOPKIT_DATABASE_URL"], words["IOPKIT_KEY_FILE"], create=False) as store:
        desk = store.desk_for("ava")
        entry = desk.draft("thought-record").id

        def save():
            while not stop.is_set():
                answers = {"situation": f"note {len(acknowledged)}"}
                sent = {"message_id": f"load-{len(acknowledged)}", "answers": answers, "changed": answers}
                desk.save(entry, **sent, base=len(acknowledged))
                acknowledged.append(answers["situation"])

        writer = threading.Thread(target=save)
        writer.start()
        while len(acknowledged) < 5:
            writer.join(0.01)
        try:
            yield acknowledged
        finally:
            stop.set()
            writer.join()


@pytest.mark.slow
def test_a_backup_under_load_restores_to_a_trail_that_is_whole_and_the_same_report_to_the_byte(run, folder):
    with somebody_saves(folder) as acknowledged:
        before = len(acknowledged)
        run("backup", "one.backup")
        after = len(acknowledged)
    run("restore", "one.backup", database="restored")

    assert after > before
    assert "The audit trail is whole" in run("audit", "verify", database="restored")
    words = place(folder, "restored")
    with open_store(words["IOPKIT_DATABASE_URL"], words["IOPKIT_KEY_FILE"], create=False) as store:
        kept = [one.answers.get("situation", "") for one in store.desk_for("ava").drafts()]
    (kept,) = [text for text in kept if text.startswith("note ")]
    assert int(kept.split()[1]) >= before - 1
    pages = []
    for database in ("clinic", "restored"):
        out = folder / f"out-{database}"
        words = ["--for", "ina", "--client", "ava", "--out", str(out), *SPAN]
        run("report", "progress", *words, database=database)
        pages.append([path.read_bytes() for path in sorted(out.rglob("*.html"))])
    assert len(pages[0]) == 1
    assert pages[0] == pages[1]


def scheduled():
    """Return what systemd and cron run, as the page has it, in the shell's own spelling."""
    unit = re.search(r"^ExecStart=/bin/sh -c '(.*)'$", PAGE, re.M)[1]
    table = re.search(r"^30 2 \* \* \* iopkit \. \S+; (.*)$", PAGE, re.M)[1]

    return {"systemd": unit.replace("$$", "$").replace("%%", "%"), "cron": table.replace("\\%", "%")}


@pytest.mark.parametrize("by", ["systemd", "cron"])
def test_the_scheduled_command_of_the_docs_makes_a_backup(by, run, folder):
    backups = folder / by
    backups.mkdir()
    ours = f"{sys.executable} -m iopkit"
    command = scheduled()[by].replace("/opt/iopkit/bin/iopkit", ours).replace("/backups", str(backups))

    done = subprocess.run(
        ["sh", "-c", command], env=place(folder, "clinic"), capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stderr
    (made,) = backups.iterdir()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d{4}\.iopkit", made.name)
