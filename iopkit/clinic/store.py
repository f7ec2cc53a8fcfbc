"""The store: a clinic's database and key, opened by the server and the command line."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from iopkit.clinic import (
    audit,
    feed,
    identity,
    invitation,
    login,
    logins,
    people,
    proof,
    rotation,
    second_factor,
    shared_device,
    signing_in,
)
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.desk import Desk
from iopkit.clinic.invitation import Invitation
from iopkit.clinic.login import Login
from iopkit.clinic.logins import OpenLogin
from iopkit.clinic.office import Office, utc_now
from iopkit.clinic.opening import open_office
from iopkit.clinic.own import OwnSignIn
from iopkit.clinic.proof import Proof
from iopkit.clinic.record import Person
from iopkit.clinic.rotation import Rotation
from iopkit.clinic.seat import Seat
from iopkit.clinic.second_factor import Pairing
from iopkit.clinic.settings import Settings
from iopkit.clinic.shared_device import SharedDevice
from iopkit.clinic.signing_in import Begun, Step
from iopkit.worksheets import Catalog, Worksheet


def open_store(
    url: str | None = None,
    key_file: str | Path | None = None,
    *,
    create: bool = True,
    settings: Settings | None = None,
    catalog: Mapping[str, Worksheet] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> "Store":
    """Return the open store, its schema up to date; StoreError says what to do when that is not possible.

    Without arguments ``IOPKIT_DATABASE_URL`` and ``IOPKIT_KEY_FILE`` count, then the user's own folders. At
    the first start the database and its key file are made (unless ``create`` is false). ``catalog`` are the
    worksheets that can be given; without it they are read when first needed.
    """
    office, made_key = open_office(url, key_file, create=create, settings=settings or Settings(), now=now)
    if catalog is not None:
        office.memory["catalog"] = Catalog(catalog)
    return Store(office, made_key=made_key)


class Store:
    """A clinic's people, logins, desks and audit. It knows everything: give it to no kernel, give desks."""

    def __init__(self, office: Office, *, made_key: bool = False) -> None:
        self.office = office
        self.made_key = made_key

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def key_file(self) -> Path | None:
        """Return where the key file lies, to tell the operator what to keep a copy of; None for a command."""
        return self.office.keys.file.path

    def close(self) -> None:
        """Close every connection to the database."""
        self.office.database.close()

    def at(self, now: Callable[[], datetime], new_id: Callable[[], str] | None = None) -> "Store":
        """Return the same store with another clock, and another source of ids if given."""
        return Store(self.office.at(now, new_id))

    def add_person(
        self,
        kind: str,
        user: str,
        name: str,
        *,
        zone: str,
        domains: Iterable[str] = (),
        password: str | None = None,
        language: str = "en",
    ) -> Person:
        """Return the new person. Without a password nobody can sign in as them yet."""
        return people.add_person(
            self.office, kind, user, name, zone=zone, domains=domains, password=password, language=language
        )

    def people(self, kind: str | None = None) -> list[Person]:
        """Return everyone (of one kind), by user name."""
        return people.people(self.office, kind)

    def person(self, user_or_id: str) -> Person:
        """Return one person by user name or id."""
        return people.person(self.office, user_or_id)

    def set_password(self, user: str, password: str) -> None:
        """Give a person another password and end their logins."""
        people.set_password(self.office, user, password)

    def lock(self, user: str) -> None:
        """Refuse a person at sign-in from now on, and end their logins."""
        people.set_locked(self.office, user, True)

    def unlock(self, user: str) -> None:
        """Let a locked person sign in again."""
        people.set_locked(self.office, user, False)

    def treat(
        self, client_id: str, clinician_id: str, domain: str, since: date, until: date | None = None
    ) -> None:
        """Put a clinician on a client's care team in a domain; both days belong to it."""
        people.treat(self.office, client_id, clinician_id, domain=domain, since=since, until=until)

    def couple(self, first_id: str, second_id: str) -> str:
        """Return the id of the couple that two clients now are."""
        return people.couple(self.office, first_id, second_id)

    def sign_in(self, user: str, password: str, *, address: str) -> str:
        """Return a new login's token; SignInError, in the same words and time, whatever was wrong.

        For those who need no second factor; ``begin_sign_in`` is for everybody.
        """
        return signing_in.sign_in(self.office, user, password, address=address)

    def begin_sign_in(self, user: str, password: str, *, address: str, device: str = "") -> Begun:
        """Return what follows a right password: a login, or the step to the second factor."""
        return signing_in.begin(self.office, user, password, address=address, device=device)

    def step(self, token: str) -> Step:
        """Return the sign-in that waits behind a token; SignInError when it is over."""
        return signing_in.step(self.office, token)

    def give_code(self, token: str, code: str) -> str:
        """Return a new login's token for a right code of the second factor."""
        return signing_in.give_code(self.office, token, code)

    def pair(self, token: str, code: str) -> tuple[str, list[str]]:
        """Return a new login's token and recovery codes for the first code of a new second factor."""
        return signing_in.pair(self.office, token, code)

    def pairing(self, person_id: str) -> Pairing:
        """Return what an authenticator app needs to become a person's second factor."""
        return second_factor.begin(self.office, person_id)

    def has_second_factor(self, user: str) -> bool:
        """Return whether a person signs in with a second factor."""
        with self.office.database.read() as session:
            return second_factor.is_paired(session, people.find(session, user).id)

    def remove_second_factor(self, user: str) -> None:
        """Take a person's second factor away: their phone is lost."""
        second_factor.remove(self.office, user)

    def sign_in_as(
        self, issuer: str, subject: str, *, user: str = "", device: str = "", proved: bool = False
    ) -> Begun:
        """Return what follows when a provider has said who somebody is; SignInError for nobody we know."""
        return identity.sign_in_as(self.office, issuer, subject, user=user, device=device, proved=proved)

    def link(self, user: str, issuer: str, subject: str) -> None:
        """Let a provider's account sign in as this person."""
        identity.link(self.office, user, issuer, subject)

    def unlink(self, user: str) -> None:
        """Let no provider's account sign in as this person any more."""
        identity.unlink(self.office, user)

    def invite(self, user: str) -> Invitation:
        """Return a link's token with which a person sets their own password, once."""
        return invitation.invite(self.office, user)

    def invited(self, token: str) -> Person:
        """Return whom an invitation is for; SignInError when it no longer holds."""
        return invitation.invited(self.office, token)

    def accept(self, token: str, password: str) -> Person:
        """Set the password that an invited person chose."""
        return invitation.accept(self.office, token, password)

    def own(self, login_id: str) -> OwnSignIn:
        """Return what the person of a login may do about their own way to sign in."""
        return OwnSignIn(self.office, login_id)

    def open_logins(self, person_id: str) -> list[OpenLogin]:
        """Return where a person is signed in."""
        return logins.open_logins(self.office, person_id)

    def login(self, token: str) -> Login:
        """Return the login of a token; SignInError when it has ended."""
        return login.login(self.office, token)

    def touch(self, login_id: str) -> None:
        """Note that a login was used just now."""
        login.touch(self.office, login_id)

    def end_login(self, login_id: str) -> None:
        """End a login, its tickets and its desks."""
        login.end_login(self.office, login_id)

    def issue_ticket(self, login_id: str) -> str:
        """Return a ticket that opens one desk, once and soon."""
        return login.issue_ticket(self.office, login_id)

    def redeem(self, ticket: str) -> Desk:
        """Return the desk of the login a ticket was issued for; the ticket is used up."""
        found = login.redeem(self.office, ticket)
        return Desk(Seat(self.office, found.person, found.id, joint=found.joint))

    def desk_for(self, user: str, *, purpose: audit.Action = "view") -> Desk:
        """Return a person's desk for the operator's own commands; the audit trail says "operator"."""
        return Desk(Seat(self.office, self.person(user), None, purpose))

    def desk_of(self, login_id: str) -> Desk:
        """Return the desk of a login that holds, for the server's own pages."""
        return Desk(Seat(self.office, self.own(login_id).person, login_id))

    def shared_device(self, token: str) -> SharedDevice:
        """Return the device that two partners share in a browser; SignInError when it is over."""
        return shared_device.found(self.office, token)

    def end_sharing(self, token: str) -> None:
        """End the sharing of a device, and the login that a PIN opened on it."""
        shared_device.end(self.office, token)

    def feed_owner(self, token: str) -> Person:
        """Return whose appointments lie behind a private calendar address; NotFoundError for any other."""
        return feed.owner(self.office, token)

    def prove(self, anchors: Iterable[str] = ()) -> Proof:
        """Return what was looked at in audit trail, encrypted values and revisions, and the first fault."""
        return proof.prove(self.office, anchors)

    def anchor(self) -> str:
        """Return the head of the audit trail as one line to keep outside of the database."""
        return proof.anchor_line(self.office)

    def verify(self) -> int | None:
        """Return the number of the first audit row that was tampered with, or None."""
        with self.office.database.read(PROGRAM) as session:
            return self.office.audit.verify(session)

    def rotate_keys(
        self, *, batch: int = rotation.BATCH, progress: Callable[[int, int], object] = lambda done, of: None
    ) -> Rotation:
        """Return what was done: a new master key guards every person's own key; work goes on meanwhile."""
        return rotation.rotate(self.office, batch=batch, progress=progress)
