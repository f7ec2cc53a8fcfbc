"""Reads the items of a Questionnaire as elements of a worksheet; what cannot be kept is listed."""

import json
from collections.abc import Callable
from typing import Any

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.items import LOST
from iopkit.exchange.fhir.known import DEPTH, ITEMS, Found, identifier, part, words
from iopkit.exchange.fhir.names import Json, code_of, controlled_by, held
from iopkit.exchange.fhir.read_choices import choices, from_rows
from iopkit.worksheets.elements import LIMIT, LINE_LIMIT, check_digit

FAMILIES = {
    "integer": ("rating", "slider", "text"),
    "decimal": ("slider", "text"),
    "quantity": ("text",),
    "string": ("text",),
    "text": ("comment",),
    "url": ("text",),
    "date": ("text",),
    "time": ("text",),
    "dateTime": ("text",),
    "boolean": ("boolean",),
    "choice": ("radiogroup", "dropdown", "checkbox", "tagbox"),
    "open-choice": ("radiogroup", "dropdown", "checkbox", "tagbox"),
    "group": ("panel", "paneldynamic"),
}
INPUTS = {
    "integer": "number", "decimal": "number", "quantity": "number", "date": "date", "time": "time",
    "dateTime": "datetime-local",
}  # fmt: skip
ROWS_MOST = 50
KEPT = {
    "linkId", "text", "_text", "type", "item", "extension", "required", "repeats", "readOnly", "prefix",
    "code", "maxLength", "answerOption", "answerValueSet", "enableWhen", "enableBehavior", "id", "_display",
}  # fmt: skip
UNDERSTOOD = {
    names.CONTROL, names.HIDDEN, names.LOW, names.HIGH, names.FEWEST, names.MOST, names.STEP, names.CATEGORY,
    names.VARIABLE, names.ENABLED, names.OFFERED, names.EXTRACTED, names.ELEMENT, names.SCORE, names.ORDINAL,
}  # fmt: skip


