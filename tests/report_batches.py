"""A real batch of reports as a process of its own: started, killed, watched while it works."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from iopkit.bench.growth import EVERY, memory, parents, tree

ROOT = Path(__file__).parent.parent
PATIENCE = 600
LEDGER = ".iopkit-report.jsonl"


@dataclass
class Running:
    """A batch that runs, and the folder it writes into."""

    process: subprocess.Popen[str]
    out: Path
    noted: int = 0
    read: int = 0
    samples: list[dict[str, float]] = field(default_factory=list)

    def count(self) -> int:
        """Return how many reports the ledger holds now: whole lines, read on from where we were."""
        path = self.out / LEDGER
        if path.exists():
            with path.open("rb") as file:
                file.seek(self.read)
                new = file.read()
            self.read += len(new)
            self.noted += new.count(b"\n")
        return self.noted

    def until(self, reports: int) -> None:
        """Wait until so many reports are done, as long as there are ever more of them."""
        done, end = -1, 0.0
        while self.count() < reports:
            if self.noted > done:
                done, end = self.noted, time.monotonic() + PATIENCE
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end, f"{self.noted} of {reports} reports"
            time.sleep(0.02)

    def memory(self, *kinds: str) -> dict[str, float]:
        """Return the memory of its processes once there are some of each kind: workers are renewed."""
        end = time.monotonic() + PATIENCE
        while min((taken := memory(self.process.pid))[kind] for kind in kinds) <= 1:
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end, taken
            time.sleep(0.05)
        return taken

    def kill(self, *, group: bool) -> None:
        """End the batch by ``kill -9``, alone or with all it started, and wait until each is gone."""
        everyone = lives(self.process.pid)
        if group:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.communicate()
        end = time.monotonic() + PATIENCE
        while left := [pid for pid, at in everyone.items() if born(pid) == at]:
            assert time.monotonic() < end, f"processes of a killed batch live on: {left}"
            time.sleep(0.05)

    def watch(self, seen: Callable[[], None] = lambda: None) -> str:
        """Wait for the end, taking the memory after each hundred reports; return what the batch said."""
        wanted = EVERY
        while self.process.poll() is None:
            if self.count() >= wanted:
                self.samples.append({"reports": self.noted} | memory(self.process.pid))
                seen()
                wanted = self.noted - self.noted % EVERY + EVERY
            time.sleep(0.1)
        said, errors = self.process.communicate()
        assert self.process.returncode == 0, errors
        return said


def start(home: dict[str, str], out: Path, *arguments: str) -> Running:
    """Start ``iopkit report`` with two workers, in a session of its own."""
    command = [sys.executable, "-c", "from iopkit.cli import main; main()", "report", *arguments]
    process = subprocess.Popen(
        [*command, "--out", str(out), "--workers", "2"],
        env=os.environ | home | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    return Running(process, out)


def born(pid: int) -> str:
    """Return when a process began, which tells it from a later one of its number; "" when it has ended."""
    try:
        found = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if found[0] == "Z" else found[19]


def lives(root: int) -> dict[int, str]:
    """Return a process and all that descend from it, each with its birth."""
    return {pid: at for pid in tree(root, parents()) if (at := born(pid))}


def rows(out: Path) -> list[dict[str, object]]:
    """Return what the manifest of a folder says of each report."""
    found: list[dict[str, object]] = json.loads((out / "manifest.json").read_text())["reports"]
    return found


def content(out: Path) -> dict[str, bytes]:
    """Return the files of a batch by name; of the manifest all but how long each report took."""
    found = {path.name: path.read_bytes() for path in out.glob("[!.]*") if path.name != "manifest.json"}
    manifest = json.loads((out / "manifest.json").read_text())
    for row in manifest["reports"]:
        del row["seconds"]
    return found | {"manifest.json": json.dumps(manifest).encode()}
