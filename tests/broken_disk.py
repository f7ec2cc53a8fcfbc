"""A small disk of one's own that fails as real ones do: from one write to the next it is read-only.

It is a file with ext4 on it, mounted as a loop; ``fail`` is what the kernel does to a file system that met an
error. It needs root and loop devices; ``why_not`` says what is missing.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEGABYTES = 64


@dataclass(frozen=True)
class Disk:
    """A disk (a file) and where it is mounted."""

    image: Path
    folder: Path

    def mount(self) -> None:
        """Mount it; what its journal holds is carried in first."""
        run("mount", "-o", "loop", self.image, self.folder)

    def unmount(self) -> None:
        """Take it out; nobody may have a file of it open."""
        run("umount", self.folder)

    def fail(self) -> None:
        """Let it fail: every write is refused from now on, also by who has a file open."""
        run("mount", "-o", "remount,abort", self.folder)

    def mend(self) -> None:
        """Do what an operator does: take it out, check it, put it back."""
        self.unmount()
        checked = subprocess.run(["e2fsck", "-p", "-f", self.image], capture_output=True, check=False)
        assert checked.returncode in (0, 1), checked.stdout  # 1: errors were corrected
        self.mount()


def run(*words: str | Path) -> None:
    """Run a command of the system."""
    subprocess.run([str(word) for word in words], check=True, capture_output=True, timeout=60)


def why_not(folder: Path) -> str:
    """Return why there can be no such disk here, or nothing."""
    if os.geteuid() != 0:
        return "only root mounts a disk"
    if missing := [name for name in ("mke2fs", "e2fsck", "mount", "umount") if shutil.which(name) is None]:
        return f"{', '.join(missing)} not installed"
    try:
        with a_disk(folder / "try"):
            return ""
    except subprocess.CalledProcessError as error:
        return f"this machine mounts no loop device: {error.stderr.decode(errors='replace').strip()}"


@contextmanager
def a_disk(folder: Path) -> Iterator[Disk]:
    """Yield a new, empty disk below a folder."""
    disk = Disk(folder / "disk.img", folder / "disk")
    disk.folder.mkdir(parents=True)
    with disk.image.open("wb") as image:
        image.truncate(MEGABYTES << 20)
    run("mke2fs", "-q", "-t", "ext4", disk.image)
    disk.mount()
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk.folder)], check=False, capture_output=True)
