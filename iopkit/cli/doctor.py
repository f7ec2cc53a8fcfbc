"""``iopkit doctor``: is this installation fit to work? The first thing to run, and after each change."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopkit.cli.place import Database, KeyFile

if TYPE_CHECKING:
    from iopkit.cli.checks import Finding

MARKS = {"ok": "ok  ", "look": "look", "bad": "BAD "}


def doctor(
    backups: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", readable=False, help="Where backups are; default: $IOPKIT_BACKUPS."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="F", readable=False, help="The server's TLS certificate (PEM).")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
    database: Database = None,
    key_file: KeyFile = None,
) -> None:
    """Look at everything a server needs; one line each. Exit 1 when something is bad, 0 otherwise."""
    named = os.environ.get("IOPKIT_BACKUPS")
    folder = backups or (Path(named) if named else None)
    found: list[Finding] = []
    for finding in _findings(database, key_file, folder, certificate):
        found.append(finding)
        if not as_json:
            print(f"{MARKS[finding.state]}  {finding.name:<14} {finding.said}", flush=True)
    if as_json:
        print(json.dumps([asdict(finding) for finding in found], indent=2))
    if any(finding.state == "bad" for finding in found):
        sys.exit(1)


def _findings(
    database: str | None, key_file: str | None, folder: Path | None, certificate: Path | None
) -> "Iterator[Finding]":
    from iopkit.cli import checks
    from iopkit.clinic import open_store
    from iopkit.clinic.office import utc_now
    from iopkit.errors import StoreError

    try:
        with open_store(database, key_file, create=False) as store:
            yield checks.store_is_open(store)
            yield checks.key_is_apart(store)
            yield checks.disk_has_room(store)
            yield checks.clock_is_right(store)
            yield checks.zones_are_known(store)
    except StoreError as error:
        yield checks.Finding("store", "bad", str(error))
    yield checks.front_end_is_built()
    yield checks.kernel_starts()
    yield checks.mail_is_taken()
    yield checks.help_is_named()
    if certificate is not None:
        yield checks.certificate_holds(certificate, utc_now())
    yield checks.backup_is_fresh(folder, utc_now())
    yield checks.versions_are_safe()
