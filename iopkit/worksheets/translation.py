"""A worksheet or a drill in another language: a file of its texts beside it, ``<id>.<language>.yaml``.

English text stands on the left and its translation on the right, as in gettext: one list in the order of the
worksheet is easy to review beside the page, a text that stands there twice is translated once, and what an
older version of the worksheet has in common with the newest is translated too. Shared pieces have files of
their own. Instruments are valid in their official wording only and are not translated.
"""

import difflib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from iopkit.errors import WorksheetError
from iopkit.words import LANGUAGES
from iopkit.worksheets.elements import Text
from iopkit.worksheets.load import Document, Place, read_document
from iopkit.worksheets.model import Header, Worksheet, WorksheetId
from iopkit.worksheets.pieces import SHARED, find_piece
from iopkit.worksheets.shape import fit

SHOWN = frozenset(
    {
        "title", "about", "next_step", "description", "example", "requiredErrorText", "placeholder", "text",
        "otherText", "noneText", "refuseText", "labelTrue", "labelFalse", "minRateDescription",
        "maxRateDescription", "templateTitle", "addPanelText", "removePanelText", "noEntriesText", "unit",
    }
)  # fmt: skip
"""The keys of texts that people see; a choice written as one word, and the name of a band, are shown too."""
SPOKEN = SHOWN | {"say", "wait", "label", "low", "high"}
"""The same of a drill, whose steps have words for who acts and for who waits."""
MEASURED = frozenset({"minutes", "percent", "minutes after midnight"})
"""Units that the program knows and words itself."""

DRILL = ".drill"
"""What the stem of a drill's file ends with."""
WALKED = frozenset({"title", "about", "note", "ask"})
"""The same of a pathway."""
PATHWAYS = "pathways"
"""The folder in which pathways lie."""

_FILE = re.compile(rf"(?P<id>.+)\.(?P<language>{'|'.join(name for name in LANGUAGES if name != 'en')})\.yaml")
_PIPED = re.compile(r"\{[^{}]*\}")
_MARKUP = re.compile(r"<\s*[A-Za-z/!]")


class Translation(Header):
    """The texts of one worksheet (or piece, without a version) in one language, by the English text."""

    id: WorksheetId
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")] | None = None
    status: Literal["draft", "reviewed"]
    texts: dict[Text, Text]


Translations = Mapping[str, Translation]
"""Translations of one worksheet by language."""


@dataclass(frozen=True)
class Named:
    """What the name of a translation's file says: what it translates, and into which language."""

    id: str
    language: str


def named(path: Path) -> Named | None:
    """Return what a file translates, or None when it is no translation.

    >>> named(Path("sleep-diary.es.yaml")), named(Path("sleep-diary.yaml"))
    (Named(id='sleep-diary', language='es'), None)
    """
    found = _FILE.fullmatch(path.name)
    return Named(found["id"], found["language"]) if found else None


def shown_texts(
    data: object, place: Place = (), keys: Collection[str] = SHOWN
) -> Iterator[tuple[Place, str]]:
    """Yield each text of a worksheet (or, with its keys, of a drill) that people see, with its place."""
    if isinstance(data, Mapping):
        for key, inner in data.items():
            yield from shown_texts(inner, (*place, key), keys)
    elif isinstance(data, list | tuple):
        for index, inner in enumerate(data):
            yield from shown_texts(inner, (*place, index), keys)
    elif isinstance(data, str) and _is_shown(place, keys) and _has_words(place, data):
        yield place, data


def _has_words(place: Place, text: str) -> bool:
    """Return whether a text has words of its own: not only another answer, nor a unit that we word."""
    return _PIPED.sub("", text).strip() != "" and not (place[-1] == "unit" and text in MEASURED)


def _is_shown(place: Place, keys: Collection[str] = SHOWN) -> bool:
    key = place[-1] if place else ""
    if isinstance(key, int):
        return len(place) > 1 and place[-2] == "choices"
    return key in keys or (key == "name" and len(place) > 2 and place[-3] == "bands")


def translate(worksheet: Worksheet, language: str, texts: Mapping[str, str]) -> Worksheet:
    """Return the worksheet with every shown text that has a translation in its place; ids and values stay."""
    data = translated(worksheet.model_dump(mode="json", by_alias=True), texts)
    return Worksheet.model_validate_json(json.dumps(data)).said_in(language, texts)


