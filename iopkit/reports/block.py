"""Blocks of a report: heading, text, table, chart, callout. Each is shown as HTML and as data.

A notebook displays blocks; pages are set from their data, so that one notebook makes every kind of output.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import zip_longest
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from iopkit.charts import Figure, Table, to_svg
from iopkit.words import say

BLOCK_MIME = "application/vnd.iopkit.block+json"


class Block(BaseModel):
    """Base of all blocks: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def html(self) -> str:
        """Return the block as HTML with all text escaped."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return bundle([self])  # type: ignore[list-item]  # every subclass is one of AnyBlock


class Heading(Block):
    """A heading; ``level`` 1 is the title of the report, once."""

    kind: Literal["heading"] = "heading"
    text: str
    level: Literal[1, 2, 3] = 2

    def html(self) -> str:
        """Return ``<h1>`` to ``<h3>``."""
        return f"<h{self.level}>{escape(self.text)}</h{self.level}>"


class Speech(Block):
    """The language a report is written in, and its name in it; it shows nothing."""

    kind: Literal["speech"] = "speech"
    language: str
    title: str = ""
    """For the page's title and the head of each sheet of paper, so never somebody's name."""

    def html(self) -> str:
        """Return nothing."""
        return ""


class Behind(BaseModel):
    """A link from a number to the entries behind it, on the same page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    anchor: str
    words: str

    def html(self) -> str:
        """Return ``<a>``."""
        return link(self.anchor, self.words)


class Text(Block):
    """A paragraph. Line breaks of what somebody wrote are kept; ``soft`` is quieter, for sources."""

    kind: Literal["text"] = "text"
    text: str
    soft: bool = False
    behind: Behind | None = None

    def html(self) -> str:
        """Return ``<p>``."""
        lines = "<br>".join(escape(line) for line in self.text.split("\n"))
        lines += f" {self.behind.html()}" if self.behind else ""
        return f'<p class="soft">{lines}</p>' if self.soft else f"<p>{lines}</p>"


class Facts(Block):
    """Names and values, such as who and when."""

    kind: Literal["facts"] = "facts"
    pairs: list[tuple[str, str]]

    def html(self) -> str:
        """Return ``<dl>``."""
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in self.pairs)
        return f'<dl class="facts">{rows}</dl>'


class Rows(Block):
    """A table with a caption; the first column names the row."""

    kind: Literal["table"] = "table"
    caption: str
    table: Table
    behind: list[str] = []
    """For each row where its entries are listed, or ""."""

    def html(self) -> str:
        """Return ``<table>`` with scoped headers."""
        return table_html(self.table, self.caption, self.behind)


class Chart(Block):
    """A picture with its summary and the numbers behind it."""

    kind: Literal["chart"] = "chart"
    figure: Figure
    behind: list[str] = []
    """For each number where its entry is listed, or ""."""
    language: str = "en"

    def html(self) -> str:
        """Return ``<figure>``: summary first, then the picture, then its numbers."""
        figure = self.figure
        table = table_html(figure.table, figure.title, self.behind) if figure.table.rows else ""
        opens = escape(say("The numbers", self.language))
        numbers = f"<details><summary>{opens}</summary>{table}</details>" if table else ""
        words = f"<figcaption><h3>{escape(figure.title)}</h3><p>{escape(figure.summary)}</p></figcaption>"
        return f'<figure class="figure">{words}{to_svg(figure.svg)}{numbers}</figure>'


class Callout(Block):
    """A sentence that must be seen; ``tone`` care when somebody has to act on it."""

    kind: Literal["callout"] = "callout"
    text: str
    tone: Literal["plain", "care"] = "plain"

    def html(self) -> str:
        """Return a notice."""
        name = "notice care" if self.tone == "care" else "notice"
        return f'<div class="{name}" role="note"><p>{escape(self.text)}</p></div>'


class Source(BaseModel):
    """One entry behind the numbers of a report: where the page lists it, and what is said of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    anchor: str
    cells: list[str]


class Group(BaseModel):
    """The entries of one worksheet behind the numbers of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    anchor: str
    title: str
    rows: list[Source]


class Evidence(Block):
    """The entries behind a report, to which its numbers link: a table for each worksheet."""

    kind: Literal["evidence"] = "evidence"
    head: list[str]
    groups: list[Group]

    def html(self) -> str:
        """Return a heading and a table for each worksheet, each row with its anchor."""
        return "\n".join(map(self.group_html, self.groups))

    def group_html(self, group: Group) -> str:
        """Return the entries of one worksheet."""
        table = Table(head=self.head, rows=[row.cells for row in group.rows])
        heading = f'<h3 id="{escape(group.anchor)}">{escape(group.title)}</h3>'
        return heading + table_html(table, group.title, names=[row.anchor for row in group.rows])


AnyBlock = Annotated[
    Heading | Speech | Text | Facts | Rows | Chart | Callout | Evidence, Field(discriminator="kind")
]
BLOCKS: TypeAdapter[list[AnyBlock]] = TypeAdapter(list[AnyBlock])


class Blocks(tuple[AnyBlock, ...]):
    """Several blocks shown as one output of a cell."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return bundle(self)

    def __repr__(self) -> str:
        return f"<{len(self)} blocks>"


def bundle(blocks: Sequence[AnyBlock]) -> dict[str, Any]:
    """Return blocks for a notebook: HTML to look at and data to set a page from."""
    return {
        "text/plain": f"<{len(blocks)} blocks>",
        "text/html": blocks_html(blocks),
        BLOCK_MIME: {"blocks": BLOCKS.dump_python(list(blocks), mode="json")},
    }


def blocks_html(blocks: Iterable[AnyBlock]) -> str:
    """Return blocks as HTML, in order."""
    return "\n".join(html for block in blocks if (html := block.html()))


def link(anchor: str, words: str) -> str:
    """Return a link to a place on the same page; only the words where there is none."""
    return f'<a href="#{escape(anchor)}">{escape(words)}</a>' if anchor else escape(words)


def table_html(table: Table, caption: str, behind: Sequence[str] = (), names: Sequence[str] = ()) -> str:
    """Return a table that reads aloud in order: caption, scoped column and row headers.

    ``behind`` has for each row where its header leads to, ``names`` what others call the row to lead to it.
    """
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.head)
    body = "".join(
        f"<tr{named(name)}>{row_html(row, anchor)}</tr>"
        for row, anchor, name in zip_longest(table.rows, behind, names, fillvalue="")
    )
    name = f"<caption>{escape(caption)}</caption>"
    whole = f'<table class="data">{name}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    # On a phone a wide table scrolls by itself, also by keyboard.
    return f'<div class="table-box" role="region" tabindex="0" aria-label="{escape(caption)}">{whole}</div>'


def named(anchor: str) -> str:
    """Return the attribute by which a row is led to, or nothing."""
    return f' id="{escape(anchor)}"' if anchor else ""


def row_html(row: Sequence[str], anchor: str = "") -> str:
    """Return the cells of a row, the first as its header, which leads to its entries."""
    cells = [f"<td>{escape(text)}</td>" for text in row[1:]]
    return "".join([f'<th scope="row">{link(anchor, text)}</th>' for text in row[:1]] + cells)
