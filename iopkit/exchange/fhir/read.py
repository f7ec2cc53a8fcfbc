"""A FHIR Questionnaire as a worksheet. The standard elements tell what is asked; extensions of ours the rest.

Whatever a worksheet cannot keep is listed by the link id of its item; nothing is dropped without a line.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from iopkit.errors import WorksheetError
from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.known import identifier, part, words
from iopkit.exchange.fhir.names import Json, UncarriedError, code_of, held
from iopkit.exchange.fhir.read_items import Reader
from iopkit.exchange.fhir.read_when import visible_if
from iopkit.exchange.fhir.scored import GROUP
from iopkit.worksheets.model import Worksheet

MAX_BYTES = 2_000_000
STATUS = {"active": "reviewed", "retired": "retired"}
HEADER = ("category", "domain", "audience", "private", "minutes", "next_step", "sources", "rights_checked",
          "reference", "settings", "flags", "charts", "short")  # fmt: skip
USUAL = {"category": "program", "domain": "individual", "audience": "client", "minutes": 5}
"""What the header says of a questionnaire that was no worksheet: a person decides and changes it."""
CONDITIONS = ("visibleIf", "requiredIf", "when", "high_when")
KEPT = {
    "resourceType", "id", "meta", "extension", "url", "version", "name", "title", "status", "subjectType",
    "description", "copyright", "code", "item", "contained", "text", "language",
}  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Imported:
    """The worksheet, and a line for each thing that was not kept. ``codes``: link id → what was found."""

    worksheet: Worksheet
    lost: tuple[str, ...]


def read_json(raw: bytes) -> Json:
    """Return the JSON object in a file; ``WorksheetError`` for anything else."""
    if len(raw) > MAX_BYTES:
        raise WorksheetError([f"expected a file of at most {MAX_BYTES} bytes, got {len(raw)}"])
    try:
        found = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise WorksheetError(["expected JSON in UTF-8, got something else"]) from error
    if not isinstance(found, dict):
        raise WorksheetError(["expected a JSON object, got another value"])
    return found


def _unmarked(value: Any) -> Any:  # noqa: ANN401 - plain JSON
    """Return texts without tags; conditions stay as they are."""
    if isinstance(value, dict):
        return {key: one if key in CONDITIONS else _unmarked(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_unmarked(one) for one in value]
    if not isinstance(value, str) or "<" not in value:
        return value
    plain = re.sub(r"<[/!]?[A-Za-z][^<>]{0,500}>", " ", value)
    return re.sub(r"<(?=\s*[A-Za-z/!])", "\u2039", plain).strip() or "?"


def _no_number(name: str) -> float:
    raise ValueError(name)


def read_questionnaire(resource: Json) -> Imported:
    """Return the worksheet of a Questionnaire; ``WorksheetError`` when there is none in it."""
    if resource.get("resourceType") != "Questionnaire":
        raise WorksheetError(["resourceType: expected Questionnaire, got something else"])
    reader = Reader(resource)
    reader.lost += [f"{key[:40]}: not kept" for key in sorted(resource) if key not in KEPT and key.isalpha()]
    items = part(resource, "item")
    pages = _pages(reader, [one for one in items if one.get("linkId") != GROUP])
    if not pages:
        raise WorksheetError(["item: expected at least one question that a worksheet can ask, got none"])
    for item, made, panel in reader.conditioned:
        _condition(reader, item, made, panel)
    data = {**_header(resource, reader), "pages": pages, **_scores(items, reader)}
    clean = _unmarked(data)
    reader.lost += [] if clean == data else ["markup in its texts: the words are kept"]
    return Imported(_built(clean, reader), tuple(dict.fromkeys(reader.lost)))


def _pages(reader: Reader, items: list[Json]) -> list[Json]:
    """Return pages: each group at the top is one, questions between groups are one together."""
    pages: list[Json] = []
    loose: list[Json] = []
    about: list[str] = []
    taken: set[str] = set()

    def close() -> None:
        elements = reader.elements(loose)
        if elements:
            pages.append({"name": _page_name("page", taken), **_about(about), "elements": elements})
            about.clear()
        loose.clear()

    for item in items:
        if item.get("type") == "display":
            about.append(words(item, "text"))
            if item.get("enableWhen") or held(item, names.ENABLED):
                reader.lose(item, "the condition of a text; it is always shown")
        elif item.get("type") == "group" and item.get("repeats") is not True:
            close()
            inner = [one for one in part(item, "item") if one.get("type") != "display"]
            page: Json = {"name": _page_name(words(item, "linkId").removeprefix("page:"), taken)}
            page |= reader.texts(item, "panel", {})
            if about and "description" not in page:
                page |= _about(about)
                about.clear()
            elements = reader.elements(inner)
            if elements:
                page["elements"] = elements
                pages.append(page)
                reader.conditioned.append((item, page, None))
            else:
                reader.lose(item, "nothing in it can be asked")
        else:
            loose.append(item)
    close()
    if about and pages:
        reader.lost.append("a text after the last question")
    return pages


def _page_name(link: str, taken: set[str]) -> str:
    name = identifier(link, taken.__contains__)
    taken.add(name)
    return name


def _about(texts: list[str]) -> Json:
    joined = " ".join(one for one in texts if one)[:4000]
    return {"description": joined} if joined else {}


def _condition(reader: Reader, item: Json, made: Json, panel: str | None) -> None:
    rows = next((one.panel for one in reader.known.values() if panel and one.panel == panel), panel)
    link = words(item, "linkId")
    if link in reader.known:
        rows = reader.known[link].panel
    try:
        found = visible_if(item, reader.known, rows)
    except UncarriedError as error:
        reader.lose(item, f"{error}, so it is always asked")
        return
    if found:
        made["visibleIf"] = found


def _header(resource: Json, reader: Reader) -> Json:
    own = _own(resource, names.WORKSHEET)
    title = words(resource, "title") or words(resource, "name") or "Untitled"
    version = words(resource, "version")
    header = {
        "id": _id(resource),
        "version": version if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", version) else "1.0",
        "status": STATUS.get(str(resource.get("status")), "draft") if own else "draft",
        "title": title,
        "about": words(resource, "description") or title,
        **USUAL,
        **{key: own[key] for key in HEADER if key in own},
    }
    if header["version"] != version and version:
        reader.lost.append("version: worksheets count as 1.0; the number given is not kept")
    if words(resource, "copyright"):
        header["licence"] = words(resource, "copyright")
    loinc = code_of(resource)
    if loinc:
        header["loinc"] = loinc
    return header


def _id(resource: Json) -> str:
    for text in (words(resource, "id"), words(resource, "name"), words(resource, "title")):
        plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
        plain = plain if plain[:1].isalpha() or not plain else f"q-{plain}"
        if _ID.fullmatch(plain):
            return plain
    return "imported"


def _own(part_: Json, url: str) -> Json:
    found = held(part_, url)
    try:
        read = json.loads(found) if isinstance(found, str) else {}
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _scores(items: list[Json], reader: Reader) -> Json:
    """Return the scores that a worksheet of ours had; those of others are expressions, and listed."""
    group = next((one for one in items if one.get("linkId") == GROUP), None)
    if group is None:
        return {}
    found = [_own(one, names.SCORE) for one in part(group, "item")]
    if not all(found):
        reader.lost.append("scores: one without a definition that is known here")
    return {"scores": [one for one in found if one]}


def _built(data: Json, reader: Reader) -> Worksheet:
    """Return the worksheet; keys of the header that do not fit are listed and left out."""
    for _ in range(8):
        try:
            return Worksheet.model_validate_json(json.dumps(data))
        except ValidationError as error:
            wrong = {str(fault["loc"][0]) for fault in error.errors(include_url=False) if fault["loc"]}
            droppable = wrong & {*HEADER, "scores", "loinc", "licence", "version", "id"}
            if not droppable:
                lines = [_line(fault["loc"], fault["msg"]) for fault in error.errors(include_url=False)[:20]]
                raise WorksheetError(list(dict.fromkeys(lines))) from error
            for key in sorted(droppable):
                reader.lost.append(f"{key}: it has not the form that a worksheet needs")
                data.pop(key, None)
                data |= {key: USUAL[key]} if key in USUAL else {}
    raise WorksheetError(["expected a worksheet, got something else"])


def _line(loc: tuple[Any, ...], text: str) -> str:
    place = ".".join(
        str(one) for one in loc if isinstance(one, int) or re.fullmatch(r"[A-Za-z_]{1,40}", str(one))
    )
    return f"{place}: {text if len(text) < 120 else 'expected another value'}"
