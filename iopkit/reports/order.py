"""What is ordered of a batch and what comes of it: one report, its files, its outcome. No names anywhere."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Status = Literal["done", "failed", "skipped"]
CELL_SECONDS = 120
PROGRAM = "program"
"""What a report about the whole program is called in the manifest, where another has its client."""


@dataclass(frozen=True, slots=True)
class Order:
    """One report to make: for whom it is read, of whom it is, over which days, into which file.

    ``file`` has the ending ``.html``; a PDF lies beside it. ``rests`` is what the reader's view of the client
    rested on when the batch began. ``subject`` is the parameter that takes the client: ``client``, ``couple``
    or none.
    """

    template: Path
    reader: str
    client: str
    client_id: str
    since: str
    until: str
    file: Path
    forms: tuple[str, ...] = ("html",)
    subject: str = "client"
    rests: frozenset[str] = frozenset()
    seconds: int = CELL_SECONDS
    named_reader: str = ""
    """The reader as the manifest names them, where each report has its own."""

    @property
    def files(self) -> list[Path]:
        """The files it makes, in the order of its forms."""
        return [self.file.with_suffix(f".{form}") for form in self.forms]

    @property
    def parameters(self) -> dict[str, str]:
        """What Papermill fills in. Names come from here, never from data."""
        days = {"since": self.since, "until": self.until}
        return {self.subject: self.client_id, **days} if self.subject else days


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one report. ``client`` is as the operator wrote it; ``error`` names nobody."""

    client: str
    status: Status
    files: list[str] = field(default_factory=list)
    seconds: float = 0.0
    error: str = ""
    reader: str = ""
    inputs: str = ""
    """A hash of all that the report was made of."""
    kept: bool = False
    """It was there already, made of the same."""

    def row(self) -> dict[str, Any]:
        """Return what the manifest says of it."""
        found = {
            "client": self.client,
            "status": self.status,
            "files": self.files,
            "seconds": self.seconds,
            "error": self.error,
        }
        return found | ({"reader": self.reader} if self.reader else {})


def file_name(client: str) -> str:
    """Return what an operator called a client, as part of a file name."""
    return re.sub(r"[^0-9A-Za-z_.-]", "_", client)[:64]
