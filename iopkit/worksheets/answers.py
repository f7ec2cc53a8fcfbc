"""Checks all answers of an entry: unknown items, values, rows, what is hidden, what is required."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from iopkit.words import sentence
from iopkit.worksheets.elements import Question, RepeatingPanel, SelectQuestion, SingleQuestion
from iopkit.worksheets.evaluation import is_empty, rows
from iopkit.worksheets.functions import Worked, find
from iopkit.worksheets.model import Item, Worksheet, has_other
from iopkit.worksheets.unfit import UnfitError
from iopkit.worksheets.values import check, check_text
from iopkit.worksheets.visibility import Answers, applies, settle, shown

OTHER_LIMIT = 1_000
"""Most characters beside *other*."""
MAX_ROWS = 50
"""Most rows of a repeating panel, where ``maxPanelCount`` does not say otherwise."""


@dataclass(frozen=True)
class Validation:
    """What may be stored, what is refused and what to ask about: item → text, without what was answered.

    An item inside a repeating panel is written ``meals[0].time``. What is refused is not in ``answers``.
    """

    answers: dict[str, object] = field(repr=False)
    refused: dict[str, str]
    asks: dict[str, str]


def validate(
    worksheet: Worksheet, answers: Answers, *, final: bool, day: date | None = None, zone: str = "UTC"
) -> Validation:
    """Return what of ``answers`` may be stored.

    A draft (``final=False``) may leave required items out, keeps what is hidden, and turns a contradiction
    between items into a question. ``day`` and ``zone`` say which day the entry reports about (default: its
    answer ``day``, else today).
    """
    kept, refused = check_all(worksheet, answers)
    asks = _stale_choices(worksheet, kept)
    clear = settle(worksheet, kept)
    worked = work_out(worksheet, clear, day=day or reported_day(clear), zone=zone)
    asks |= worked.asks
    if not final:
        return Validation(kept, refused, {**asks, **worked.refused})
    refused |= {**_missing(worksheet, clear, refused), **worked.refused}
    return Validation(_without_empty_rows(clear), refused, asks)


def check_all(worksheet: Worksheet, answers: Answers) -> tuple[dict[str, object], dict[str, str]]:
    """Return the answers that fit their questions one by one, and what is wrong with the others."""
    checker = _Checker()
    kept = checker.answers("", worksheet.items, answers)
    return kept, checker.refused


def work_out(worksheet: Worksheet, answers: Answers, *, day: date, zone: str) -> Worked:
    """Return what the functions that the scores name make of visible answers, each called once."""
    names = dict.fromkeys(score.function for score in worksheet.scores if score.function)
    results = {name: find(name).work_out(answers, day=day, zone=zone) for name in names}
    values = {f"{name}/{key}": value for name, done in results.items() for key, value in done.values.items()}
    asks = {key: text for done in results.values() for key, text in done.asks.items()}
    refused = {key: text for done in results.values() for key, text in done.refused.items()}
    gaps = {key: text for done in results.values() for key, text in done.gaps.items()}
    return Worked(values, asks, refused, gaps)


def reported_day(answers: Answers) -> date:
    """Return the day that answers report about by their item ``day``, else today (UTC)."""
    day = answers.get("day")
    return date.fromisoformat(day) if isinstance(day, str) else datetime.now(UTC).date()


class _Checker:
    """Walks answers and their items together, and collects what is refused."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}

    def answers(self, before: str, items: Mapping[str, Item], answers: Answers) -> dict[str, object]:
        kept: dict[str, object] = {}
        for key, answer in answers.items():
            if is_empty(answer) and key.removesuffix("-Comment") in items and not isinstance(answer, list):
                continue
            try:
                kept[key] = self._answer(before, items, key, answer)
            except UnfitError as error:
                self.refused[before + _printable(key)] = error.args[0]
        return kept

    def _answer(self, before: str, items: Mapping[str, Item], key: str, answer: object) -> object:
        item = items.get(key)
        if item is None:
            return self._comment(items, key, answer)
        if isinstance(item.question, RepeatingPanel):
            return self._rows(f"{before}{key}", item, answer)
        return check(item.question, answer)

    def _comment(self, items: Mapping[str, Item], key: str, answer: object) -> str:
        item = items.get(key.removesuffix("-Comment")) if key.endswith("-Comment") else None
        if item is None or not has_other(item.question):
            near = difflib.get_close_matches(_printable(key), items, n=1)
            if near:
                raise UnfitError(
                    sentence("This worksheet has no such item. Did you mean '{near}'?", near=near[0])
                )
            raise UnfitError(sentence("This worksheet has no such item."))
        return check_text(answer, OTHER_LIMIT)

    def _rows(self, place: str, item: Item, answer: object) -> list[dict[str, object]]:
        panels = [part for part in item.asked_by if isinstance(part, RepeatingPanel)]
        most = max(panel.max_panel_count or MAX_ROWS for panel in panels[:1])
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            raise UnfitError(sentence("Please answer with a list of rows."))
        if len(answer) > most:
            told = sentence(
                "Please keep this to {most} rows; these are {count}.", most=most, count=len(answer)
            )
            raise UnfitError(told)
        return [self.answers(f"{place}[{index}].", item.inner, row) for index, row in enumerate(rows(answer))]


def _printable(key: str) -> str:
    """Return a key that may stand in a message: what looks like an item id, for a key may be free text."""
    return key if re.fullmatch(r"[a-z][a-z0-9_]{0,63}(-Comment)?", key) else "?"


def _stale_choices(worksheet: Worksheet, answers: Answers) -> dict[str, str]:
    """Return a question for each choice among rows whose row has changed since."""
    asks = {}
    for key, item in worksheet.items.items():
        question = item.question
        if isinstance(question, SingleQuestion) and question.choices_from_question and key in answers:
            inner = question.choice_values_from_question or ""
            offered = [row.get(inner) for row in rows(answers.get(question.choices_from_question))]
            if answers[key] not in offered:
                asks[key] = sentence("What you chose here has changed above. Please choose again.")
    return asks


def _missing(worksheet: Worksheet, answers: Answers, refused: Mapping[str, str]) -> dict[str, str]:
    """Return a text for each visible item that must be answered and is not."""
    found = {}
    for place, question, row in shown(worksheet, answers):
        own = answers if row is None else row
        key = place.rpartition(".")[2]
        if place in refused or (row is not None and is_empty(row)):
            continue
        if _is_required(question, answers, row) and is_empty(own.get(key)):
            found[place] = question.required_error_text or sentence("Please answer this question.")
        elif _lacks_words(question, own.get(key)) and is_empty(own.get(f"{key}-Comment")):
            found[place] = sentence("Please say in a few words what it is.")
    return found


def _is_required(question: Question, answers: Answers, row: Answers | None) -> bool:
    if question.is_required:
        return True
    return question.required_if is not None and applies(question.required_if, answers, row)


def _lacks_words(question: Question, answer: object) -> bool:
    chosen = answer if isinstance(answer, list) else [answer]
    return isinstance(question, SelectQuestion) and question.show_other_item and "other" in chosen


def _without_empty_rows(answers: Answers) -> dict[str, object]:
    kept: dict[str, object] = {}
    for key, answer in answers.items():
        if isinstance(answer, list):
            answer = [part for part in answer if not is_empty(part)]
        if not is_empty(answer):
            kept[key] = answer
    return kept
