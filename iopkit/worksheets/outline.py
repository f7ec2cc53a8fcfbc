"""The elements of a document that may still be wrong: found by walking what is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iopkit.worksheets.load import Document, Place

NUMBERS = {"rating", "slider"}
SELECTS = {"radiogroup", "dropdown", "checkbox", "tagbox"}


@dataclass(frozen=True)
class Part:
    """One page, panel or question: its raw keys, its place, and the conditions of all that surrounds it."""

    place: Place
    raw: Mapping[str, Any]
    gates: tuple[str, ...]
    panel: str | None = None
    """Id of the repeating panel it is asked in."""

    @property
    def kind(self) -> str:
        """The SurveyJS type, or "page"."""
        return str(self.raw.get("type", "page"))

    @property
    def name(self) -> str:
        """The written name."""
        return str(self.raw.get("name", ""))

    @property
    def item(self) -> str:
        """The id under which it is answered: ``meals.time`` inside the panel ``meals``."""
        own = str(self.raw.get("valueName") or self.name)
        return f"{self.panel}.{own}" if self.panel else own

    @property
    def is_question(self) -> bool:
        """Whether it has an answer."""
        return self.kind not in {"page", "panel"}

    @property
    def holds(self) -> str:
        """What its answer is: number, text, moment, truth, one, many or rows."""
        if self.kind == "text":
            inputs = {"number": "number", "text": "text"}
            return inputs.get(str(self.raw.get("inputType", "text")), "moment")
        if self.kind in NUMBERS:
            return "number"
        kinds = {"comment": "text", "drawing": "text", "boolean": "truth"}
        kinds |= {"paneldynamic": "rows", "practice": "rows"}
        return kinds.get(self.kind, "many" if self.kind in {"checkbox", "tagbox"} else "one")

    @property
    def values(self) -> list[Any] | None:
        """The values it can take, where they are a closed list."""
        if self.kind not in SELECTS or "choicesFromQuestion" in self.raw:
            return None
        listed = as_list(self.raw.get("choices"))
        special = {"other": "showOtherItem", "none": "showNoneItem", "refused": "showRefuseItem"}
        known = [choice.get("value") if isinstance(choice, dict) else choice for choice in listed]
        return known + [value for value, key in special.items() if self.raw.get(key) is True]

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and highest number it can take, where both are known."""
        keys = {"rating": ("rateMin", 1, "rateMax", 5), "slider": ("min", 0, "max", 100)}
        low_key, low_else, high_key, high_else = keys.get(self.kind, ("min", None, "max", None))
        low, high = self.raw.get(str(low_key), low_else), self.raw.get(str(high_key), high_else)
        if self.holds == "number" and isinstance(low, int | float) and isinstance(high, int | float):
            return low, high
        return None


def outline(document: Document) -> list[Part]:
    """Return the pages, panels and questions of a document in order, as far as they can be made out."""
    found: list[Part] = []
    for index, page in enumerate(as_list(_get(document.data, "pages"))):
        if isinstance(page, dict):
            part = Part(("pages", index), page, _gate(page))
            found += [part, *_elements(part, "elements", None)]
    return found


def _elements(outer: Part, key: str, panel: str | None) -> Iterator[Part]:
    for index, raw in enumerate(as_list(outer.raw.get(key))):
        if not isinstance(raw, dict):
            continue
        part = Part((*outer.place, key, index), raw, (*outer.gates, *_gate(raw)), panel)
        yield part
        yield from _elements(part, "elements", panel)
        yield from _elements(part, "templateElements", part.item)


def _gate(raw: Mapping[str, Any]) -> tuple[str, ...]:
    return (raw["visibleIf"],) if isinstance(raw.get("visibleIf"), str) else ()


def as_list(value: object) -> list[Any]:
    """Return a list as it is, and nothing for anything else."""
    return value if isinstance(value, list) else []


def _get(data: object, key: str) -> object:
    return data.get(key) if isinstance(data, dict) else None
