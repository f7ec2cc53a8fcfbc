"""A private folder for work on a backup: gone afterwards, and if its program was killed, at the next time.

Whoever works in one holds a lock on the folder itself, which ends with the process. So what nobody holds was
left behind by a program that was killed, and may go.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".iopkit-"
PATTERN = f"{PREFIX}{'?' * 8}"
"""What the name of such a folder looks like."""


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """Open a private folder, on the disk of ``folder``, that is gone afterwards; OSError when there is none.

    What earlier ones left there that were killed goes first.
    """
    clear(folder)
    room, handle = _new(folder)
    try:
        yield room
    finally:
        shutil.rmtree(room)
        os.close(handle)


def clear(folder: Path) -> None:
    """Remove the folders of our own in which nobody works any more."""
    for room in folder.glob(PATTERN):
        if room.is_symlink() or not room.is_dir() or room.stat().st_uid != os.geteuid():
            continue
        with suppress(OSError):  # somebody works in it, or it went meanwhile
            handle = _held(room, fcntl.LOCK_EX | fcntl.LOCK_NB)
            try:
                shutil.rmtree(room)
            finally:
                os.close(handle)


def _new(folder: Path) -> tuple[Path, int]:
    """Return a new folder and the handle that holds it."""
    while True:
        room = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        with suppress(FileNotFoundError):  # somebody cleared it before it was held
            handle = _held(room, fcntl.LOCK_EX)
            if room.exists():
                return room, handle
            os.close(handle)


def _held(room: Path, how: int) -> int:
    """Return a handle that holds a folder; OSError when somebody else does."""
    handle = os.open(room, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, how)
    except OSError:
        os.close(handle)
        raise
    return handle
