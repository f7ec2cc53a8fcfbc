"""Answers as a QuestionnaireResponse, and a response as answers: also one that another form has filled in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from iopkit.errors import AnswerError
from iopkit.exchange.fhir.known import below, part
from iopkit.exchange.fhir.names import ABSENT, DECLINED, Json
from iopkit.exchange.fhir.places import OTHER, coding, fhir_type
from iopkit.exchange.fhir.questionnaire import canonical
from iopkit.worksheets.conditions import Scalar
from iopkit.worksheets.elements import (
    AnyElement,
    DrawingQuestion,
    ManyQuestion,
    Panel,
    PracticeQuestion,
    Question,
    RepeatingPanel,
    SelectQuestion,
    questions,
)
from iopkit.worksheets.evaluation import is_empty, rows
from iopkit.worksheets.model import Worksheet

Answers = Mapping[str, Any]
KEYS = {
    "boolean": "valueBoolean", "integer": "valueInteger", "decimal": "valueDecimal", "date": "valueDate",
    "time": "valueTime", "dateTime": "valueDateTime", "string": "valueString", "text": "valueString",
}  # fmt: skip
ROWS_MOST = 200


def response(worksheet: Worksheet, answers: Answers, *, zone: str = "UTC") -> Json:
    """Return answers as a QuestionnaireResponse with the groups of its Questionnaire; drawings stay here."""
    writer = _Writer(worksheet, zone)
    items = []
    for page in worksheet.pages:
        inner = writer.items(page.elements, answers, None)
        if inner:
            items.append({"linkId": f"page:{page.name}", "item": inner})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical(worksheet),
        "status": "completed",
        **({"item": items} if items else {}),
    }


class _Writer:
    def __init__(self, worksheet: Worksheet, zone: str) -> None:
        self.worksheet = worksheet
        self.zone = ZoneInfo(zone)

    def items(
        self, elements: Sequence[AnyElement], answers: Answers, row: RepeatingPanel | None
    ) -> list[Json]:
        """Return the items of elements that have an answer; a repeating group is one item a row."""
        found: list[Json] = []
        for element in elements:
            name = f"{row.name}.{element.name}" if row else element.name
            if isinstance(element, Panel):
                inner = self.items(element.elements, answers, row)
                link = f"{row.name}.panel:{element.name}" if row else f"panel:{element.name}"
                found += [{"linkId": link, "item": inner}] if inner else []
            elif isinstance(element, RepeatingPanel):
                for one in rows(answers.get(element.key)):
                    inner = self.items(element.template_elements, one, element)
                    found.append({"linkId": name, **({"item": inner} if inner else {})})
            else:
                values = self.values(element, answers)
                found += [{"linkId": name, "answer": values}] if values else []
        return found

    def values(self, question: Question, answers: Answers) -> list[Json]:
        """Return the answers to one question."""
        answer = answers.get(question.name)
        if is_empty(answer) or isinstance(question, PracticeQuestion | DrawingQuestion):
            return []
        if isinstance(question, SelectQuestion):
            chosen: list[Any] = answer if isinstance(answer, list) else [answer]
            return [self.chosen(question, one, answers) for one in chosen]
        kind = fhir_type(question)  # type: ignore[arg-type]  # a question is an element
        if kind == "time":
            answer = f"{answer}:00"
        if kind == "dateTime":
            answer = datetime.fromisoformat(str(answer)).replace(tzinfo=self.zone).isoformat()
        return [{KEYS[kind]: answer}]

    def chosen(self, question: SelectQuestion, value: Scalar, answers: Answers) -> Json:
        """Return one choice; *other* is the words beside it, a choice among rows its text."""
        words = answers.get(f"{question.name}-Comment")
        if value == OTHER and question.show_other_item and words:
            return {"valueString": words}
        if getattr(question, "choices_from_question", None):
            return {"valueString": value}
        return {"valueCoding": coding(self.worksheet.id, question, value)}


def read_response(worksheet: Worksheet, resource: Json) -> dict[str, Any]:
    """Return the answers in a QuestionnaireResponse to a worksheet; ``AnswerError`` when it is none.

    Items are found by link id, wherever they stand. Values are checked by ``validate`` afterwards.
    """
    if resource.get("resourceType") != "QuestionnaireResponse":
        raise AnswerError(["resourceType: expected QuestionnaireResponse, got something else"])
    named = str(resource.get("questionnaire") or "").partition("|")[0].rpartition("/")[2]
    if named and named != worksheet.id:
        raise AnswerError(["questionnaire: expected answers to this worksheet, got those to another"])
    found: dict[str, list[Json]] = {}
    for item in below(part(resource, "item")):
        found.setdefault(str(item.get("linkId")), []).append(item)
    answers: dict[str, Any] = {}
    for page in worksheet.pages:
        for question in questions(page.elements):
            if isinstance(question, RepeatingPanel):
                _rows(worksheet, question, found.get(question.name, []), answers)
            else:
                _answer(worksheet, question, found.get(question.name, []), answers)
    return answers


def _rows(worksheet: Worksheet, panel: RepeatingPanel, groups: list[Json], answers: dict[str, Any]) -> None:
    """Put the rows of a group under its key; groups that share their rows are joined by position."""
    kept = answers.setdefault(panel.key, []) if groups else []
    for place, group in enumerate(groups[:ROWS_MOST]):
        while len(kept) <= place:
            kept.append({})
        inner: dict[str, list[Json]] = {}
        for item in below(part(group, "item")):
            inner.setdefault(str(item.get("linkId")), []).append(item)
        for question in questions(panel.template_elements):
            _answer(worksheet, question, inner.get(f"{panel.name}.{question.name}", []), kept[place])


def _answer(worksheet: Worksheet, question: Question, items: Iterable[Json], into: dict[str, Any]) -> None:
    given = [one for item in items for one in part(item, "answer")]
    if not given:
        return
    values = [_value(worksheet, question, one) for one in given]
    if isinstance(question, SelectQuestion) and not getattr(question, "choices_from_question", None):
        for place, one in enumerate(given):
            if values[place] is None and isinstance(one.get("valueString"), str):
                values[place] = OTHER
                into[f"{question.name}-Comment"] = one["valueString"]
    into[question.name] = values if isinstance(question, ManyQuestion) else values[0]


def _value(worksheet: Worksheet, question: Question, answer: Json) -> object:
    if isinstance(question, SelectQuestion) and isinstance(answer.get("valueCoding"), dict):
        return _choice(worksheet, question, answer["valueCoding"])
    if isinstance(question, SelectQuestion) and isinstance(answer.get("valueString"), str):
        if getattr(question, "choices_from_question", None):
            return answer["valueString"]
        words = answer["valueString"]
        return next((one.value for one in question.options if one.label == words), None)
    for key, value in answer.items():
        if key == "valueTime" and isinstance(value, str):
            return value[:5]
        if key == "valueDateTime" and isinstance(value, str):
            return value[:16]
        if key.startswith("value"):
            return value
    return None


def _choice(worksheet: Worksheet, question: SelectQuestion, coded: Json) -> object:
    """Return the value behind a code; a code that is no choice stays as it is, and is refused later."""
    code = coded.get("code")
    if code == DECLINED and coded.get("system") == ABSENT:
        return "refused"
    values = [one.value for one in question.options] + [one for one in question.special]
    known = {coding(worksheet.id, question, value)["code"]: value for value in values}
    if isinstance(code, str) and code in known:
        return known[code]
    display = coded.get("display")
    if getattr(question, "choices_from_question", None):
        return display or code
    return code if isinstance(code, str) else display
