"""The offline twin of a worksheet: one HTML file with the same form in it, that asks nobody for anything.

Its policy allows no request at all and only the one script and style that stand in it. Nothing is stored: the
answers leave as a file that the person saves. It names worksheet, version and assignment, and no person.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from html import escape

from iopkit.worksheets.model import Worksheet

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body class="iopkit">
<div id="iopkit-app"></div>
<script type="application/json" id="iopkit-offline">{data}</script>
<script>{script}</script>
</body>
</html>
"""
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; script-src '{script}'; "
    "style-src '{style}'"
)


def offline(
    worksheet: Worksheet,
    *,
    script: str,
    style: str,
    help_lines: Sequence[Mapping[str, str]],
    assignment: str = "",
) -> str:
    """Return the file; ``script`` and ``style`` are those of the built front end."""
    data = {
        "worksheet": worksheet.id,
        "version": worksheet.version,
        "assignment": assignment or None,
        "language": worksheet.language,
        "title": worksheet.title,
        "about": worksheet.about,
        "survey": worksheet.survey(),
        "begin": worksheet.begin,
        "flags": worksheet.conditions,
        "messages": worksheet.messages,
        "help": [dict(line) for line in help_lines],
    }
    return PAGE.format(
        language=worksheet.language,
        policy=POLICY.format(script=digest(script), style=digest(style)),
        title=escape(worksheet.title),
        style=style,
        data=inert(data),
        script=script,
    )


def digest(text: str) -> str:
    """Return how a policy names the one script or style that it allows."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def inert(data: Mapping[str, object]) -> str:
    """Return JSON that cannot end the element it stands in."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
