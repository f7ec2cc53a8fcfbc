"""People and how they belong together: user names, care teams, couples."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.cipher import Place
from iopkit.clinic.office import Office
from iopkit.clinic.password import check_rules
from iopkit.clinic.record import CareTeamMember, Domain, Kind, Person
from iopkit.clinic.tables import CareTeamRow, CoupleRow, LoginRow, PersonRow, SignInStepRow
from iopkit.clinic.tables_device import DeviceSideRow, SharedDeviceRow
from iopkit.errors import NotFoundError, StoreError
from iopkit.words import LANGUAGES, sentence

USER = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")
NOBODY = sentence("There is nobody by that user name or id.")
TAKEN = sentence("That user name is taken. Choose another one.")


def add_person(
    office: Office,
    kind: str,
    user: str,
    name: str,
    *,
    zone: str,
    domains: Iterable[str] = (),
    password: str | None = None,
    language: str = "en",
) -> Person:
    """Return the new person; StoreError when kind, user name, zone, language or domains cannot be used."""
    newcomer = Newcomer(kind, tidy(user), name.strip(), zone, tuple(sorted(set(domains))), language)
    newcomer.check()
    hashed = None if password is None else new_hash(office, newcomer.user, password)
    with office.database.write() as session:
        row = add_row(office, session, newcomer, hashed)
        audit(office, session, row, "person")
        return as_person(office, session, row)


@dataclass(frozen=True)
class Newcomer:
    """Somebody to add, tidied."""

    kind: str
    user: str
    name: str = field(repr=False)
    zone: str
    domains: tuple[str, ...]
    language: str

    def check(self) -> None:
        """Return when all of it can be used; StoreError says what cannot."""
        _check(self.kind, self.user, self.name, self.zone, list(self.domains))
        check_language(self.language)


def add_row(office: Office, session: Session, newcomer: Newcomer, hashed: str | None = None) -> PersonRow:
    """Return the row of a new person, with a key of their own; the caller leaves the audit row."""
    if session.scalar(select(PersonRow.id).where(PersonRow.user == newcomer.user)) is not None:
        raise StoreError(TAKEN)
    row = PersonRow(id=office.new_id(), kind=newcomer.kind, user=newcomer.user, name_sealed=b"")
    row.zone, row.domains, row.language = newcomer.zone, list(newcomer.domains), newcomer.language
    row.locked, row.password_hash, row.made_at = False, hashed, office.now()
    session.add(row)
    session.flush()
    office.add_envelope(session, row.id)
    row.name_sealed = office.seal(session, _name_place(row.id), {"name": newcomer.name})
    return row


def new_hash(office: Office, user: str, password: str) -> str:
    """Return the hash of a password that meets the rules."""
    check_rules(password, user)
    return office.passwords.hash(password)


def set_password(office: Office, user: str, password: str) -> None:
    """Give the person another password and end their logins."""
    hashed = new_hash(office, tidy(user), password)
    with office.database.write() as session:
        row = find(session, user)
        change_hash(office, session, row, hashed)
        audit(office, session, row, "password")


def change_hash(office: Office, session: Session, row: PersonRow, hashed: str) -> None:
    """Keep another password's hash and end the person's logins."""
    row.password_hash = hashed
    _end_logins(office, session, row)


def set_locked(office: Office, user: str, locked: bool) -> None:
    """Refuse the person at sign-in from now on and end their logins, or let them in again."""
    with office.database.write() as session:
        row = find(session, user)
        row.locked = locked
        if locked:
            _end_logins(office, session, row)
        audit(office, session, row, "lock" if locked else "unlock")


def set_language(office: Office, session: Session, person_id: str, language: str) -> None:
    """Speak this language with the person from now on; StoreError for one that is not ours."""
    check_language(language)
    session.get_one(PersonRow, person_id).language = language
    office.audit.add(
        session, "people", actor_id=person_id, through="login", thing="language", thing_id=person_id
    )


def check_language(language: str) -> None:
    """Return for a language of ours; StoreError for any other."""
    if language not in LANGUAGES:
        raise StoreError(f"The language is one of: {', '.join(LANGUAGES)}.")


def treat(
    office: Office, client_id: str, clinician_id: str, *, domain: str, since: date, until: date | None
) -> None:
    """Put a clinician on a client's care team."""
    with office.database.write(PROGRAM) as session:
        client, clinician = find(session, client_id), find(session, clinician_id)
        join_team(office, session, client, clinician, domain=domain, since=since, until=until)
        audit(office, session, client, "care-team", clinician.id)


