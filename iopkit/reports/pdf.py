"""A tagged PDF (PDF/UA-1) from an executed notebook, set by Typst from the same blocks as the page.

All words travel as JSON data and are set as text, never as markup. The same content gives the same bytes.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Any

from iopkit.charts.svg import to_svg
from iopkit.reports.block import BLOCK_MIME, BLOCKS, AnyBlock, Chart, Rows
from iopkit.reports.page import APP_ONLY, cleaned, language, markdown, text, title
from iopkit.reports.style import style

FONT = "Libertinus Serif"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
UNCOVERED = re.compile(
    r"[^\t\n -~\u00a0-\u017f\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u2013\u2014\u2018-\u201d\u2022\u2026"
    r"\u20ac\u2192\u2212\u2264\u2265]"
)
"""All but letters, figures and signs that the fonts that come with Typst have for certain."""
NO_WORDS = "A picture without a description"
PICTURES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def page_pdf(notebook: Mapping[str, Any]) -> bytes:
    """Return the PDF of a report: its blocks, a header with its id and page n of m on each page."""
    import typst

    parts = [part for cell in notebook["cells"] for part in cell_parts(cell)]
    content = {"title": title(notebook), "language": language(notebook), "id": report_id(parts)}
    content["parts"] = readable(parts, CONTROLS)
    try:
        return compiled(content, ours=True)
    except typst.TypstError:  # a character that the fonts of Typst do not have
        pass
    try:
        return compiled(content, ours=False)
    except typst.TypstError:
        return compiled(content | {"parts": readable(parts, UNCOVERED)}, ours=True)


def compiled(content: Mapping[str, Any], *, ours: bool) -> bytes:
    """Return the PDF of some content, with the fonts that come with Typst alone or also this machine's."""
    import typst

    made: bytes = typst.compile(
        template(),
        sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=ours,
        timestamp=0,
    )
    return made


def readable(value: Any, pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return data with each character of a kind replaced by its name; no font can show it here."""
    if isinstance(value, str):
        return pattern.sub(lambda found: named(found.group()), value)
    if isinstance(value, list):
        return [readable(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: readable(one, pattern) for key, one in value.items()}
    return value


def named(character: str) -> str:
    """Return a character as its name, nothing for one without.

    >>> named("\N{SLIGHTLY SMILING FACE}")
    '[slightly smiling face]'
    """
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if name and unicodedata.category(character)[0] != "C" else ""


@cache
def template() -> bytes:
    """Return how a report is set."""
    return files("iopkit.reports").joinpath("report.typ").read_bytes()


def report_id(parts: list[dict[str, Any]]) -> str:
    """Return twelve letters that tell one report from another: a hash of all it says."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def cell_parts(cell: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a cell shows, as data for the page."""
    if APP_ONLY in cell["metadata"].get("tags", []):
        return
    if cell["cell_type"] == "markdown":
        yield from html_parts(markdown(cell["source"]))
    for output in cell.get("outputs", []):
        if output["output_type"] in ("display_data", "execute_result"):
            yield from output_parts(output["data"], output["metadata"])
        elif output["output_type"] == "stream" and output["name"] == "stdout":
            yield {"kind": "plain", "text": text(output["text"])}


def output_parts(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield one output: blocks from their data, pictures with their words, other HTML as its text."""
    if BLOCK_MIME in data:
        yield from map(block_part, BLOCKS.validate_python(data[BLOCK_MIME]["blocks"]))
        return
    for kind, form in PICTURES.items():
        if kind in data:
            raw = text(data[kind])
            packed = list(raw.encode() if form == "svg" else base64.b64decode(raw))
            yield {"kind": "picture", "form": form, "data": packed, "alt": str(metadata.get("alt", NO_WORDS))}
            return
    if "text/html" in data:
        yield from html_parts(cleaned(text(data["text/html"])))
    else:
        yield {"kind": "plain", "text": text(data.get("text/plain", ""))}


def block_part(block: AnyBlock) -> dict[str, Any]:
    """Return one block as data: as it is, but a chart with its picture as SVG in print colours."""
    if isinstance(block, Chart):
        figure = block.figure
        return {
            "kind": "chart",
            "title": figure.title,
            "summary": figure.summary,
            "svg": print_svg(to_svg(figure.svg)),
            "table": whole(figure.table.head, figure.table.rows),
        }
    if isinstance(block, Rows):
        return {"kind": "table", "caption": block.caption, "table": whole(block.table.head, block.table.rows)}
    return block.model_dump(mode="json")


def whole(head: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """Return a table in which each row is as long as its head."""
    width = len(head)
    return {"head": head, "rows": [[*row, *[""] * (width - len(row))][:width] for row in rows]}


def html_parts(html: str) -> Iterator[dict[str, Any]]:
    """Yield the headings and paragraphs of cleaned HTML as text."""
    for tag, level, inner in re.findall(r"<(h([1-6])|p|li|td|th|pre)\b[^>]*>(.*?)</\1>", html, re.DOTALL):
        words = unescape(re.sub(r"<[^>]*>", "", inner)).strip()
        if words and tag.startswith("h") and level:
            yield {"kind": "heading", "text": words, "level": min(int(level), 3)}
        elif words:
            yield {"kind": "text", "text": words, "soft": False}


@cache
def print_style() -> str:
    """Return the styles of charts with their colours written out, as printed in light."""
    css = re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)
    names: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+):\s*([^;}]+)", css):
        names.setdefault(name, value.strip())
    outside = re.sub(r"@container[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    rules = re.findall(r"((?:\.chart-[\w-]+\s*,?\s*)+)\{([^}]*)\}", outside)
    text_rules = "\n".join(f"{where.strip()}{{{what}}}" for where, what in rules)
    filled = re.sub(r"var\(--([\w-]+)\)", lambda found: names.get(found.group(1), "#000"), text_rules)
    return re.sub(r"font-family:[^;}]+", f"font-family:{FONT}", filled)


def print_svg(svg: str) -> str:
    """Return a chart that carries its own styles and needs nothing of a page."""
    head, mark, rest = svg.partition(">")
    return f"{head}{mark}<style>{print_style()}</style>{rest}"
