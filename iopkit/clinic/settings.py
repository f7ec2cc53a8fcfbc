"""Where a store lives and how strict it is: arguments, then ``IOPKIT_*``, then the user's own folders."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from iopkit.errors import StoreError


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


def plain(url: URL) -> str:
    """Return the address as it may be shown: the path of an SQLite file, else the URL without password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)
