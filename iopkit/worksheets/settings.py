"""What an assignment may set in a worksheet, and the pages as they are asked with such settings.

A worksheet declares its settings. An assignment carries values for some of them, and an entry keeps those it
was filled in with, so that it reads the same for ever. Without values a worksheet is as it is written.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_snake

from iopkit.worksheets.elements import (
    AnyElement,
    Choice,
    Data,
    Name,
    Page,
    Panel,
    Question,
    RepeatingPanel,
    SelectQuestion,
    Text,
)

Settings = Mapping[str, Any]
"""Setting → value: a list of texts, the value of a choice, or true and false for a section."""

RESERVED = ("other", "none", "refused")
"""Values that SurveyJS keeps for its own extra choices."""

RowItem = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]


class Setting(Data):
    """Something that an assignment may set.

    ``texts``: at most ``most`` texts of ``longest`` characters, either ``rows`` of a repeating panel (the
    entry begins with one for each) or what a question ``offers`` in place of its own choices. ``choice``: a
    choice of the question that ``begins`` with it. ``section``: whether the pages or elements under ``shows``
    are asked at all; they are unless it is set to false.
    """

    model_config = ConfigDict(alias_generator=to_snake)

    name: Name
    title: Text
    about: Text | None = None
    kind: Literal["texts", "choice", "section"]
    most: Annotated[int, Field(ge=1, le=50)] | None = None
    longest: Annotated[int, Field(ge=1, le=1000)] = 100
    rows: RowItem | None = None
    offers: Name | None = None
    begins: Name | None = None
    shows: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Shaped:
    """Pages as they are asked, and the answers that an entry begins with."""

    pages: tuple[Page, ...]
    begin: dict[str, Any]


def shape(pages: tuple[Page, ...], declared: Sequence[Setting], values: Settings) -> Shaped:
    """Return pages with values that ``faults`` finds nothing wrong with."""
    begin: dict[str, Any] = {}
    for setting in declared:
        if setting.name not in values:
            continue
        value = values[setting.name]
        if setting.kind == "section":
            pages = pages if value else _without(pages, setting.shows)
        elif setting.kind == "choice":
            begin[str(setting.begins)] = value
        elif setting.rows:
            panel, _, item = setting.rows.partition(".")
            pages = _offer(pages, item, value, panel=panel, own=True)
            begin[panel] = [{item: one} for one in _values(_find(pages, item, panel), value)]
        else:
            pages = _offer(pages, str(setting.offers), value)
    return Shaped(pages, begin)


def faults(
    worksheet_id: str, pages: Sequence[Page], declared: Sequence[Setting], values: object
) -> list[str]:
    """Return a sentence for each value of the wrong shape: worksheet, setting, remedy, never the value."""
    if not isinstance(values, Mapping):
        wanted = "expected a mapping of settings"
        return [f"{worksheet_id}: {wanted}, got {_kind(values)}; write 'name: value' for each."]
    known = {setting.name: setting for setting in declared}
    found = []
    for name, value in values.items():
        setting = known.get(name)
        problem = _unknown(name, known) if setting is None else _fault(setting, value, pages)
        if problem:
            found.append(f"{worksheet_id}: setting '{_printable(name)}': {problem}.")
    return found


def fitting(pages: Sequence[Page], declared: Sequence[Setting], values: Settings) -> dict[str, Any]:
    """Return the values that fit; a newer version of the worksheet may have let go of some.

    A text that reads like a choice becomes that choice's value, which is the same in every language.
    """
    known = {setting.name: setting for setting in declared}
    return {
        name: _canonical(pages, known[name], value)
        for name, value in values.items()
        if not faults("", pages, declared, {name: value})
    }


def _canonical(pages: Sequence[Page], setting: Setting, value: object) -> object:
    if setting.kind != "texts" or not isinstance(value, list | tuple):
        return value
    panel, _, item = (setting.rows or "").partition(".")
    asked = _find(pages, item, panel) if setting.rows else _find(pages, str(setting.offers))
    found = _values(asked, value)
    return [new if isinstance(new, str) else text for new, text in zip(found, value, strict=True)]


def _fault(setting: Setting, value: object, pages: Sequence[Page]) -> str | None:
    if setting.kind == "section":
        remedy = "; write true to ask this section or false to leave it out"
        return None if isinstance(value, bool) else f"expected true or false, got {_kind(value)}{remedy}"
    if setting.kind == "choice":
        listed = [choice.value for choice in _options(_find(pages, str(setting.begins)))]
        if isinstance(value, str | int | bool) and value in listed:
            return None
        known = ", ".join(f"'{one}'" for one in listed)
        return f"expected one of {known}, got {_kind(value)}; choose one of them"
    return _texts_fault(setting, value, pages)


def _texts_fault(setting: Setting, value: object, pages: Sequence[Page]) -> str | None:
    wanted = f"expected a list of 1 to {setting.most} texts"
    if not isinstance(value, list | tuple):
        return f"{wanted}, got {_kind(value)}; write each text as an entry of a list"
    if not 1 <= len(value) <= (setting.most or 1):
        return f"{wanted}, got {len(value)}; leave some out" if value else f"{wanted}, got none; add one"
    for number, one in enumerate(value, 1):
        if not isinstance(one, str) or not one.strip():
            return f"expected text in entry {number}, got {_kind(one)}; put it in words and in quotes"
        if len(one) > setting.longest:
            return f"expected at most {setting.longest} characters, got {len(one)}; shorten entry {number}"
        if one.strip().casefold() in RESERVED:
            return f"expected words of its own in entry {number}, got a word kept for the form; say more"
    if len({one.strip().casefold() for one in value}) < len(value):
        return "expected each text once, got one of them again; leave the second one out"
    return None


def _unknown(name: object, known: Mapping[str, Setting]) -> str:
    if not known:
        return "expected no settings, for this worksheet declares none; leave it out"
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.6)
    hint = f"write '{near[0]}' if that is meant" if near else f"it has {', '.join(known)}"
    return f"expected a setting of this worksheet, got another; {hint}"


def _kind(value: object) -> str:
    """Return what a value is, without telling it: it may be a client's own words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    names = {str: "text", int: "a number", float: "a number", list: "a list", tuple: "a list"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "something else")


