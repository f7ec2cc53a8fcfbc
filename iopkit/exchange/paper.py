"""The paper twin of a worksheet: the empty form as a tagged PDF, with the same item ids beside each item.

Typst sets it from ``paper.typ``. All words travel as JSON data and are set as text, never as markup. The
result follows PDF/UA-1, embeds Typst's own open fonts, and depends on nothing but the worksheet.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from io import BytesIO
from typing import Any

from iopkit.exchange.only_if import SPECIAL, only_if
from iopkit.worksheets.elements import (
    AnyElement,
    BooleanQuestion,
    CommentQuestion,
    DrawingQuestion,
    Element,
    ManyQuestion,
    Page,
    Panel,
    PracticeQuestion,
    Question,
    RatingQuestion,
    RepeatingPanel,
    SelectQuestion,
    SliderQuestion,
    TextQuestion,
)
from iopkit.worksheets.model import Item, Worksheet

ROWS = 3
"""Blank rows of a repeating panel."""
IN_A_ROW = 8
"""A question in a row with more choices gets a line; its choices stand once above the rows."""
SHORT = 24
"""Choices of at most so many characters stand in columns."""
BOX, WIDTH = 7, 95
"""A box with its space, and a line of the page, in characters: choices that fit on one line stand on one."""
WORDS = {
    "version": "version",
    "must": "needed",
    "example": "For example:",
    "name": "Name",
    "day": "Day",
}
HELP = (
    "Nobody sees this page until you hand it over. In an emergency call 911. To talk to somebody at any "
    "time, call or text 988."
)
"""Printed where a safety rule would speak up on the screen; paper cannot tell anybody."""
UNITS = {"date": "month / day / year", "time": "hour : minutes, am or pm", "datetime-local": "day and time"}
MINUTES = "minutes, all together"


def paper(worksheet: Worksheet, assignment: str = "") -> bytes:
    """Return the empty worksheet as a PDF; its QR code names worksheet, version and assignment, no person."""
    import typst

    template = files("iopkit.exchange").joinpath("paper.typ").read_bytes()
    made: bytes = typst.compile(
        template,
        sys_inputs={"sheet": json.dumps(content(worksheet, assignment))},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return made


def content(worksheet: Worksheet, assignment: str = "") -> dict[str, Any]:
    """Return all words of the paper twin, in order, as data."""
    needed = [*worksheet.sources, *([worksheet.licence] if worksheet.licence else [])]
    named = code(worksheet, assignment)
    return {
        "code": drawn(named),
        "code_says": f"QR code: {named}",
        "id": worksheet.id,
        "version": worksheet.version,
        "language": "en",
        "title": worksheet.title,
        "about": worksheet.about,
        "facts": f"About {worksheet.minutes} minutes. Leave out what does not apply.",
        "help": HELP if worksheet.flags else "",
        "words": WORDS,
        "pages": [page(one, worksheet.items) for one in worksheet.pages],
        "next_step": worksheet.next_step or "",
        "sources": needed if worksheet.category == "measures" else [],
    }


def code(worksheet: Worksheet, assignment: str = "") -> str:
    """Return what the QR code says, by which a scanned sheet finds its worksheet again.

    >>> from iopkit.worksheets import load_catalog
    >>> code(load_catalog()["urge-log"], "a1b2")
    'iopkit:urge-log?version=1.0&assignment=a1b2'
    """
    given = f"&assignment={assignment}" if assignment else ""
    return f"iopkit:{worksheet.id}?version={worksheet.version}{given}"


def drawn(text: str) -> str:
    """Return a QR code as SVG."""
    import segno

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def page(one: Page, items: Mapping[str, Item]) -> dict[str, Any]:
    """Return one page: its title, when it applies, its parts."""
    return {
        "title": one.title or "",
        "about": one.description or "",
        "only_if": condition(one, items),
        "parts": [part for element in one.elements for part in parts(element, items)],
    }


def condition(
    element: Element | Page, items: Mapping[str, Item], row: Mapping[str, Item] | None = None
) -> str:
    """Return when an element applies, in words, or ""."""
    return only_if(element.visible_if, items, row) if element.visible_if else ""


def parts(element: AnyElement, items: Mapping[str, Item]) -> list[dict[str, Any]]:
    """Return what an element prints: an item, a group of them, or the rows of a repeating panel."""
    if isinstance(element, Panel):
        return [group(element, items)]
    if isinstance(element, RepeatingPanel):
        return [rows(element, items)]
    return [item(element, element.name, items)]


def group(panel: Panel, items: Mapping[str, Item]) -> dict[str, Any]:
    """Return elements that belong together; a repeating panel among them keeps its rows."""
    return {
        "kind": "group",
        "title": panel.title or "",
        "about": panel.description or "",
        "only_if": condition(panel, items),
        "parts": [part for element in panel.elements for part in parts(element, items)],
    }


def rows(panel: RepeatingPanel, items: Mapping[str, Item]) -> dict[str, Any]:
    """Return a repeating panel: what to choose from once, then blank rows."""
    inner = items[panel.key].inner
    asked = list(flat(panel.template_elements))
    listed = [one for one in asked if isinstance(one, SelectQuestion) and len(one.options) > IN_A_ROW]
    return {
        **head(panel, panel.key, items),
        "kind": "rows",
        "row": row_word(panel),
        "count": ROWS,
        "lists": [{"title": titled(one), "words": ", ".join(offered(one))} for one in listed],
        "parts": [
            item(one, f"{panel.key}.{one.name}", items, row=inner, short=one in listed) for one in asked
        ],
    }


def row_word(panel: RepeatingPanel) -> str:
    """Return what one row is called: "Urge" of "Urge {panelIndex}"."""
    return (panel.template_title or "").partition("{")[0].strip() or "Number"


def flat(elements: Sequence[AnyElement]) -> list[Question]:
    """Return the questions of a row, those of groups in it too."""
    found: list[Question] = []
    for element in elements:
        if isinstance(element, Panel):
            found += flat(element.elements)
        else:
            found.append(element)
    return found


def head(
    question: Question, item_id: str, items: Mapping[str, Item], row: Mapping[str, Item] | None = None
) -> dict[str, Any]:
    """Return what stands above the place for an answer."""
    return {
        "id": item_id,
        "title": titled(question),
        "about": question.description or "",
        "example": question.example or "",
        "must": question.is_required,
        "only_if": condition(question, items, row),
    }


def titled(question: Question) -> str:
    """Return what an item asks."""
    return question.title or question.name.replace("_", " ")


def item(
    question: Question,
    item_id: str,
    items: Mapping[str, Item],
    *,
    row: Mapping[str, Item] | None = None,
    short: bool = False,
) -> dict[str, Any]:
    """Return one item with the place for its answer; ``short`` is a line in place of a long list."""
    place = line() if short else answer(question)
    return {**head(question, item_id, items, row), **place}


def answer(question: Question) -> dict[str, Any]:
    """Return the place for an answer, by the kind of question."""
    match question:
        case CommentQuestion():
            return {"kind": "lines", "count": max(2, min(question.rows or 3, 8))}
        case BooleanQuestion():
            return choices([question.label_true or "Yes", question.label_false or "No"])
        case RatingQuestion():
            return scale(question)
        case SliderQuestion():
            return span(question)
        case SelectQuestion() if question.options:
            return select(question)
        case DrawingQuestion():
            return {"kind": "canvas"}
        case PracticeQuestion():
            return {**choices([one.text for one in question.patterns], one=False), "minutes": MINUTES}
        case TextQuestion():
            return line(unit(question))
        case _:
            return line()


def line(unit: str = "") -> dict[str, Any]:
    """Return one line to write on; a short one with its unit behind it, if it has one."""
    return {"kind": "line", "unit": unit}


def unit(question: TextQuestion) -> str:
    """Return what is written on a short line, or "" for words."""
    if question.input_type != "number":
        return UNITS.get(question.input_type, "")
    low, high = question.min, question.max
    if isinstance(low, int | float) and isinstance(high, int | float):
        return f"a number from {low:g} to {high:g}"
    return "a number"


def choices(options: Sequence[str], *, one: bool = True, other: str = "") -> dict[str, Any]:
    """Return boxes to tick, in columns where all are short."""
    longest = max(map(len, options))
    columns = 1 if longest > 2 * SHORT else 2 if longest > SHORT else 3
    fit = sum(len(option) + BOX for option in options) <= WIDTH
    found = {"kind": "choices", "options": list(options), "one": one, "other": other}
    return {**found, "columns": len(options) if fit else columns, "one_line": fit}


def select(question: SelectQuestion) -> dict[str, Any]:
    """Return the choices of a question, with a line for words of one's own where it takes them."""
    other = (question.other_text or SPECIAL["other"][1]) if question.show_other_item else ""
    return choices(offered(question), one=not isinstance(question, ManyQuestion), other=other)


def offered(question: SelectQuestion) -> list[str]:
    """Return what a question offers, without *other*."""
    shown = {"none": question.show_none_item, "refused": question.show_refuse_item}
    extra = [getattr(question, SPECIAL[name][0]) or SPECIAL[name][1] for name, on in shown.items() if on]
    return [*(one.label for one in question.options), *extra]


def scale(question: RatingQuestion) -> dict[str, Any]:
    """Return a scale of numbers to circle, with the names of its ends."""
    steps = range(question.rate_min, question.rate_max + 1, question.rate_step)
    low, high = question.min_rate_description or "", question.max_rate_description or ""
    return {"kind": "scale", "steps": [str(step) for step in steps], "low": low, "high": high}


def span(question: SliderQuestion) -> dict[str, Any]:
    """Return a line to mark, with the names of its ends."""
    named = {label.value: label.text for label in question.custom_labels}
    low, high = (
        f"{end:g} {named[end]}" if named.get(end) and named[end] != f"{end:g}" else f"{end:g}"
        for end in (question.min, question.max)
    )
    return {"kind": "span", "low": low, "high": high}
