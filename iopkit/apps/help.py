"""Ways to get help now: 988, 911 and the program's own number; the same on every page, also offline."""

import os
import re

from iopkit.apps.view import HelpLine
from iopkit.words import say, sentence

LINES = (
    HelpLine(
        label=sentence("Call 988"),
        detail=sentence(
            "Suicide and Crisis Lifeline, day and night. Veterans press 1. Para español, oprima 2."
        ),
        href="tel:988",
    ),
    HelpLine(
        label=sentence("Text 988"), detail=sentence("The same people, by text message."), href="sms:988"
    ),
    HelpLine(
        label=sentence("Call 911"), detail=sentence("When somebody is in danger right now."), href="tel:911"
    ),
)
"""988 and 911 first (988lifeline.org; there is no "press 3" line since 17 July 2025)."""


def help_lines(number: str | None = None, language: str = "en") -> list[HelpLine]:
    """Return the lines in order; the program's number is the argument or ``IOPKIT_PROGRAM_NUMBER``."""
    lines = [
        HelpLine(label=say(line.label, language), detail=say(line.detail, language), href=line.href)
        for line in LINES
    ]
    program = (os.environ.get("IOPKIT_PROGRAM_NUMBER", "") if number is None else number).strip()
    if not program:
        return lines
    dial = re.sub(r"[^0-9+]", "", program)
    ours = HelpLine(
        label=say("Call the program", language),
        detail=say(
            "{number}. During program hours; nobody watches this page in between.", language, number=program
        ),
        href=f"tel:{dial}",
        program=True,
    )
    return [*lines, ours]