def translated(
    data: Any,  # noqa: ANN401 - plain JSON
    texts: Mapping[str, str],
    place: Place = (),
    keys: Collection[str] = SHOWN,
) -> Any:  # noqa: ANN401 - plain JSON
    """Return plain data with every shown text that has a translation in its place."""
    if isinstance(data, dict):
        return {key: translated(inner, texts, (*place, key), keys) for key, inner in data.items()}
    if isinstance(data, list | tuple):
        return [translated(inner, texts, (*place, index), keys) for index, inner in enumerate(data)]
    if not isinstance(data, str) or not _is_shown(place, keys) or data not in texts:
        return data
    return {"value": data, "text": texts[data]} if isinstance(place[-1], int) else texts[data]


def read_translation(path: Path) -> Translation:
    """Return the translation in a file; raise ``WorksheetError`` when it has another shape."""
    translation, problems = fit(read_document(path), Translation)
    if translation is None:
        raise WorksheetError(problems)
    return translation


def with_pieces(path: Path, worksheet: Worksheet) -> Translation:
    """Return the translation in a file, with those of the pieces that its worksheet includes."""
    own = read_translation(path)
    texts: dict[str, str] = {}
    for name in worksheet.include:
        piece = _beside(find_piece(path, name), path)
        if piece is not None:
            texts |= read_translation(piece).texts
    return own.model_copy(update={"texts": texts | own.texts})


def _beside(piece: Path | None, path: Path) -> Path | None:
    """Return the translation of a piece into the language of ``path``."""
    asked = named(path)
    if piece is None or asked is None:
        return None
    file = piece.with_name(f"{piece.stem}.{asked.language}.yaml")
    return file if file.is_file() else None


def examine_translation(path: Path) -> list[str]:
    """Return a line ``file:line: path: expected X, got Y`` for each problem of a translation."""
    asked = named(path)
    try:
        document = read_document(path)
    except WorksheetError as error:
        return list(error.problems)
    translation, problems = fit(document, Translation)
    if translation is None or asked is None:
        return problems
    original = path.with_name(f"{asked.id}.yaml")
    try:
        english = read_document(original)
    except WorksheetError:
        found: Iterator[tuple[Place, str]] = iter([((), f"expected {original.name} beside it, got nothing")])
    else:
        found = _compare(document, translation, english)
    return [document.problem(place, text) for place, text in found]


def _compare(document: Document, translation: Translation, english: Document) -> Iterator[tuple[Place, str]]:
    data = english.data if isinstance(english.data, dict) else {}
    if translation.id != data.get("id"):
        yield ("id",), f"expected '{data.get('id')}', whose texts these are, got '{translation.id}'"
    if data.get("category") == "measures":
        yield (), "expected no translation: an instrument is valid in its official wording only"
    if translation.version != data.get("version"):
        wanted = f"'{data['version']}', the version it translates" if data.get("version") else "no version"
        yield ("version",), f"expected {wanted}, got '{translation.version}'"
    shown = _own_texts(english, data)
    yield from _wrong_texts(translation, shown)
    for text in shown:
        if text not in translation.texts:
            yield ("texts",), f"expected a translation of '{text}', got nothing"
    for name in [choice for choice in data.get("include") or [] if isinstance(choice, str)]:
        piece = find_piece(document.path, name)
        if piece is not None and _beside(piece, document.path) is None:
            language = document.path.suffixes[-2]
            yield (), f"expected {SHARED}/{name}{language}.yaml, which it needs, got nothing"


def _own_texts(english: Document, data: Mapping[str, Any]) -> list[str]:
    """Return the shown texts of a worksheet or piece, each once; those of included pieces are not its own."""
    if english.path.parent.name == SHARED:
        data = {"choices": data.get("choices", [])}
    keys = SPOKEN if english.path.stem.endswith(DRILL) else SHOWN
    if english.path.parent.name == PATHWAYS:
        keys = WALKED
    return list(dict.fromkeys(text for _, text in shown_texts(data, keys=keys)))


def _wrong_texts(translation: Translation, shown: list[str]) -> Iterator[tuple[Place, str]]:
    for text, said in translation.texts.items():
        place = ("texts", text)
        if text not in shown:
            near = difflib.get_close_matches(text, shown, n=1, cutoff=0.6)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            yield place, f"expected a text of the worksheet, got '{text}'{hint}"
        elif sorted(_PIPED.findall(text)) != sorted(_PIPED.findall(said)):
            yield (
                place,
                f"expected {', '.join(_PIPED.findall(text)) or 'no braces'} in it too, got other braces",
            )
        if _MARKUP.search(said):
            yield place, "expected plain text, got markup"
