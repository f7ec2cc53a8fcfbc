"""Reads when an item is asked: ``enableWhen`` with its behavior, or an SDC expression, as a condition."""

from collections.abc import Mapping

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.known import Found, part
from iopkit.exchange.fhir.names import Json, UncarriedError, held
from iopkit.exchange.fhir.read_path import condition, quoted
from iopkit.worksheets.conditions import Scalar

PLAIN = ("answerBoolean", "answerInteger", "answerDecimal", "answerString", "answerDate")
LONGEST = 1000
"""A condition of a worksheet is at most so long."""


def visible_if(item: Json, known: Mapping[str, Found], row: str | None) -> str | None:
    """Return the condition of an item, or None; ``UncarriedError`` for one that a worksheet cannot say."""
    said = held(item, names.ENABLED)
    if said is not None:
        path = said.get("expression") if isinstance(said, dict) else None
        if not isinstance(path, str) or said.get("language") != "text/fhirpath":
            raise UncarriedError("its condition is not written in FHIRPath")
        return short(condition(path, known, row))
    whens = part(item, "enableWhen")
    if not whens:
        return None
    joint = " and " if item.get("enableBehavior") == "all" else " or "
    equal: dict[str, list[Scalar]] = {}
    claims: list[str] = []
    for when in whens:
        found, name, value = _equals(when, known, row)
        if joint == " or " and value is not None:
            if name not in equal:
                claims.append(name)
            equal.setdefault(name, []).append(value)
        else:
            claims.append(_claim(when, found, name, value))
    written = [
        _any(one, equal[one], _named(one, whens, known, row)) if one in equal else one for one in claims
    ]
    return short(joint.join(written))


def short(text: str) -> str:
    """Return a condition that is not too long for a worksheet."""
    if len(text) > LONGEST:
        raise UncarriedError(f"its condition is {len(text)} characters long")
    return text


def _named(name: str, whens: list[Json], known: Mapping[str, Found], row: str | None) -> Found:
    return next(found for when in whens for found, one, _ in [_equals(when, known, row)] if one == name)


def _any(name: str, values: list[Scalar], found: Found) -> str:
    if len(values) == 1:
        return f"{{{name}}} {'contains' if found.many else '='} {quoted(values[0])}"
    if found.kind in ("radiogroup", "dropdown", "checkbox", "tagbox"):
        return f"{{{name}}} anyof [{', '.join(map(quoted, values))}]"
    return "(" + " or ".join(f"{{{name}}} = {quoted(value)}" for value in values) + ")"


def _equals(when: Json, known: Mapping[str, Found], row: str | None) -> tuple[Found, str, Scalar | None]:
    """Return the item of a claim, its name, and the value that it must equal if that is the claim."""
    found = known.get(str(when.get("question")))
    if found is None:
        raise UncarriedError("its condition names an item that is not there")
    if found.panel is not None and found.panel != row:
        raise UncarriedError("its condition names an item of a group's rows from outside")
    name = found.written(row)
    return found, name, _value(when, found) if when.get("operator") == "=" else None


def _claim(when: Json, found: Found, name: str, value: Scalar | None) -> str:
    if value is not None:
        return _any(name, [value], found)
    operator = when.get("operator")
    if operator == "exists":
        return f"{{{name}}} {'notempty' if when.get('answerBoolean') is True else 'empty'}"
    compared = _value(when, found)
    if operator == "!=":
        # R4: true when an answer is there and differs
        differs = "notcontains" if found.many else "!="
        return f"({{{name}}} notempty and {{{name}}} {differs} {quoted(compared)})"
    if operator not in ("<", ">", "<=", ">=") or isinstance(compared, bool):
        raise UncarriedError("its condition has an operator that is not known")
    return f"{{{name}}} {operator} {quoted(compared)}"


def _value(when: Json, found: Found) -> Scalar:
    for key, value in when.items():
        if key == "answerCoding" and isinstance(value, dict):
            code = value.get("code")
            if not isinstance(code, str) or code not in found.codes:
                raise UncarriedError("its condition names no choice of the item")
            return found.codes[code]
        if key in PLAIN and isinstance(value, str | bool | int | float):
            return value
        if key == "answerTime" and isinstance(value, str):
            return value[:5]
    raise UncarriedError("its condition has a value of a kind that is not known")
