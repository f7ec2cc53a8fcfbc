"""Checks the charts of a document: that each can be drawn from the scores or the function it names."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from iopkit.worksheets.functions import overview
from iopkit.worksheets.load import Place
from iopkit.worksheets.model import ChartKind
from iopkit.worksheets.outline import Part, as_list

Found = Iterator[tuple[Place, str]]
Scores = Mapping[str, Mapping[str, Any]]

OF_SCORES = ("line", "bars", "calendar", "slope", "nights")
"""Kinds that draw scores; the others need a function over many entries."""

MOST_LINES = 4
"""As many marks as one can tell apart without colour."""

NIGHT = ("into_bed", "tried_to_sleep", "final_awakening", "out_of_bed")


def chart_problems(data: Mapping[str, Any], items: Mapping[str, Part]) -> Found:
    """Yield what is wrong with the charts of a document, by place."""
    scores = {
        str(score.get("name")): score for score in as_list(data.get("scores")) if isinstance(score, dict)
    }
    for index, chart in enumerate(as_list(data.get("charts"))):
        if isinstance(chart, dict) and chart.get("kind") in get_args(ChartKind):
            yield from _chart(("charts", index), chart, scores, items)


def _chart(place: Place, chart: Mapping[str, Any], scores: Scores, items: Mapping[str, Part]) -> Found:
    kind, names = str(chart["kind"]), [str(name) for name in as_list(chart.get("scores"))]
    if bool(names) is isinstance(chart.get("function"), str):
        yield place, f"expected either 'scores' or 'function', got {'both' if names else 'neither'}"
    elif not names:
        yield from _function(place, kind, str(chart["function"]), items)
    elif kind not in OF_SCORES:
        yield (*place, "scores"), f"expected 'function', which a chart of kind '{kind}' draws, got 'scores'"
    else:
        unknown = [name for name in names if name not in scores]
        for name in unknown:
            yield (
                (*place, "scores"),
                f"expected a score of this worksheet, got '{name}'" + _near(name, scores),
            )
        if not unknown:
            yield from _fits((*place, "scores"), kind, [scores[name] for name in names], items)


def _function(place: Place, kind: str, name: str, items: Mapping[str, Part]) -> Found:
    try:
        found = overview(name)
    except LookupError:
        yield (*place, "function"), f"expected a function of measures over many entries, got '{name}'"
        return
    if found.kind != kind:
        yield (*place, "kind"), f"expected '{found.kind}', which draws '{name}', got '{kind}'"
    for item in found.reads:
        if item not in items:
            yield (
                (*place, "function"),
                f"expected the item '{item}', which '{name}' reads, got a worksheet without it",
            )


def _fits(place: Place, kind: str, scores: list[Mapping[str, Any]], items: Mapping[str, Part]) -> Found:
    """Yield why scores cannot be drawn together in a chart of this kind."""
    count = len(scores)
    if kind in ("bars", "calendar") and count > 1:
        yield place, f"expected one score in a chart of kind '{kind}', got {count}; make a chart of each"
    if kind == "line":
        if count > MOST_LINES:
            yield place, f"expected at most {MOST_LINES} scores in one line chart, got {count}"
        yield from _alike(place, scores)
    if kind == "slope":
        if count % 2:
            yield place, f"expected pairs of scores, before and after, got {count}"
        else:
            for first in range(0, count, 2):
                yield from _alike(place, scores[first : first + 2])
    if kind == "nights":
        for item in NIGHT:
            if item not in items:
                yield (
                    place,
                    f"expected the item '{item}', which bars of nights need, got a worksheet without it",
                )


def _alike(place: Place, scores: list[Mapping[str, Any]]) -> Found:
    """Yield a fault where one axis would have to carry two scales."""
    for key in ("unit", "range"):
        first = scores[0].get(key)
        other = next((score for score in scores if score.get(key) != first), None)
        if other is not None:
            yield (
                place,
                f"expected scores of one {key}, got {_words(first)} for '{scores[0].get('name')}' and "
                f"{_words(other.get(key))} for '{other.get('name')}'; make a chart of each",
            )


def _words(value: object) -> str:
    return " to ".join(map(str, value)) if isinstance(value, list) else str(value or "none")


def _near(name: str, scores: Scores) -> str:
    near = difflib.get_close_matches(name, list(scores), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
