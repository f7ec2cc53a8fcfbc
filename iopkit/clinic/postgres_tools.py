"""``pg_dump`` and ``pg_restore``: found where PostgreSQL keeps them, the password kept out of sight."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from iopkit.errors import StoreError

DEBIAN = Path("/usr/lib/postgresql")


def dump(url: URL, to: Path) -> None:
    """Write one moment of a database to a file in PostgreSQL's own format."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def load(file: Path, url: URL) -> None:
    """Fill an empty database from such a file: all of it or nothing."""
    _run(
        "pg_restore",
        url,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        str(file),
    )


def check(file: Path) -> None:
    """Read such a file's table of contents; StoreError when it has none."""
    _run("pg_restore", None, "--list", str(file))


def _run(tool: str, url: URL | None, *words: str) -> None:
    environment, address = dict(os.environ), list[str]()
    if url is not None:
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
        shown = url.set(drivername="postgresql", password=None)
        address = [f"--dbname={shown.render_as_string(hide_password=False)}"]
    command = [_find(tool), *address, *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # PostgreSQL's own tool, without a shell
    if done.returncode:
        said = next((line for line in done.stderr.splitlines() if "error" in line), "no reason was given")
        raise StoreError(f"{tool} ended with exit code {done.returncode}: {_short(said)}")


def _short(line: str) -> str:
    """Return the first part of what a tool said: what follows could be a row."""
    return line.split("DETAIL")[0].split("CONTEXT")[0][:200]


def _find(tool: str) -> str:
    if found := shutil.which(tool):
        return found
    if installed := sorted(DEBIAN.glob(f"*/bin/{tool}")):
        return str(installed[-1])
    raise StoreError(f"{tool} is not on the PATH. Install PostgreSQL's client tools of the server's version.")
