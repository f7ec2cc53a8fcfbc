"""What a coordinator does at their desk: people, invitations, care teams, couples. No answers anywhere."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import invitation, people
from iopkit.clinic.invitation import Invitation
from iopkit.clinic.people import Newcomer
from iopkit.clinic.record import CareTeamMember, Person
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CareTeamRow, CoupleRow, PersonRow
from iopkit.errors import NotFoundError, StoreError
from iopkit.words import sentence

NOT_ON_TEAM = sentence("This is not on a care team here. Reload the page.")
BEGUN_LATER = sentence("The last day on the care team lies before the first.")


@dataclass(frozen=True)
class Belonging:
    """Everybody in the program, and who belongs together."""

    people: tuple[Person, ...]
    couples: tuple[tuple[str, str], ...]
    team: tuple[CareTeamMember, ...] = field(repr=False)
    can_sign_in: frozenset[str]
    """Ids of the people who have a password; the others need an invitation."""


def everybody(seat: Seat) -> Belonging:
    """Return all people with their couples and care teams, for the coordinator."""
    with seat.reading() as session:
        _require(seat, session, "read", "person")
        rows = session.scalars(select(PersonRow).order_by(PersonRow.user)).all()
        who = {found.id: found for found in people.as_people(seat.office, session, rows)}
        couples = tuple((row.first_id, row.second_id) for row in session.scalars(select(CoupleRow)))
        team = session.scalars(select(CareTeamRow).order_by(CareTeamRow.since, CareTeamRow.id)).all()
        members = tuple(
            CareTeamMember(row.client_id, who[row.clinician_id], row.domain, row.since, row.until, row.id)
            for row in team
        )
        ready = frozenset(row.id for row in rows if row.password_hash is not None)
        return Belonging(tuple(who.values()), couples, members, ready)


def add(seat: Seat, newcomer: Newcomer) -> Person:
    """Return the new person; nobody can sign in as them before an invitation was taken."""
    newcomer.check()
    with seat.writing() as session:
        _require(seat, session, "write", "person")
        row = people.add_row(seat.office, session, newcomer)
        _audit(seat, session, row, "person", row.id)
        return people.as_person(seat.office, session, row)


def invite(seat: Seat, person_id: str) -> Invitation:
    """Return a new one-time invitation for somebody; earlier ones no longer work."""
    with seat.writing() as session:
        _require(seat, session, "write", "person")
        row = people.find(session, person_id)
        _audit(seat, session, row, "invitation", row.id)
        return invitation.make(seat.office, session, row)


def treat(
    seat: Seat, client_id: str, clinician_id: str, domain: str, *, since: date, until: date | None
) -> None:
    """Put a clinician on a client's care team in a domain; both days belong to it."""
    with seat.writing() as session:
        _require(seat, session, "write", "care-team")
        client, clinician = people.find(session, client_id), people.find(session, clinician_id)
        people.join_team(seat.office, session, client, clinician, domain=domain, since=since, until=until)
        _audit(seat, session, client, "care-team", clinician.id)


def end(seat: Seat, member_id: str, until: date) -> None:
    """Let somebody's place on a care team end with a day, or end later than was said."""
    with seat.writing() as session:
        _require(seat, session, "write", "care-team")
        row = session.get(CareTeamRow, member_id, with_for_update=True)
        if row is None:
            raise NotFoundError(NOT_ON_TEAM)
        if until < row.since:
            raise StoreError(BEGUN_LATER)
        row.until = until
        _audit(seat, session, session.get_one(PersonRow, row.client_id), "care-team", row.clinician_id)


def couple(seat: Seat, first_id: str, second_id: str) -> None:
    """Let two clients be a couple from now on."""
    with seat.writing() as session:
        _require(seat, session, "write", "partner")
        first, second = people.find(session, first_id), people.find(session, second_id)
        row = people.pair(seat.office, session, first, second)
        for one in (first, second):
            _audit(seat, session, one, "couple", row.id)


def _require(seat: Seat, session: Session, action: str, thing: str) -> None:
    """Ask the policy for the whole program first: a client, say, may read "person", but only their own."""
    tied = seat.ties(session)
    for each in ("program", thing):
        seat.require(tied, seat.person.id, action=action, thing=each)


def _audit(seat: Seat, session: Session, row: PersonRow, thing: str, thing_id: str) -> None:
    client_id = row.id if row.kind == "client" else None
    seat.audit(session, "people", client_id=client_id, thing=thing, thing_id=thing_id)
