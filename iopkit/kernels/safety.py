"""What must hold before a process is forked: one thread, nothing open that forks would share, no old code."""

import ctypes
import os
import sys
import sysconfig
from array import array
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

_STEP, _LARGEST, _HEADER = 16, 512, 33
"""Python's own allocator: sizes of objects go by 16 up to 512 bytes; of ``bytes`` 33 are no content."""
_FILLING = 512 * 1024
"""How many bytes of each size are enough to leave no hole."""
_WIDEST, _NARROWER = 100_000, 15 / 16
"""The C library's holes, for all that is larger: the widest first, then ever narrower ones."""
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class _Heap(ctypes.Structure):
    """What the C library says of its heap (``struct mallinfo2``)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()  # noqa: SIM905
    )


class Code:
    """The files of the modules that are loaded, and when each of them was changed.

    They are kept as one block of bytes: to go through objects counts them, each time, in this process, and so
    leaves each fork alone with the thousand pages that these lie on.
    """

    def __init__(self) -> None:
        self._paths, self._times = b"", array("q")

    def note(self, began: int) -> None:
        """Add what has been loaded since ``began``; of a file that is known already, as it was when read."""
        known = dict(zip(self._paths.splitlines(), self._times, strict=True))
        found = {os.fsencode(path): changed for path, changed in loaded_files().items()} | known
        if any(changed > began for changed in found.values()):
            found[b"/"] = 0  # perhaps read before it was changed: outdated from the first request on
        self._paths, self._times = b"\n".join(found), array("q", found.values())

    def outdated(self) -> str:
        """Return that a file was changed since it was loaded, or nothing."""
        for line, changed in zip(BytesIO(self._paths), self._times, strict=True):
            if changed_at(line.rstrip(b"\n")) != changed:
                return "code changed after it was imported"
        return ""


def loaded_files() -> dict[str, int]:
    """Return when the file of each loaded module was changed; Python's own come with the interpreter."""
    python = sysconfig.get_path("stdlib")
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    return {
        path: changed_at(path)
        for path in files
        if path and (not path.startswith(python) or "-packages" in path)
    }


def changed_at(path: str | bytes) -> int:
    """Return when a file was changed, in nanoseconds, or -1 when it is gone."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # hundreds of files before each fork: half the time
    except OSError:
        return -1


def threads_running() -> str:
    """Return that this process runs more than one thread, which a fork would not have, or nothing."""
    links = os.stat("/proc/self/task").st_nlink  # noqa: PTH116  # itself, the one above and one for each thread
    return "" if links == 3 else "a thread was started"


def open_things() -> dict[str, str]:
    """Return what each open descriptor leads to."""
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that reads this folder
            found[entry.name] = str(entry.readlink())
    return found


def left_open(before: dict[str, str]) -> str:
    """Return what imports left open that forks must not share: a socket, pipe, event loop or written file."""
    for descriptor, target in open_things().items():
        if before.get(descriptor) == target:
            continue
        kind = target.partition(":")[0]
        if kind in {"socket", "pipe", "anon_inode"} or (target[:5] != "/dev/" and _is_written(descriptor)):
            return f"a {kind if ':' in target else 'file'} was left open"
    return ""


def fill_holes() -> list[list[object]]:
    """Return objects that fill what is free among those in use, so that forks put theirs on other pages.

    Python puts small objects into any hole that is left; in a fork each hole that is filled copies a page.
    """
    filling: list[list[object]] = []
    for size in range(_STEP, _LARGEST + 1, _STEP):
        count = _FILLING // size
        if size <= _HEADER:
            filling.append([object() if size == _STEP else float(number) for number in range(count)])
        else:
            filling.append([bytes(size - _HEADER) for _ in range(count)])
    filling.append(list(_fill_heap()))
    trim = getattr(_LIBC, "malloc_trim", None)  # not every C library has it
    if trim is not None:
        trim(0)
    return filling


def _fill_heap() -> Iterator[bytes]:
    """Yield what fills the holes between the C library's pieces, until each size comes from its end."""
    look = getattr(_LIBC, "mallinfo2", None)  # glibc from 2.33 on
    if look is None:
        return
    look.restype = _Heap
    size = float(_WIDEST)
    while size > _LARGEST:
        end = look().keepcost
        piece = bytes(int(size) - _HEADER)
        if look().keepcost == end:
            yield piece
        else:
            size *= _NARROWER


def _is_written(descriptor: str) -> bool:
    with suppress(OSError):
        text = Path(f"/proc/self/fdinfo/{descriptor}").read_text()
        flags = int(text.partition("flags:")[2].split()[0], 8)
        return flags & os.O_ACCMODE != os.O_RDONLY
    return False
