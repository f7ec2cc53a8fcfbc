"""Every report of a whole program: complete, right after a kill, the same bytes, and no growing memory.

The long form is `pytest -m soak tests/test_reports_soak.py -s`; its size is set by IOPKIT_SOAK_CLIENTS,
IOPKIT_SOAK_REPORTS, IOPKIT_SOAK_TEMPLATES and IOPKIT_SOAK_SEED, and its figures are kept where
IOPKIT_SOAK_JSON says.
"""

import json
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import large_clinic
import pytest
from report_batches import content, rows, start

from iopkit.bench.figure import machine
from iopkit.bench.growth import growth
from iopkit.clinic import PasswordCost, Settings, Store, open_store

CLIENTS = int(os.environ.get("IOPKIT_SOAK_CLIENTS", "1000"))
REPORTS = int(os.environ.get("IOPKIT_SOAK_REPORTS", "10000"))
SEED = int(os.environ.get("IOPKIT_SOAK_SEED", "1"))
SPAN = ("--from", large_clinic.STARTS.isoformat(), "--to", large_clinic.UNTIL.isoformat())
MOST_GROWTH = 5.0
TEMPLATES = os.environ.get(
    "IOPKIT_SOAK_TEMPLATES", "client-summary couple discharge program progress"
).split()


@dataclass
class Program:
    """A large clinic on disk, and what was found out about its reports."""

    folder: Path
    clients: int
    couples: list[tuple[str, str]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    @property
    def home(self) -> dict[str, str]:
        """The environment by which a command finds it."""
        return {
            "IOPKIT_DATABASE_URL": str(self.folder / "clinic.db"),
            "IOPKIT_KEY_FILE": str(self.folder / "key"),
        }

    def open(self) -> Store:
        cheap = Settings(password_cost=PasswordCost(passes=1, memory_kib=8, lanes=1))
        return open_store(*self.home.values(), settings=cheap)

    def build(self, seed: int) -> "Program":
        began = time.monotonic()
        with self.open() as store:
            self.couples = large_clinic.build(store, clients=self.clients, seed=seed)
            self.users = [one.user for one in store.people("client")]
        size = (self.folder / "clinic.db").stat().st_size / (1 << 20)
        built = {"seed": seed, "clients": self.clients, "couples": len(self.couples)}
        self.tell("machine", machine())
        self.tell("clinic", built | {"seconds": round(time.monotonic() - began), "MiB": round(size, 1)})
        return self

    def arguments(self, template: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Return the command for all whom a template is about, and client and reader of each report."""
        everyone = sorted(self.users)
        if template == "program":
            return [template, "--for", "cora"], [("program", "")]
        if template == "client-summary":
            return [template, "--for", "client", "--all"], [(user, user) for user in everyone]
        if template == "couple":
            named = [part for first, _ in self.couples for part in ("--couple", first)]
            pairs = [(first, one) for first, second in self.couples for one in (first, second)]
            return [template, "--for", "client", *named], sorted(pairs)
        return [template, "--for", "ina", "--all"], [(user, "") for user in everyone]

    def tell(self, name: str, value: object) -> None:
        """Keep a figure and print it: a long run shows where it is."""
        self.keep(name, value)
        sys.stdout.write(f"{name} {json.dumps(value)}\n")
        sys.stdout.flush()

    def keep(self, name: str, value: object) -> None:
        """Keep a figure, and write all of them down."""
        self.figures[name] = value
        if kept := os.environ.get("IOPKIT_SOAK_JSON"):
            Path(kept).write_text(json.dumps(self.figures, indent=1) + "\n")


def prove(program: Program, template: str) -> None:
    """Make all reports of a template twice, once with a kill in the middle, and compare."""
    command, wanted = program.arguments(template)
    command = [*command, "--format", "both", *SPAN]
    cut, whole = (program.folder / kind / template for kind in ("cut", "whole"))
    before = interrupt(program, command, cut, len(wanted) // 2, group=len(template) % 2 == 0)
    again = start(program.home, cut, *command)
    said = again.watch()
    note = f" ({len(before) // 2} of them were there already)" if before else ""
    assert said == f"{len(wanted)} of {len(wanted)} reports in {cut}{note}\n"
    assert stamps(cut, before) == before

    began = time.monotonic()
    batch = start(program.home, whole, *command)
    assert batch.watch() == f"{len(wanted)} of {len(wanted)} reports in {whole}\n"
    seconds = time.monotonic() - began

    made = rows(whole)
    assert sorted((one["client"], one.get("reader", "")) for one in made) == wanted
    assert {one["status"] for one in made} == {"done"}
    files = [name for one in made for name in one["files"]]
    assert len(files) == 2 * len(wanted) == len(set(files))
    found = content(whole)
    assert sorted(found) == sorted([*files, "manifest.json"])
    assert min(map(len, found.values())) > 100
    assert {name for name, data in content(cut).items() if data != found.get(name)} == set()
    assert content(cut).keys() == found.keys()
    program.tell(
        template,
        {
            "reports": len(wanted),
            "before_the_kill": len(before) // 2,
            "reports_a_second": round(len(wanted) / seconds, 2),
            "growth_percent": {name: growth(batch.samples, name) for name in ("all", "steady", "batch")},
            "samples": batch.samples,
        },
    )


def interrupt(
    program: Program, command: list[str], out: Path, half: int, *, group: bool
) -> dict[str, tuple[int, int]]:
    """Kill a batch when half of its reports are done; return the files of those, with their times."""
    if not half:
        return {}
    batch = start(program.home, out, *command)
    batch.until(half)
    taken = batch.memory("batch", "workers", "warm")
    assert taken["all"] >= taken["steady"] > taken["warm"]
    batch.kill(group=group)
    assert not (out / "manifest.json").exists()
    lines = [json.loads(line) for line in (out / ".iopkit-report.jsonl").read_text().splitlines()]
    return stamps(out, [f"{line['file']}.{form}" for line in lines for form in line["forms"]])


def stamps(out: Path, names: list[str] | dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return of each file which it is and when it was written."""
    found = {name: (out / name).stat() for name in names}
    return {name: (one.st_ino, one.st_mtime_ns) for name, one in found.items()}


def test_a_batch_that_was_killed_ends_as_one_that_was_not(tmp_path: Path) -> None:
    program = Program(tmp_path, clients=6).build(seed=2)

    prove(program, "client-summary")


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_all_templates_for_a_whole_program_and_ten_thousand_reports_in_one_batch(tmp_path: Path) -> None:
    program = Program(tmp_path, clients=CLIENTS).build(SEED)
    for template in TEMPLATES:
        prove(program, template)

    clinicians = REPORTS // CLIENTS
    if not clinicians:
        return
    with program.open() as store:
        large_clinic.widen_team(store, clinicians)
    out, began = program.folder / "long", time.monotonic()
    batch = start(program.home, out, "progress", "--for", "care-team", "--all", *SPAN)
    batch.watch(lambda: program.keep("long", {"samples": batch.samples}))
    made = rows(out)
    grown = {name: growth(batch.samples, name) for name in ("all", "steady", "batch", "workers", "warm")}
    program.tell(
        "long",
        {
            "reports": len(made),
            "reports_a_second": round(len(made) / (time.monotonic() - began), 2),
            "growth_percent": grown,
            "samples": batch.samples,
        },
    )
    assert len(made) >= REPORTS
    assert {one["status"] for one in made} == {"done"}
    assert grown["all"] is None or grown["all"] < MOST_GROWTH
    assert grown["steady"] is None or grown["steady"] < MOST_GROWTH
