"""Whether the short form that a worksheet names is there, and is one."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.worksheets.load import Document, read_document

NAMES_ONE = re.compile(r"^short:", re.MULTILINE)


def short_problems(files: Iterable[Path]) -> list[str]:
    """Return a line for each worksheet whose ``short`` names nothing that could take its place."""
    by_id = {path.stem: path for path in files}
    found = []
    for path in by_id.values():
        document = _read(path) if NAMES_ONE.search(_text(path)) else None
        if document is not None and (fault := _fault(document.data, by_id)):
            found.append(document.problem(("short",), fault))
    return found


def _fault(data: Mapping[str, object], by_id: Mapping[str, Path]) -> str:
    name = str(data.get("short"))
    if name == data.get("id"):
        return f"expected another worksheet, got '{name}' itself"
    if name not in by_id:
        return f"expected the id of a worksheet, got '{name}'"
    short = _read(by_id[name])
    other: Mapping[str, object] = short.data if short else {}
    for key in ("domain", "audience"):
        if other.get(key) != data.get(key):
            return f"expected a worksheet with the {key} '{data.get(key)}', got '{other.get(key)}'"
    mine, its = data.get("minutes"), other.get("minutes")
    if isinstance(mine, int) and isinstance(its, int) and its >= mine:
        return f"expected a worksheet of less than {mine} minutes, got {its} minutes"
    return ""


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _read(path: Path) -> Document | None:
    """Return a worksheet file's values; None for one that another check complains about."""
    try:
        document = read_document(path)
    except WorksheetError:
        return None
    return document if isinstance(document.data, dict) else None
