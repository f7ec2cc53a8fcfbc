"""What of a client's record somebody may take out of the program, with the notice that must go with it."""

from dataclasses import dataclass
from datetime import date

from iopkit.clinic import assignments, consent, entries, notice, people
from iopkit.clinic.record import Assignment, Entry, Person
from iopkit.clinic.record_privacy import Consent, Disclosure
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import PersonRow
from iopkit.errors import AccessError


@dataclass(frozen=True, repr=False)
class Leaving:
    """The part of a record that leaves: entries newest first, assignments, consents, and the notice."""

    client: Person
    entries: tuple[Entry, ...]
    assignments: tuple[Assignment, ...]
    consents: tuple[Consent, ...]
    disclosure: Disclosure | None


def leaving(seat: Seat, client_id: str, *, since: date | None, until: date | None) -> Leaving:
    """Return what may leave; every entry is asked for by itself, and one audit row says that it left."""
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        general = seat.require(tied, client_id, action="export", thing="entry")
        rows = session.scalars(entries.submitted([client_id], since=since, until=until)).all()
        kept, whys = [], {general}
        for row in rows:
            thing, domain = entries.thing_of(row), row.domain
            said = seat.ask(tied, client_id, action="export", thing=thing, domain=domain, thing_id=row.id)
            if said.allowed:
                kept.append(row)
                whys.add(said.why)
        found = entries.as_entries(seat, session, kept)
        client = people.as_person(seat.office, session, session.get_one(PersonRow, client_id))
    with seat.writing() as session:
        why = ",".join(sorted(whys - {""}))
        seat.audit(session, "export", client_id=client_id, thing="record", why=why)
    given = assignments.assignments(seat, client_id)
    return Leaving(
        client,
        tuple(found),
        tuple(given),
        tuple(_consents(seat, client_id)),
        notice.disclosure(seat, [*found, *given]),
    )


def _consents(seat: Seat, client_id: str) -> list[Consent]:
    """Return the consents that this person may read; they go out with the record, or none do."""
    try:
        return consent.consents(seat, client_id)
    except AccessError:
        return []
