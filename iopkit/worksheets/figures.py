"""Checks the scores, flags and charts of a document: that they name what is there and add up."""

from collections.abc import Iterator, Mapping
from typing import Any

from iopkit.worksheets.evaluation import is_number
from iopkit.worksheets.functions import find
from iopkit.worksheets.load import Document, Place
from iopkit.worksheets.outline import Part, as_list
from iopkit.worksheets.pictures import chart_problems
from iopkit.worksheets.sense import faults, missing

METHODS = ("sum", "mean", "difference", "count", "function")

Found = Iterator[tuple[Place, str]]


def score_problems(document: Document, items: Mapping[str, Part]) -> Found:
    """Yield what is wrong with the scores, flags and charts of a document, by place."""
    data = document.data if isinstance(document.data, dict) else {}
    names: set[str] = set()
    for index, score in enumerate(as_list(data.get("scores"))):
        if isinstance(score, dict):
            place = ("scores", index)
            yield from _name(place, "name", score, names)
            yield from _method(place, score, items)
            yield from _bands(place, score)
    flags: set[str] = set()
    for index, flag in enumerate(as_list(data.get("flags"))):
        if isinstance(flag, dict):
            yield from _name(("flags", index), "id", flag, flags)
            for key in ("when", "high_when"):
                for fault in faults(flag[key], items) if isinstance(flag.get(key), str) else []:
                    yield ("flags", index, key), fault
    yield from chart_problems(data, items)


def _name(place: Place, key: str, raw: Mapping[str, Any], seen: set[str]) -> Found:
    name = str(raw.get(key, ""))
    if name in seen:
        yield (*place, key), f"expected a name of its own, got '{name}' again"
    seen.add(name)


def _method(place: Place, score: Mapping[str, Any], items: Mapping[str, Part]) -> Found:
    methods = [key for key in METHODS if key in score]
    if len(methods) != 1:
        got = " and ".join(methods) or "none"
        yield place, f"expected one of {', '.join(METHODS)}, got {got}"
    for key in ("sum", "mean", "difference", "reversed"):
        for name in as_list(score.get(key)):
            yield from _operand((*place, key), str(name), items, numeric=True)
    if isinstance(score.get("count"), str):
        yield from _operand((*place, "count"), score["count"], items, numeric=False)
    if isinstance(score.get("function"), str):
        yield from _function(place, score)
    added = as_list(score.get("sum")) or as_list(score.get("mean"))
    for name in as_list(score.get("reversed")):
        if name not in added or not isinstance(score.get("top"), int | float):
            yield (*place, "reversed"), "expected items of the sum or mean, and 'top', got less"
    if score.get("missing") == "prorate" and not 0 < _whole(score.get("at_least")) <= len(added):
        yield (
            place,
            f"expected 'at_least', from 1 to {len(added)} answers, got {score.get('at_least', 'nothing')}",
        )


def _operand(place: Place, name: str, items: Mapping[str, Part], *, numeric: bool) -> Found:
    part = items.get(name)
    if part is None:
        yield place, missing(name, items) or f"expected an item, got '{name}'"
    elif numeric and part.holds != "number" and not _all_numbers(part):
        yield place, f"expected an item that is a number, got '{name}'"


def _all_numbers(part: Part) -> bool:
    return bool(part.values) and all(isinstance(value, int | float) for value in part.values or [])


def _function(place: Place, score: Mapping[str, Any]) -> Found:
    name = score["function"]
    try:
        names = find(name).names
    except LookupError:
        yield (*place, "function"), f"expected a function of measures, got '{name}'"
        return
    if score.get("name") not in names:
        known = ", ".join(names)
        yield (*place, "name"), f"expected a figure of '{name}' ({known}), got '{score.get('name')}'"


def _bands(place: Place, score: Mapping[str, Any]) -> Found:
    """Yield bands that overlap, leave a gap or lie outside the range."""
    bands = [band for band in as_list(score.get("bands")) if isinstance(band, dict)]
    ends = [
        (low, high)
        for band in bands
        if is_number(low := band.get("from")) and is_number(high := band.get("to"))
    ]
    if not ends or len(ends) < len(bands):
        return
    for index, (low, high) in enumerate(ends):
        if low > high:
            yield (*place, "bands", index), f"expected 'from' below 'to', got {low} to {high}"
        if index and low != ends[index - 1][1] + 1:
            yield (*place, "bands", index), f"expected to begin at {ends[index - 1][1] + 1}, got {low}"
    whole = as_list(score.get("range"))
    if len(whole) == 2 and [ends[0][0], ends[-1][1]] != whole:
        yield (*place, "bands"), f"expected bands over the range {whole[0]} to {whole[1]}, got others"


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
