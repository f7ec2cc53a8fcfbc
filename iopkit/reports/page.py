"""One self-contained HTML page from an executed notebook: no code, no script, nothing from another host."""

import base64
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from nbconvert.filters import clean_html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from iopkit.reports.block import BLOCK_MIME, BLOCKS, blocks_html
from iopkit.reports.style import style, style_source
from iopkit.words import LANGUAGES

APP_ONLY = "app-only"
"""Cells with this tag are for the app and not for the report."""


def page_html(notebook: Mapping[str, Any]) -> str:
    """Return the page. The same content gives the same bytes: no time, path or parameter is in it."""
    parts = [part for cell in notebook["cells"] for part in cell_html(cell)]
    policy = f"default-src 'none'; img-src data:; style-src {style_source()}"
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title(notebook))}</title><style>{style()}</style>"
    )
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{escape(language(notebook))}"><head>{head}</head>\n'
        f'<body class="iopkit"><main class="report">\n{body}\n</main></body></html>\n'
    )


def title(notebook: Mapping[str, Any]) -> str:
    """Return the title of the page: in the report's language or the notebook's own, never a client's name."""
    return str(speech(notebook).get("title") or notebook["metadata"].get("title") or "Report")


def language(notebook: Mapping[str, Any]) -> str:
    """Return the language that a report says it is written in, English unless it does."""
    return str(speech(notebook).get("language", "en"))


def speech(notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a report says about its language; nothing where it says none that we have."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            for block in output.get("data", {}).get(BLOCK_MIME, {}).get("blocks", []):
                if block.get("kind") == "speech" and block["language"] in LANGUAGES:
                    found: Mapping[str, Any] = block
                    return found
    return {}


def markdown(source: str) -> str:
    """Return the text of a notebook as HTML; tags that somebody typed are text in it."""
    plain = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=plain).render(source))


def cell_html(cell: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a cell shows: its text, or what its code displayed."""
    if APP_ONLY in cell["metadata"].get("tags", []):
        return
    if cell["cell_type"] == "markdown":
        yield markdown(cell["source"])
    for output in cell.get("outputs", []):
        if output["output_type"] in ("display_data", "execute_result"):
            yield output_html(output["data"], output["metadata"])
        elif output["output_type"] == "stream" and output["name"] == "stdout":
            yield f"<pre>{escape(text(output['text']))}</pre>"


def output_html(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    """Return one output: blocks from their data, pictures embedded, other HTML cleaned, else plain text."""
    if BLOCK_MIME in data:
        return blocks_html(BLOCKS.validate_python(data[BLOCK_MIME]["blocks"]))
    alt = escape(str(metadata.get("alt", "A picture without a description")))
    if "image/svg+xml" in data:
        packed = base64.b64encode(text(data["image/svg+xml"]).encode()).decode()
        return f'<img alt="{alt}" src="data:image/svg+xml;base64,{packed}">'
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            return f'<img alt="{alt}" src="data:{kind};base64,{text(data[kind]).strip()}">'
    if "text/html" in data:
        return cleaned(text(data["text/html"]))
    return f"<pre>{escape(text(data.get('text/plain', '')))}</pre>"


def cleaned(html: str) -> str:
    """Return HTML of a notebook without scripts, styles and whatever else could do more than show."""
    return str(clean_html(html))  # type: ignore[no-untyped-call]  # nbconvert has no types


def text(value: str | list[str]) -> str:
    """Return text that a notebook may hold as a list of lines."""
    return value if isinstance(value, str) else "".join(value)
