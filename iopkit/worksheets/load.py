"""Reads YAML, the only module that does: YAML 1.2, no duplicate keys, anchors or tags, with line numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from iopkit.errors import WorksheetError

Place = tuple[str | int, ...]
"""Where a value stands in a document: the keys and positions that lead to it."""

MAX_BYTES = 1_000_000
"""A worksheet is a page of text; a larger file is a mistake and would only slow the checker down."""

_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "value")
}
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


@dataclass(frozen=True)
class Document:
    """A YAML file as plain values. ``lines`` maps the place of each key or list entry to its line, from 1."""

    path: Path
    data: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """Return the line of ``place``, or of the nearest value around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, text: str) -> str:
        """Return ``file:line: path: text``, the one form in which problems are told."""
        return f"{self.path}:{self.line(place)}: {spell(place)}: {text}"


def spell(place: Place) -> str:
    """Return a place as people write it: ``pages[0].elements[2].title``.

    >>> spell(("pages", 0, "title"))
    'pages[0].title'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".") or "file"


def read_document(path: Path) -> Document:
    """Return the values of a YAML file with their lines; raise ``WorksheetError`` if it is not plain YAML."""
    node = _compose(path, _read_text(path))
    reader = _Reader(path)
    data = reader.value(node, ())
    if reader.problems:
        raise WorksheetError(reader.problems)
    return Document(path, data, reader.lines)


def _read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise WorksheetError([f"{path}:1: file: expected a readable file, got: {error.strerror}"]) from error
    if len(raw) > MAX_BYTES:
        raise WorksheetError([f"{path}:1: file: expected at most {MAX_BYTES} bytes, got {len(raw)}"])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise WorksheetError([f"{path}:{line}: file: expected UTF-8 text, got other bytes"]) from error


def _compose(path: Path, text: str) -> Node | None:
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(StringIO(text))
        return node
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise WorksheetError(
            [f"{path}:{line}: file: expected YAML, got: {error.problem or error.context}"]
        ) from error
    except (YAMLError, ValueError) as error:
        raise WorksheetError([f"{path}:1: file: expected YAML, got: {str(error).splitlines()[0]}"]) from error


class _Reader:
    """Turns composed nodes into plain values and remembers lines and problems."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Place, int] = {}
        self.problems: list[str] = []

    def value(self, node: Node | None, place: Place) -> object:
        """Return the plain value of a node."""
        if node is None:
            return None
        self.lines.setdefault(place, node.start_mark.line + 1)
        if node.anchor:
            self._refuse(node, place, "expected plain values, got an anchor (&name); write the value out")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.value(child, (*place, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, ScalarNode):
                self._refuse(key, place, "expected a word as key, got a list or mapping")
                continue
            inner = (*place, key.value)
            if key.value in result:
                first = self.lines[inner]
                self._refuse(key, inner, f"expected each key once, got it again (first on line {first})")
                continue
            self.lines[inner] = key.start_mark.line + 1
            result[key.value] = self.value(child, inner)
        return result

    def _scalar(self, node: Node, place: Place) -> object:
        text: str = node.value
        if node.tag not in _TAGS:
            self._refuse(node, place, f"expected a plain value, got the tag {node.tag}")
            return None
        return text if getattr(node, "style", None) else _plain(text)

    def _refuse(self, node: Node, place: Place, text: str) -> None:
        self.problems.append(f"{self.path}:{node.start_mark.line + 1}: {spell(place)}: {text}")


def _plain(text: str) -> object:
    """Return the value of an unquoted word by YAML 1.2: ``no``, ``on``, ``1:30`` and dates stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
