"""The ledger of a folder of reports: a line for each that is done, so that an interrupted batch goes on.

A line is written when its files are on the disk. A report counts as done when its template, its days, its
reader and the data behind it are the same (one hash) and its files are as they were written. A line that a
crash cut short is not read.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from iopkit.reports.order import Order, Outcome
from iopkit.reports.whole import digest, write_whole

NAME = ".iopkit-report.jsonl"


class Ledger:
    """What is done in one folder. ``note`` is for the process that runs the batch, alone.

    Only what earlier batches did is held in memory: a long batch does not grow by what it writes down.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._done = read(self.path)

    def known(self, order: Order) -> str:
        """Return the hash of what a report was made of, if its files are still as they were; else ""."""
        line = self._done.get(order.file.stem)
        if line is None or line["forms"] != list(order.forms):
            return ""
        same = [digest(path) for path in order.files] == line["digests"]
        return str(line["inputs"]) if same else ""

    def seconds(self, order: Order) -> float:
        """Return how long a known report took when it was made."""
        return float(self._done[order.file.stem]["seconds"])

    def note(self, order: Order, outcome: Outcome) -> None:
        """Write down that a report is done."""
        line = {
            "file": order.file.stem,
            "forms": list(order.forms),
            "inputs": outcome.inputs,
            "digests": [digest(path) for path in order.files],
            "seconds": outcome.seconds,
        }
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(json.dumps(line) + "\n")

    def tidy(self) -> None:
        """Write one line for each report, where some have several."""
        text = "".join(json.dumps(line) + "\n" for line in read(self.path).values())
        if self.path.exists() and self.path.stat().st_size != len(text.encode()):
            write_whole(self.path, text)


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the newest whole line of each file in a ledger, by its name."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    found = []
    for line in lines:
        with suppress(ValueError):
            found.append(json.loads(line))
    whole = (one for one in found if isinstance(one, dict) and {"file", "forms", "inputs"} <= one.keys())
    return {one["file"]: one for one in whole}
