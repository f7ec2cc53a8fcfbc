"""Signing in: the password, then the second factor where there is one. What is right becomes a login.

Wrong sign-ins are counted for one user name from one address, so that nobody can lock somebody else out.
Wrong codes are counted for the person: only who knows the password gets that far.
"""

import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from iopkit.clinic import second_factor
from iopkit.clinic.login import digest
from iopkit.clinic.office import Office
from iopkit.clinic.people import as_person, tidy
from iopkit.clinic.record import Person
from iopkit.clinic.tables import LoginRow, PersonRow, SignInStepRow, WrongSignInRow
from iopkit.errors import SignInError
from iopkit.words import sentence

Need = Literal["", "code", "pairing"]
"""What is still missing: nothing, a code of the second factor, or the second factor itself."""

WRONG = sentence("That user name and password do not go together. Check both and try again.")
WRONG_CODE = sentence("That code does not fit. Wait for the next one, or use one of your recovery codes.")
STEP_ENDED = sentence("This sign-in was left open for too long. Start again with your password.")
NEEDS_MORE = sentence("This person signs in with a second factor: use the sign-in page.")
NOBODY_KNOWN = sentence("That account is not linked to anybody here. Ask your program to link it.")


@dataclass(frozen=True)
class Begun:
    """A right password: the token of a login, or of a step that waits for what is missing."""

    token: str = field(repr=False)
    needs: Need


@dataclass(frozen=True)
class Step:
    """A sign-in that waits for its second factor."""

    person: Person
    needs: Need


def begin(office: Office, user: str, password: str, *, address: str, device: str = "") -> Begun:
    """Return what follows a right password; SignInError in the same words and time, whatever was wrong."""
    origin = origin_of(office, user, address)
    _count(office, origin, most=office.settings.wrong_sign_ins)
    with office.database.read() as session:
        row = session.scalars(select(PersonRow).where(PersonRow.user == tidy(user))).first()
    right = office.passwords.matches(row.password_hash if row else None, password)
    if row is None or not right or row.locked:
        _refuse(office, row.id if row else None, "login")
        raise SignInError(WRONG)
    with office.database.write() as session:
        person = session.get_one(PersonRow, row.id)
        if person.password_hash and office.passwords.is_outdated(person.password_hash):
            person.password_hash = office.passwords.hash(password)
        return let_on(office, session, person, origin=origin, device=device)


def sign_in(office: Office, user: str, password: str, *, address: str) -> str:
    """Return a new login's token for somebody who needs no second factor; SignInError otherwise."""
    begun = begin(office, user, password, address=address)
    if begun.needs:
        raise SignInError(NEEDS_MORE)
    return begun.token


def let_on(
    office: Office, session: Session, person: PersonRow, *, origin: str, device: str, proved: bool = False
) -> Begun:
    """Return a login for a proved person, or the step to their second factor, in a running transaction.

    ``proved`` says that somebody we trust has asked for a second factor already.
    """
    needs = "" if proved else need(office, session, person)
    if not needs:
        return Begun(let_in(office, session, person.id, origin=origin, device=device), "")
    token, old = secrets.token_urlsafe(32), office.now() - timedelta(seconds=office.settings.step_seconds)
    session.execute(delete(SignInStepRow).where(SignInStepRow.made_at < old))
    row = SignInStepRow(token_hash=digest(token), person_id=person.id, needs=needs, origin=origin)
    row.device, row.made_at = device, office.now()
    session.add(row)
    return Begun(token, needs)


def need(office: Office, session: Session, person: PersonRow) -> Need:
    """Return what a person still has to show after a right password."""
    if second_factor.is_paired(session, person.id):
        return "code"
    return "pairing" if person.kind in office.settings.second_factor else ""


def step(office: Office, token: str) -> Step:
    """Return the step of a token; SignInError when it is over."""
    with office.database.read() as session:
        row = _step(office, session, token)
        person = session.get_one(PersonRow, row.person_id)
        return Step(as_person(office, session, person), row.needs)  # type: ignore[arg-type]  # a column of words


def give_code(office: Office, token: str, code: str) -> str:
    """Return the login's token for a right code of the second factor; SignInError when it does not fit."""
    with office.database.read() as session:
        waiting = _step(office, session, token)
        if waiting.needs != "code":
            raise SignInError(STEP_ENDED)
    prove_code(office, waiting.person_id, code)
    with office.database.write() as session:
        return _finish(office, session, _step(office, session, token, lock=True))


