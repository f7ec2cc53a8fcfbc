"""Finds every problem of worksheet files, and loads those that have none."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import get_args

from iopkit.errors import WorksheetError
from iopkit.worksheets.declared import setting_problems
from iopkit.worksheets.figures import score_problems
from iopkit.worksheets.load import Document, Place, read_document
from iopkit.worksheets.model import Category, Worksheet
from iopkit.worksheets.outline import SELECTS, Part, as_list, outline
from iopkit.worksheets.pieces import SHARED, examine_piece, include
from iopkit.worksheets.sense import faults, missing, unreachable
from iopkit.worksheets.shape import build
from iopkit.worksheets.translation import examine_translation, named

HEADER = tuple(field.alias or name for name, field in Worksheet.model_fields.items())
"""The header keys in their order."""

RIGHTS = ("sources", "licence", "rights_checked", "reference")
"""What every instrument says about its wording."""

_MARKUP = re.compile(r"<\s*[A-Za-z/!]")
_PIPED = re.compile(r"\{([^{}]*)\}")


def load_worksheet(path: Path | str) -> Worksheet:
    """Return the worksheet of a file; raise ``WorksheetError`` with a line for every problem."""
    worksheet, problems = examine(Path(path))
    if worksheet is None or problems:
        raise WorksheetError(problems)
    return worksheet


def check_paths(*paths: Path | str) -> list[str]:
    """Return a line ``file:line: path: expected X, got Y`` for each problem in the files, in order."""
    return [problem for path in paths for problem in examine(Path(path))[1]]


def examine(path: Path) -> tuple[Worksheet | None, list[str]]:
    """Return the worksheet of a file, if it can be read as one, and a line for each of its problems."""
    if named(path):
        return None, examine_translation(path)
    if path.parent.name == SHARED:
        return None, examine_piece(path)
    try:
        document = read_document(path)
    except WorksheetError as error:
        return None, list(error.problems)
    document, missing_pieces = include(document)
    worksheet, problems = build(document)
    parts = outline(document)
    found = [
        *_header(document),
        *_texts(document, (), document.data),
        *_names(document, parts),
        *_elements(document, parts),
        *_conditions(document, parts),
        *setting_problems(document, parts),
        *score_problems(document, _items(parts)),
    ]
    lines = [*missing_pieces, *problems, *(document.problem(place, text) for place, text in found)]
    return worksheet, sorted(dict.fromkeys(lines), key=_line_number)


def _line_number(problem: str) -> int:
    found = re.search(r":(\d+): ", problem)
    return int(found[1]) if found else 0


def _items(parts: list[Part]) -> dict[str, Part]:
    return {part.item: part for part in reversed(parts) if part.is_question}


Found = Iterator[tuple[Place, str]]


def _header(document: Document) -> Found:
    data = document.data if isinstance(document.data, dict) else {}
    if isinstance(data.get("id"), str) and data["id"] != document.path.stem:
        yield ("id",), f"expected '{document.path.stem}', the name of the file, got '{data['id']}'"
    folder = document.path.resolve().parent.name
    if folder in get_args(Category) and data.get("category") not in (None, folder):
        yield ("category",), f"expected '{folder}', the name of the folder, got '{data['category']}'"
    if data.get("category") == "measures":
        for key in RIGHTS:
            if not data.get(key):
                yield (), f"expected '{key}', which every instrument needs, got nothing"
    order = [key for key in data if key in HEADER]
    for before, key in pairwise(order):
        if HEADER.index(key) < HEADER.index(before):
            yield (key,), f"expected '{key}' above '{before}', got it below"


def _texts(document: Document, place: Place, value: object) -> Found:
    """Yield each text with markup: content is plain text, shown as it is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(document, (*place, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(document, (*place, index), inner)
    elif isinstance(value, str) and _MARKUP.search(value) and not str(place[-1]).endswith(("If", "when")):
        yield place, "expected plain text, got markup"


def _names(document: Document, parts: list[Part]) -> Found:
    """Yield names used twice; two repeating panels may share their rows by ``valueName``."""
    first: dict[str, Part] = {}
    for part in parts:
        name = f"page {part.name}" if part.kind == "page" else f"{part.panel or ''}.{part.name}"
        if part.name and name in first:
            line = document.line((*first[name].place, "name"))
            yield (*part.place, "name"), f"expected a name of its own, got '{part.name}' again (line {line})"
        first.setdefault(name, part)


def _elements(document: Document, parts: list[Part]) -> Found:
    items = _items(parts)
    for part in parts:
        yield from _scale(part)
        yield from _choices(part, items)
        yield from _practice(part)
        yield from _drawing(part, items)
        if part.raw.get("valueName") is not None and not _shares_rows(part, parts):
            yield (*part.place, "valueName"), "expected the name of a repeating panel above, got another"
        for key in ("title", "description", "templateTitle"):
            for name in _PIPED.findall(str(part.raw.get(key) or "")):
                inside = part.item if key == "templateTitle" else part.panel
                if name != "panelIndex" and (problem := missing(name, items, inside)):
                    yield (*part.place, key), problem


def _scale(part: Part) -> Found:
    """Yield scales whose ends have no name, and ranges that are upside down."""
    bounds = part.range
    if bounds and bounds[0] >= bounds[1]:
        yield part.place, f"expected a lowest number below the highest, got {bounds[0]} to {bounds[1]}"
    if part.kind == "rating":
        for key in ("minRateDescription", "maxRateDescription"):
            if not part.raw.get(key):
                yield part.place, f"expected '{key}', a name for this end of the scale, got nothing"
    if part.kind == "slider" and bounds:
        labels = [
            label.get("value") for label in as_list(part.raw.get("customLabels")) if isinstance(label, dict)
        ]
        for end in bounds:
            if end not in labels:
                yield part.place, f"expected a name for {end} in 'customLabels', got nothing"


def _choices(part: Part, items: dict[str, Part]) -> Found:
    source = part.raw.get("choicesFromQuestion")
    if source is not None:
        if str(source) not in items or items[source].holds != "rows":
            yield (*part.place, "choicesFromQuestion"), f"expected a repeating panel, got '{source}'"
            return
        for key in ("choiceValuesFromQuestion", "choiceTextsFromQuestion"):
            if f"{source}.{part.raw.get(key)}" not in items:
                yield part.place, f"expected '{key}', an item of '{source}', got '{part.raw.get(key)}'"
    elif part.kind in SELECTS and not as_list(part.raw.get("choices")):
        yield part.place, "expected 'choices', got nothing"
    counted = Counter(repr(value) for value in part.values or [])
    for value in [value for value, times in counted.items() if times > 1]:
        yield (*part.place, "choices"), f"expected each value once, got {value} again"


def _practice(part: Part) -> Found:
    """Yield patterns named twice, and one that repeats without a length to choose."""
    patterns = [one for one in as_list(part.raw.get("patterns")) if isinstance(one, dict)]
    if any(one.get("repeats") is True for one in patterns) and not as_list(part.raw.get("minutes")):
        yield part.place, "expected 'minutes', lengths for the pattern that repeats, got nothing"
    counted = Counter(str(one.get("value")) for one in patterns)
    for value in [value for value, times in counted.items() if times > 1]:
        yield (*part.place, "patterns"), f"expected each value once, got '{value}' again"


def _drawing(part: Part, items: dict[str, Part]) -> Found:
    """Yield a drawing without a place for words: nobody must draw."""
    words = part.raw.get("wordsIn")
    if part.kind == "drawing" and words and (str(words) not in items or items[words].kind != "comment"):
        yield (*part.place, "wordsIn"), f"expected a comment question of this worksheet, got '{words}'"


def _shares_rows(part: Part, parts: list[Part]) -> bool:
    above = parts[: parts.index(part)]
    return any(other.kind == "paneldynamic" and other.name == part.raw["valueName"] for other in above)


def _conditions(document: Document, parts: list[Part]) -> Found:
    items, broken = _items(parts), False
    for part in parts:
        for key in ("visibleIf", "requiredIf"):
            if isinstance(part.raw.get(key), str):
                for fault in faults(part.raw[key], items, part.panel):
                    broken = True
                    yield (*part.place, key), fault
    if not broken:
        for part in unreachable(parts):
            if part.raw.get("visibleIf"):
                yield (
                    (*part.place, "visibleIf"),
                    "expected a condition that can come true, got one that never can",
                )
