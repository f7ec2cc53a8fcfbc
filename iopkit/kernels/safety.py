"""What must hold before a process is forked: one thread, nothing open that forks would share, no old code."""

import os
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path


def loaded_files() -> dict[str, int]:
    """Return when the file of each loaded module was changed; Python's own come with the interpreter."""
    python = sysconfig.get_path("stdlib")
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    return {
        path: changed_at(path)
        for path in files
        if path and (not path.startswith(python) or "-packages" in path)
    }


def changed_at(path: str) -> int:
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


def _is_written(descriptor: str) -> bool:
    with suppress(OSError):
        text = Path(f"/proc/self/fdinfo/{descriptor}").read_text()
        flags = int(text.partition("flags:")[2].split()[0], 8)
        return flags & os.O_ACCMODE != os.O_RDONLY
    return False
