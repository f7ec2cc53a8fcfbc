"""Find parts of an SVG element tree."""

from iopkit.charts.figure import Element


def parts(drawn: Element, tag: str) -> list[Element]:
    """Return all elements with this tag, in order."""
    here = [drawn] if drawn[0] == tag else []
    return here + [part for child in drawn[2] if isinstance(child, list) for part in parts(child, tag)]


def texts(drawn: Element) -> list[str]:
    """Return what the text elements say, in order."""
    return [part[2][0] for part in parts(drawn, "text")]
