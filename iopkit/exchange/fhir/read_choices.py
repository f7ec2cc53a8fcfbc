"""Reads what an item offers to choose from: options, a contained value set, or the rows of a group."""

import re
from collections.abc import Callable

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.known import part, words
from iopkit.exchange.fhir.names import Json, held

Lose = Callable[[Json, str], None]
LA_CODE = re.compile(r"LA[0-9]{1,7}-[0-9]")
ROWS = re.compile(r"%resource\.repeat\(item\)\.where\(linkId='([a-z0-9_]+)\.([a-z0-9_]+)'\)\.answer\.value")
NONE, REFUSED = "None", "Refuse to answer"
MOST = 500


def from_rows(item: Json) -> Json:
    """Return that an item offers what the rows of a group were answered with; {} when it does not."""
    said = held(item, names.OFFERED)
    path = said.get("expression") if isinstance(said, dict) else None
    match = ROWS.fullmatch(path) if isinstance(path, str) and len(path) < 400 else None
    if match is None:
        return {}
    rows, inner = match.groups()
    return {
        "choicesFromQuestion": rows,
        "choiceValuesFromQuestion": inner,
        "choiceTextsFromQuestion": inner,
    }


def choices(item: Json, resource: Json, lose: Lose) -> Json:
    """Return the choices of an item, *none*, *refused* and *other* among them."""
    offered = part(item, "answerOption") or _contained(item, resource)
    if not offered:
        lose(item, "its choices are in a value set elsewhere, so it is asked in words")
        return {"type": "text"}
    if len(offered) > MOST:
        lose(item, f"all choices after the first {MOST}")
    made: Json = {"showOtherItem": True} if item.get("type") == "open-choice" else {}
    listed: list[Json] = []
    codes: list[Json] = []
    for option in offered[:MOST]:
        coded = option.get("valueCoding")
        if isinstance(coded, dict) and (special := _special(option, coded)):
            made |= special
            value = "refused" if "showRefuseItem" in special else "none"
            codes.append({"code": coded.get("code"), "value": value})
            continue
        found = _choice(option, coded)
        if found is None or found["value"] in [one["value"] for one in listed]:
            lose(item, "a choice that is given twice, or is no code, number or text")
            continue
        if held(option, names.EXCLUSIVE) is True:
            lose(item, "that one choice excludes the others")
        listed.append(found)
    return {**made, **_listed(listed), "_codes": [*codes, *_codes(listed)]}


def _special(option: Json, coded: Json) -> Json:
    display = words(coded, "display")
    if coded.get("system") == names.ABSENT and coded.get("code") == names.DECLINED:
        return {"showRefuseItem": True, **({"refuseText": display} if display != REFUSED else {})}
    if coded.get("code") == "none" and held(option, names.EXCLUSIVE) is True:
        return {"showNoneItem": True, **({"noneText": display} if display != NONE else {})}
    return {}


def _choice(option: Json, coded: object) -> Json | None:
    """Return a choice with all that is known of it: code, text, weight."""
    if isinstance(coded, dict):
        code, weight = words(coded, "code"), held(coded, names.ORDINAL)
        weight = held(option, names.ORDINAL) if weight is None else weight
        text = words(coded, "display")
        value = code or text
        return {"value": value, "code": code, "text": text, "weight": weight} if value else None
    for key in ("valueString", "valueInteger", "valueDate", "valueTime"):
        given = option.get(key)
        if isinstance(given, str | int) and not isinstance(given, bool) and given != "":
            return {"value": given, "code": None, "text": "", "weight": None}
    return None


def _listed(listed: list[Json]) -> Json:
    """Return choices as a worksheet writes them: with their weights as values where all have one."""
    weights = [one["weight"] for one in listed]
    whole = [int(one) for one in weights if isinstance(one, int | float) and one == int(one)]
    weighed = len(whole) == len(listed) and len(set(whole)) == len(whole)
    made = []
    for place, one in enumerate(listed):
        if weighed:
            one["value"] = whole[place]
        choice: Json = {"value": one["value"]}
        if one["text"] and one["text"] != str(one["value"]):
            choice["text"] = one["text"]
        if one["code"] and LA_CODE.fullmatch(one["code"]):
            choice["loinc"] = one["code"]
        made.append(choice)
    return {"choices": made} if made else {}


def _codes(listed: list[Json]) -> list[Json]:
    return [{"code": one["code"], "value": one["value"]} for one in listed if one["code"]]


def _contained(item: Json, resource: Json) -> list[Json]:
    """Return the options of a value set that the file itself contains."""
    reference = item.get("answerValueSet")
    if not isinstance(reference, str) or not reference.startswith("#"):
        return []
    found: list[Json] = []
    for one in part(resource, "contained"):
        if one.get("id") != reference[1:]:
            continue
        expanded = one.get("expansion")
        if isinstance(expanded, dict):
            found += [{"valueCoding": concept} for concept in part(expanded, "contains")]
        composed = one.get("compose")
        for include in part(composed, "include") if isinstance(composed, dict) and not found else []:
            system = {"system": include.get("system")}
            found += [{"valueCoding": {**system, **concept}} for concept in part(include, "concept")]
    return found
