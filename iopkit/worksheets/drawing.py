"""A drawing as it is stored: strokes on a grid, as JSON text. What arrives is checked to the last number.

``{"drawing":1,"strokes":[["teal","thin",[120,80,3,-4]]]}``: each stroke has a colour, a pen and its points,
the first as it lies on the grid and each further one as the step from the one before. The page draws the same
(``frontend/src/drawing.js``); the palette reaches it with the form.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Any

from iopkit.words import sentence
from iopkit.worksheets.unfit import UnfitError

LIMIT = 300_000
"""Most characters (all of them ASCII, so bytes) of one drawing."""
WIDTH, HEIGHT = 1000, 750
PAPER = "#fbf9f4"
"""A drawing lies on light paper, also on a dark page: its colours were chosen on it."""

COLOURS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "black": ("Black", "#1c2527"),
        "gray": ("Gray", "#7a8386"),
        "brown": ("Brown", "#7b4b2a"),
        "red": ("Red", "#bf3327"),
        "orange": ("Orange", "#d9730d"),
        "yellow": ("Yellow", "#e3b505"),
        "green": ("Green", "#2e7d32"),
        "teal": ("Teal", "#0d8080"),
        "blue": ("Blue", "#1f5fbf"),
        "purple": ("Purple", "#6a3fa0"),
        "pink": ("Pink", "#d1478c"),
        "paper": ("Paper, covers up", PAPER),
    }
)
PENS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {"thin": ("Thin", 4), "medium": ("Medium", 10), "thick": ("Thick", 24), "broad": ("Broad", 60)}
)

BROKEN = sentence("This drawing cannot be read. Please draw it again on this page.")


@dataclass(frozen=True)
class Stroke:
    """One line without lifting the pen; its points lie on the grid."""

    colour: str
    pen: str
    points: tuple[tuple[int, int], ...]


def read_drawing(answer: object) -> tuple[Stroke, ...]:
    """Return the strokes of a drawing; raise ``UnfitError`` for anything that the page does not write."""
    if not isinstance(answer, str):
        raise UnfitError(BROKEN)
    if len(answer) > LIMIT:
        raise UnfitError(too_large(len(answer)))
    try:
        data = json.loads(answer, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UnfitError(BROKEN) from error
    if not answer.isascii() or not isinstance(data, dict) or set(data) != {"drawing", "strokes"}:
        raise UnfitError(BROKEN)
    strokes = data["strokes"]
    if (
        type(data["drawing"]) is not int
        or data["drawing"] != 1
        or not isinstance(strokes, list)
        or not strokes
    ):
        raise UnfitError(BROKEN)
    return tuple(map(_stroke, strokes))


def too_large(size: int) -> str:
    """Return the sentence for a drawing of ``size`` bytes."""
    return (
        f"This drawing is too large to keep: it takes {round(size / 1000):,} KB, and {LIMIT // 1000} KB fit. "
        "Please undo some lines, or finish it here and go on in a new one."
    )


def path(points: Sequence[tuple[int, int]]) -> str:
    """Return the way of a pen as SVG: a dot, or a curve through the middle between each two points.

    >>> path([(0, 0), (10, 0), (10, 5)])
    'M0 0Q10 0 10 2.5L10 5'
    """
    (x, y), *rest = points
    if not rest:
        return f"M{x} {y}h0"
    curves = [
        f"Q{x1} {y1} {_plain((x1 + x2) / 2)} {_plain((y1 + y2) / 2)}" for (x1, y1), (x2, y2) in pairwise(rest)
    ]
    return f"M{x} {y}{''.join(curves)}L{rest[-1][0]} {rest[-1][1]}"


def palette() -> dict[str, Any]:
    """Return what the page needs to draw: the grid, the limit, paper, colours and pens with their names."""
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "limit": LIMIT,
        "paper": PAPER,
        "colours": [{"value": key, "text": text, "is": tone} for key, (text, tone) in COLOURS.items()],
        "pens": [{"value": key, "text": text, "is": width} for key, (text, width) in PENS.items()],
    }


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; refuse one that says a thing twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise UnfitError(BROKEN)
    return made


def _stroke(raw: object) -> Stroke:
    if not isinstance(raw, list) or len(raw) != 3:
        raise UnfitError(BROKEN)
    colour, pen, steps = raw
    known = isinstance(colour, str) and colour in COLOURS and isinstance(pen, str) and pen in PENS
    if not known or not isinstance(steps, list) or len(steps) < 2 or len(steps) % 2:
        raise UnfitError(BROKEN)
    if any(type(step) is not int or abs(step) > WIDTH for step in steps):
        raise UnfitError(BROKEN)
    points = tuple(zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True))
    if any(not (0 <= x <= WIDTH and 0 <= y <= HEIGHT) for x, y in points):
        raise UnfitError(BROKEN)
    return Stroke(colour, pen, points)


def _plain(number: float) -> str:
    """Return a number as both sides write it: no decimals where there are none."""
    return str(int(number)) if number == int(number) else str(number)
