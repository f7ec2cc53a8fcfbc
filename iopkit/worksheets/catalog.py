"""The worksheets that can be given: ours and a site's own, the newest version of each id."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.worksheets.cache import cache_file, keep, recall
from iopkit.worksheets.check import check_paths, load_worksheet
from iopkit.worksheets.model import Worksheet
from iopkit.worksheets.overrides import override_problems, version_key
from iopkit.worksheets.pieces import SHARED
from iopkit.worksheets.place import content_folder


class Catalog(Mapping[str, Worksheet]):
    """Worksheets by id, sorted by category and id. Looking up an unknown id raises ``KeyError``."""

    def __init__(self, worksheets: Mapping[str, Worksheet]) -> None:
        order = sorted(worksheets.values(), key=lambda worksheet: (worksheet.category, worksheet.id))
        self._worksheets = {worksheet.id: worksheet for worksheet in order}

    def __getitem__(self, worksheet_id: str) -> Worksheet:
        return self._worksheets[worksheet_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._worksheets)

    def __len__(self) -> int:
        return len(self._worksheets)

    def __repr__(self) -> str:
        return f"Catalog({len(self)} worksheets)"


def folders() -> list[Path]:
    """Return where worksheets come from: our own folder, then the site's of ``IOPKIT_WORKSHEETS``."""
    own = os.environ.get("IOPKIT_WORKSHEETS")
    return [content_folder("worksheets"), *([Path(own)] if own else [])]


def load_catalog(*extra: Path) -> Catalog:
    """Return the catalog of ours, ``IOPKIT_WORKSHEETS`` and the folders given.

    A later file takes the place of an earlier one by its id and a higher version. Raises ``WorksheetError``
    with every problem of every file, a version that is not higher among them.
    """
    places = [*folders(), *map(Path, extra)]
    files = [path for folder in places for path in worksheet_files(folder)]
    place = cache_file([*files, *(piece for folder in places for piece in piece_files(folder))])
    kept = recall(place)
    if kept is not None:
        return Catalog(kept)
    problems = [*check_paths(*files), *override_problems(files)]
    if problems:
        raise WorksheetError(problems)
    newest: dict[str, Worksheet] = {}
    for path in files:
        worksheet = load_worksheet(path)
        known = newest.get(worksheet.id)
        if known is None or version_key(worksheet.version) > version_key(known.version):
            newest[worksheet.id] = worksheet
    keep(place, newest)
    return Catalog(newest)


def worksheet_files(path: Path) -> list[Path]:
    """Return the worksheet files below a folder (or the file itself), sorted; a missing folder is refused."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise WorksheetError([f"{path}:1: file: expected a file or folder, got nothing there"])
    return sorted(file for file in path.rglob("*.yaml") if file.parent.name != SHARED)


def piece_files(path: Path) -> list[Path]:
    """Return the files of shared choices below a folder, sorted."""
    return sorted(path.rglob(f"{SHARED}/*.yaml"))
