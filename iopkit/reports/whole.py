"""Files that are there whole or not at all, readable by nobody else; and a folder held by one batch."""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from iopkit.errors import ReportError

HELD = "Another batch is writing into this folder. Wait for it to end, or choose another --out."
LOCK = ".iopkit-report.lock"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all, readable by nobody else."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    data = content.encode() if isinstance(content, str) else content
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def same_text(path: Path, text: str) -> bool:
    """Return whether a file holds this text already."""
    try:
        return path.read_text(encoding="utf-8") == text
    except OSError:
        return False


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or "" when there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for one batch; ReportError when another has it. The end of a process lets go of it."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ReportError(HELD) from None
        clear(folder)
        yield
    finally:
        os.close(handle)


def clear(folder: Path) -> None:
    """Remove what a killed batch left half written."""
    for path in folder.glob(".*.part"):
        path.unlink(missing_ok=True)