def join_team(
    office: Office,
    session: Session,
    client: PersonRow,
    clinician: PersonRow,
    *,
    domain: str,
    since: date,
    until: date | None,
) -> None:
    """Add the row of a clinician on a client's care team; the caller leaves the audit row."""
    if client.kind != "client" or clinician.kind != "clinician":
        raise StoreError(sentence("A care team joins a client and a clinician, in this order."))
    if domain not in clinician.domains:
        raise StoreError(sentence("This clinician does not work in the domain '{domain}'.", domain=domain))
    if until is not None and until < since:
        raise StoreError(sentence("The last day on the care team lies before the first."))
    row = CareTeamRow(id=office.new_id(), client_id=client.id, clinician_id=clinician.id, domain=domain)
    row.since, row.until = since, until
    session.add(row)


def couple(office: Office, first_id: str, second_id: str) -> str:
    """Return the id of the couple that two clients now are."""
    with office.database.write() as session:
        first, second = find(session, first_id), find(session, second_id)
        row = pair(office, session, first, second)
        audit(office, session, first, "couple", row.id)
        audit(office, session, second, "couple", row.id)
        return row.id


def pair(office: Office, session: Session, first: PersonRow, second: PersonRow) -> CoupleRow:
    """Return the row of a new couple; the caller leaves the audit rows."""
    if first.kind != "client" or second.kind != "client" or first.id == second.id:
        raise StoreError(sentence("A couple is two clients."))
    if any(partner_id(session, row.id) for row in (first, second)):
        raise StoreError(sentence("One of these clients is part of a couple already."))
    row = CoupleRow(id=office.new_id(), first_id=first.id, second_id=second.id)
    session.add(row)
    return row


def partner_id(session: Session, client_id: str) -> str | None:
    """Return the other client of the couple, or None."""
    either = or_(CoupleRow.first_id == client_id, CoupleRow.second_id == client_id)
    row = session.scalars(select(CoupleRow).where(either)).first()
    if row is None:
        return None
    return row.second_id if row.first_id == client_id else row.first_id


def people(office: Office, kind: str | None = None) -> list[Person]:
    """Return everyone (of one kind), by user name."""
    chosen = select(PersonRow).order_by(PersonRow.user)
    if kind is not None:
        chosen = chosen.where(PersonRow.kind == kind)
    with office.database.read() as session:
        return as_people(office, session, session.scalars(chosen).all())


def person(office: Office, user_or_id: str) -> Person:
    """Return one person; NotFoundError when there is none."""
    with office.database.read() as session:
        return as_person(office, session, find(session, user_or_id))


def by_ids(office: Office, session: Session, ids: Iterable[str]) -> dict[str, Person]:
    """Return people by id, in one query and one for their keys."""
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(set(ids)))).all()
    return {found.id: found for found in as_people(office, session, rows)}


def care_team(office: Office, session: Session, client_id: str) -> list[CareTeamMember]:
    """Return everyone who treats or treated the client, those who began first at the top."""
    chosen = select(CareTeamRow).where(CareTeamRow.client_id == client_id)
    rows = session.scalars(chosen.order_by(CareTeamRow.since, CareTeamRow.domain, CareTeamRow.id)).all()
    who = by_ids(office, session, [row.clinician_id for row in rows])
    return [
        CareTeamMember(client_id, who[row.clinician_id], row.domain, row.since, row.until, row.id)
        for row in rows
    ]


