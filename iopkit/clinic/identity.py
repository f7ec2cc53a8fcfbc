"""Who a person is at an OpenID Connect provider: linked by hand, or once by user name. Nobody is added."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people
from iopkit.clinic.office import Office
from iopkit.clinic.signing_in import NOBODY_KNOWN, Begun, let_on, origin_of
from iopkit.clinic.tables import IdentityRow, PersonRow
from iopkit.errors import SignInError, StoreError

TAKEN = "That account is linked to somebody else. Unlink it there first: iopkit user unlink USER."


def link(office: Office, user: str, issuer: str, subject: str) -> None:
    """Let the account ``subject`` of a provider sign in as this person from now on."""
    with office.database.write() as session:
        person = people.find(session, user)
        row = session.get(IdentityRow, (issuer, subject))
        if row is not None and row.person_id != person.id:
            raise StoreError(TAKEN)
        if row is None:
            _link(office, session, person, issuer, subject)
            people.audit(office, session, person, "identity")


def unlink(office: Office, user: str) -> None:
    """Let no account of a provider sign in as this person any more."""
    with office.database.write() as session:
        person = people.find(session, user)
        for row in session.scalars(select(IdentityRow).where(IdentityRow.person_id == person.id)):
            session.delete(row)
        people.audit(office, session, person, "identity")


def sign_in_as(
    office: Office, issuer: str, subject: str, *, user: str = "", device: str = "", proved: bool = False
) -> Begun:
    """Return a login, or the step to the second factor, for whom a provider has named.

    ``user`` is the user name that the provider's account carries, where the operator trusts it: it links the
    account the first time, and a name that was given to somebody else later changes nothing. ``proved`` says
    that the provider has asked for a second factor.
    """
    with office.database.write() as session:
        person = _linked(session, issuer, subject) or _by_user(office, session, issuer, subject, user)
        if person is None or person.locked:
            told = person.id if person else None
        else:
            origin = origin_of(office, person.user, "identity")
            return let_on(office, session, person, origin=origin, device=device, proved=proved)
    with office.database.write() as session:
        office.audit.add(session, "refuse", actor_id=told, through="sign-in", thing="identity")
    raise SignInError(NOBODY_KNOWN)


def _linked(session: Session, issuer: str, subject: str) -> PersonRow | None:
    row = session.get(IdentityRow, (issuer, subject))
    return None if row is None else session.get_one(PersonRow, row.person_id)


def _by_user(office: Office, session: Session, issuer: str, subject: str, user: str) -> PersonRow | None:
    if not user:
        return None
    person = session.scalars(select(PersonRow).where(PersonRow.user == people.tidy(user))).first()
    if person is None or _has_other(session, issuer, person.id):
        return None
    _link(office, session, person, issuer, subject)
    return person


def _has_other(session: Session, issuer: str, person_id: str) -> bool:
    mine = select(IdentityRow).where(IdentityRow.issuer == issuer, IdentityRow.person_id == person_id)
    return session.scalars(mine).first() is not None


def _link(office: Office, session: Session, person: PersonRow, issuer: str, subject: str) -> None:
    session.add(IdentityRow(issuer=issuer, subject=subject, person_id=person.id, made_at=office.now()))