def _printable(name: object) -> str:
    return name if isinstance(name, str) and name.replace("_", "").isalnum() and len(name) <= 64 else "?"


def _without(pages: tuple[Page, ...], names: Sequence[str]) -> tuple[Page, ...]:
    """Return pages without those of these names, without elements of these names, and without empty ones."""
    left = []
    for page in pages:
        elements = () if page.name in names else _elements_without(page.elements, names)
        if elements:
            left.append(page.model_copy(update={"elements": elements}))
    return tuple(left)


def _elements_without(elements: Sequence[AnyElement], names: Sequence[str]) -> tuple[AnyElement, ...]:
    left: list[AnyElement] = []
    for element in elements:
        if element.name in names:
            continue
        if isinstance(element, Panel):
            inner = _elements_without(element.elements, names)
            if inner:
                left.append(element.model_copy(update={"elements": inner}))
        else:
            left.append(element)
    return tuple(left)


def _offer(
    pages: tuple[Page, ...], item: str, texts: Sequence[str], *, panel: str | None = None, own: bool = False
) -> tuple[Page, ...]:
    """Return pages in which a question offers these texts, after its own choices where these are kept."""

    def change(question: Question) -> Question:
        if not isinstance(question, SelectQuestion):
            return question
        wanted = [_choice(question, text) for text in texts]
        kept = list(question.options) if own else []
        by_value = {choice.value: choice for choice in (*kept, *wanted)}
        return question.model_copy(update={"choices": tuple(by_value.values())})

    return tuple(
        page.model_copy(update={"elements": _changed(page.elements, item, panel, change)}) for page in pages
    )


def _changed(
    elements: Sequence[AnyElement], item: str, panel: str | None, change: Callable[[Question], Question]
) -> tuple[AnyElement, ...]:
    """Return elements with one question changed, outside repeating panels or in the rows of ``panel``."""
    done: list[Any] = []
    for element in elements:
        if isinstance(element, Panel):
            inner = _changed(element.elements, item, panel, change)
            done.append(element.model_copy(update={"elements": inner}))
        elif isinstance(element, RepeatingPanel) and panel is not None and element.key == panel:
            inner = _changed(element.template_elements, item, None, change)
            done.append(element.model_copy(update={"template_elements": inner}))
        elif isinstance(element, Question) and panel is None and element.name == item:
            done.append(change(element))
        else:
            done.append(element)
    return tuple(done)


def _find(pages: Sequence[Page], item: str, panel: str | None = None) -> Question | None:
    """Return the question of an item, outside repeating panels or in the rows of ``panel``."""
    below = (question for page in pages for question in _walk(page.elements, panel))
    return next((question for question in below if question.name == item), None)


def _walk(elements: Sequence[AnyElement], panel: str | None) -> Iterator[Question]:
    for element in elements:
        if isinstance(element, Panel):
            yield from _walk(element.elements, panel)
        elif isinstance(element, RepeatingPanel) and element.key == panel:
            yield from _walk(element.template_elements, None)
        elif panel is None:
            yield element


def _values(question: Question | None, texts: Sequence[str]) -> list[Any]:
    """Return what is stored for these texts: the value of the choice that reads so, else the text."""
    if not isinstance(question, SelectQuestion):
        return [text.strip() for text in texts]
    return [_choice(question, text).value for text in texts]


def _choice(question: SelectQuestion, text: str) -> Choice:
    said = text.strip()
    same = (one for one in question.options if said.casefold() in (one.label.casefold(), one.value))
    return next(same, Choice(value=said))


def _options(question: Question | None) -> tuple[Choice, ...]:
    return question.options if isinstance(question, SelectQuestion) else ()
