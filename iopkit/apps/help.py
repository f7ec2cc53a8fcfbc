"""Ways to get help now: 988, 911 and the program's own number; the same on every page, also offline."""

import os
import re

from iopkit.apps.view import HelpLine

LINES = (
    HelpLine(
        label="Call 988",
        detail="Suicide and Crisis Lifeline, day and night. Veterans press 1. Para español, oprima 2.",
        href="tel:988",
    ),
    HelpLine(label="Text 988", detail="The same people, by text message.", href="sms:988"),
    HelpLine(label="Call 911", detail="When somebody is in danger right now.", href="tel:911"),
)
"""988 and 911 first (988lifeline.org; there is no "press 3" line since 17 July 2025)."""


def help_lines(number: str | None = None) -> list[HelpLine]:
    """Return the lines in order; the program's number is the argument or ``IOPKIT_PROGRAM_NUMBER``."""
    program = (os.environ.get("IOPKIT_PROGRAM_NUMBER", "") if number is None else number).strip()
    if not program:
        return list(LINES)
    dial = re.sub(r"[^0-9+]", "", program)
    ours = HelpLine(
        label="Call the program",
        detail=f"{program}. During program hours; nobody watches this page in between.",
        href=f"tel:{dial}",
    )
    return [*LINES, ours]
