"""Where the built front end lies: hashed names from its manifest, and the folder to serve."""

import json
from functools import cache
from pathlib import Path

from iopkit.errors import ServeError

static = Path(__file__).parent / "static"
"""The folder of built files; everything in it may be seen by anybody."""

BUILD = "cd frontend && npm ci && node build.mjs"


def asset(name: str) -> str:
    """Return the hashed name of ``name`` ("page.js" → "page-3F6A….js"); ServeError when it is not built."""
    try:
        return manifest()[name]
    except KeyError:
        raise ServeError(f"The front end has no {name!r}. It has: {', '.join(manifest())}.") from None


@cache
def manifest() -> dict[str, str]:
    """Return plain name → hashed name for all built files; ServeError when nothing was built."""
    try:
        names = json.loads((static / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ServeError(f"The front end is not built. In the checkout run: {BUILD}") from None
    return {str(name): str(file) for name, file in names.items()}


def module(name: str) -> Path:
    """Return the path of a module or style for JupyterLab ("form-widget.js"); ServeError when not built."""
    path = static / name
    if not path.is_file():
        raise ServeError(f"The front end is not built. In the checkout run: {BUILD}")
    return path
