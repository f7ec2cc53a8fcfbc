"""Where a store lives and how strict it is: arguments, then ``IOPKIT_*``, then the user's own folders."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from iopkit.errors import StoreError

HERE = "//127.0.0.1:8866/"
STAFF = frozenset({"clinician", "coordinator", "supervisor"})
EVERYONE = STAFF | {"client"}


@dataclass(frozen=True)
class PasswordCost:
    """What one argon2id hash costs. The defaults are the second choice of RFC 9106 (64 MiB, three passes)."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


@dataclass(frozen=True)
class Settings:
    """How strict a store is; the defaults are meant for a real clinic, tests make it cheaper."""

    busy_seconds: float = 10.0
    """How long a write waits for another process before it is refused."""
    idle_seconds: int = 600
    """A login nobody used for this long has ended."""
    login_seconds: int = 12 * 3600
    """A login ends after this long, used or not."""
    ticket_seconds: int = 60
    """How long a kernel may take to redeem its ticket."""
    wrong_sign_ins: int = 5
    """This many wrong sign-ins of one user from one address are checked in ``wrong_seconds``, no more."""
    wrong_seconds: int = 900
    wrong_codes: int = 10
    """This many wrong codes of one person's second factor are checked in ``wrong_seconds``, no more."""
    step_seconds: int = 600
    """How long a right password waits for its second factor."""
    invitation_seconds: int = 72 * 3600
    """How long an invitation holds."""
    second_factor: frozenset[str] = STAFF
    """The kinds of person who cannot sign in without a second factor; everybody else may set one up."""
    password_cost: PasswordCost = field(default_factory=PasswordCost)


def database_url(url: str | None = None) -> URL:
    """Return the database's address: the argument, ``IOPKIT_DATABASE_URL``, or a file in the data folder.

    A text without ``://`` is the path of an SQLite file.
    """
    text = (
        url
        or os.environ.get("IOPKIT_DATABASE_URL")
        or str(platformdirs.user_data_path("iopkit") / "iopkit.db")
    )
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        found = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreError("The database address is not a URL such as sqlite:////folder/iopkit.db.") from error
    if found.get_backend_name() == "sqlite" and not found.database:
        raise StoreError("An SQLite database needs a file: write sqlite:////folder/iopkit.db.")
    if found.drivername == "postgresql":
        found = found.set(drivername="postgresql+psycopg")
    return found


def owner_url() -> str:
    """Return the address of the role that owns the database (``IOPKIT_OWNER_URL``), to prepare it with."""
    if not (text := os.environ.get("IOPKIT_OWNER_URL", "")):
        raise StoreError(
            "Name the address of the role that owns the database in IOPKIT_OWNER_URL, such as "
            "postgresql://iopkit_owner@host/iopkit."
        )
    return text


def backup_url(database: URL) -> URL:
    """Return the address that reads all of a PostgreSQL database: ``IOPKIT_BACKUP_URL``, else its own."""
    text = os.environ.get("IOPKIT_BACKUP_URL", "")
    return database_url(text) if text else database


def key_path(key_file: str | Path | None = None) -> Path:
    """Return where the key file lies: the argument, ``IOPKIT_KEY_FILE``, or the user's configuration folder.

    The configuration folder is not the data folder, so that a copy of the data holds no key.
    """
    chosen = (
        key_file
        or os.environ.get("IOPKIT_KEY_FILE")
        or platformdirs.user_config_path("iopkit") / "iopkit.key"
    )
    return Path(chosen).expanduser().absolute()


def key_command(key_file: str | Path | None = None) -> str:
    """Return the command that prints the keys (``IOPKIT_KEY_COMMAND``), or nothing where a file is named."""
    command = "" if key_file else os.environ.get("IOPKIT_KEY_COMMAND", "")
    if command and os.environ.get("IOPKIT_KEY_FILE"):
        raise StoreError("Set IOPKIT_KEY_FILE or IOPKIT_KEY_COMMAND, not both.")
    return command


def public_address() -> str:
    """Return where people reach the server: ``IOPKIT_ADDRESS``, or this machine; it ends with a slash."""
    text = os.environ.get("IOPKIT_ADDRESS") or f"http:{HERE}"
    if not re.fullmatch(r"https?://[^\s/?#]+/?", text):
        raise StoreError("IOPKIT_ADDRESS is the server's address alone, such as https://clinic.example/.")
    return text.rstrip("/") + "/"


def idle_seconds() -> int:
    """Return after how long an unused login ends: ``IOPKIT_IDLE_MINUTES``, ten unless given."""
    try:
        seconds = round(float(os.environ.get("IOPKIT_IDLE_MINUTES") or 10) * 60)
    except (ValueError, OverflowError):
        seconds = 0
    if not 0 < seconds <= 86_400:
        raise StoreError("IOPKIT_IDLE_MINUTES is a number of minutes, at most 1440; 10 is usual.")
    return seconds


def plain(url: URL) -> str:
    """Return the address as it may be shown: the path of an SQLite file, else the URL without password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def required_second_factor() -> frozenset[str]:
    """Return the kinds of person who need a second factor: ``IOPKIT_SECOND_FACTOR``, else all but clients."""
    choices = {"staff": STAFF, "everyone": EVERYONE, "nobody": frozenset[str]()}
    chosen = os.environ.get("IOPKIT_SECOND_FACTOR") or "staff"
    if chosen not in choices:
        raise StoreError(f"IOPKIT_SECOND_FACTOR is one of: {', '.join(choices)}.")
    return choices[chosen]
