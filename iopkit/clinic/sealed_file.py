"""Files of any size sealed with one key: AES-256-GCM, a megabyte at a time, each piece bound to its place.

A file begins with a line that says what it is and a label in clear (which key, when, what kind of database).
Its own key is derived from the operator's key and a salt, so that counting pieces makes a nonce that is never
used twice. The label and the number of a piece, and whether it is the last, are bound to it: a piece that was
moved, taken from another file or cut off is refused.
"""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from iopkit.clinic.key import Key, KeyFile
from iopkit.errors import StoreError

MAGIC = b"iopkit backup 1\n"
PIECE = 1 << 20
TAG = 16
LONGEST_LABEL = 4096


@dataclass(frozen=True)
class Label:
    """What a sealed file says of itself in clear."""

    kind: str
    """``sqlite`` or ``postgresql``."""
    made: str
    """When, in UTC."""
    key_id: str
    salt: str


def new_label(kind: str, made: str, key: Key) -> Label:
    """Return a label for a new file."""
    return Label(kind, made, key.id, secrets.token_hex(16))


def seal_file(source: Path, target: Path, label: Label, key: Key) -> None:
    """Write ``source`` sealed to ``target``, a new file of mode 0600, and wait until it is on the disk."""
    head = json.dumps(asdict(label)).encode() + b"\n"
    box = _box(key, label)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, source.open("rb") as file:
        out.write(MAGIC + head)
        for number, piece, is_last in _pieces(file, PIECE):
            out.write(box.encrypt(_nonce(number), piece, _bound(head, is_last)))
        out.flush()
        os.fsync(out.fileno())


def unseal_file(source: Path, target: Path, keys: KeyFile) -> Label:
    """Write what is in a sealed file to ``target``, a new file; StoreError unless every byte is as it was."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, _opened(source) as file:
        label, head = _read_head(file, source)
        box = _box(_key(keys, label, source), label)
        for number, piece, is_last in _pieces(file, PIECE + TAG):
            try:
                out.write(box.decrypt(_nonce(number), piece, _bound(head, is_last)))
            except InvalidTag:
                raise StoreError(
                    f"The backup {source} was changed, cut, or is not what its key sealed. Use another one."
                ) from None
        out.flush()
        os.fsync(out.fileno())
    return label


def read_label(path: Path) -> Label:
    """Return what a sealed file says of itself; StoreError when it is none. Nothing in it is proved yet."""
    with _opened(path) as file:
        return _read_head(file, path)[0]


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise StoreError(f"The backup {path} cannot be read: {error.strerror}.") from error


def _read_head(file: BinaryIO, path: Path) -> tuple[Label, bytes]:
    magic, head = file.readline(len(MAGIC)), file.readline(LONGEST_LABEL)
    try:
        if magic != MAGIC:
            raise ValueError
        label = Label(**{name: str(value) for name, value in json.loads(head).items()})
        if datetime.fromisoformat(label.made).tzinfo is None:
            raise ValueError
        return label, head
    except (ValueError, TypeError, AttributeError):
        raise StoreError(f"The file {path} is not a backup of iopkit.") from None


def _key(keys: KeyFile, label: Label, path: Path) -> Key:
    for key in keys.keys:
        if key.id == label.key_id:
            return key
    raise StoreError(
        f"The backup {path} was sealed with key {label.key_id}, which is not among these keys. Name the file "
        "that holds it with --key-file, or with --backup-key where the backup has a key of its own."
    )


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield each piece with its number and whether it is the last; an empty file is one empty piece."""
    number, piece = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _box(key: Key, label: Label) -> AESGCM:
    return AESGCM(key.derive(f"backup {label.salt}"))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(head: bytes, is_last: bool) -> bytes:
    return head + (b"last" if is_last else b"more")
