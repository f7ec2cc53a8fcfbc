"""Where the items of a worksheet stand in a Questionnaire: link ids, FHIR types and codes of choices.

An item keeps its id as link id, an item of a row is ``panel.item``. Pages, panels and the texts beside an
item have a prefix with a colon, which no item id holds.
"""

from dataclasses import dataclass, field

from iopkit.exchange.fhir.names import ABSENT, BASE, DECLINED, LOINC, Json, UncarriedError
from iopkit.worksheets.conditions import Scalar, Variable
from iopkit.worksheets.elements import (
    AnyElement,
    BooleanQuestion,
    Choice,
    CommentQuestion,
    DrawingQuestion,
    Panel,
    PracticeQuestion,
    Question,
    RatingQuestion,
    RepeatingPanel,
    SelectQuestion,
    SliderQuestion,
    TextQuestion,
    questions,
)
from iopkit.worksheets.model import Worksheet

MOMENTS = {"date": "date", "time": "time", "datetime-local": "dateTime"}
OTHER = "other"


def fhir_type(element: AnyElement) -> str:
    """Return the FHIR type of an item; raises ``UncarriedError`` for one that FHIR has none for."""
    match element:
        case Panel() | RepeatingPanel():
            return "group"
        case CommentQuestion():
            return "text"
        case BooleanQuestion():
            return "boolean"
        case RatingQuestion():
            return "integer"
        case SliderQuestion():
            return "integer" if _whole(element.min, element.max, element.step) else "decimal"
        case SelectQuestion():
            from_rows = getattr(element, "choices_from_question", None)
            return "open-choice" if element.show_other_item or from_rows else "choice"
        case TextQuestion(input_type="number"):
            return "integer" if _whole(element.min or 0, element.max or 0, element.step or 1.5) else "decimal"
        case TextQuestion():
            return MOMENTS.get(element.input_type, "string")
        case PracticeQuestion():
            raise UncarriedError("a guided practice is paced by the page; FHIR has no item that runs")
        case DrawingQuestion():
            raise UncarriedError("a drawing is made of strokes; FHIR has no item to draw on")


def _whole(*numbers: object) -> bool:
    return all(isinstance(one, int) for one in numbers)


def coding(worksheet_id: str, question: SelectQuestion, value: Scalar) -> Json:
    """Return how FHIR writes a choice: its LOINC code if it has one, else a code of the worksheet."""
    if value == "refused" and question.show_refuse_item:
        return {"system": ABSENT, "code": DECLINED, "display": question.refuse_text or "Refuse to answer"}
    if value == "none" and question.show_none_item:
        return _own(worksheet_id, Choice(value="none", text=question.none_text or "None"))
    return next(
        (
            _own(worksheet_id, one)
            for one in question.options
            if one.value == value and type(one.value) is type(value)
        ),
        _own(worksheet_id, Choice(value=value if isinstance(value, str | int) else str(value))),
    )


def _own(worksheet_id: str, choice: Choice) -> Json:
    if choice.loinc:
        return {"system": LOINC, "code": choice.loinc, "display": choice.label}
    code = str(choice.value).lower() if isinstance(choice.value, bool) else str(choice.value)
    return {"system": f"{BASE}/CodeSystem/{worksheet_id}", "code": code, "display": choice.label}


@dataclass(frozen=True)
class Spot:
    """One question in a Questionnaire: its link id, the repeating group it is in, the question."""

    link: str
    question: Question
    group: RepeatingPanel | None = None


@dataclass(frozen=True)
class Places:
    """All spots of a worksheet, to be found by how a condition writes them."""

    worksheet: Worksheet
    outer: dict[str, Spot] = field(default_factory=dict)
    inner: dict[tuple[str, str], Spot] = field(default_factory=dict)

    @classmethod
    def of(cls, worksheet: Worksheet) -> "Places":
        """Return the places of a worksheet."""
        places = cls(worksheet)
        for page in worksheet.pages:
            for question in questions(page.elements):
                places.outer.setdefault(question.name, Spot(question.name, question))
                if isinstance(question, RepeatingPanel):
                    places.outer.setdefault(question.key, Spot(question.name, question))
                    for one in questions(question.template_elements):
                        spot = Spot(f"{question.name}.{one.name}", one, question)
                        places.inner.setdefault((question.name, one.name), spot)
                        places.inner.setdefault((question.key, one.name), spot)
        return places

    def find(self, variable: Variable, row: RepeatingPanel | None) -> tuple[Spot, int | None]:
        """Return the spot of a variable and the number of its row, or None; ``row`` is what it stands in."""
        head, _, tail = variable.name.partition(".")
        head, _, number = head.partition("[")
        if head == "panel" and row is not None:
            spot = self.inner.get((row.name, tail)) or self.inner.get((row.key, tail))
        elif tail and tail != "length":
            spot = self.inner.get((head, tail))
        else:
            spot = self.outer.get(head.removesuffix("-Comment"))
        if spot is None:
            raise UncarriedError(f"there is no item for '{variable.name}'")
        if not isinstance(spot.question, RepeatingPanel):
            fhir_type(spot.question)  # type: ignore[arg-type]  # a question is an element; the union is closed
        return spot, int(number.rstrip("]")) if number else None
