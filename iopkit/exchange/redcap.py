"""A worksheet as a REDCap data dictionary: a form to upload, and a line for each thing it cannot hold."""

import csv
from collections.abc import Mapping
from io import StringIO

from iopkit.exchange.tables import cell
from iopkit.worksheets.conditions import Binary, Constant, Expression, Unary, Variable, parse
from iopkit.worksheets.elements import (
    BooleanQuestion,
    CommentQuestion,
    DrawingQuestion,
    ManyQuestion,
    PracticeQuestion,
    Question,
    RatingQuestion,
    RepeatingPanel,
    SelectQuestion,
    SliderQuestion,
    TextQuestion,
    questions,
)
from iopkit.worksheets.model import Item, Worksheet

HEADER = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name",
    "Matrix Ranking?", "Field Annotation",
)  # fmt: skip
VALIDATED = {"date": "date_ymd", "time": "time", "datetime-local": "datetime_ymd"}


class UnbranchedError(ValueError):
    """A condition that REDCap's branching logic cannot say."""


def redcap(sheet: Worksheet) -> tuple[str, list[str]]:
    """Return the data dictionary as CSV, and what of the worksheet is not in it and why."""
    lost: list[str] = []
    form, found = (
        sheet.id.replace("-", "_"),
        [["record_id", sheet.id.replace("-", "_"), "", "text", "Record ID"]],
    )
    for page in sheet.pages:
        section = page.title or ""
        for question in questions(page.elements):
            row = _row(sheet, question, form, lost)
            if row is None:
                continue
            row[2], section = section, ""
            if page.visible_if:
                row[11] = _joined(row[11], _logic(page.visible_if, sheet.items, question.name, lost))
            found.append(row)
            if isinstance(question, SelectQuestion) and question.show_other_item:
                found.append(_other(question, form, isinstance(question, ManyQuestion)))
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in found:
        writer.writerow([cell(one) for one in (*row, *[""] * (len(HEADER) - len(row)))])
    return out.getvalue(), lost


def _row(sheet: Worksheet, question: Question, form: str, lost: list[str]) -> list[str] | None:
    if isinstance(question, RepeatingPanel):
        lost.append(f"{question.name}: rows need a repeating instrument of their own in REDCap")
        return None
    if isinstance(question, DrawingQuestion | PracticeQuestion):
        lost.append(f"{question.name}: REDCap has no field to draw on or to practise with")
        return None
    kind, choices, check, low, high = _kind(question)
    logic = _logic(question.visible_if, sheet.items, question.name, lost) if question.visible_if else ""
    title, note = question.title or question.name, question.description or ""
    needed = "y" if question.is_required else ""
    return [question.name, form, "", kind, title, choices, note, check, low, high, "", logic, needed]


def _kind(question: Question) -> tuple[str, str, str, str, str]:
    """Return field type, choices, validation, least and greatest value."""
    match question:
        case CommentQuestion():
            return "notes", "", "", "", ""
        case BooleanQuestion():
            return "yesno", "", "", "", ""
        case RatingQuestion():
            return "text", "", "integer", str(question.rate_min), str(question.rate_max)
        case SliderQuestion():
            return "text", "", "number", str(question.min), str(question.max)
        case SelectQuestion() if question.options or question.special:
            known = [(one.value, one.label) for one in question.options]
            known += [(one, one.capitalize()) for one in question.special]
            kind = "checkbox" if isinstance(question, ManyQuestion) else "radio"
            return (
                kind,
                " | ".join(f"{value}, {label.replace('|', '/')}" for value, label in known),
                "",
                "",
                "",
            )
        case TextQuestion(input_type="number"):
            bounds = ["" if one is None else str(one) for one in (question.min, question.max)]
            return "text", "", "integer" if question.step == 1 else "number", bounds[0], bounds[1]
        case TextQuestion():
            return "text", "", VALIDATED.get(question.input_type, ""), "", ""
    return "text", "", "", "", ""


def _other(question: SelectQuestion, form: str, many: bool) -> list[str]:
    name = question.name
    logic = f"[{name}(other)] = '1'" if many else f"[{name}] = 'other'"
    return [f"{name}_other", form, "", "text", question.other_text or "Other", *[""] * 6, logic]


def _joined(one: str, other: str) -> str:
    return f"({one}) and ({other})" if one and other else one or other


def _logic(condition: str, items: Mapping[str, Item], name: str, lost: list[str]) -> str:
    try:
        return branching(parse(condition), items)
    except UnbranchedError as error:
        lost.append(f"{name}: its condition ({error}) is not carried, so it always shows")
        return ""


def branching(tree: Expression, items: Mapping[str, Item]) -> str:
    """Return a condition as REDCap's branching logic; ``UnbranchedError`` where there is none."""
    match tree:
        case Binary(("and" | "or") as joint, left, right):
            return f"({branching(left, items)} {joint} {branching(right, items)})"
        case Unary("!", operand):
            return f"!({branching(operand, items)})"
        case Unary(operator, Variable(name)) if not _is_many(name, items):
            return f"[{_field(name, items)}] {'=' if operator == 'empty' else '<>'} ''"
        case Binary(("anyof" | "noneof") as operator, Variable(name), Constant(tuple() as values)):
            claims = [_equal(name, one, items, wanted=operator == "anyof") for one in values]
            return f"({(' or ' if operator == 'anyof' else ' and ').join(claims)})"
        case Binary(("=" | "contains" | "!=" | "notcontains") as operator, Variable(name), Constant(value)):
            return _equal(name, value, items, wanted=operator in ("=", "contains"))
        case Binary(("<" | ">" | "<=" | ">=") as operator, Variable(name), Constant(value)):
            field = _field(name, items)
            return f"([{field}] <> '' and [{field}] {operator} {value})"
    raise UnbranchedError("a comparison that REDCap does not know")


def _equal(name: str, value: object, items: Mapping[str, Item], *, wanted: bool) -> str:
    field = _field(name, items)
    written = str(int(value)) if isinstance(value, bool) else str(value)
    if _is_many(name, items):
        return f"[{field}({written})] = '{1 if wanted else 0}'"
    return f"[{field}] {'=' if wanted else '<>'} '{written}'"


def _field(name: str, items: Mapping[str, Item]) -> str:
    plain = name.removesuffix("-Comment")
    if plain not in items or isinstance(items[plain].question, RepeatingPanel):
        raise UnbranchedError("an item of a row")
    if isinstance(items[plain].question, PracticeQuestion | DrawingQuestion):
        raise UnbranchedError("a practice or a drawing")
    return f"{plain}_other" if name.endswith("-Comment") else plain


def _is_many(name: str, items: Mapping[str, Item]) -> bool:
    return name in items and isinstance(items[name].question, ManyQuestion)
