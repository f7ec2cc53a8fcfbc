"""Checks that conditions make sense: every item is there, compared with what it can be, and can come true."""

import difflib
from collections.abc import Iterator, Mapping

from iopkit.worksheets.conditions import (
    COMPARISONS,
    SETS,
    SUFFIXES,
    SUMS,
    Binary,
    ConditionError,
    Constant,
    Expression,
    Unary,
    Variable,
    parse,
    variables,
)
from iopkit.worksheets.evaluation import holds
from iopkit.worksheets.outline import Part

Items = Mapping[str, Part]

_ORDERS = ("<", "<=", ">", ">=")
_FITTING: Mapping[str, tuple[str, ...]] = {
    "number": (*COMPARISONS, *SUMS, *SUFFIXES),
    "text": ("=", "!=", "contains", "notcontains", *SUFFIXES),
    "moment": (*COMPARISONS, *SUFFIXES),
    "truth": ("=", "!=", *SUFFIXES),
    "one": ("=", "!=", "anyof", "noneof", *_ORDERS, *SUFFIXES),
    "many": ("=", "!=", *SETS, *SUFFIXES),
    "rows": SUFFIXES,
}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "number": (int, float),
    "text": (str,),
    "moment": (str,),
    "truth": (bool,),
}
_WORDS = {
    "number": "a number",
    "text": "text in quotes",
    "moment": "a date or time in quotes",
    "truth": "true or false",
}


def faults(text: str, items: Items, panel: str | None = None) -> list[str]:
    """Return what is wrong with a condition; ``panel`` is the repeating panel that it stands in."""
    try:
        tree = parse(text)
    except ConditionError as error:
        return [str(error)]
    return list(dict.fromkeys(_faults(tree, items, panel)))


def missing(name: str, items: Items, panel: str | None = None) -> str | None:
    """Return what is wrong with the written name of an item, or None when it is there."""
    if _item(name, items, panel) is not None:
        return None
    if name.startswith("panel.") and panel is None:
        return f"expected an item, got '{name}' outside a repeating panel"
    known = [_written(item, panel) for item in items]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"expected an item of this worksheet, got '{name}'" + (
        f"; did you mean '{near[0]}'?" if near else ""
    )


def _written(item: str, panel: str | None) -> str:
    """Return an item as a condition names it from inside ``panel``."""
    outer, _, inner = item.partition(".")
    if not inner:
        return item
    return f"panel.{inner}" if outer == panel else f"{outer}[0].{inner}"


def unreachable(parts: list[Part]) -> list[Part]:
    """Return the parts that no answers can ever bring to the screen."""
    trees = {part.place: [parse(gate) for gate in part.gates if _reads(gate)] for part in parts}
    seen: set[str] = set()
    while True:
        shown = [
            part for part in parts if all(_may(tree, True, seen, part.panel) for tree in trees[part.place])
        ]
        items = {part.item for part in shown if part.is_question}
        if items == seen:
            return [part for part in parts if part not in shown]
        seen = items


def _faults(tree: Expression, items: Items, panel: str | None) -> Iterator[str]:
    for variable in variables(tree):
        if problem := missing(variable.name, items, panel):
            yield problem
    yield from _misfits(tree, items, panel)


def _misfits(tree: Expression, items: Items, panel: str | None) -> Iterator[str]:
    match tree:
        case Unary("!", operand):
            yield from _misfits(operand, items, panel)
        case Unary(operator, Variable(name)):
            yield from _operator_fault(operator, name, items, panel)
        case Binary("and" | "or", left, right):
            yield from _misfits(left, items, panel)
            yield from _misfits(right, items, panel)
        case Binary(operator, left, right):
            yield from _length_fault(tree, items)
            for one, other in ((left, right), (right, left)):
                yield from _misfits(one, items, panel)
                if isinstance(one, Variable):
                    yield from _operator_fault(operator, one.name, items, panel)
                    yield from _value_fault(operator, one.name, other, items, panel)