class Reader:
    """Reads the items of one file. ``known`` finds an element by link id, ``lost`` is what was not kept."""

    def __init__(self, resource: Json) -> None:
        self.resource = resource
        self.known: dict[str, Found] = {}
        self.conditioned: list[tuple[Json, Json, str | None]] = []
        self.lost: list[str] = []
        self.count = 0
        self._taken: set[tuple[str | None, str]] = set()

    def elements(self, items: list[Json], panel: str | None = None, depth: int = 0) -> list[Json]:
        """Return the elements of some items, those asked inside a question after it."""
        found: list[Json] = []
        for item in items:
            self.count += 1
            if self.count > ITEMS or depth > DEPTH:
                self.lose(item, f"a file may hold {ITEMS} items in {DEPTH} levels")
                return found
            made = self.element(item, panel, depth)
            if made is not None:
                found.append(made)
            asked = [one for one in part(item, "item") if one.get("type") != "display"]
            if asked and item.get("type") != "group":
                self.lose(item, "the questions inside it are asked after it")
                found += self.elements(asked, panel, depth + 1)
        return found

    def element(self, item: Json, panel: str | None, depth: int) -> Json | None:
        """Return one element, or None for what a worksheet cannot ask."""
        kind = str(item.get("type"))
        if held(item, names.CALCULATED) is not None:
            self.lose(item, "its value is worked out by an expression; write it as a score")
            return None
        if kind == "display":
            self.lose(item, "a text of its own has no place among questions")
            return None
        if kind not in FAMILIES:
            self.lose(item, f"a worksheet has no item of the type {words(item, 'type')[:30] or 'unknown'}")
            return None
        if item.get("readOnly") is True:
            self.lose(item, "it is not to be answered")
            return None
        self.unkept(item)
        own = keys(item)
        made = {**own, "type": self.type_of(item, kind, own, panel)}
        made["name"] = self.name_of(item, panel, made)
        made |= self.texts(item, made["type"], own)
        made |= self.questioned(item, kind, made)
        self.register(item, made, panel)
        if kind == "group":
            return self.grouped(item, made, panel, depth)
        return made

    def type_of(self, item: Json, kind: str, own: Json, panel: str | None) -> str:
        """Return the type of the element: what the file says of its own, if that fits, else the nearest."""
        control, repeats = controlled_by(item), item.get("repeats") is True
        if kind == "group":
            if repeats and panel is not None:
                self.lose(item, "rows inside rows are asked once")
            return "paneldynamic" if repeats and panel is None else "panel"
        if kind in ("choice", "open-choice"):
            folded = control in ("drop-down", "autocomplete")
            if repeats:
                return "tagbox" if folded else "checkbox"
            return "dropdown" if folded else "radiogroup"
        if repeats:
            self.lose(item, "it takes several answers there and one here")
        if own.get("type") in FAMILIES[kind]:
            return str(own["type"])
        if kind in ("integer", "decimal") and control == "slider":
            return "slider"
        ends = {controlled_by(one) for one in part(item, "item")}
        whole = all(isinstance(held(item, url), int) for url in (names.LOW, names.HIGH))
        return "rating" if kind == "integer" and whole and ends & {"lower", "upper"} else FAMILIES[kind][-1]

    def name_of(self, item: Json, panel: str | None, made: Json) -> str:
        """Return the name of an element, its own among its rows."""
        link = words(item, "linkId")
        plain = link.rpartition(":")[2] if "panel:" in link else link
        plain = plain.rpartition(".")[2] if panel else plain
        name = identifier(plain, lambda one: (panel, one) in self._taken)
        self._taken.add((panel, name))
        if made["type"] == "paneldynamic" and isinstance(made.get("valueName"), str):
            self._taken.add((panel, made["valueName"]))
        return name

    def texts(self, item: Json, kind: str, own: Json) -> Json:
        """Return title, description, example and the named ends of a scale."""
        made: Json = {}
        title = f"{words(item, 'prefix')} {words(item, 'text')}".strip()
        marked = item.get("_text")
        if title and not (isinstance(marked, dict) and held(marked, names.ELEMENT) == '"untitled"'):
            made["title"] = title[:4000]
        about: list[str] = []
        for one in part(item, "item"):
            if one.get("type") != "display" or not words(one, "text"):
                continue
            if words(one, "linkId").startswith(LOST):
                self.lose(one, "FHIR had no item for it, so it is not here either")
                continue
            end = {"lower": "minRateDescription", "upper": "maxRateDescription"}.get(controlled_by(one))
            if end and kind == "rating":
                made[end] = words(one, "text")
            elif end and kind == "slider" and "customLabels" not in own:
                url = names.LOW if end.startswith("min") else names.HIGH
                label = {"value": held(item, url), "text": words(one, "text")}
                made.setdefault("customLabels", []).append(label)
            elif not end and words(one, "linkId").endswith(":example") and kind != "panel":
                made["example"] = words(one, "text")
            elif not end:
                about.append(words(one, "text"))
                if part(one, "enableWhen"):
                    self.lose(one, "the condition of a text beside a question; it is always shown")
        return {**made, **({"description": " ".join(about)[:4000]} if about else {})}

    def questioned(self, item: Json, kind: str, made: Json) -> Json:
        """Return what a question says beyond its texts: bounds, length, choices, whether it is needed."""
        more: Json = {"isRequired": True} if item.get("required") is True and kind != "group" else {}
        loinc = code_of(item)
        if loinc and kind != "group" and _is_loinc(loinc):
            more["loinc"] = loinc
        if made["type"] == "text" and kind in INPUTS:
            more["inputType"] = INPUTS[kind]
        if kind == "quantity":
            self.lose(item, "its unit")
        if kind == "integer" and made["type"] == "text":
            more["step"] = made.get("step", 1)
        more |= self.bounds(item, kind, made["type"])
        more |= self.length(item, kind)
        if kind in ("choice", "open-choice"):
            more |= from_rows(item) or choices(item, self.resource, self.lose)
        return more

    def bounds(self, item: Json, kind: str, made: str) -> Json:
        """Return the least and the greatest value."""
        low, high = ("rateMin", "rateMax") if made == "rating" else ("min", "max")
        if made not in ("rating", "slider", "text"):
            return {}
        found = {low: held(item, names.LOW), high: held(item, names.HIGH)}
        if made == "slider" and isinstance(step := held(item, names.STEP), int):
            found["step"] = step
        moments = kind in ("date", "time", "dateTime")
        fits: Callable[[Any], bool] = (
            (lambda one: isinstance(one, str))
            if moments
            else (lambda one: isinstance(one, int | float) and not isinstance(one, bool))
        )
        kept = {key: value for key, value in found.items() if fits(value)}
        length = {"time": 5, "dateTime": 16, "date": 10}.get(kind)
        return {key: value[:length] for key, value in kept.items()} if moments else kept

    def length(self, item: Json, kind: str) -> Json:
        """Return the most characters of a text, where the file says other than what holds anyway."""
        usual = {"text": LIMIT, "string": LINE_LIMIT}.get(kind)
        most = item.get("maxLength")
        if usual is None or not isinstance(most, int) or isinstance(most, bool) or most < 1 or most == usual:
            return {}
        if most > LIMIT:
            self.lose(item, f"its length of {most} characters; {LIMIT} are kept")
        return {"maxLength": min(most, LIMIT)}

    def grouped(self, item: Json, made: Json, panel: str | None, depth: int) -> Json | None:
        """Return a group with its elements; one without any is no element."""
        repeats = made["type"] == "paneldynamic"
        inner = [one for one in part(item, "item") if one.get("type") != "display"]
        if repeats:
            for url, key in ((names.FEWEST, "minPanelCount"), (names.MOST, "maxPanelCount")):
                count = held(item, url)
                if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
                    made[key] = min(count, ROWS_MOST)
            rows = str(made.get("valueName") or made["name"])
            found = self.elements(inner, made["name"], depth + 1)
            self.known |= {
                link: Found(one.name, rows, one.kind, one.codes, one.offers_other)
                for link, one in self.known.items()
                if one.panel == made["name"] and rows != made["name"]
            }
        else:
            found = self.elements(inner, panel, depth + 1)
        if not found:
            self.lose(item, "nothing in it can be asked")
            return None
        made["templateElements" if repeats else "elements"] = found
        return made

    def register(self, item: Json, made: Json, panel: str | None) -> None:
        """Note where an element came from, and that its condition is to be read once all are known."""
        codes = {str(one["code"]): one["value"] for one in made.pop("_codes", [])}
        other = made.get("showOtherItem") is True
        if made["type"] != "panel":
            name = (
                str(made.get("valueName") or made["name"]) if made["type"] == "paneldynamic" else made["name"]
            )
            self.known[words(item, "linkId")] = Found(name, panel, made["type"], codes, other)
        self.conditioned.append((item, made, panel))

    def unkept(self, item: Json) -> None:
        """List the keys, extensions and codes of an item that have no place in a worksheet."""
        more = [key for key in item if key not in KEPT]
        more += [str(one.get("url")).rpartition("/")[2] for one in part(item, "extension") if unknown(one)]
        more += [str(one.get("code")) for one in part(item, "code") if one.get("code") != code_of(item)]
        for what in sorted(set(more)):
            self.lose(item, f"{what[:60] if what.isprintable() else '?'} is not kept")

    def lose(self, item: Json, reason: str) -> None:
        """List something that is not kept, by the link id of its item."""
        link = words(item, "linkId")[:60]
        self.lost.append(f"{link if link.isprintable() else '?'}: {reason}")


def keys(item: Json) -> Json:
    """Return the keys that only a worksheet has, from an item that was one; {} for any other."""
    found = held(item, names.ELEMENT)
    try:
        read = json.loads(found) if isinstance(found, str) else {}
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def unknown(one: Json) -> bool:
    """Return whether an extension says something that is not read."""
    return str(one.get("url")) not in UNDERSTOOD


def _is_loinc(code: str) -> bool:
    body, _, digit = code.partition("-")
    return body.isdigit() and len(body) <= 7 and len(digit) == 1 and str(check_digit(body)) == digit
