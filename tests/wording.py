"""Compares the items of an instrument file with their published wording, and says where they differ."""

import re
from collections.abc import Sequence
from pathlib import Path

from iopkit.worksheets.load import read_document
from iopkit.worksheets.outline import outline

REMEDY = "take it from the reference, or list the deviation with its reason under 'reference'"


def plain(text: str) -> str:
    """Return a wording with dashes and quotes folded and without the sign at its end."""
    folded = re.sub(r"\s*[–—-]\s*", "-", text).replace("“", '"').replace("”", '"')
    return " ".join(folded.split()).rstrip(".?")


def differences(path: Path, prefix: str, published: Sequence[str]) -> list[str]:
    """Return ``file:line: …`` for each numbered item whose text is not the published one."""
    document = read_document(path)
    asked = [part for part in outline(document) if re.fullmatch(rf"{prefix}_[0-9]+", part.name)]
    if len(asked) != len(published):
        text = f"expected the {len(published)} published items, got {len(asked)}; {REMEDY}"
        return [document.problem(("pages",), text)]
    return [
        document.problem((*part.place, "title"), f"expected the published wording of '{part.name}'; {REMEDY}")
        for part, text in zip(asked, published, strict=True)
        if plain(str(part.raw.get("title", ""))) != plain(text)
    ]