def find(session: Session, user_or_id: str) -> PersonRow:
    """Return the row of one person by id or user name."""
    either = or_(PersonRow.id == user_or_id, PersonRow.user == tidy(user_or_id))
    row = session.scalars(select(PersonRow).where(either)).first()
    if row is None:
        raise NotFoundError(NOBODY)
    return row


def as_people(office: Office, session: Session, rows: Sequence[PersonRow]) -> list[Person]:
    """Return records for rows; their keys are opened in one query."""
    office.load_envelopes(session, [row.id for row in rows])
    return [as_person(office, session, row) for row in rows]


def as_person(office: Office, session: Session, row: PersonRow) -> Person:
    """Return the record for a row."""
    name = office.unseal(session, _name_place(row.id), row.name_sealed)["name"]
    domains = frozenset(row.domains)
    kind = cast(Kind, row.kind)
    return Person(row.id, kind, row.user, name, row.zone, domains, locked=row.locked, language=row.language)


def tidy(user: str) -> str:
    """Return a user name as it is stored: no spaces around it, small letters."""
    return user.strip().casefold()


def audit(office: Office, session: Session, row: PersonRow, thing: str, thing_id: str | None = None) -> None:
    """Leave a row about a change of people by the operator."""
    client_id = row.id if row.kind == "client" else None
    subject = thing_id or row.id
    office.audit.add(
        session,
        "people",
        actor_id=None,
        through="operator",
        client_id=client_id,
        thing=thing,
        thing_id=subject,
    )


def audit_own(
    office: Office, session: Session, row: PersonRow, thing: str, *, through: str = "login"
) -> None:
    """Leave a row about what a person changed of their own way to sign in."""
    client_id = row.id if row.kind == "client" else None
    office.audit.add(
        session,
        "people",
        actor_id=row.id,
        through=through,
        client_id=client_id,
        thing=thing,
        thing_id=row.id,
    )


def _name_place(person_id: str) -> Place:
    return Place("person", person_id, person_id, "name_sealed")


def _end_logins(office: Office, session: Session, row: PersonRow) -> None:
    mine = update(LoginRow).where(LoginRow.person_id == row.id, LoginRow.ended_at.is_(None))
    session.execute(mine.values(ended_at=office.now()))
    session.execute(delete(SignInStepRow).where(SignInStepRow.person_id == row.id))
    shared = select(DeviceSideRow.shared_id).where(DeviceSideRow.person_id == row.id)
    for table, column in ((SharedDeviceRow, SharedDeviceRow.id), (LoginRow, LoginRow.shared_id)):
        theirs = update(table).where(column.in_(shared), table.ended_at.is_(None))
        session.execute(theirs.values(ended_at=office.now()))


def _check(kind: str, user: str, name: str, zone: str, domains: list[str]) -> None:
    if kind not in get_args(Kind):
        raise StoreError(f"A person is one of: {', '.join(get_args(Kind))}.")
    if not USER.fullmatch(user):
        raise StoreError(
            sentence(
                "A user name has 2 to 64 letters a-z, digits or . _ @ + - and starts with a letter or digit."
            )
        )
    if not name.strip():
        raise StoreError(sentence("A person needs a name."))
    if unknown := set(domains) - set(get_args(Domain)):
        raise StoreError(
            f"Unknown domain {sorted(unknown)[0]!r}; the domains are: {', '.join(get_args(Domain))}."
        )
    if domains and kind != "clinician":
        raise StoreError(sentence("Only a clinician has domains."))
    if kind == "clinician" and not domains:
        raise StoreError(
            sentence("A clinician needs one or more domains: {domains}.", domains=", ".join(get_args(Domain)))
        )
    check_zone(zone)


def check_zone(zone: str) -> None:
    """Return for an IANA time zone; StoreError for anything else."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise StoreError(sentence("The time zone is not an IANA name such as America/New_York.")) from error
