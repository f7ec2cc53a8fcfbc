"""Checks the settings a document declares: that they name what is there and switch off nothing needed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iopkit.worksheets.conditions import ConditionError, parse, variables
from iopkit.worksheets.load import Document, Place
from iopkit.worksheets.outline import SELECTS, Part, as_list

Found = Iterator[tuple[Place, str]]

KEYS = {
    "texts": ("most", "longest", "rows", "offers"),
    "choice": ("begins",),
    "section": ("shows",),
}
"""The keys of each kind of setting; those of another kind are a mistake."""

_PIPED = re.compile(r"\{([^{}]*)\}")


def setting_problems(document: Document, parts: Sequence[Part]) -> Found:
    """Yield what is wrong with the settings of a document, by place."""
    data = document.data if isinstance(document.data, dict) else {}
    seen: set[str] = set()
    for index, setting in enumerate(as_list(data.get("settings"))):
        if not isinstance(setting, dict) or setting.get("kind") not in KEYS:
            continue
        place: Place = ("settings", index)
        if setting.get("name") in seen:
            yield (*place, "name"), f"expected a name of its own, got '{setting['name']}' again"
        seen.add(str(setting.get("name")))
        yield from _foreign_keys(place, setting)
        if setting["kind"] == "texts":
            yield from _texts(place, setting, parts)
        elif setting["kind"] == "choice":
            yield from _choice(place, setting, parts)
        else:
            yield from _section(place, setting, parts, data)


def _foreign_keys(place: Place, setting: Mapping[str, Any]) -> Found:
    kind = setting["kind"]
    for other, keys in KEYS.items():
        for key in keys if other != kind else ():
            if key in setting:
                yield (*place, key), f"expected keys of '{kind}' ({', '.join(KEYS[kind])}), got '{key}'"


def _texts(place: Place, setting: Mapping[str, Any], parts: Sequence[Part]) -> Found:
    if not isinstance(setting.get("most"), int):
        yield place, "expected 'most', the number of texts that fit, got nothing"
    if ("rows" in setting) == ("offers" in setting):
        yield place, "expected one of 'rows' and 'offers', got both or none"
        return
    if "offers" in setting:
        asked = _question(parts, str(setting["offers"]))
        if asked is None or asked.kind not in SELECTS:
            got = setting["offers"]
            yield (
                (*place, "offers"),
                f"expected a question with choices outside repeating panels, got '{got}'",
            )
        return
    asked = _question(parts, str(setting["rows"]))
    if asked is None or asked.panel is None or asked.holds not in ("text", "one"):
        got = setting["rows"]
        yield (*place, "rows"), f"expected a text or choice in a repeating panel (panel.item), got '{got}'"
        return
    room = _question(parts, asked.panel)
    most = room.raw.get("maxPanelCount") if room else None
    if isinstance(most, int) and isinstance(setting.get("most"), int) and setting["most"] > most:
        got = setting["most"]
        yield (*place, "most"), f"expected at most {most}, the rows of '{asked.panel}', got {got}"


def _choice(place: Place, setting: Mapping[str, Any], parts: Sequence[Part]) -> Found:
    asked = _question(parts, str(setting.get("begins")))
    if asked is None or asked.kind not in ("radiogroup", "dropdown"):
        got = setting.get("begins", "nothing")
        yield place, f"expected 'begins', a question with one choice outside repeating panels, got '{got}'"


def _section(
    place: Place, setting: Mapping[str, Any], parts: Sequence[Part], data: Mapping[str, Any]
) -> Found:
    names = [str(name) for name in as_list(setting.get("shows"))]
    if not names:
        yield place, "expected 'shows', the pages or elements that it switches, got nothing"
    for name in names:
        if not any(part.panel is None and part.name == name for part in parts):
            yield (*place, "shows"), f"expected a page or an element outside repeating panels, got '{name}'"
    inside, outside = _split(parts, names)
    if not any(part.is_question for part in outside):
        yield (*place, "shows"), "expected something that is always asked, got a section with every question"
    items = {part.item for part in inside if part.is_question and part.panel is None}
    for flag in as_list(data.get("flags")):
        for key in ("when", "high_when") if isinstance(flag, dict) else ():
            for name in sorted(_named(flag.get(key)) & items):
                text = f"expected no item of a safety rule in it, got '{name}' of the flag '{flag.get('id')}'"
                yield (*place, "shows"), f"{text}; a safety question is always asked"
    for part in outside:
        for name in sorted(_needs(part) & items):
            text = f"expected items that nothing outside needs, got '{name}', which '{part.name}' needs"
            yield (*place, "shows"), f"{text}; take that in too"


def _split(parts: Sequence[Part], names: Sequence[str]) -> tuple[list[Part], list[Part]]:
    """Return the parts inside and outside of a section, a part below one of its names being inside."""
    heads = [part.place for part in parts if part.panel is None and part.name in names]
    inside = [part for part in parts if any(part.place[: len(head)] == head for head in heads)]
    return inside, [part for part in parts if part not in inside]


def _needs(part: Part) -> set[str]:
    """Return the items that a part names in its conditions, its texts and its choices."""
    conditions = (_named(part.raw.get(key)) for key in ("visibleIf", "requiredIf"))
    texts = (str(part.raw.get(key) or "") for key in ("title", "description", "templateTitle"))
    piped = {name for text in texts for name in _PIPED.findall(text)}
    rows = {str(part.raw[key]) for key in ("choicesFromQuestion", "valueName") if key in part.raw}
    return set().union(*conditions) | piped | rows


def _named(condition: object) -> set[str]:
    """Return the items outside repeating panels that a condition names; a broken one names none."""
    if not isinstance(condition, str):
        return set()
    try:
        return {re.split(r"[.\[]", one.name)[0] for one in variables(parse(condition))}
    except ConditionError:
        return set()


def _question(parts: Sequence[Part], item: str) -> Part | None:
    return next((part for part in parts if part.is_question and part.item == item), None)
