"""The lines that are printed on every page of the server."""

from iopkit.apps.view import HelpLine

LINES = (
    HelpLine(label="988", detail="Call or text, any time: Suicide and Crisis Lifeline", href="tel:988"),
    HelpLine(label="911", detail="When somebody is in danger now", href="tel:911"),
)
