"""Passwords: the rules for a new one, and argon2id."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from iopkit.clinic.settings import PasswordCost
from iopkit.errors import SignInError

SHORTEST = 12
LONGEST = 256
ADVICE = "Four or five words in a row are long enough and easy to remember."
COMMON = (
    "password",
    "passwort",
    "qwerty",
    "azerty",
    "letmein",
    "welcome",
    "iloveyou",
    "changeme",
    "iopkit",
    "admin",
)
ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def check_rules(password: str, user: str) -> None:
    """Return nothing for a good password; SignInError says what a better one needs, never what it was."""
    if len(password) < SHORTEST:
        raise SignInError(f"A password needs at least {SHORTEST} characters. {ADVICE}")
    if len(password) > LONGEST:
        raise SignInError(f"A password may have at most {LONGEST} characters.")
    if _is_easy(password.casefold(), user.casefold()):
        raise SignInError(f"That password is among the first that are tried. {ADVICE}")


def _is_easy(password: str, user: str) -> bool:
    left = password
    for known in (*COMMON, *([user] if len(user) > 2 else [])):
        left = left.replace(known, "")
    for row in ROWS:
        for order in (row, row[::-1]):
            left = _without_runs(left, order)
    return len(set(left)) < 4


def _without_runs(text: str, row: str) -> str:
    for start in range(len(row) - 3):
        text = text.replace(row[start : start + 4], "")
    return text


class Passwords:
    """Hashes and checks passwords at one cost; a check takes as long for a person that does not exist."""

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._nobody = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """Return what is stored."""
        return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Return whether the password is the stored one; the work is the same when nothing is stored."""
        try:
            right = self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Return whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(stored)
