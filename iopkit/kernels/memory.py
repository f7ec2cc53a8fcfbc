"""The memory of kernels, as the operating system counts it, and the kernels that run on this machine."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_WARM = b"iopkit.kernels.warm"
_PROC = Path("/proc")


def memory_of(processes: Iterable[int]) -> int:
    """Return the bytes of processes, each page that several share counted in parts (PSS); 0 where unknown."""
    return sum(_share(pid) for pid in processes)


def running_kernels() -> list[int]:
    """Return the forked kernels of all programs on this machine whose memory this user may see."""
    warm = {int(folder.name) for folder in _PROC.glob("[0-9]*") if _WARM in _command(folder)}
    return sorted(pid for pid in warm if _parent(pid) in warm and _share(pid))


def _share(pid: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        text = (_PROC / str(pid) / "smaps_rollup").read_text()
        return int(text.partition("\nPss:")[2].split()[0]) * 1024
    return 0


def _command(folder: Path) -> bytes:
    with suppress(OSError):
        return (folder / "cmdline").read_bytes()
    return b""


def _parent(pid: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int((_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    return 0
