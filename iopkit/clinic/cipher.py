"""Fields encrypted with AES-256-GCM. A ciphertext moved to another row, column or client no longer opens.

This guards a stolen disk or backup. It does not guard against a program that runs as the store itself.

A value is ``1 | key id (8 bytes) | nonce (12 bytes) | ciphertext and tag``.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from iopkit.clinic.key import Key
from iopkit.errors import StoreError

FORMAT = b"\x01"
HEAD = 21  # format, key id, nonce


@dataclass(frozen=True)
class Place:
    """Where a value belongs. It is part of what the tag proves."""

    table: str
    client: str
    row: str
    column: str

    def bytes(self) -> bytes:
        """Return the additional data, ``table|client|row|column``."""
        return "|".join((self.table, self.client, self.row, self.column)).encode()


def seal(key: Key, place: Place, text: str) -> bytes:
    """Return the text encrypted for one place."""
    nonce = os.urandom(12)
    head = FORMAT + key.id.encode().ljust(8)[:8]
    return head + nonce + AESGCM(key.secret).encrypt(nonce, text.encode(), head + place.bytes())


def unseal(key: Key, place: Place, value: bytes) -> str:
    """Return the text; StoreError when key, place or value are not the ones it was written with."""
    if value[:1] != FORMAT or len(value) < HEAD + 16:
        raise StoreError(
            f"A stored value of table {place.table} is damaged. Restore the database from a backup."
        )
    try:
        return AESGCM(key.secret).decrypt(value[9:HEAD], value[HEAD:], value[:9] + place.bytes()).decode()
    except InvalidTag as error:
        raise StoreError(
            f"A stored value of table {place.table} cannot be opened: it was changed, moved, or written with "
            "another key. Check the key file, then restore the database from a backup."
        ) from error


def key_id(value: bytes) -> str:
    """Return the id of the key a value was written with."""
    return value[1:9].decode("ascii", "replace").strip()


def seal_json(key: Key, place: Place, data: Mapping[str, Any]) -> bytes:
    """Return plain data as JSON, encrypted for one place; any text comes back as it was."""
    return seal(key, place, json.dumps(data, separators=(",", ":")))


def unseal_json(key: Key, place: Place, value: bytes) -> dict[str, Any]:
    """Return the data that ``seal_json`` took."""
    found: dict[str, Any] = json.loads(unseal(key, place, value))
    return found
