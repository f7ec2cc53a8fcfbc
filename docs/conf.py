"""How the documentation is built: `make docs`, strictly, with nothing from another host."""

from sphinx.application import Sphinx

import iopkit
from iopkit.worksheets import load_catalog

project = "iopkit"
author = "The iopkit authors"
copyright = "2026, The iopkit authors"
release = version = iopkit.__version__
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "iopkit"
html_copy_source = False
nitpicky = True


def library() -> str:
    """Return the worksheets as a table for each category, from the worksheets themselves."""
    sheets = load_catalog().values()
    head = "| worksheet | minutes | what it is | what is derived |\n|---|---|---|---|\n"
    parts = []
    for category in dict.fromkeys(sheet.category for sheet in sheets):
        rows = [
            f"| **{sheet.title}**<br>`{sheet.id}` | {sheet.minutes} | {' '.join(sheet.about.split())} "
            f"| {'; '.join(score.title for score in sheet.scores)} |"
            for sheet in sheets
            if sheet.category == category
        ]
        parts.append(f"### {category.capitalize()}\n\n{head}" + "\n".join(rows))
    return "\n\n".join(parts)


def fill_in(app: Sphinx, name: str, source: list[str]) -> None:
    """Put the library where docs/worksheets.md asks for it."""
    if name == "worksheets":
        source[0] = source[0].replace("<!-- library -->", library())


def setup(app: Sphinx) -> None:
    """Connect the above to the build."""
    app.connect("source-read", fill_in)
