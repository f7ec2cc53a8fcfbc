"""The private address of a client's appointments: made, renewed and revoked by them, kept as a hash."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from iopkit.clinic import people
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.database import again
from iopkit.clinic.login import digest
from iopkit.clinic.office import Office
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import Feed
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import PersonRow
from iopkit.clinic.tables_calendar import CalendarFeedRow
from iopkit.errors import NotFoundError
from iopkit.words import sentence

NOTED = timedelta(minutes=5)
"""A fetch so soon after another is not written down again."""
NO_FEED = sentence("There is no calendar at this address.")


@again
def make(seat: Seat) -> str:
    """Return the token of a new address; the one before no longer works. It is told this once."""
    me, token = seat.person.id, secrets.token_urlsafe(32)
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="own-calendar")
        row = session.get(CalendarFeedRow, me, with_for_update=True)
        if row is None:
            row = CalendarFeedRow(client_id=me)
            session.add(row)
        row.token_hash, row.made_at, row.fetched_at = digest(token), seat.office.now(), None
        session.flush()
        seat.audit(session, "share", client_id=me, thing="own-calendar")
    return token


@again
def revoke(seat: Seat) -> None:
    """Let the address lead nowhere from now on."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="own-calendar")
        row = session.get(CalendarFeedRow, me)
        if row is not None:
            session.delete(row)
            seat.audit(session, "unshare", client_id=me, thing="own-calendar")


def look(seat: Seat) -> Feed | None:
    """Return since when there is an address and when it was last fetched; None without one."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="own-calendar")
        row = session.get(CalendarFeedRow, me)
        return None if row is None else Feed(row.made_at, row.fetched_at)


@again
def owner(office: Office, token: str) -> Person:
    """Return whose appointments are behind a token, noted as fetched; NotFoundError for any other."""
    chosen = select(CalendarFeedRow).where(CalendarFeedRow.token_hash == digest(token))
    with office.database.read(PROGRAM) as session:
        row = session.scalars(chosen).first()
        person = session.get(PersonRow, row.client_id) if row is not None else None
        if row is None or person is None or person.locked:
            raise NotFoundError(NO_FEED)
        found = people.as_person(office, session, person)
        fresh = row.fetched_at is not None and office.now() - row.fetched_at < NOTED
    if not fresh:
        with office.database.write(PROGRAM) as session:
            again_row = session.scalars(chosen.with_for_update()).first()
            if again_row is not None:
                again_row.fetched_at = office.now()
    return found
