"""A site's worksheet takes the place of ours by its id and a higher version; a lower one is a mistake.

One that takes the place of an instrument keeps its wording.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.worksheets.load import read_document
from iopkit.worksheets.wording import wording_problems


def override_problems(files: Iterable[Path]) -> list[str]:
    """Return a line for each file that comes after one of its id without a higher version or in other words.

    Ours come first, then a site's own. Files that cannot be read are told by the checker.
    """
    groups: dict[str, list[Path]] = {}
    for path in files:
        group = groups.setdefault(path.stem, [])
        if path.resolve() not in {one.resolve() for one in group}:
            group.append(path)
    return [problem for group in groups.values() if len(group) > 1 for problem in _compare(group)]


def version_key(version: str) -> tuple[int, ...]:
    """Return a version as numbers, so that 1.10 is newer than 1.9.

    >>> version_key("1.10") > version_key("1.9")
    True
    """
    return tuple(int(part) for part in version.split("."))


def _compare(group: list[Path]) -> Iterable[str]:
    highest: tuple[Path, str] | None = None
    for path in group[1:]:
        yield from wording_problems(group[0], path)
    for path in group:
        found = _version(path)
        if found is None:
            continue
        version, line = found
        if highest and version_key(version) <= version_key(highest[1]):
            wanted = f"expected a version above {highest[1]}, that of {highest[0]}, whose place it takes"
            remedy = "raise it, or give the file and its id a name of their own"
            yield f"{path}:{line}: version: {wanted}, got '{version}'; {remedy}"
        else:
            highest = path, version


def _version(path: Path) -> tuple[str, int] | None:
    """Return the version of a file and its line, or None where there is none to compare."""
    try:
        document = read_document(path)
    except WorksheetError:
        return None
    version = document.data.get("version") if isinstance(document.data, Mapping) else None
    if not isinstance(version, str) or not version.replace(".", "").isdigit():
        return None
    return version, document.line(("version",))