def _operator_fault(operator: str, name: str, items: Items, panel: str | None) -> Iterator[str]:
    part = _item(name, items, panel)
    kind = "number" if name.endswith(".length") else part.holds if part else None
    if kind and operator not in _FITTING[kind]:
        fitting = ", ".join(_FITTING[kind])
        yield f"expected one of {fitting} with '{name}', got '{operator}'"


def _value_fault(
    operator: str, name: str, other: Expression, items: Items, panel: str | None
) -> Iterator[str]:
    part = _item(name, items, panel)
    if not isinstance(other, Constant) or part is None or operator in SUMS:
        return
    values = other.value if isinstance(other.value, tuple) else (other.value,)
    kind = "number" if name.endswith(".length") else part.holds
    if part.values is not None:
        wrong = [value for value in values if not any(_same(value, known) for known in part.values)]
        if wrong and operator not in _ORDERS:
            near = difflib.get_close_matches(str(wrong[0]), list(map(str, part.values)), n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            yield f"expected a choice of '{name}', got '{wrong[0]}'{hint}"
    elif kind in _TYPES and not all(isinstance(value, _TYPES[kind]) for value in values):
        yield f"expected {_WORDS[kind]} beside '{name}', got '{values[0]}'"
    elif part.range and not name.endswith(".length") and not _in_range(operator, values[0], part.range):
        low, high = part.range
        yield f"expected a number that '{name}' can reach ({low} to {high}), got {values[0]}"


def _length_fault(tree: Binary, items: Items) -> Iterator[str]:
    """Yield a fault where the empty rows that a form starts with decide: they may be stored, or not."""
    for variable in variables(tree):
        rows = items.get(variable.item)
        if rows is None or not variable.name.endswith(".length"):
            continue
        begins = max(_count(rows, "panelCount"), _count(rows, "minPanelCount"))
        if holds(tree, {variable.item: [{}] * begins}) != holds(tree, {}):
            yield f"expected a comparison of '{variable.name}' beyond the {begins} rows the form starts with"


def _count(rows: Part, key: str) -> int:
    found = rows.raw.get(key)
    return found if isinstance(found, int) else 0


def _in_range(operator: str, value: object, bounds: tuple[float, float]) -> bool:
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int | float):
        return True
    if operator == ">":
        return low - 1 <= value < high
    if operator == "<":
        return low < value <= high + 1
    return low <= value <= high


def _same(value: object, known: object) -> bool:
    return type(value) is type(known) and value == known


def _item(name: str, items: Items, panel: str | None) -> Part | None:
    """Return the part that a written name means, such as ``panel.x``, ``rows[0].x`` or ``rows.length``."""
    head, _, tail = name.partition(".")
    head = head.partition("[")[0]
    if head == "panel":
        return items.get(f"{panel}.{tail}")
    if tail == "length":
        rows = items.get(head)
        return rows if rows and rows.holds == "rows" else None
    if tail:
        return items.get(f"{head}.{tail}") if "[" in name else None
    return items.get(head.removesuffix("-Comment"))


def _reads(text: str) -> bool:
    try:
        parse(text)
    except ConditionError:
        return False
    return True


def _may(tree: Expression, want: bool, seen: set[str], panel: str | None) -> bool:
    """Return whether a condition can come out as ``want`` when only the items ``seen`` can have answers."""
    match tree:
        case Unary("!", operand):
            return _may(operand, not want, seen, panel)
        case Binary("and" | "or" as operator, left, right):
            sides = (_may(left, want, seen, panel), _may(right, want, seen, panel))
            return all(sides) if (operator == "and") is want else any(sides)
    if any(_place(variable.name, panel) in seen for variable in variables(tree)):
        return True
    return holds(tree, {}) is want


def _place(name: str, panel: str | None) -> str:
    head, _, tail = name.partition(".")
    if head == "panel":
        return f"{panel}.{tail}"
    return head.partition("[")[0].removesuffix("-Comment")
