"""The look of a report page: the styles of the apps and its own, to be written into the page."""

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

from iopkit.errors import ReportError

NOT_BUILT = "The styles are not built. In the checkout run: cd frontend && npm ci && node build.mjs"


@cache
def style() -> str:
    """Return the styles; ReportError when the front end was never built."""
    static = files("iopkit") / "widgets" / "static"
    try:
        name = json.loads((static / "manifest.json").read_text(encoding="utf-8"))["base.css"]
        shared = (static / name).read_text(encoding="utf-8")
    except (FileNotFoundError, KeyError):
        raise ReportError(NOT_BUILT) from None
    own = (files("iopkit.reports") / "report.css").read_text(encoding="utf-8")
    return f"{shared.strip()}\n{own.strip()}\n"


def style_source() -> str:
    """Return what the page's Content-Security-Policy calls these styles: their hash."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
