"""Tells where a document does not have the shape of the model: every fault, in the one form of problems."""

import difflib
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from iopkit.worksheets import elements, model
from iopkit.worksheets.load import Document, Place
from iopkit.worksheets.model import Worksheet

Shaped = TypeVar("Shaped", bound=BaseModel)

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_type": "a mapping",
    "too_short": "at least {min_length} entries",
    "too_long": "at most {max_length} entries",
    "string_too_short": "some text",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "text of the form {pattern}",
    "literal_error": "{expected}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "date_from_datetime_parsing": "a date such as 2026-01-31",
    "date_type": "a date such as 2026-01-31",
    "date_parsing": "a date such as 2026-01-31",
}


def build(document: Document) -> tuple[Worksheet | None, list[str]]:
    """Return the worksheet of a document, or None, and a line for each place where the shape is wrong."""
    return fit(document, Worksheet)


def fit(document: Document, kind: type[Shaped]) -> tuple[Shaped | None, list[str]]:
    """Return a document as ``kind``, or None, and a line for each place where the shape is wrong."""
    try:
        return kind.model_validate_json(json.dumps(document.data)), []
    except ValidationError as error:
        faults = [fault for fault in error.errors(include_url=False) if not _is_echo(fault)]
        return None, list(dict.fromkeys(_problem(document, fault) for fault in faults))


def _is_echo(fault: ErrorDetails) -> bool:
    """Return whether a list counts as too short only because of what is wrong in it, which is told."""
    return fault["type"] == "too_short" and bool(fault["input"])


def _problem(document: Document, fault: ErrorDetails) -> str:
    place, value, keys = _resolve(document.data, fault["loc"])
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return document.problem(place, _unknown_key(str(place[-1])))
    if kind in {"missing", "union_tag_not_found"}:
        if kind == "union_tag_not_found":
            place = (*place, "type")
        return document.problem(place, f"expected a value, got nothing{_nearest(str(place[-1]), keys)}")
    if kind == "union_tag_invalid":
        wanted, tag = context["expected_tags"], context["tag"]
        hint = _close(tag, [word.strip(" '") for word in wanted.split(",")])
        return document.problem((*place, "type"), f"expected {wanted}, got '{tag}'{hint}")
    wanted = _WANTED.get(kind, fault["msg"]).format(**context)
    hint = (
        _close(value, wanted.replace(" or ", ", ").replace("'", "").split(", "))
        if kind == "literal_error"
        else ""
    )
    if kind == "loinc_digit":
        hint = "; take it again from loinc.org"
    if kind == "string_type" and isinstance(value, int | float):
        hint = "; put it in quotes"
    return document.problem(place, f"expected {wanted}, got {describe(value)}{hint}")


def describe(value: object) -> str:
    """Return what a value of a worksheet file is, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 40 else f"text of {len(value)} characters"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "a mapping"


def _resolve(data: object, loc: tuple[str | int, ...]) -> tuple[Place, object, list[str]]:
    """Return the real place behind a pydantic location, its value and the keys beside it.

    Pydantic adds the tag or type of each union to the location; what is not in the data is such an addition,
    unless it is the last part, which names a missing key.
    """
    place: list[str | int] = []
    node, keys = data, []
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(node, dict) and part in node:
            keys = list(node)
            node = node[part]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        elif last and isinstance(node, dict) and _is_key(part):
            keys, node = list(node), None
        else:
            continue
        place.append(part)
    return tuple(place), node, keys


def _is_key(part: str | int) -> bool:
    return isinstance(part, str) and any(part in _keys(kind) for kind in _models())


def _models() -> list[type[BaseModel]]:
    found = [*vars(elements).values(), *vars(model).values()]
    return [item for item in found if isinstance(item, type) and issubclass(item, elements.Data)]


def _keys(kind: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in kind.model_fields.items()]


def _unknown_key(key: str) -> str:
    known = sorted({name for kind in _models() for name in _keys(kind)})
    return f"expected a known key, got '{key}'{_close(key, known)}"


def _nearest(key: str, keys: list[str]) -> str:
    """Return a hint when a missing key was probably misspelled beside the place where it is missed."""
    near = difflib.get_close_matches(key, [name for name in keys if name != key], n=1, cutoff=0.75)
    return f"; is '{near[0]}' meant to be '{key}'?" if near else ""


def _close(word: object, known: list[str]) -> str:
    near = difflib.get_close_matches(str(word), known, n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
