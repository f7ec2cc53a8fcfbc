"""Invitations: a link that works once and for three days, with which a person sets their own password."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from iopkit.clinic import people
from iopkit.clinic.login import digest
from iopkit.clinic.office import Office
from iopkit.clinic.record import Person
from iopkit.clinic.tables import InvitationRow, PersonRow
from iopkit.errors import SignInError
from iopkit.words import sentence

UNKNOWN = sentence(
    "This link is not complete. Copy all of it from your message, or ask your program for a new one."
)
USED = sentence("This link was used already. If that was you, sign in. If it was not, tell your program now.")
EXPIRED = sentence(
    "This link has expired, or a newer one was made. Ask your program for a new one; it takes a minute."
)


@dataclass(frozen=True)
class Invitation:
    """A token to hand to the person it is for, and when it ends."""

    token: str = field(repr=False)
    until: datetime


def invite(office: Office, user: str) -> Invitation:
    """Return a new invitation for a person; earlier ones no longer work."""
    with office.database.write() as session:
        person = people.find(session, user)
        people.audit(office, session, person, "invitation")
        return make(office, session, person)


def make(office: Office, session: Session, person: PersonRow) -> Invitation:
    """Return a new invitation in this transaction; the caller leaves the audit row."""
    token = secrets.token_urlsafe(24)
    mine = update(InvitationRow).where(InvitationRow.person_id == person.id)
    session.execute(mine.where(InvitationRow.until > office.now()).values(until=office.now()))
    row = InvitationRow(hash=digest(token), person_id=person.id, made_at=office.now())
    row.until = office.now() + timedelta(seconds=office.settings.invitation_seconds)
    session.add(row)
    return Invitation(token, row.until)


def invited(office: Office, token: str) -> Person:
    """Return whom an invitation is for; SignInError says kindly what is wrong with it."""
    with office.database.read() as session:
        row = _row(office, session, token)
        return people.as_person(office, session, session.get_one(PersonRow, row.person_id))


def accept(office: Office, token: str, password: str) -> Person:
    """Give the person the password they chose, and use the invitation up; their logins end."""
    user = invited(office, token).user
    hashed = people.new_hash(office, user, password)
    with office.database.write() as session:
        row = _row(office, session, token, lock=True)
        row.used_at = office.now()
        person = session.get_one(PersonRow, row.person_id)
        people.change_hash(office, session, person, hashed)
        people.audit_own(office, session, person, "password", through="invitation")
        return people.as_person(office, session, person)


def _row(office: Office, session: Session, token: str, *, lock: bool = False) -> InvitationRow:
    chosen = select(InvitationRow).where(InvitationRow.hash == digest(token.strip()))
    row = session.scalars(chosen.with_for_update() if lock else chosen).first()
    if row is None:
        raise SignInError(UNKNOWN)
    if row.used_at is not None:
        raise SignInError(USED)
    if office.now() >= row.until or session.get_one(PersonRow, row.person_id).locked:
        raise SignInError(EXPIRED)
    return row
