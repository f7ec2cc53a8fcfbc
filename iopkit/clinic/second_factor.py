"""The second factor: a code that an app on one's phone shows (TOTP, RFC 6238), or a recovery code.

The secret is encrypted like an answer. A code works once; a recovery code works once and is kept as a hash.
"""

import hmac
import re
import secrets
from dataclasses import dataclass, field

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from iopkit.clinic.cipher import Place
from iopkit.clinic.office import Office
from iopkit.clinic.people import audit, audit_own, find
from iopkit.clinic.tables import PersonRow, RecoveryCodeRow, SecondFactorRow
from iopkit.errors import SignInError
from iopkit.words import sentence

SECONDS = 30
"""How long a code is shown (RFC 6238 § 5.2, and what authenticator apps take for granted)."""
STEPS = (-1, 0, 1)
"""One code before and after now is taken too: phones' clocks are a little off, typing takes time."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What recovery codes are made of: nothing that looks like something else."""
NOT_YET = sentence(
    "That code does not fit. Check that your phone's clock is right, then type the code it shows now."
)
NONE_BEGUN = sentence("Nothing is waiting to be confirmed. Open the page again.")
PAIRED = sentence("A second factor is set up already. Remove it first, with a code of it.")


@dataclass(frozen=True)
class Pairing:
    """What an authenticator app needs: the key to type, and the address that a QR code carries."""

    key: str = field(repr=False)
    uri: str = field(repr=False)


def begin(office: Office, person_id: str) -> Pairing:
    """Return what to show to the authenticator app; the same again until a code has confirmed it."""
    with office.database.write() as session:
        person = session.get_one(PersonRow, person_id, with_for_update=True)
        if is_paired(session, person_id):
            raise SignInError(PAIRED)
        row = _row(session, person_id, confirmed=False) or _new(office, session, person_id)
        return _pairing(office, session, person, row)


def waiting(office: Office, person_id: str) -> Pairing:
    """Return what was shown to the authenticator app, while no code has confirmed it."""
    with office.database.read() as session:
        row = _row(session, person_id, confirmed=False)
        if row is None:
            raise SignInError(NONE_BEGUN)
        return _pairing(office, session, session.get_one(PersonRow, person_id), row)


def confirm(office: Office, session: Session, person_id: str, code: str) -> list[str]:
    """Return new recovery codes when the app showed a right code: from now on one is asked for."""
    row = _row(session, person_id, confirmed=False)
    if row is None or is_paired(session, person_id):
        raise SignInError(NONE_BEGUN)
    if not _fits(office, session, row, code):
        raise SignInError(NOT_YET)
    row.confirmed_at = office.now()
    audit_own(office, session, session.get_one(PersonRow, person_id), "second-factor")
    return new_recovery_codes(office, session, person_id)


def accepts(office: Office, session: Session, person_id: str, code: str) -> bool:
    """Return whether a code of the app, or a recovery code, fits; either is used up by it."""
    row = _row(session, person_id, confirmed=True)
    if row is None:
        return False
    return _fits(office, session, row, code) or _recovers(office, session, person_id, code)


def is_paired(session: Session, person_id: str) -> bool:
    """Return whether the person has a second factor that is asked for."""
    return _row(session, person_id, confirmed=True) is not None


def recovery_codes_left(session: Session, person_id: str) -> int:
    """Return how many recovery codes were not used yet."""
    unused = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.person_id == person_id)
    return session.scalar(unused.where(RecoveryCodeRow.used_at.is_(None))) or 0


def new_recovery_codes(office: Office, session: Session, person_id: str) -> list[str]:
    """Return ten new recovery codes, shown this once; earlier ones no longer work."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person_id == person_id))
    codes = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        row = RecoveryCodeRow(hash=_hash(office, person_id, code), person_id=person_id)
        row.made_at = office.now()
        session.add(row)
    return ["-".join(re.findall("....", code)) for code in codes]


def remove(office: Office, user: str) -> None:
    """Take a person's second factor away: their phone is lost. If they need one they set up another."""
    with office.database.write() as session:
        person = find(session, user)
        forget(session, person.id)
        audit(office, session, person, "second-factor")


def drop(office: Office, session: Session, person_id: str) -> None:
    """Take one's own second factor away."""
    forget(session, person_id)
    audit_own(office, session, session.get_one(PersonRow, person_id), "second-factor")


def forget(session: Session, person_id: str) -> None:
    """Delete the secret and the recovery codes of a person."""
    session.execute(delete(SecondFactorRow).where(SecondFactorRow.person_id == person_id))
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person_id == person_id))


def _pairing(office: Office, session: Session, person: PersonRow, row: SecondFactorRow) -> Pairing:
    secret = _secret(office, session, row)
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.user, issuer_name="iopkit")
    return Pairing(" ".join(re.findall(".{1,4}", secret)), uri)


def _row(session: Session, person_id: str, *, confirmed: bool) -> SecondFactorRow | None:
    at = SecondFactorRow.confirmed_at
    chosen = select(SecondFactorRow).where(SecondFactorRow.person_id == person_id)
    return session.scalars(chosen.where(at.is_not(None) if confirmed else at.is_(None))).first()


def _new(office: Office, session: Session, person_id: str) -> SecondFactorRow:
    row = SecondFactorRow(id=office.new_id(), person_id=person_id, made_at=office.now())
    row.secret_sealed = office.seal(session, _place(row), {"secret": pyotp.random_base32()})
    row.last_step = 0
    session.add(row)
    session.flush()
    return row


def _fits(office: Office, session: Session, row: SecondFactorRow, code: str) -> bool:
    """Return whether the app shows this code about now, and note its step: no code works a second time."""
    app = pyotp.TOTP(_secret(office, session, row))
    given = re.sub(r"[\s-]", "", code)
    now = int(office.now().timestamp()) // SECONDS
    for near in STEPS:
        if now + near > row.last_step and hmac.compare_digest(
            app.generate_otp(now + near).encode(), given.encode()
        ):
            row.last_step = now + near
            return True
    return False


def _recovers(office: Office, session: Session, person_id: str, code: str) -> bool:
    plain = re.sub(r"[\s-]", "", code).lower()
    row = session.get(RecoveryCodeRow, _hash(office, person_id, plain), with_for_update=True)
    if row is None or row.used_at is not None:
        return False
    row.used_at = office.now()
    audit_own(office, session, session.get_one(PersonRow, person_id), "recovery-code")
    return True


def _hash(office: Office, person_id: str, code: str) -> str:
    secret = office.keys.file.oldest.derive("recovery")
    return hmac.digest(secret, f"{person_id}\n{code}".encode(), "sha256").hex()


def _secret(office: Office, session: Session, row: SecondFactorRow) -> str:
    return str(office.unseal(session, _place(row), row.secret_sealed)["secret"])


def _place(row: SecondFactorRow) -> Place:
    return Place("second_factor", row.person_id, row.id, "secret_sealed")
