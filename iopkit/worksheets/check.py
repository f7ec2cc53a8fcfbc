"""Finds every problem of worksheet files, and loads those that have none."""

from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.worksheets.load import read_document
from iopkit.worksheets.model import Worksheet
from iopkit.worksheets.shape import build


def load_worksheet(path: Path | str) -> Worksheet:
    """Return the worksheet of a file; raise ``WorksheetError`` with a line for every problem."""
    worksheet, problems = _examine(Path(path))
    if worksheet is None or problems:
        raise WorksheetError(problems)
    return worksheet


def check_paths(*paths: Path | str) -> list[str]:
    """Return a line ``file:line: path: expected X, got Y`` for each problem in the files, in order."""
    return [problem for path in paths for problem in _examine(Path(path))[1]]


def _examine(path: Path) -> tuple[Worksheet | None, list[str]]:
    try:
        document = read_document(path)
    except WorksheetError as error:
        return None, list(error.problems)
    return build(document)
