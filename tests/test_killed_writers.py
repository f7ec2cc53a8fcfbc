"""A writer killed in the middle of a save, again and again: nothing acknowledged is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow

TESTS = Path(__file__).parent
SEED = 20261130


@pytest.mark.parametrize(
    ("kills", "saves"),
    [
        (10, 10),
        pytest.param(1000, 100, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
    ids=str,
)
def test_killed_writers_lose_no_acknowledged_save(kills, saves, clinic, store, record_property):
    words = [store.office.database.place, str(store.key_file), str(kills), str(saves), str(SEED)]

    done = subprocess.run(
        [sys.executable, TESTS / "killed_writer.py", *words],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
        capture_output=True,
        text=True,
        timeout=3500,
    )

    assert done.returncode == 0, done.stderr
    lives = json.loads(done.stdout)
    acknowledged = {f"{life}-{number}" for life, told in enumerate(lives) for number in range(told)}
    with store.office.database.read(PROGRAM) as session:
        stored = set(session.scalars(select(MessageRow.id)).all())
    record_property("acknowledged", len(acknowledged))
    assert len(acknowledged) >= kills * saves
    assert acknowledged - stored == set()
    (draft,) = store.desk_for("ava").drafts()
    last, number = (int(word) for word in draft.answers["note"].split())
    assert (last, number) >= (kills - 1, lives[-1] - 1)
    assert store.prove().fault == ""
