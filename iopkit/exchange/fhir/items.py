"""The elements of a worksheet as items of a Questionnaire."""

import json
from collections.abc import Sequence
from typing import Any

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.enabled import enabled
from iopkit.exchange.fhir.names import Json, UncarriedError, control, expression, extension
from iopkit.exchange.fhir.path import ALL, ROW
from iopkit.exchange.fhir.places import Places, coding, fhir_type
from iopkit.worksheets.elements import (
    AnyElement,
    CheckboxQuestion,
    CommentQuestion,
    DropdownQuestion,
    Element,
    ManyQuestion,
    Number,
    Page,
    Panel,
    Question,
    RadiogroupQuestion,
    RatingQuestion,
    RepeatingPanel,
    SelectQuestion,
    SliderQuestion,
    TagboxQuestion,
    TextQuestion,
)

LOST = "lost:"
"""Begins the link id of a text that stands where FHIR has no item."""
CONTROLS = {
    RadiogroupQuestion: "radio-button",
    DropdownQuestion: "drop-down",
    CheckboxQuestion: "check-box",
    TagboxQuestion: "drop-down",
    SliderQuestion: "slider",
}
SAID = {
    "elements", "template_elements", "choices", "title", "description", "example", "visible_if", "name",
    "is_required", "loinc",
}  # fmt: skip
"""Keys that the standard elements of an item carry; all others travel in an extension of ours."""


class Items:
    """Writes the items of one worksheet; ``lost`` collects what FHIR cannot carry, and why."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.lost: list[str] = []

    def page(self, page: Page) -> Json:
        """Return a page as a group."""
        made = self.head(page, f"page:{page.name}", None)
        return {**made, "type": "group", "item": [*self.about(page, made), *self.items(page.elements, None)]}

    def items(self, elements: Sequence[AnyElement], row: RepeatingPanel | None) -> list[Json]:
        """Return elements as items; one that FHIR has no item for becomes its title, as text to read."""
        made = []
        for element in elements:
            try:
                made.append(self.item(element, row))
            except UncarriedError as error:
                self.lost.append(f"{element.name}: {error}")
                text = element.title or element.name
                made.append({"linkId": f"{LOST}{element.name}", "type": "display", "text": text})
        return made

    def item(self, element: AnyElement, row: RepeatingPanel | None) -> Json:
        """Return one element as an item."""
        kind = fhir_type(element)
        link = f"panel:{element.name}" if isinstance(element, Panel) else element.name
        made = self.head(element, f"{row.name}.{link}" if row else link, row)
        made["type"] = kind
        more = self.extended(element)
        if isinstance(element, Question):
            made |= {"required": True} if element.is_required else {}
            made |= {"code": [{"system": names.LOINC, "code": element.loinc}]} if element.loinc else {}
        if isinstance(element, SelectQuestion):
            made |= {"repeats": True} if isinstance(element, ManyQuestion) else {}
            made |= {"answerOption": options(self.places.worksheet.id, element)} if element.options else {}
        if isinstance(element, CommentQuestion) or (isinstance(element, TextQuestion) and kind == "string"):
            made["maxLength"] = element.limit
        inner = self.about(element, made)
        if isinstance(element, Panel):
            inner += self.items(element.elements, row)
        if isinstance(element, RepeatingPanel):
            made["repeats"] = True
            rows = self.items(element.template_elements, element)
            more += [variable(ROW, "%context")] if f"{ROW}." in json.dumps(rows) else []
            inner += rows
        more += made.pop("extension", [])
        return {**made, **({"extension": more} if more else {}), **({"item": inner} if inner else {})}

    def head(self, element: Element | Page, link: str, row: RepeatingPanel | None) -> Json:
        """Return what every item begins with: its id, its text, when it is asked."""
        made: Json = {"linkId": link, "text": element.title or element.name}
        made |= {} if element.title else {"_text": {"extension": [untitled()]}}
        if not element.visible_if:
            return made
        try:
            return {**made, **enabled(element.visible_if, self.places, row, link)}
        except UncarriedError as error:
            self.lost.append(f"{element.name}: its condition ({error}) is not carried, so it is always asked")
            return made

    def about(self, element: Element | Page, made: Json) -> list[Json]:
        """Return the texts beside an item, and the named ends of a scale."""
        link, found = made["linkId"], []
        if element.description:
            found.append(beside(f"{link}:about", element.description, [category("instructions")]))
        if isinstance(element, Question) and element.example:
            found.append(beside(f"{link}:example", element.example, [control("help")]))
        for end, words in ends(element).items():
            found.append(beside(f"{link}:{end}", words, [control(end)]))
        return found

    def extended(self, element: AnyElement) -> list[Json]:
        """Return the extensions of an item: its control, its bounds, and the keys FHIR has no place for."""
        found = [control(CONTROLS[type(element)])] if type(element) in CONTROLS else []
        found += bounds(element)
        if isinstance(element, RepeatingPanel):
            found += occurrences(element)
        rows = getattr(element, "choices_from_question", None)
        if rows:
            wanted = f"{rows}.{getattr(element, 'choice_values_from_question', '')}"
            path = f"{ALL}.repeat(item).where(linkId='{wanted}').answer.value"
            found.append(expression(names.OFFERED, path))
        keys = element.model_dump(mode="json", exclude_defaults=True, exclude=SAID)
        return [*found, extension(names.ELEMENT, valueString=json.dumps(keys, ensure_ascii=False))]


def untitled() -> Json:
    """Return the mark on a text that only repeats the id of an item without a title."""
    return extension(names.ELEMENT, valueString='"untitled"')


def beside(link: str, words: str, more: list[Json]) -> Json:
    """Return a text to read as an item."""
    return {"linkId": link, "type": "display", "text": words, "extension": more}


def category(code: str) -> Json:
    """Return the extension that says what kind of text it is."""
    coded = {"coding": [{"system": names.CATEGORIES, "code": code}]}
    return extension(names.CATEGORY, valueCodeableConcept=coded)


def variable(name: str, path: str) -> Json:
    """Return an extension that gives a name to what a path finds."""
    named = {"name": name.removeprefix("%"), "language": "text/fhirpath", "expression": path}
    return extension(names.VARIABLE, valueExpression=named)


def ends(element: Element | Page) -> dict[str, str]:
    """Return the names of the ends of a scale, by FHIR's names for them."""
    if isinstance(element, RatingQuestion):
        found = {"lower": element.min_rate_description, "upper": element.max_rate_description}
    elif isinstance(element, SliderQuestion):
        named = {label.value: label.text for label in element.custom_labels}
        found = {"lower": named.get(element.min), "upper": named.get(element.max)}
    else:
        return {}
    return {end: words for end, words in found.items() if words}


