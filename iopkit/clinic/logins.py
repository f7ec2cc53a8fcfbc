"""The logins of one person: where they are signed in, ended one by one or all the others at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic.login import live
from iopkit.clinic.office import Office
from iopkit.clinic.shared_device import end_row, shared_by
from iopkit.clinic.tables import LoginRow
from iopkit.errors import NotFoundError, SignInError
from iopkit.words import sentence

NOT_YOURS = sentence("That sign-in has ended already.")


@dataclass(frozen=True)
class OpenLogin:
    """A browser in which somebody is signed in; ``device`` says roughly which, "Firefox on Windows".

    ``shared`` says that it is one they share with their partner, where their PIN opens it.
    """

    id: str
    device: str
    signed_in_at: datetime
    seen_at: datetime
    shared: bool = False


def open_logins(office: Office, person_id: str) -> list[OpenLogin]:
    """Return the logins of a person that still hold, the one used last at the top."""
    with office.database.read() as session:
        rows = [row for row in _rows(session, person_id) if _holds(office, session, row)]
        own = {row.id for row in rows}
        waiting = [row for row in shared_by(office, session, person_id) if row.login_id not in own]
    found = [
        OpenLogin(row.id, row.device or "", row.signed_in_at, row.seen_at, row.shared_id is not None)
        for row in rows
    ]
    found += [OpenLogin(row.id, row.device or "", row.made_at, row.seen_at, True) for row in waiting]
    return sorted(found, key=lambda one: one.seen_at, reverse=True)


def end_one(office: Office, person_id: str, login_id: str) -> list[str]:
    """End one of the person's own logins, or a device they share; NotFoundError when it is not theirs.

    Returns which logins have ended.
    """
    with office.database.write() as session:
        for row in _rows(session, person_id):
            if row.id == login_id:
                _end(office, session, row)
                return [row.id]
        for device in shared_by(office, session, person_id):
            if device.id == login_id:
                return end_row(office, session, device)
    raise NotFoundError(NOT_YOURS)


def end_others(office: Office, person_id: str, keep: str) -> list[str]:
    """End all logins of the person but one; return which."""
    with office.database.write() as session:
        rows = [row for row in _rows(session, person_id) if row.id != keep]
        for row in rows:
            _end(office, session, row)
        ended = [row.id for row in rows]
        for device in shared_by(office, session, person_id):
            if device.login_id != keep:
                ended += end_row(office, session, device)
        return ended


def _rows(session: Session, person_id: str) -> list[LoginRow]:
    mine = select(LoginRow).where(LoginRow.person_id == person_id, LoginRow.ended_at.is_(None))
    return list(session.scalars(mine))


def _holds(office: Office, session: Session, row: LoginRow) -> bool:
    try:
        live(office, session, row)
    except SignInError:
        return False
    return True


def _end(office: Office, session: Session, row: LoginRow) -> None:
    row.ended_at = office.now()
    office.audit.add(session, "sign-out", actor_id=row.person_id, thing="login", thing_id=row.id)
