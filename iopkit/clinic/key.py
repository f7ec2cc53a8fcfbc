"""The key file: master keys that guard the answers, outside the data folder, readable by one user only.

The file is JSON with one or more keys; the last one writes, the earlier ones still read, so that keys rotate
while the clinic works. Who loses it loses every answer: it is never made again for a database that exists.
"""

import base64
import binascii
import json
import os
import secrets
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from iopkit.errors import StoreError

ABOUT = (
    "iopkit's key. Without this file nobody can read the answers in the database, not even the authors of "
    "iopkit. Keep a copy in a safe place, apart from the backups of the database."
)
LOST = "Without it nobody can read the answers in this database."


@dataclass(frozen=True)
class Key:
    """One secret of 32 bytes and the id that stands beside everything it wrote."""

    id: str
    secret: bytes = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose; knowing them tells nothing about the key or another purpose."""
        return HKDF(SHA256(), length=32, salt=None, info=f"iopkit {purpose}".encode()).derive(self.secret)


@dataclass(frozen=True)
class KeyFile:
    """The keys of one file, oldest first; ``path`` is None where a command gave them (``key_command``)."""

    path: Path | None
    keys: tuple[Key, ...]

    @property
    def name(self) -> str:
        """Return how sentences call it."""
        return f"The key file {self.path}" if self.path else "What the key command prints"

    @property
    def setting(self) -> str:
        """Return the setting that names it."""
        return "IOPKIT_KEY_FILE" if self.path else "IOPKIT_KEY_COMMAND"

    @property
    def newest(self) -> Key:
        """Return the key that writes."""
        return self.keys[-1]

    @property
    def oldest(self) -> Key:
        """Return the first key: what must stay the same through rotations is derived from it."""
        return self.keys[0]

    def find(self, key_id: str) -> Key:
        """Return the key of that id; StoreError says what to do when the file does not hold it."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise StoreError(
            f"{self.name} does not belong to this database (it lacks key {key_id}). {LOST} "
            f"Name the right one with {self.setting}."
        )


class KeyRing:
    """The keys in use. A key that another process added meanwhile is read when it is met.

    ``read`` reads them again where they do not come from a file.
    """

    def __init__(self, file: KeyFile, read: Callable[[], KeyFile] | None = None) -> None:
        self.file = file
        self._read = read

    def read_again(self) -> KeyFile:
        """Return the keys as they are now."""
        self.file = self._read() if self._read else read_key_file(_path(self.file))
        return self.file

    def find(self, key_id: str) -> Key:
        """Return the key of that id, reading the keys again when it is new here."""
        if all(key.id != key_id for key in self.file.keys):
            self.read_again()
        return self.file.find(key_id)

    def add(self) -> Key:
        """Return a new key that writes from now on."""
        self.file = add_key(self.read_again())
        return self.file.newest


def new_key() -> Key:
    """Return a fresh random key."""
    return Key(secrets.token_hex(4), secrets.token_bytes(32))


def make_key_file(path: Path) -> KeyFile:
    """Return a key file made just now, mode 0400; when another process made it meanwhile, theirs."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = _write_draft(path, [new_key()])
        try:
            os.link(draft, path)  # fails when somebody was faster, so that two first starts agree on one key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError as error:
        raise StoreError(f"The key file {path} cannot be made here: {error.strerror}.") from error
    return read_key_file(path)


def read_key_file(path: Path) -> KeyFile:
    """Return the keys in the file; StoreError when it is missing, open to others, or not a key file."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise StoreError(
            f"The key file {path} is missing. {LOST} Put it back from the copy you keep, "
            "or name it with IOPKIT_KEY_FILE."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise StoreError(f"The key file {path} cannot be read: {reason}.") from error
    if os.name == "posix" and mode & 0o077:
        raise StoreError(
            f"The key file {path} is open to other users of this machine (mode {mode:04o}). "
            f"Close it with: chmod 400 {path}"
        )
    return KeyFile(path, parse_keys(text, f"The file {path}"))


def add_key(file: KeyFile) -> KeyFile:
    """Return the key file with one more key, written in place of the old one in a single step."""
    path, keys = _path(file), [*file.keys, new_key()]
    try:
        _write_draft(path, keys).replace(path)
    except OSError as error:
        raise StoreError(f"{file.name} cannot be changed: {error.strerror}.") from error
    return read_key_file(path)


def key_document(keys: Sequence[Key]) -> str:
    """Return the text of a key file; it holds the secrets."""
    rows = [{"id": key.id, "secret": base64.b64encode(key.secret).decode()} for key in keys]
    return json.dumps({"about": ABOUT, "keys": rows}, indent=1)


def parse_keys(text: str, name: str) -> tuple[Key, ...]:
    """Return the keys in the text of a key file; StoreError, which calls it ``name``, when it is none."""
    try:
        keys = tuple(
            Key(str(row["id"]), base64.b64decode(row["secret"], validate=True))
            for row in json.loads(text)["keys"]
        )
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise StoreError(f"{name} is not a key file of iopkit. {LOST}") from None  # the cause shows the text
    if not keys or any(len(key.secret) != 32 for key in keys):
        raise StoreError(f"{name} is not a key file of iopkit. {LOST}")
    return keys


def _path(file: KeyFile) -> Path:
    if file.path is None:
        raise StoreError(
            "The keys come from a command, so a new one is added where they are kept: store there what "
            "`iopkit keys make` prints, start iopkit again, then run this again."
        )
    return file.path


def _write_draft(path: Path, keys: Sequence[Key]) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(key_document(keys))
        file.flush()
        os.fsync(file.fileno())
    return draft
