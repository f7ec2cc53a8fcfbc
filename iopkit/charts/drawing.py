"""A drawing as a picture: the strokes a client made, on paper, with the words a picture needs."""

from collections.abc import Sequence

from iopkit.charts.figure import Element, Figure, Table
from iopkit.worksheets.drawing import COLOURS, HEIGHT, PAPER, PENS, WIDTH, Stroke, path


def drawing_svg(strokes: Sequence[Stroke], name: str) -> Element:
    """Return the element tree of a drawing; ``name`` is what it is called for those who do not see it."""
    paper: Element = ["rect", {"width": WIDTH, "height": HEIGHT, "fill": PAPER}, []]
    drawn = [paper, *(_line(stroke) for stroke in strokes)]
    size = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "class": "drawing"}
    return ["svg", size, [["title", {}, [name]], *drawn]]


def drawing_figure(strokes: Sequence[Stroke], title: str) -> Figure:
    """Return a drawing with its title and one sentence: nobody but its maker can say more about it."""
    lines = "1 line" if len(strokes) == 1 else f"{len(strokes)} lines"
    used = list(dict.fromkeys(COLOURS[stroke.colour][0] for stroke in strokes if stroke.colour != "paper"))
    summary = f"A drawing of {lines}" + (f", in {_listing(used)}." if used else ".")
    return Figure(
        title=title, summary=summary, svg=drawing_svg(strokes, summary), table=Table(head=[], rows=[])
    )


def _line(stroke: Stroke) -> Element:
    look = {
        "fill": "none",
        "stroke": COLOURS[stroke.colour][1],
        "stroke-width": PENS[stroke.pen][1],
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    return ["path", {"d": path(stroke.points), **look}, []]


def _listing(names: Sequence[str]) -> str:
    first = ", ".join(name.lower() for name in names[:-1])
    return f"{first} and {names[-1].lower()}" if first else names[-1].lower()
