"""Whose rows a transaction may touch, told to PostgreSQL as a badge that only the key's holder can write.

``SET`` alone would prove nothing: whoever smuggles a statement into a query can set a variable too. A badge
carries an HMAC that the database checks with a secret which the app's own role cannot read. It holds for one
connection, and for an hour: one that was seen somewhere is of no use elsewhere.
"""

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

HOLDS_SECONDS = 3600
SETTING = "iopkit.badge"
_BLOCK = 64


@dataclass(frozen=True)
class Who:
    """A person at a moment; care-team dates are counted on the client's day at that moment."""

    person_id: str
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


PROGRAM = Who("program")
"""The program itself, where it works for nobody in particular: all rows."""


@dataclass(frozen=True)
class Signer:
    """What writes badges: a secret derived from the key file."""

    secret: bytes
    clock: Callable[[], float] = time.time

    def badge(self, who: Who, process: int) -> str:
        """Return a badge for a connection, known by the number of its process at the server."""
        at = who.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
        told = f"{who.person_id}|{at}|{int(self.clock())}"
        return f"{told}|{hmac.digest(self.secret, f'{told}|{process}'.encode(), 'sha256').hex()}"

    @property
    def pads(self) -> tuple[bytes, bytes]:
        """Return the inner and the outer key of the HMAC (RFC 2104): the database has SHA-256 and no HMAC."""
        key = self.secret.ljust(_BLOCK, b"\0")
        return bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)
