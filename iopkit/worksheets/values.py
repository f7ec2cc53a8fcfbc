"""Checks one answer against its question: type, range, choices, length. The browser is never trusted."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import cast

from iopkit.words import sentence
from iopkit.worksheets.drawing import read_drawing
from iopkit.worksheets.elements import (
    BooleanQuestion,
    CommentQuestion,
    DrawingQuestion,
    ManyQuestion,
    Number,
    PracticeQuestion,
    Question,
    RatingQuestion,
    SelectQuestion,
    SingleQuestion,
    SliderQuestion,
    TextQuestion,
    Value,
)
from iopkit.worksheets.practice import check_rounds
from iopkit.worksheets.unfit import UnfitError

MOST = 10**12
"""A number beyond this is a slip of the keyboard, and would not survive every export."""


def check(question: Question, answer: object) -> object:
    """Return an answer as it is stored; raise ``UnfitError`` when it does not fit its question."""
    for kind, checker in _CHECKERS.items():
        if isinstance(question, kind):
            return checker(question, answer)
    raise UnfitError(sentence("This question takes no answer."))


def check_text(answer: object, limit: int) -> str:
    """Return text as it is, letter for letter; raise ``UnfitError`` beyond ``limit`` or for broken text."""
    if not isinstance(answer, str):
        raise UnfitError(sentence("Please answer in words."))
    if len(answer) > limit:
        raise UnfitError(too_long(limit, len(answer)))
    if "\x00" in answer or any("\ud800" <= letter <= "\udfff" for letter in answer):
        raise UnfitError(
            sentence("This holds a broken character that cannot be stored. Please type it again.")
        )
    return answer


def too_long(most: int, length: int) -> str:
    """Return that a text is longer than ``most``."""
    return sentence(
        "Please keep this to {most} characters; these are {length}.", most=f"{most:,}", length=f"{length:,}"
    )


def _comment(question: CommentQuestion, answer: object) -> str:
    return check_text(answer, question.limit)


def _line(question: TextQuestion, answer: object) -> object:
    if question.input_type == "number":
        low, high = cast(Number | None, question.min), cast(Number | None, question.max)
        return _number(answer, low, high, question.step)
    text = check_text(answer, question.limit)
    if question.input_type == "text":
        return text
    wanted, form, read = _MOMENTS[question.input_type]
    try:
        found = read(text) if re.fullmatch(form, text) else None
    except ValueError:
        found = None
    if found is None:
        raise UnfitError(sentence("Please give {wanted}.", wanted=wanted))
    if question.min is not None and text < str(question.min):
        raise UnfitError(
            sentence("Please give {wanted}, not before {first}.", wanted=wanted, first=question.min)
        )
    if question.max is not None and text > str(question.max):
        raise UnfitError(
            sentence("Please give {wanted}, not after {last}.", wanted=wanted, last=question.max)
        )
    return text


def _number(answer: object, low: Number | None, high: Number | None, step: Number | None) -> Number:
    number_wanted = _wanted(low, high, whole=step == 1)
    wanted = sentence("Please give {wanted}.", wanted=number_wanted)
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise UnfitError(wanted)
    if isinstance(answer, float) and not math.isfinite(answer):
        raise UnfitError(wanted)
    number = int(answer) if isinstance(answer, float) and answer.is_integer() else answer
    if (low is not None and number < low) or (high is not None and number > high) or abs(number) > MOST:
        raise UnfitError(wanted)
    if step and not math.isclose((parts := (number - (low or 0)) / step), round(parts), abs_tol=1e-9):
        steps = sentence("Please give {wanted}, in steps of {step}.", wanted=number_wanted, step=step)
        raise UnfitError(wanted if step == 1 else steps)
    return number


def _wanted(low: object, high: object, *, whole: bool) -> str:
    """Return which numbers fit, in words."""
    kind = sentence("a whole number") if whole else sentence("a number")
    if low is not None and high is not None:
        return sentence("{kind} from {low} to {high}", kind=kind, low=low, high=high)
    if low is not None:
        return sentence("{kind} of {low} or more", kind=kind, low=low)
    return sentence("{kind} of {high} or less", kind=kind, high=high) if high is not None else kind


def _rating(question: RatingQuestion, answer: object) -> object:
    return _number(answer, question.rate_min, question.rate_max, question.rate_step)


def _slider(question: SliderQuestion, answer: object) -> object:
    return _number(answer, question.min, question.max, question.step)


def _truth(_: BooleanQuestion, answer: object) -> object:
    if not isinstance(answer, bool):
        raise UnfitError(sentence("Please answer yes or no."))
    return answer


def _one(question: SingleQuestion, answer: object) -> object:
    if question.choices_from_question:
        return check_text(answer, 20_000)
    if not _is_choice(question, answer):
        raise UnfitError(sentence("Please choose one of the answers shown."))
    return answer


def _many(question: ManyQuestion, answer: object) -> object:
    if not isinstance(answer, list) or not all(_is_choice(question, part) for part in answer):
        raise UnfitError(sentence("Please choose from the answers shown."))
    parts = cast(list[Value], answer)
    if len({(type(part), part) for part in parts}) < len(parts):
        raise UnfitError(sentence("Please choose each answer once."))
    if len(parts) > 1 and {"none", "refused"} & set(question.special) & set(map(str, parts)):
        raise UnfitError(sentence("Please choose either that none fits, or the ones that do."))
    if question.max_selected_choices and len(parts) > question.max_selected_choices:
        raise UnfitError(sentence("Please choose at most {most}.", most=question.max_selected_choices))
    return parts


def _is_choice(question: SelectQuestion, answer: object) -> bool:
    known = [*(choice.value for choice in question.options), *question.special]
    return any(type(answer) is type(value) and answer == value for value in known)


def _practice(question: PracticeQuestion, answer: object) -> object:
    return check_rounds([pattern.value for pattern in question.patterns], answer)


def _drawing(_: DrawingQuestion, answer: object) -> object:
    read_drawing(answer)
    return answer


_MOMENTS: Mapping[str, tuple[str, str, Callable[[str], object]]] = {
    "date": (sentence("a date such as 2026-01-31"), r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    "time": (sentence("a clock time such as 22:45"), r"([01][0-9]|2[0-3]):[0-5][0-9]", time.fromisoformat),
    "datetime-local": (
        sentence("a date and time such as 2026-01-31T22:45"),
        r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}",
        datetime.fromisoformat,
    ),
}

_CHECKERS: Mapping[type[Question], Callable[..., object]] = {
    TextQuestion: _line,
    CommentQuestion: _comment,
    SingleQuestion: _one,
    ManyQuestion: _many,
    BooleanQuestion: _truth,
    RatingQuestion: _rating,
    SliderQuestion: _slider,
    PracticeQuestion: _practice,
    DrawingQuestion: _drawing,
}
