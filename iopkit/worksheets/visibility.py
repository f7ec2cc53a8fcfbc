"""Which questions a client sees for some answers, the same as the browser shows."""

from collections.abc import Iterator, Mapping, Sequence

from iopkit.worksheets.conditions import parse
from iopkit.worksheets.elements import AnyElement, Panel, Question, RepeatingPanel
from iopkit.worksheets.evaluation import holds, rows
from iopkit.worksheets.model import Worksheet

Answers = Mapping[str, object]
Shown = tuple[str, Question, Answers | None]
"""Where an answer stands (``item`` or ``rows[0].item``), the question that asks for it, and its row."""


def shown(worksheet: Worksheet, answers: Answers) -> Iterator[Shown]:
    """Yield the visible questions in the order of the pages; after a repeating panel those of its rows."""
    for page in worksheet.pages:
        if applies(page.visible_if, answers):
            yield from _below(page.elements, answers)


def visible(worksheet: Worksheet, answers: Answers) -> tuple[str, ...]:
    """Return where the visible questions store their answers, each once, in order."""
    return tuple(dict.fromkeys(place for place, _, _ in shown(worksheet, answers)))


def settle(worksheet: Worksheet, answers: Answers) -> dict[str, object]:
    """Return ``answers`` without those of hidden questions.

    What is left out may hide more, so this goes on until nothing changes.
    """
    while True:
        places = set(visible(worksheet, answers))
        kept = _only(answers, places)
        if kept == answers:
            return kept
        answers = kept


def applies(condition: str | None, answers: Answers, row: Answers | None = None) -> bool:
    """Return whether a condition is true, or there is none."""
    return condition is None or holds(parse(condition), answers, row)


def _below(elements: Sequence[AnyElement], answers: Answers) -> Iterator[Shown]:
    for question in _questions(elements, answers, None):
        if not isinstance(question, RepeatingPanel):
            yield question.name, question, None
            continue
        yield question.key, question, None
        for index, row in enumerate(rows(answers.get(question.key))):
            for inner in _questions(question.template_elements, answers, row):
                yield f"{question.key}[{index}].{inner.name}", inner, row


def _questions(elements: Sequence[AnyElement], answers: Answers, row: Answers | None) -> Iterator[Question]:
    for element in elements:
        if not applies(element.visible_if, answers, row):
            continue
        if isinstance(element, Panel):
            yield from _questions(element.elements, answers, row)
        else:
            yield element


def _only(answers: Answers, places: set[str]) -> dict[str, object]:
    kept: dict[str, object] = {}
    for key, answer in answers.items():
        item = key.removesuffix("-Comment")
        if item not in places:
            continue
        kept[key] = _only_rows(item, answer, places) if f"{item}[0]" in _heads(places) else answer
    return kept


def _heads(places: set[str]) -> set[str]:
    return {place.partition("].")[0] + "]" for place in places if "]." in place}


def _only_rows(item: str, answer: object, places: set[str]) -> list[dict[str, object]]:
    return [
        {
            key: value
            for key, value in row.items()
            if f"{item}[{index}].{key.removesuffix('-Comment')}" in places
        }
        for index, row in enumerate(rows(answer))
    ]
