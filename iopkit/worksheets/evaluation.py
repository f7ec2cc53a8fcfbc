"""The truth of a condition, the same as SurveyJS finds it in the browser.

tests/test_conditions.py runs both on generated answers and demands equality. The odd corners (text that looks
like a number, letter case, empty lists) are those of ``survey-core`` 3.0; each is named where it is done.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeGuard, cast

from iopkit.worksheets.conditions import Binary, Constant, Expression, Unary, Variable

Look = Callable[[str], object]

_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


def holds(tree: Expression, answers: Mapping[str, object], row: Mapping[str, object] | None = None) -> bool:
    """Return whether a condition is true for ``answers``; ``row`` is what ``{panel.…}`` means.

    >>> from iopkit.worksheets.conditions import parse
    >>> holds(parse("{naps} > 0"), {"naps": 2})
    True
    """

    def look(name: str) -> object:
        return _convert(find(name, answers, row))

    return value(tree, look) is True


def find(name: str, answers: Mapping[str, object], row: Mapping[str, object] | None = None) -> object:
    """Return the answer behind a written name such as ``rows[0].item``, or None."""
    head, _, tail = name.partition(".")
    if head == "panel":
        return (row or {}).get(tail)
    head, _, position = head.partition("[")
    found = answers.get(head)
    if position:
        index = int(position.rstrip("]"))
        found = found[index] if isinstance(found, list) and index < len(found) else None
    if tail == "length" and not position:
        return len(found) if isinstance(found, list) else 0
    if tail:
        return found.get(tail) if isinstance(found, Mapping) else None
    return found


def value(tree: Expression, look: Look) -> object:
    """Return what a tree comes to."""
    match tree:
        case Constant(constant):
            return list(constant) if isinstance(constant, tuple) else constant
        case Variable(name):
            return look(name)
        case Unary("!", operand):
            return value(operand, look) is not True
        case Unary(operator, operand):
            return is_empty(value(operand, look)) is (operator == "empty")
        case Binary("and", left, right):
            return value(left, look) is True and value(right, look) is True
        case Binary("or", left, right):
            return value(left, look) is True or value(right, look) is True
        case Binary(operator, left, right):
            return _OPERATIONS[operator](value(left, look), value(right, look))


def is_empty(answer: object) -> bool:
    """Return whether an answer is none at all: absent, "", an empty list, a row without answers. 0 is one."""
    if isinstance(answer, Mapping):
        return all(is_empty(inner) for inner in answer.values())
    return answer is None or answer == "" or (isinstance(answer, list) and not answer)


def is_number(answer: object) -> TypeGuard[int | float]:
    """Return whether an answer is a number; true and false are not."""
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _convert(answer: object) -> object:
    """Return an answer as SurveyJS reads it: ``5`` is a number, ``true`` a truth value, ``05`` text."""
    if not isinstance(answer, str) or not answer:
        return answer
    if answer.lower() in {"true", "false"}:
        return answer.lower() == "true"
    if len(answer) > 1 and answer[0] in "'\"" and answer[-1] in "'\"":
        return answer[1:-1]
    number = _to_number(answer.replace(",", ".") if answer.count(",") == 1 else answer)
    if number is None or re.match(r"0(?![.,]|$)|0[.,]?$(?<!^0)", answer):
        return answer
    return number


def _to_number(text: str) -> float | int | None:
    """Return the number that text spells, or None; more than 15 digits are an identifier, not a number."""
    text = text.strip()
    if not _NUMBER.fullmatch(text) or (len(text) > 15 and text.isdigit()):
        return None
    return float(text) if re.search(r"[.eE]", text) else int(text)


def _loose(answer: object) -> float | int | None:
    """Return the number that JavaScript compares with, or None."""
    if isinstance(answer, bool):
        return int(answer)
    if isinstance(answer, int | float):
        return answer
    return _to_number(answer) if isinstance(answer, str) else None


def _equal(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.strip().lower() == right.strip().lower()
    if is_empty(left) or is_empty(right):
        return is_empty(left) and is_empty(right) and not (isinstance(left, list) or isinstance(right, list))
    if isinstance(left, list) or isinstance(right, list):
        return _equal_lists(left, right)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool) and isinstance(other, str):
            return str(one).lower() == other.lower()
    return _loose(left) is not None and _loose(left) == _loose(right)


def _equal_lists(left: object, right: object) -> bool:
    if not (isinstance(left, list) and isinstance(right, list)) or len(left) != len(right):
        return False
    return all(map(_equal, sorted(left, key=_spell), sorted(right, key=_spell)))


def _spell(answer: object) -> str:
    """Return an answer as JavaScript writes it, for order and for ``contains`` in a single value."""
    if isinstance(answer, bool):
        return str(answer).lower()
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    return str(answer)


def _less(left: object, right: object) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, str) and isinstance(right, str):
        return left.encode("utf-16-be") < right.encode("utf-16-be")
    first, second = _loose(left), _loose(right)
    return first is not None and second is not None and first < second


def _contains(left: object, right: object, *, wanted: bool = True) -> bool:
    """Return whether ``left`` holds all of ``right``; text is searched in text, without regard to case."""
    if isinstance(left, list) and not left:
        return not wanted
    if not wanted and not left and not is_empty(right):
        return True
    if left is None or left == "":
        return False
    if not isinstance(left, list):
        return _contains_text(_spell(left), right, wanted=wanted)
    parts = right if isinstance(right, list) else [right]
    found = all(any(_equal(have, part) for have in left) for part in parts)
    return found is wanted


def _contains_text(left: str, right: object, *, wanted: bool) -> bool:
    if not right:  # SurveyJS looks for nothing, 0 and false in no text
        return False
    inside = ",".join(map(_spell, right)) if isinstance(right, list) else _spell(right)
    return (inside.lower() in left.lower()) is wanted


def _any_of(left: object, right: object) -> bool:
    if is_empty(left) or is_empty(right):
        return is_empty(right)
    if not isinstance(left, list):
        return _contains(right, left)
    return any(_contains(left, part) for part in (right if isinstance(right, list) else [right]))


def _all_of(left: object, right: object) -> bool:
    if left in (None, "", 0) and not is_empty(right):
        return False
    return all(_contains(left, part) for part in (right if isinstance(right, list) else [right]))


def _add(left: object, right: object, sign: int = 1) -> object:
    """Return a sum, rounded to the digits of the longer operand; an empty item counts as 0."""
    first = 0 if is_empty(left) else _loose(left)
    second = 0 if is_empty(right) else _loose(right)
    if first is None or second is None:
        return None
    digits = max(_decimals(first), _decimals(second))
    total = first + sign * second
    return round(total, digits) if digits else total


def _decimals(number: float | int) -> int:
    return len(repr(number).partition(".")[2]) if number != int(number) else 0


_OPERATIONS: Mapping[str, Callable[[object, object], object]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: _equal(left, right) or _less(left, right),
    ">=": lambda left, right: _equal(left, right) or _less(right, left),
    "contains": _contains,
    "notcontains": lambda left, right: _contains(left, right, wanted=False),
    "anyof": _any_of,
    "noneof": lambda left, right: not _any_of(left, right),
    "allof": _all_of,
    "+": _add,
    "-": lambda left, right: _add(left, right, -1),
}


def rows(answer: object) -> Sequence[Mapping[str, object]]:
    """Return the rows of a repeating panel's answer; anything else has none."""
    if not isinstance(answer, list):
        return ()
    return [cast(Mapping[str, object], row) for row in answer if isinstance(row, Mapping)]