def prove_code(office: Office, person_id: str, code: str) -> None:
    """Return for a code of the person's second factor, which is used up by it; SignInError for any other."""
    tries = digest(f"codes {person_id}")
    _count(office, tries, most=office.settings.wrong_codes)
    with office.database.write() as session:
        if second_factor.accepts(office, session, person_id, code):
            session.execute(delete(WrongSignInRow).where(WrongSignInRow.origin == tries))
            return
    _refuse(office, person_id, "code")
    raise SignInError(WRONG_CODE)


def knows_password(office: Office, user: str, password: str, *, address: str) -> bool:
    """Return whether it is the person's password; wrong ones count like wrong sign-ins."""
    origin = origin_of(office, user, address)
    _count(office, origin, most=office.settings.wrong_sign_ins)
    with office.database.read() as session:
        row = session.scalars(select(PersonRow).where(PersonRow.user == tidy(user))).first()
    if not office.passwords.matches(row.password_hash if row else None, password):
        _refuse(office, row.id if row else None, "password")
        return False
    with office.database.write() as session:
        session.execute(delete(WrongSignInRow).where(WrongSignInRow.origin == origin))
    return True


def pair(office: Office, token: str, code: str) -> tuple[str, list[str]]:
    """Return the login's token and the recovery codes once the new second factor has shown a right code."""
    with office.database.write() as session:
        row = _step(office, session, token, lock=True)
        if row.needs != "pairing":
            raise SignInError(STEP_ENDED)
        codes = second_factor.confirm(office, session, row.person_id, code)
        return _finish(office, session, row), codes


def let_in(office: Office, session: Session, person_id: str, *, origin: str, device: str) -> str:
    """Return the token of a new login."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(WrongSignInRow).where(WrongSignInRow.origin == origin))
    row = LoginRow(id=office.new_id(), person_id=person_id, token_hash=digest(token), device=device or None)
    row.signed_in_at = row.seen_at = office.now()
    session.add(row)
    office.audit.add(session, "sign-in", actor_id=person_id, thing="login", thing_id=row.id)
    return token


def origin_of(office: Office, user: str, address: str) -> str:
    """Return what wrong sign-ins are counted under: a keyed hash of user name and address.

    Who has an IPv6 network has all its addresses: they count as one.
    """
    secret = office.keys.file.oldest.derive("origin")
    return hmac.digest(secret, f"{tidy(user)}\n{_network(address)}".encode(), "sha256").hex()


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _step(office: Office, session: Session, token: str, *, lock: bool = False) -> SignInStepRow:
    row = session.get(SignInStepRow, digest(token), with_for_update=lock)
    if row is None or office.now() - row.made_at > timedelta(seconds=office.settings.step_seconds):
        raise SignInError(STEP_ENDED)
    if session.get_one(PersonRow, row.person_id).locked:
        raise SignInError(STEP_ENDED)
    return row


def _finish(office: Office, session: Session, row: SignInStepRow) -> str:
    session.delete(row)
    return let_in(office, session, row.person_id, origin=row.origin, device=row.device or "")


def _count(office: Office, origin: str, *, most: int) -> None:
    now = office.now()
    window = now - timedelta(seconds=office.settings.wrong_seconds)
    with office.database.write() as session:
        session.execute(delete(WrongSignInRow).where(WrongSignInRow.at < window))
        ahead = update(WrongSignInRow).where(WrongSignInRow.at > now)  # of a clock that was ahead: as of now
        session.execute(ahead.values(at=now))
        mine = select(func.count()).select_from(WrongSignInRow).where(WrongSignInRow.origin == origin)
        is_over = (session.scalar(mine) or 0) >= most
        if not is_over:
            session.add(WrongSignInRow(origin=origin, at=now))
    if is_over:
        minutes = max(1, round(office.settings.wrong_seconds / 60))
        raise SignInError(
            sentence("Too many tries. Wait {minutes} minutes, then try again.", minutes=minutes)
        )


def _refuse(office: Office, person_id: str | None, thing: str) -> None:
    with office.database.write() as session:
        office.audit.add(session, "refuse", actor_id=person_id, through="sign-in", thing=thing)
