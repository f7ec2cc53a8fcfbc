"""One entry in one line and a few short figures, from its own version of the worksheet."""

from collections.abc import Mapping

from iopkit.charts.labels import clock_label, number_label, span_label
from iopkit.clinic.record import Entry
from iopkit.words import say
from iopkit.worksheets import Item, Score, Worksheet
from iopkit.worksheets.elements import CommentQuestion, DrawingQuestion, TextQuestion

LINE = 120
MOST_FIGURES = 2


def summary(entry: Entry, worksheet: Worksheet) -> str:
    """Return an entry in one line: its first words, shortened, or that it is a drawing; or ""."""
    for item in worksheet.items.values():
        text = " ".join(free_text(item, entry.answers.get(item.id)).split())
        if text:
            return text if len(text) <= LINE else text[: LINE - 1].rsplit(" ", 1)[0] + "…"
    return "A drawing" if has_drawing(entry, worksheet) else ""


def has_drawing(entry: Entry, worksheet: Worksheet) -> bool:
    """Return whether somebody drew something in the entry."""
    drawings = (item.id for item in worksheet.items.values() if isinstance(item.question, DrawingQuestion))
    return any(entry.answers.get(item) for item in drawings)


def free_text(item: Item, answer: object) -> str:
    """Return the words somebody wrote for an item (for a repeating panel, of its rows), or ""."""
    if item.inner and isinstance(answer, list):
        rows = (first_text(item.inner, row) for row in answer if isinstance(row, Mapping))
        return " · ".join(row for row in rows if row)
    return answer if isinstance(answer, str) and is_free(item) else ""


def first_text(inner: Mapping[str, Item], row: Mapping[str, object]) -> str:
    """Return the first free text of one row."""
    texts = (free_text(item, row.get(item.id)) for item in inner.values())
    return next((text for text in texts if text), "")


def is_free(item: Item) -> bool:
    """Return whether an item asks for words and not for a date, a time, a number or a choice."""
    question = item.question
    return isinstance(question, CommentQuestion) or (
        isinstance(question, TextQuestion) and question.input_type == "text"
    )


def figures(entry: Entry, worksheet: Worksheet, language: str = "en") -> list[str]:
    """Return at most two figures: what moved from before to after, else what the worksheet charts."""
    scores = {score.name: score for score in worksheet.scores}
    moved = [
        f"{pair_title(score, language)} {figure(score, before, language)} → {figure(score, after, language)}"
        for name, score in scores.items()
        if name.endswith("_before")
        and (before := entry.scores.get(name)) is not None
        and (after := entry.scores.get(name.removesuffix("_before") + "_after")) is not None
    ]
    if moved or any(name.endswith("_before") for name in scores):
        return moved[:MOST_FIGURES]
    charted = [chart.scores[0] for chart in worksheet.charts if chart.scores] or list(scores)[:1]
    shown = [
        banded(scores[name], value, worksheet.say(entry.bands.get(name, "")), language)
        for name in dict.fromkeys(charted)
        if name in scores and (value := entry.scores.get(name)) is not None
    ]
    return shown[:MOST_FIGURES]


def pair_title(score: Score, language: str) -> str:
    """Return what a score is called together with its later twin."""
    return score.title.removesuffix(say(" before", language))


def banded(score: Score, value: float, band: str, language: str = "en") -> str:
    """Return a score with its title and its band, if it has one."""
    return f"{score.title} {figure(score, value, language)}" + (f", {band}" if band else "")


def figure(score: Score, value: float, language: str = "en") -> str:
    """Return a score's value as people read it: hours and minutes, clock times, percent with its sign."""
    if score.unit == "minutes":
        return span_label(value, language)
    if score.unit == "minutes after midnight":
        return clock_label(value, language)
    text = number_label(value, 1 if score.digits is None else score.digits, language)
    return text + {"percent": "%", None: ""}.get(score.unit, f" {score.unit}")
