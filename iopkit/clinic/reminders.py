"""Reminders: what a client chose, and which were sent. Each is claimed before it is sent: it is sent once."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from iopkit.clinic import people
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.office import Office
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import ReminderChoice
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import PersonRow
from iopkit.clinic.tables_calendar import ReminderChoiceRow, ReminderRow
from iopkit.errors import AnswerError
from iopkit.words import sentence

DEFAULT = ReminderChoice(False, "", time(21), time(8))
"""What holds until a client chooses: no e-mail, quiet from nine in the evening to eight in the morning."""
ADDRESS = sentence("Write one e-mail address, such as name@example.org.")
MOST_TRIES = 5
AGAIN_AFTER = timedelta(minutes=10)


def choice(seat: Seat) -> ReminderChoice:
    """Return what the client who sits here chose."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="own-calendar")
        row = session.get(ReminderChoiceRow, me)
        if row is None:
            return DEFAULT
        email = seat.office.unseal(session, _place(me), row.email_sealed)["email"]
        return ReminderChoice(row.wanted, email, row.quiet_from, row.quiet_until)


@again
def choose(seat: Seat, chosen: ReminderChoice) -> None:
    """Keep what the client chose; AnswerError for reminders without an address to send them to."""
    me, email = seat.person.id, chosen.email.strip()
    if (chosen.wanted or email) and not is_address(email):
        raise AnswerError([ADDRESS])
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="own-calendar")
        row = session.get(ReminderChoiceRow, me, with_for_update=True)
        if row is None:
            row = ReminderChoiceRow(client_id=me)
            session.add(row)
        row.wanted, row.quiet_from, row.quiet_until = chosen.wanted, chosen.quiet_from, chosen.quiet_until
        row.email_sealed = seat.office.seal(session, _place(me), {"email": email})
        session.flush()
        seat.audit(session, "people", client_id=me, thing="own-calendar")


def is_address(text: str) -> bool:
    """Return whether a text is one plain e-mail address: no name, no list, nothing that begins a header.

    >>> [is_address(one) for one in ("ann@example.org", "a@b.org, c@d.org", "Ann <ann@example.org>", "ann")]
    [True, False, False, False]
    """
    return len(text) <= 254 and bool(
        re.fullmatch(r"[A-Za-z0-9._%+'-]{1,64}@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}", text)
    )


def is_quiet(at: time, begins: time, ends: time) -> bool:
    """Return whether a wall time lies in the quiet hours, which may go past midnight; equal ends: none.

    >>> [is_quiet(time(hour), time(21), time(8)) for hour in (20, 21, 3, 8)]
    [False, True, True, False]
    """
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


def wanting(office: Office) -> list[tuple[Person, ReminderChoice]]:
    """Return the clients who want reminders and may sign in, with what they chose."""
    chosen = (
        select(ReminderChoiceRow, PersonRow)
        .join(PersonRow, PersonRow.id == ReminderChoiceRow.client_id)
        .where(ReminderChoiceRow.wanted, PersonRow.locked.is_(False))
        .order_by(PersonRow.id)
    )
    with office.database.read(PROGRAM) as session:
        pairs = session.execute(chosen).all()
        office.load_envelopes(session, [person.id for _, person in pairs])
        return [
            (
                people.as_person(office, session, person),
                ReminderChoice(
                    row.wanted,
                    office.unseal(session, _place(person.id), row.email_sealed)["email"],
                    row.quiet_from,
                    row.quiet_until,
                ),
            )
            for row, person in pairs
        ]


@again
def claim(office: Office, client_id: str, what: str) -> str | None:
    """Return the id of a reminder that is now ours to send; None when it is another's, sent, or too early."""
    now = office.now()
    chosen = select(ReminderRow).where(ReminderRow.client_id == client_id, ReminderRow.what == what)
    try:
        with office.database.write(PROGRAM) as session:
            row = session.scalars(chosen.with_for_update()).first()
            if row is None:
                row = ReminderRow(id=office.new_id(), client_id=client_id, what=what, tries=0)
                session.add(row)
            elif row.state != "queued" or row.next_at is None or row.next_at > now:
                return None
            row.state, row.at, row.next_at, row.tries = "claimed", now, None, row.tries + 1
            session.flush()
            return row.id
    except IntegrityError:  # another program wrote the same row a moment ago: it is theirs
        return None


@again
def settle(office: Office, reminder_id: str, state: str) -> str:
    """Return how a reminder stands after it was tried; ``queued`` is tried again, a few times."""
    with office.database.write(PROGRAM) as session:
        row = session.get_one(ReminderRow, reminder_id, with_for_update=True)
        if state == "queued" and row.tries >= MOST_TRIES:
            state = "given-up"
        row.state, row.at = state, office.now()
        row.next_at = office.now() + AGAIN_AFTER * row.tries if state == "queued" else None
        return state


@again
def release(office: Office, reminder_id: str) -> None:
    """Forget a claim: there was nothing left to remind of."""
    with office.database.write(PROGRAM) as session:
        session.delete(session.get_one(ReminderRow, reminder_id))


def states(office: Office, client_ids: Iterable[str]) -> list[tuple[str, str, datetime | None]]:
    """Return what was to be sent to some clients, how it stands, and when it is tried again."""
    chosen = select(ReminderRow).where(ReminderRow.client_id.in_(list(client_ids)))
    with office.database.read(PROGRAM) as session:
        rows = session.scalars(chosen.order_by(ReminderRow.what, ReminderRow.client_id))
        return [(row.what, row.state, row.next_at) for row in rows]


def _place(client_id: str) -> Place:
    return Place("reminder_choice", client_id, client_id, "email_sealed")
