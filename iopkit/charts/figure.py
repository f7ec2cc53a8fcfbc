"""What every chart comes back as: a picture with its words and the numbers behind it."""

from typing import Any

from pydantic import BaseModel, ConfigDict

Element = list[Any]
"""An SVG element tree: ``[tag, {attribute: value}, [child elements or text, …]]``."""


class Drawn(BaseModel):
    """Base of chart data: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Table(Drawn):
    """The numbers behind a chart, or a table of a report. Cells are text; ``head`` has one text a column."""

    head: list[str]
    rows: list[list[str]]


class Figure(Drawn):
    """A picture with its words: title, one-sentence summary, SVG element tree, and the table behind it."""

    title: str
    summary: str
    svg: Element
    table: Table


class Pictures(Drawn):
    """The pictures of one worksheet, and for each that needs more entries a sentence saying how many."""

    title: str
    figures: list[Figure]
    waiting: list[str] = []
