"""An upgrade that is killed anywhere leaves the old store whole, or the new one; the next try succeeds."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Clock, open_home
from old_stores import FOLDER, catalog, key_file, rows

from iopkit.clinic.migrations import HEAD
from iopkit.clinic.upgrade import upgrade
from iopkit.clinic.workroom import PREFIX

TESTS = Path(__file__).parent


@pytest.mark.parametrize(
    "points", [6, pytest.param(300, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])], ids=str
)
def test_a_kill_in_the_middle_of_an_upgrade_leaves_a_whole_store(points, tmp_path, record_property):
    first = tmp_path / "old.db"
    with closing(sqlite3.connect(first)) as new, new:
        new.executescript((FOLDER / "0001.sql").read_text())
    key = key_file(tmp_path)

    done = subprocess.run(
        [sys.executable, TESTS / "killed_upgrade.py", tmp_path, key, str(points)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
        capture_output=True,
        text=True,
        timeout=3500,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    record_property("killed", len(told["lives"]))
    record_property("steps", told["total"])
    assert len(told["lives"]) == points
    assert set(told["lives"].values()) == {-1}
    before, ended = rows(first), set()
    for last in told["lives"]:
        place = tmp_path / last / "clinic.db"
        found = rows(place)
        schema = found["alembic_version"][0]["version_num"]
        ended.add(schema)
        assert schema == HEAD or found == before
        again = upgrade(str(place), key, to=tmp_path / last / "again.iopkit")
        assert (again is None) == (schema == HEAD)
        left = {path.name for path in (tmp_path / last).iterdir() if path.name.startswith(PREFIX)}
        assert again is None or left == set()
        with open_home((str(place), key), Clock(), catalog()) as store:
            assert store.prove().fault == ""
    assert "0001" in ended
