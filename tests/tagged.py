"""Whether a PDF can be read aloud: what two independent checkers of PDF/UA-1 find wrong with it."""

from pathlib import Path

import outloud
import pdfua


def faults(file: Path) -> list[str]:
    """Return the faults of a PDF file, a line each, of both checkers; also that one could not read it."""
    heard = outloud.check(str(file))
    errors = [f"{one.rule}: {one.message}" for one in heard.findings if one.severity == "error"]
    unread = [heard.error] if heard.error else []
    return [str(finding) for finding in pdfua.validate(file).findings] + errors + unread
