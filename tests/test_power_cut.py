"""The power goes while somebody saves: what the disk holds opens whole, with all that was acknowledged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Clock, open_home
from sqlalchemy import select

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow

TESTS = Path(__file__).parent
SEED = 20261130


@pytest.mark.parametrize(
    ("saves", "points"),
    [(190, 12), pytest.param(600, 200, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])],
    ids=str,
)
def test_a_power_cut_at_any_write_loses_no_acknowledged_save(
    saves, points, clinic, store, catalog, tmp_path, record_property
):
    place, key = store.office.database.place, store.key_file
    store.close()
    words = [str(one) for one in (tmp_path, place, key, saves, points, SEED)]

    done = subprocess.run(
        [sys.executable, TESTS / "power_cut.py", *words],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=3000,
    )

    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    told = json.loads(done.stdout)
    record_property("steps", told["steps"])
    assert told["steps"]["write .db"] >= 10  # the log was carried into the database meanwhile
    assert told["steps"]["sync .db-wal"] >= saves
    assert len(told["moments"]) == points
    for number, acknowledged in told["moments"].items():
        home = (str(tmp_path / number / "iopkit.db"), tmp_path / number / "key")
        with open_home(home, Clock(), catalog) as found:
            with found.office.database.read(PROGRAM) as session:
                stored = set(session.scalars(select(MessageRow.id)))
            assert {f"m{one}" for one in acknowledged} <= stored, number
            assert len(stored) <= len(acknowledged) + 1
            drafts = found.desk_for("ava").drafts()
            assert [draft.base for draft in drafts] in ([len(stored)], [] if not stored else None)
            assert found.prove().fault == "", number
