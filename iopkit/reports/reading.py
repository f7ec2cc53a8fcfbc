"""An entry to read: each answered question with its answer in words, in the order of the worksheet."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from iopkit.charts import Table
from iopkit.charts.drawing import drawing_figure
from iopkit.charts.labels import clock_label, day_label, number_label
from iopkit.clinic.record import Entry
from iopkit.reports.block import AnyBlock, Chart, Facts, Rows
from iopkit.worksheets import Item, Worksheet
from iopkit.worksheets.drawing import read_drawing
from iopkit.worksheets.elements import (
    BooleanQuestion,
    DrawingQuestion,
    PracticeQuestion,
    Question,
    SelectQuestion,
    SliderQuestion,
    TextQuestion,
)
from iopkit.worksheets.practice import rounds_in_words

OTHER = "-Comment"


def reading(entry: Entry, worksheet: Worksheet) -> list[AnyBlock]:
    """Return the answers of an entry as blocks: questions and answers, a table for each repeating panel."""
    blocks: list[AnyBlock] = []
    pairs: list[tuple[str, str]] = []
    for item in worksheet.items.values():
        answer = entry.answers.get(item.id)
        if answer is None or answer in ("", []):
            continue
        if block := apart(item, answer):
            blocks += [Facts(pairs=pairs)] if pairs else []
            blocks.append(block)
            pairs = []
        else:
            pairs.append((item.title, words(item.question, answer, entry.answers.get(item.id + OTHER))))
    return [*blocks, *([Facts(pairs=pairs)] if pairs else [])]


def apart(item: Item, answer: object) -> AnyBlock | None:
    """Return the block of an answer that is more than a line: a table of rows, a drawing; else None."""
    if item.inner and isinstance(answer, list):
        return Rows(caption=item.title, table=rows(item.inner, answer))
    if isinstance(item.question, DrawingQuestion):
        return Chart(figure=drawing_figure(read_drawing(answer), item.title))
    return None


def rows(inner: Mapping[str, Item], answer: Sequence[object]) -> Table:
    """Return the rows of a repeating panel; columns nobody filled in are left out."""
    found = [row for row in answer if isinstance(row, Mapping)]
    items = [item for item in inner.values() if any(row.get(item.id) is not None for row in found)]
    body = [
        [words(item.question, row.get(item.id), row.get(item.id + OTHER)) for item in items] for row in found
    ]
    return Table(head=[item.title for item in items], rows=body)


def words(question: Question, answer: object, other: object = None) -> str:
    """Return an answer as people read it; "" for no answer."""
    if answer is None:
        return ""
    if isinstance(question, BooleanQuestion):
        return (question.label_true or "Yes") if answer else (question.label_false or "No")
    if isinstance(question, SelectQuestion):
        return chosen(question, answer, other)
    if isinstance(question, SliderQuestion) and isinstance(answer, int | float):
        return f"{number_label(float(answer))} of {number_label(float(question.max))}"
    if isinstance(question, PracticeQuestion):
        return rounds_in_words({pattern.value: pattern.text for pattern in question.patterns}, answer)
    if isinstance(question, DrawingQuestion):
        return "A drawing"
    if isinstance(question, TextQuestion) and isinstance(answer, str):
        return typed(question.input_type, answer)
    return number_label(float(answer)) if isinstance(answer, int | float) else str(answer)


def chosen(question: SelectQuestion, answer: object, other: object) -> str:
    """Return the texts of what was chosen, with the words beside "other"."""
    labels: dict[object, str] = {choice.value: choice.label for choice in question.options}
    labels |= {
        "none": question.none_text or "None",
        "refused": question.refuse_text or "Prefer not to say",
        "other": f"{question.other_text or 'Other'}: {other}" if other else question.other_text or "Other",
    }
    values = answer if isinstance(answer, list) else [answer]
    return "; ".join(labels.get(value, str(value)) for value in values)


def typed(kind: str, answer: str) -> str:
    """Return a typed answer: dates and clock times in words, text as it is."""
    try:
        if kind == "date":
            return day_label(date.fromisoformat(answer))
        if kind == "time":
            return clock_label(time.fromisoformat(answer))
    except ValueError:
        return answer
    return answer
