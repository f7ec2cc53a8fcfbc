"""A folder for work on a backup: private, gone afterwards, and at the next time if its program was killed."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from iopkit.clinic.workroom import PREFIX, clear, workroom

WORK = """
import sys
from pathlib import Path
from iopkit.clinic.workroom import workroom

with workroom(Path(sys.argv[1])) as room:
    (room / "half").write_text("half a copy")
    print(room, flush=True)
    sys.stdin.read()
"""


def rooms(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{PREFIX}*"))


@pytest.fixture
def worker(tmp_path):
    """Start a program that works in a room of ``tmp_path`` until it is told to stop."""
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    with process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_a_room_is_for_its_owner_alone_and_gone_afterwards(tmp_path):
    with workroom(tmp_path) as room:
        (room / "inner").mkdir()
        (room / "inner" / "copy").write_text("a copy")
        mode = stat.S_IMODE(room.stat().st_mode)

    assert mode == 0o700
    assert rooms(tmp_path) == []


def test_a_room_is_gone_when_the_work_in_it_failed(tmp_path):
    with pytest.raises(KeyError), workroom(tmp_path):
        raise KeyError

    assert rooms(tmp_path) == []


def test_what_a_killed_program_left_goes_at_the_next_time(worker, tmp_path):
    process, left = worker
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert (left / "half").exists()

    with workroom(tmp_path) as room:
        assert rooms(tmp_path) == [room]

    assert rooms(tmp_path) == []


def test_a_room_in_which_somebody_works_is_left_alone(worker, tmp_path):
    process, theirs = worker

    with workroom(tmp_path) as room:
        assert rooms(tmp_path) == sorted([room, theirs])

    assert (theirs / "half").read_text() == "half a copy"
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    assert rooms(tmp_path) == []


def test_nothing_else_in_the_folder_is_touched(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("kept")
    here = tmp_path / "here"
    here.mkdir()
    (here / f"{PREFIX}12345678").symlink_to(elsewhere)
    (here / f"{PREFIX}report.lock").write_text("a file of a report")
    (here / f"{PREFIX}abcdefgh").write_text("a file")
    (here / f"{PREFIX}longer-than-ours").mkdir()
    before = rooms(here)

    clear(here)

    assert rooms(here) == before
    assert (elsewhere / "kept").read_text() == "kept"


def test_a_folder_that_is_not_there_is_said_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError), workroom(tmp_path / "gone"):
        pass
