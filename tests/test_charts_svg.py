"""An element tree becomes SVG text in which nothing can break out."""

from xml.etree import ElementTree

import pytest

from iopkit.charts.axis import element
from iopkit.charts.svg import to_svg


def test_text_and_attributes_are_escaped() -> None:
    drawn = element("text", ["<script>alert(1)</script> & more"], class_='a"b')

    assert to_svg(drawn) == ('<text class="a&quot;b">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</text>')


def test_an_element_without_children_closes_itself() -> None:
    assert to_svg(element("line", x1=1, x2=2.5)) == '<line x1="1" x2="2.5"/>'


def test_coordinates_keep_two_decimals_at_most() -> None:
    assert to_svg(element("circle", cx=1 / 3, cy=-0.001, r=4.10)) == '<circle cx="0.33" cy="0" r="4.1"/>'


@pytest.mark.parametrize("name", ["a b", "x onload", "<b>", "1a", ""])
def test_a_name_that_is_not_one_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="letters, digits, colons and dashes only"):
        to_svg([name, {}, []])
    with pytest.raises(ValueError, match="letters, digits, colons and dashes only"):
        to_svg(["g", {name: "1"}, []])


def test_the_text_is_well_formed() -> None:
    drawn = element("svg", [element("g", ["a < b", element("title", ["“quoted”"])])], viewBox="0 0 1 1")

    assert ElementTree.fromstring(to_svg(drawn)).attrib == {"viewBox": "0 0 1 1"}
