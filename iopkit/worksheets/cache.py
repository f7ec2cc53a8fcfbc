"""The catalog as it was read last, kept with the user's caches: reading YAML takes seconds, this none.

What is kept belongs to exact files (path, size, time of change) and to this code; anything else is read anew.
"""

import contextlib
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import platformdirs
from pydantic import TypeAdapter, ValidationError

from iopkit.worksheets.model import Worksheet
from iopkit.worksheets.translation import Translation, Translations

Kept = tuple[dict[str, Worksheet], dict[str, dict[str, Translation]]]
KEPT: TypeAdapter[Kept] = TypeAdapter(Kept)
_last: dict[Path, Kept] = {}


def cache_file(files: Sequence[Path]) -> Path:
    """Return where the catalog of these files is kept, as they and the code that reads them stand now."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256()
    for path in [*code, *files]:
        found = path.stat()
        digest.update(f"{path.absolute()}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return platformdirs.user_cache_path("iopkit") / f"catalog-{digest.hexdigest()[:32]}.json"


def recall(place: Path) -> Kept | None:
    """Return what was kept, or None when there is nothing or it cannot be read.

    What this process read last it remembers, and so does every process that is forked from it.
    """
    if place not in _last:
        try:
            found = KEPT.validate_json(place.read_bytes())
        except (OSError, ValidationError):
            return None
        _last.clear()
        _last[place] = found
        with contextlib.suppress(OSError):
            os.utime(place)  # in use: the last to be removed
    return _last[place]


def keep(
    place: Path, worksheets: Mapping[str, Worksheet], translations: Mapping[str, Translations] | None = None
) -> None:
    """Keep a catalog, whole or not at all, and those used last alone; where one cannot write, none."""
    partial = place.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        older = sorted(place.parent.glob("catalog-*.json"), key=lambda path: path.stat().st_mtime)
        said = {worksheet_id: dict(one) for worksheet_id, one in (translations or {}).items()}
        partial.write_bytes(KEPT.dump_json((dict(worksheets), said)))
        partial.replace(place)
        for path in older[:-3]:
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        partial.unlink(missing_ok=True)
