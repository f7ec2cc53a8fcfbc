"""A PIN of six digits: it opens what both partners own, on a device they share, and nothing else.

Its hash is made like a password's and then sealed with the person's own key: a stolen database alone gives
nobody the six digits. How often it may be tried is kept by the device (``shared_device.py``).
"""

import re

from sqlalchemy.orm import Session

from iopkit.clinic.cipher import Place
from iopkit.clinic.office import Office
from iopkit.clinic.tables_device import PinRow
from iopkit.errors import SignInError
from iopkit.words import sentence

DIGITS = 6
SHAPE = sentence("A PIN is six digits.")
EASY = sentence("That PIN is too easy to guess: choose six digits without a pattern.")
NOT_SAME = sentence("The two PINs are not the same. Type both once more.")
UP, DOWN = "01234567890", "09876543210"


def check_rules(pin: str, again: str) -> None:
    """Return nothing for a PIN that was typed twice and has no plain pattern; SignInError says what to do."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise SignInError(SHAPE)
    halves = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    pairs = all(pin[at] == pin[at + 1] for at in (0, 2, 4))
    if len(set(pin)) < 3 or halves or pairs or pin in UP or pin in DOWN:
        raise SignInError(EASY)
    if pin != again:
        raise SignInError(NOT_SAME)


def has_pin(session: Session, person_id: str) -> bool:
    """Return whether a person has set a PIN."""
    return session.get(PinRow, person_id) is not None


def set_pin(office: Office, session: Session, person_id: str, pin: str) -> None:
    """Keep a PIN's hash in place of an earlier one."""
    sealed = office.seal(session, _place(person_id), {"hash": office.passwords.hash(pin)})
    row = session.get(PinRow, person_id)
    if row is None:
        session.add(PinRow(person_id=person_id, made_at=office.now(), sealed=sealed))
    else:
        row.made_at, row.sealed = office.now(), sealed
    session.flush()


def drop_pin(session: Session, person_id: str) -> None:
    """Forget a PIN."""
    row = session.get(PinRow, person_id)
    if row is not None:
        session.delete(row)


def stored(office: Office, session: Session, person_id: str) -> str | None:
    """Return the hash of a person's PIN, None when there is none."""
    row = session.get(PinRow, person_id)
    if row is None:
        return None
    return str(office.unseal(session, _place(person_id), row.sealed)["hash"])


def _place(person_id: str) -> Place:
    return Place("pin", person_id, person_id, "sealed")
