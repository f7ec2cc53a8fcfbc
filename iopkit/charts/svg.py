"""An SVG element tree as text, for reports. In the page the same tree is built with createElementNS."""

import re
from html import escape

from iopkit.charts.figure import Element

NAME = re.compile(r"^[a-zA-Z][a-zA-Z0-9:-]*$")


def to_svg(element: Element) -> str:
    """Return the element tree as SVG text with everything escaped; ValueError for a name that is not one."""
    tag, attributes, children = element
    for name in (tag, *attributes):
        if not NAME.match(name):
            raise ValueError("an SVG tag or attribute name may hold letters, digits, colons and dashes only")
    opening = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    if not children:
        return f"<{tag}{opening}/>"
    inside = "".join(escape(child) if isinstance(child, str) else to_svg(child) for child in children)
    return f"<{tag}{opening}>{inside}</{tag}>"
