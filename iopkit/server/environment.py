"""The environment a kernel is born with: what a program needs to run, where the store is, and one ticket."""

import os
from collections.abc import Mapping
from pathlib import Path

import iopkit

_SYSTEM = {"PATH", "HOME", "TZ", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_TIME", "TMPDIR", "TEMP", "TMP"}
_WINDOWS = {"SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"}
_PYTHON = {"VIRTUAL_ENV", "PYTHONPATH", "LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS"}
_FOLDERS = {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}
_OURS = {"IOPKIT_WORKSHEETS", "IOPKIT_PROGRAM_NUMBER"}
_KEPT = frozenset(_SYSTEM | _WINDOWS | _PYTHON | _FOLDERS | _OURS)


def kernel_environment(
    inherited: Mapping[str, str],
    *,
    ticket: str,
    database: str,
    key_file: str,
    room: Path,
    idle_seconds: int = 600,
) -> dict[str, str]:
    """Return a kernel's environment: of ``inherited`` a fixed list only, then the store and the ticket.

    ``room`` is the kernel's private folder: no start-up file of the operator's own IPython runs in it, nor is
    one looked for in a kernel that is forked.
    """
    environment = {name: value for name, value in inherited.items() if name in _KEPT}
    environment["PYTHONPATH"] = _path_to_ourselves(inherited.get("PYTHONPATH", ""))
    return environment | {
        "IOPKIT_TICKET": ticket,
        "IOPKIT_DATABASE_URL": database,
        "IOPKIT_KEY_FILE": key_file,
        "IOPKIT_SERVER": "1",
        "IOPKIT_BARE": "1",
        "IOPKIT_IDLE_MINUTES": f"{idle_seconds / 60:g}",
        "IPYTHONDIR": str(room / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(room),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _path_to_ourselves(path: str) -> str:
    """Return ``path`` with the checkout that this server runs from; an installed iopkit is found anyway."""
    folder = Path(iopkit.__file__).resolve().parents[1]
    parts = [part for part in path.split(os.pathsep) if part]
    if folder.name not in {"site-packages", "dist-packages"}:
        parts.append(str(folder))
    return os.pathsep.join(parts)
