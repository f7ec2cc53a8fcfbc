"""Logins and tickets: who a browser is, and how its kernel learns it once.

Tokens and tickets are random, handed out once, and kept as hashes.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iopkit.clinic.database import again
from iopkit.clinic.office import Office
from iopkit.clinic.people import as_person
from iopkit.clinic.record import Person
from iopkit.clinic.tables import LoginRow, PersonRow, TicketRow
from iopkit.errors import SignInError
from iopkit.words import sentence

ENDED = sentence("You are signed out. Sign in to go on.")
TICKET = sentence("This page's ticket was used before or has expired. Open the page again.")
TOUCH_SECONDS = 5
"""A login that was seen this short ago is not written again."""


@dataclass(frozen=True)
class Login:
    """A signed-in browser."""

    id: str
    person: Person
    signed_in_at: datetime
    seen_at: datetime
    joint: bool = False
    """Whether a PIN opened it on a shared device: it reaches what both partners own, and nothing else."""


def login(office: Office, token: str) -> Login:
    """Return the login of a token; SignInError when it has ended or nobody used it for too long."""
    with office.database.read() as session:
        row = session.scalars(select(LoginRow).where(LoginRow.token_hash == digest(token))).first()
        return Login(*live(office, session, row), joint=_is_joint(row))


def live(office: Office, session: Session, row: LoginRow | None) -> tuple[str, Person, datetime, datetime]:
    """Return id, person and times of a login that still holds; SignInError otherwise."""
    now = office.now()
    if row is None or row.ended_at is not None:
        raise SignInError(ENDED)
    if now - row.seen_at > timedelta(seconds=office.settings.idle_seconds):
        raise SignInError(ENDED)
    if now - row.signed_in_at > timedelta(seconds=office.settings.login_seconds):
        raise SignInError(ENDED)
    person = session.get_one(PersonRow, row.person_id)
    if person.locked:
        raise SignInError(ENDED)
    return row.id, as_person(office, session, person), row.signed_in_at, row.seen_at


@again
def touch(office: Office, login_id: str) -> None:
    """Note that the login was used just now; SignInError when it has ended."""
    with office.database.read() as session:
        row = session.get(LoginRow, login_id)
        live(office, session, row)
        if row is None or office.now() - row.seen_at < timedelta(seconds=TOUCH_SECONDS):
            return
    with office.database.write() as session:
        touch_in(office, session, login_id)


def touch_in(office: Office, session: Session, login_id: str) -> None:
    """Note the use of a login in a transaction that writes anyway."""
    row = session.get(LoginRow, login_id, with_for_update=True)
    live(office, session, row)
    if row is not None:
        row.seen_at = max(row.seen_at, office.now())


@again
def end_login(office: Office, login_id: str) -> None:
    """End a login; its token, its tickets and its desks are refused from now on."""
    with office.database.write() as session:
        row = session.get(LoginRow, login_id)
        if row is not None and row.ended_at is None:
            row.ended_at = office.now()
            office.audit.add(session, "sign-out", actor_id=row.person_id, thing="login", thing_id=row.id)


@again
def issue_ticket(office: Office, login_id: str) -> str:
    """Return a ticket that opens one desk for this login, once and soon."""
    ticket = secrets.token_urlsafe(32)
    with office.database.write() as session:
        live(office, session, session.get(LoginRow, login_id))
        old = office.now() - timedelta(seconds=office.settings.login_seconds)
        session.execute(delete(TicketRow).where(TicketRow.issued_at < old))
        session.add(TicketRow(hash=digest(ticket), login_id=login_id, issued_at=office.now()))
    return ticket


@again
def redeem(office: Office, ticket: str) -> Login:
    """Return the login a ticket was issued for and use the ticket up; SignInError when it is used or old."""
    with office.database.write() as session:
        row = session.get(TicketRow, digest(ticket), with_for_update=True)
        if row is None or row.used_at is not None:
            raise SignInError(TICKET)
        if office.now() - row.issued_at > timedelta(seconds=office.settings.ticket_seconds):
            raise SignInError(TICKET)
        row.used_at = office.now()
        found = session.get(LoginRow, row.login_id)
        return Login(*live(office, session, found), joint=_is_joint(found))


def _is_joint(row: LoginRow | None) -> bool:
    return row is not None and row.shared_id is not None


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
