"""Choices that several worksheets share, each list written once in ``worksheets/shared/<piece>.yaml``.

A worksheet names its pieces under ``include`` and writes ``- include: feelings`` among the choices of a
question. The choices are put in that place before anything else looks at the document.
"""

import difflib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from iopkit.errors import WorksheetError
from iopkit.worksheets.load import Document, Place, read_document
from iopkit.worksheets.model import Piece
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.shape import fit

SHARED = "shared"
"""Name of the folder of pieces, beside the folders of the categories."""


def include(document: Document) -> tuple[Document, list[str]]:
    """Return a document with the choices of its pieces in place, and a line for each that does not fit."""
    data = document.data if isinstance(document.data, dict) else {}
    named = data.get("include", [])
    if not isinstance(named, list):
        return document, []
    includer = _Includer(document, [name for name in named if isinstance(name, str)])
    expanded = includer.value(document.data, ())
    includer.expect_all_used()
    return Document(document.path, expanded, includer.lines), includer.problems


def examine_piece(path: Path) -> list[str]:
    """Return a line ``file:line: path: expected X, got Y`` for each problem of a piece."""
    return list(_read(path)[1])


class _Includer:
    """Copies the values of a document; collects lines, problems and which pieces were used."""

    def __init__(self, document: Document, named: list[str]) -> None:
        self.document = document
        self.lines = dict(document.lines)
        self.problems: list[str] = []
        self._named = named
        self._used: set[str] = set()

    def value(self, value: object, place: Place) -> object:
        """Return a value with every ``choices`` below it spelled out."""
        if isinstance(value, list):
            return [self.value(inner, (*place, index)) for index, inner in enumerate(value)]
        if not isinstance(value, dict):
            return value
        return {key: self._entry(key, inner, (*place, key)) for key, inner in value.items()}

    def expect_all_used(self) -> None:
        """Add a problem for each piece that is named and not used."""
        for index, name in enumerate(self._named):
            if name not in self._used:
                text = f"expected a question with the choices '- include: {name}', got none"
                self.problems.append(self.document.problem(("include", index), text))

    def _entry(self, key: str, value: object, place: Place) -> object:
        if key == "choices" and isinstance(value, list) and any(map(_includes, value)):
            return self._choices(value, place)
        return self.value(value, place)

    def _choices(self, listed: list[Any], place: Place) -> list[Any]:
        """Return choices with those of pieces; each keeps the line on which it or its piece is named."""
        found: list[tuple[Any, int]] = []
        for index, choice in enumerate(listed):
            own = (*place, index)
            several = self._piece(choice["include"], own) if _includes(choice) else [choice]
            found += [(one, self.document.line(own)) for one in several]
        depth = len(place)
        self.lines = {at: n for at, n in self.lines.items() if at[:depth] != place or len(at) == depth}
        self.lines |= {(*place, index): line for index, (_, line) in enumerate(found)}
        return [choice for choice, _ in found]

    def _piece(self, name: str, place: Place) -> list[Any]:
        self._used.add(name)
        if name not in self._named:
            text = f"expected a piece that 'include' names at the top, got '{name}'{_near(name, self._named)}"
            self.problems.append(self.document.problem(place, text))
            return []
        path = find_piece(self.document.path, name)
        if path is None:
            known = (piece.stem for folder in _folders(self.document.path) for piece in folder.glob("*.yaml"))
            text = f"expected a file {SHARED}/{name}.yaml, got none{_near(name, known)}"
            self.problems.append(self.document.problem(("include", self._named.index(name)), text))
            return []
        choices, problems = _read(path)
        self.problems += [problem for problem in problems if problem not in self.problems]
        return list(choices)


def _includes(choice: object) -> bool:
    return isinstance(choice, dict) and set(choice) == {"include"} and isinstance(choice["include"], str)


def _folders(path: Path) -> list[Path]:
    """Return where the pieces of a worksheet may lie: its own folder, the one above, ours."""
    own = path.resolve().parent
    return [own / SHARED, own.parent / SHARED, content_folder("worksheets") / SHARED]


def find_piece(path: Path, name: str) -> Path | None:
    """Return the file of a piece: beside the worksheet at ``path``, in the folder above, or ours."""
    files = (folder / f"{name}.yaml" for folder in _folders(path))
    return next((file for file in files if file.is_file()), None)


def _read(path: Path) -> tuple[list[Any], list[str]]:
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    choices, problems = _read_once(path, changed)
    return list(choices), list(problems)


@lru_cache(maxsize=256)
def _read_once(path: Path, changed: int) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Return the raw choices and the problems of a piece as it was when ``changed``."""
    try:
        document = read_document(path)
    except WorksheetError as error:
        return (), error.problems
    piece, problems = fit(document, Piece)
    if piece is None:
        return (), tuple(problems)
    if piece.id != path.stem:
        problems.append(
            document.problem(("id",), f"expected '{path.stem}', the name of the file, got '{piece.id}'")
        )
    counted = Counter(choice.value for choice in piece.choices)
    for value in [value for value, times in counted.items() if times > 1]:
        problems.append(document.problem(("choices",), f"expected each value once, got '{value}' again"))
    return tuple(document.data["choices"]), tuple(problems)


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
