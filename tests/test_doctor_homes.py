"""`iopkit doctor --json` where a clinic may live: both databases, and homes in which something is amiss."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iopkit.clinic.backup import back_up

ROOT = Path(__file__).parent.parent
DROP, OVERRIDE, SEARCH = 24, 1, 2


def obey_modes() -> None:
    """Take from root what lets it write and read whatever the mode of a file says."""
    for capability in (OVERRIDE, SEARCH):
        ctypes.CDLL(None).prctl(DROP, capability)


def examine(*words: object, **environment: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Run it as a user who is bound by modes; return the exit code, and state and words by name."""
    done = subprocess.run(
        [sys.executable, "-m", "iopkit", "doctor", "--json", *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        preexec_fn=obey_modes,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, {one["name"]: (one["state"], one["said"]) for one in json.loads(done.stdout)}


@pytest.fixture
def home(store, clinic, tmp_path):
    """Return the options that name a small clinic."""
    return ["--database", store.office.database.engine.url.render_as_string(), "--key-file", store.key_file]


def test_a_sound_home_on_either_database_is_ok(database, home, store, tmp_path):
    code, found = examine(*home)

    where = store.office.database.place
    assert code == 0
    assert [found[name][0] for name in ("store", "key", "clock", "time zones", "kernels")] == ["ok"] * 5
    assert found["store"][1].startswith(f"{where}, schema ")
    assert found["store"][1].endswith(", 7 people")
    assert found["backup"][0] == "look"


def test_a_missing_key_is_bad_on_either_database_and_none_is_made(database, home, tmp_path):
    key = tmp_path / "gone.key"

    code, found = examine(*home[:3], key)

    assert code == 1
    assert found["store"] == (
        "bad",
        f"The key file {key} is missing. Without it nobody can read the answers in this database. Put it "
        "back from the copy you keep, or name it with IOPKIT_KEY_FILE.",
    )
    assert "key" not in found
    assert found["kernels"][0] == "ok"
    assert not key.exists()


def test_a_folder_that_may_not_be_written_is_bad(home, store):
    place = Path(store.office.database.place)
    store.close()
    place.parent.chmod(0o500)

    code, found = examine(*home)

    place.parent.chmod(0o700)
    assert code == 1
    assert found["store"] == (
        "bad",
        f"The database {place} is read-only. "
        "Allow the user who runs iopkit to write the file and its folder.",
    )


def test_a_folder_of_backups_that_may_not_be_read_is_bad(home, tmp_path):
    backups = tmp_path / "backups"
    backups.mkdir(mode=0o000)

    code, found = examine(*home, "--backups", backups)

    backups.chmod(0o700)
    assert code == 1
    assert found["backup"] == ("bad", f"the folder {backups} cannot be read: Permission denied")
    assert found["advisories"][0] == "ok"


@pytest.mark.parametrize(("hours", "state", "code"), [(25, "ok", 0), (30, "bad", 1)])
def test_an_old_backup_is_bad(hours, state, code, home, store, clock, tmp_path):
    backups = tmp_path / "backups"
    backups.mkdir()
    clock.instant = datetime.now(UTC) - timedelta(hours=hours)
    back_up(store.office, backups / "one")
    shutil.copy(backups / "one", backups / "copied today")

    ended, found = examine(*home, IOPKIT_BACKUPS=str(backups))

    assert (ended, found["backup"][0]) == (code, state)
    assert found["backup"][1].startswith(f"the newest is {hours} hours old")
