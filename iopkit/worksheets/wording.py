"""A site's own copy of an instrument keeps the official wording: an instrument is valid in it only."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iopkit.errors import WorksheetError
from iopkit.worksheets.load import Document, Place, read_document
from iopkit.worksheets.outline import as_list, outline

REMEDY = (
    "; an instrument is valid in its official wording only: take it from there, "
    "or give the file and its id a name of their own"
)

_NUMBERED = re.compile(r"\w+_[0-9]+")


def plain(text: object) -> str:
    """Return a wording with dashes and quotes folded and without the sign at its end.

    >>> plain("Trouble falling – or staying – asleep?")
    'Trouble falling-or staying-asleep'
    """
    folded = re.sub(r"\s*[–—-]\s*", "-", str(text or "")).replace("“", '"').replace("”", '"')
    return " ".join(folded.split()).rstrip(".?")


def wording_problems(ours: Path, path: Path) -> Iterator[str]:
    """Yield ``file:line: …`` for each item, answer or instruction of an instrument in other words.

    Nothing where ours has no numbered items, or where a file cannot be read: the checker tells that.
    """
    try:
        document, official = read_document(path), read_document(ours)
    except WorksheetError:
        return
    if not isinstance(official.data, Mapping) or official.data.get("category") != "measures":
        return
    expected, found = _asked(official), _asked(document)
    if not any(_NUMBERED.fullmatch(name) for name in expected):
        return
    lines = [
        line for name in expected for line in _compare(document, found.get(name), official, expected[name])
    ]
    yield from dict.fromkeys(lines)
    order = [name for name in found if name in expected]
    if order != [name for name in expected if name in found]:
        yield document.problem(("pages",), f"expected the items in the order of {ours}, got another{REMEDY}")


@dataclass(frozen=True)
class _Item:
    """One question: where it stands, and all that is said about it."""

    place: Place
    page: Place
    title: str
    stem: str
    choices: list[tuple[Any, str]]


def _asked(document: Document) -> dict[str, _Item]:
    found: dict[str, _Item] = {}
    page: tuple[Place, str] = ((), "")
    for part in outline(document):
        if part.kind == "page":
            page = part.place, plain(part.raw.get("description"))
        elif part.is_question:
            choices = [_choice(one) for one in as_list(part.raw.get("choices"))]
            found[part.item] = _Item(part.place, page[0], plain(part.raw.get("title")), page[1], choices)
    return found


def _choice(raw: object) -> tuple[Any, str]:
    if isinstance(raw, Mapping):
        return raw.get("value"), plain(raw.get("text", raw.get("value")))
    return raw, plain(raw)


def _compare(document: Document, found: _Item | None, official: Document, expected: _Item) -> Iterator[str]:
    def at(place: Place) -> str:
        return f"{official.path}:{official.line(place)}"

    title, choices = (*expected.place, "title"), (*expected.place, "choices")
    stem = (*expected.page, "description")
    if found is None:
        yield document.problem(("pages",), f"expected the item of {at(title)} too, got none{REMEDY}")
        return
    if found.title != expected.title:
        place = (*found.place, "title")
        yield document.problem(place, f"expected the wording of {at(title)}, got another{REMEDY}")
    if found.choices != expected.choices:
        place = (*found.place, "choices")
        yield document.problem(place, f"expected the answers of {at(choices)}, got others{REMEDY}")
    if found.stem != expected.stem:
        place = (*found.page, "description")
        yield document.problem(place, f"expected the instruction of {at(stem)}, got another{REMEDY}")