def bounds(element: AnyElement) -> list[Json]:
    """Return the extensions that bound a number or a moment, and the step of a slider."""
    low: Any = None
    high: Any = None
    if isinstance(element, RatingQuestion):
        low, high = element.rate_min, element.rate_max
    elif isinstance(element, SliderQuestion | TextQuestion):
        low, high = element.min, element.max
    kind = fhir_type(element)
    found = [
        extension(url, **{valued(kind): moment(kind, one)})
        for url, one in ((names.LOW, low), (names.HIGH, high))
        if one is not None
    ]
    if isinstance(element, SliderQuestion) and isinstance(element.step, int):
        found.append(extension(names.STEP, valueInteger=element.step))
    return found


def valued(kind: str) -> str:
    """Return the key of an extension's value of a type.

    >>> valued("dateTime")
    'valueDateTime'
    """
    return f"value{kind[0].upper()}{kind[1:]}"


def moment(kind: str, value: Number | str) -> Number | str:
    """Return a bound as FHIR writes it: clock times have seconds."""
    return f"{value}:00" if kind in ("time", "dateTime") else value


def occurrences(panel: RepeatingPanel) -> list[Json]:
    """Return how many rows a repeating group has at least and at most."""
    found = [(names.FEWEST, panel.min_panel_count), (names.MOST, panel.max_panel_count)]
    return [extension(url, valueInteger=count) for url, count in found if count is not None]


def options(worksheet_id: str, question: SelectQuestion) -> list[Json]:
    """Return the choices of a question; *none* and *refused* exclude others, *other* is an open choice."""
    found: list[Json] = []
    for choice in question.options:
        option: Json = {"valueCoding": coding(worksheet_id, question, choice.value)}
        if isinstance(choice.value, int) and not isinstance(choice.value, bool):
            option["extension"] = [extension(names.ORDINAL, valueDecimal=choice.value)]
        found.append(option)
    for special in question.special:
        if special != "other":
            coded = coding(worksheet_id, question, special)
            alone = [extension(names.EXCLUSIVE, valueBoolean=True)]
            found.append({"valueCoding": coded, "extension": alone})
    return found
