"""Passwords after NIST SP 800-63B: long, not a common one, any characters; stored as argon2id hashes."""

import unicodedata
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from iopkit.clinic.settings import PasswordCost
from iopkit.errors import SignInError

SHORTEST = 12
ADVISED = 15
LONGEST = 256
SCORED = 32
"""As many characters are judged: what is easy to guess shows there, and nobody can keep the judge busy."""
SAFE = 4
"""The library's best score: more than 10^10 guesses (Wheeler, zxcvbn, USENIX Security 2016)."""
ADVICE = "Four or five words in a row are long enough and easy to remember."
ADDED = "-_.!?@#*+ 0123456789"
"""What people put around a word to make it longer."""
FOR_LETTERS = "@({[<!|$+%"
"""Signs that the library reads as letters, several ways each."""
_judging = Lock()  # the library keeps what it is told about one person in a place that all calls share


def same_text(password: str) -> str:
    """Return the password in Unicode's form NFKC: the same for every keyboard and system that typed it."""
    return unicodedata.normalize("NFKC", password)


def check_rules(password: str, user: str) -> None:
    """Return nothing for a good password; SignInError says what a better one needs, never what it was."""
    password = same_text(password)
    if len(password) < SHORTEST:
        raise SignInError(f"A password needs at least {SHORTEST} characters, better {ADVISED}. {ADVICE}")
    if len(password) > LONGEST:
        raise SignInError(f"A password may have at most {LONGEST} characters.")
    if _is_easy(password, user):
        raise SignInError(f"That password is too easy to guess: others use it, or one like it. {ADVICE}")


def _is_easy(password: str, user: str) -> bool:
    from zxcvbn import zxcvbn  # its word lists take a moment and memory that no kernel needs

    if len(set(password) & set(FOR_LETTERS)) > 4:  # on no list, and the library would try all their readings
        return False
    known = [user, *user.replace("@", " ").replace(".", " ").split(), "iopkit"]
    with _judging:
        judged = zxcvbn(password[:SCORED], user_inputs=known)
    return bool(judged["score"] < SAFE) or len(set(password.casefold().strip(ADDED))) < 4


class Passwords:
    """Hashes and checks passwords at one cost; a check takes as long for a person that does not exist."""

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._nobody = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """Return what is stored."""
        return self._hasher.hash(same_text(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Return whether the password is the stored one; the work is the same when nothing is stored."""
        try:
            right = self._hasher.verify(stored or self._nobody, same_text(password))
        except (VerificationError, InvalidHashError):
            return False
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Return whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(stored)
