"""Who can see what of one client, now: the access policy asked for everybody it could say yes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people
from iopkit.clinic.access import DOMAINS, decide
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.record import Person
from iopkit.clinic.record_privacy import Sight
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CareTeamRow, EntryRow, PersonRow
from iopkit.clinic.tables_privacy import ConsentRow, ShareRow, StatedReasonRow
from iopkit.clinic.ties import Ties, day_of, is_current
from iopkit.words import mark, sentence

BY_DOMAIN = ("entry", "check-in", "conjoint-entry", "note", "counseling-note")
WHOLE = ("alert", "care-team", "person")
RUNS = sentence("runs the program")
TEAM = mark("on the care team since {day}")
CONSENT = mark("consent of {day}")
REASONS: dict[str, str] = {
    "break-glass": mark("emergency access, for a reason stated on {day}"),
    "supervision": mark("supervision, for a reason stated on {day}"),
}
ONE_ENTRY = mark("this one entry was shared on {day}")
Until = date | datetime | None


@dataclass(frozen=True)
class _Record:
    """What decides who sees a client's record, read in a constant number of queries."""

    client: Person
    team: list[CareTeamRow]
    consents: list[ConsentRow]
    shares: list[tuple[ShareRow, EntryRow]]
    reasons: list[StatedReasonRow]
    partner_id: str | None
    who: dict[str, Person]


def who_sees(seat: Seat, client_id: str) -> list[Sight]:
    """Return who can see what of a client, and why and until when: care team, consents, shares, reasons."""
    with seat.reading() as session:
        seat.require(seat.ties(session, client_id), client_id, action="read", thing="who-sees")
    with seat.office.database.read(PROGRAM) as session:  # a coordinator may know of shares, not read them
        record = _read(session, seat, client_id)
    found = [one for person in record.who.values() for one in _sights(record, person)]
    return sorted(found, key=lambda one: (one.person, one.person_id, one.domain, one.thing))


def _read(session: Session, seat: Seat, client_id: str) -> _Record:
    now = seat.office.now()
    client = people.as_person(seat.office, session, people.find(session, client_id))
    today = day_of(now, client.zone)
    team = session.scalars(select(CareTeamRow).where(CareTeamRow.client_id == client_id))
    current = [row for row in team if is_current(row, today)]
    signed = select(ConsentRow).where(ConsentRow.client_id == client_id, ConsentRow.revoked_at.is_(None))
    consents = [row for row in session.scalars(signed) if row.recipient_id and today <= row.until]
    opened = select(ShareRow, EntryRow).join(EntryRow, EntryRow.id == ShareRow.entry_id)
    opened = opened.where(ShareRow.client_id == client_id, ShareRow.revoked_at.is_(None))
    shares = [
        (row, entry) for row, entry in session.execute(opened) if row.until is None or today <= row.until
    ]
    stated = select(StatedReasonRow).where(
        StatedReasonRow.client_id == client_id, StatedReasonRow.until > now
    )
    reasons = list(session.scalars(stated))
    run = select(PersonRow.id).where(PersonRow.kind == "coordinator", PersonRow.locked.is_(False))
    ids = {row.clinician_id for row in current} | {row.recipient_id for row in consents if row.recipient_id}
    ids |= {row.recipient_id for row, _entry in shares} | {row.person_id for row in reasons}
    who = people.by_ids(seat.office, session, ids | set(session.scalars(run)))
    partner = people.partner_id(session, client_id)
    return _Record(client, current, consents, shares, reasons, partner, who)


def _sights(record: _Record, person: Person) -> Iterable[Sight]:
    tied = _ties(record, person)
    client_id = record.client.id
    for domain in DOMAINS:
        for thing in BY_DOMAIN:
            relation, why = tied.tie(client_id, domain, thing=thing)
            if decide(person.kind, relation, domain=domain, action="read", thing=thing).allowed:
                words, until = _because(record, person, domain, why)
                yield Sight(person.name, person.id, domain, thing, words, until)
    relation, domain = tied.strongest(client_id)
    why = tied.tie(client_id, domain, thing="person")[1]
    for thing in WHOLE:
        if decide(person.kind, relation, domain=domain, action="read", thing=thing).allowed:
            words, until = _because(record, person, domain, why)
            yield Sight(person.name, person.id, "", thing, words, until)
    for share, entry in record.shares:
        if share.recipient_id == person.id:
            yield from _shared(tied, person, share, entry, record.client.zone)


def _shared(tied: Ties, person: Person, share: ShareRow, entry: EntryRow, zone: str) -> Iterable[Sight]:
    thing = "private-entry" if entry.private else "entry"
    relation, _why = tied.tie(share.client_id, entry.domain, thing=thing, thing_id=entry.id)
    said = decide(person.kind, relation, domain=entry.domain, action="read", thing=thing)
    if relation == "shared" and said.allowed:
        words = sentence(ONE_ENTRY, day=day_of(share.at, zone))
        yield Sight(person.name, person.id, entry.domain, "shared", words, share.until)


def _ties(record: _Record, person: Person) -> Ties:
    """Return the person's ties to this client, from what was read once for all."""
    client_id = record.client.id
    own = {row.domain for row in record.team if row.clinician_id == person.id} & person.domains
    return Ties(
        person,
        {client_id: frozenset(own)} if own else {},
        frozenset(),
        client_id if person.id == record.partner_id else None,
        {
            (client_id, domain, row.counseling_notes): f"consent:{row.id}"
            for row in record.consents
            for domain in row.domains
            if row.recipient_id == person.id and row.entry_id is None and row.couple_id is None
        },
        {row.entry_id: f"share:{row.id}" for row, _ in record.shares if row.recipient_id == person.id},
        {row.client_id: f"{row.kind}:{row.id}" for row in record.reasons if row.person_id == person.id},
    )


def _because(record: _Record, person: Person, domain: str, why: str) -> tuple[str, Until]:
    """Return in words what a sight rests on, and until when it holds."""
    kind, _colon, one_id = why.partition(":")
    for consent in record.consents:
        if kind == "consent" and consent.id == one_id:
            return sentence(CONSENT, day=day_of(consent.signed_at, record.client.zone)), consent.until
    for reason in record.reasons:
        if reason.id == one_id:
            return sentence(REASONS[kind], day=day_of(reason.at, record.client.zone)), reason.until
    for row in record.team:
        if row.clinician_id == person.id and row.domain == domain:
            return sentence(TEAM, day=row.since), row.until
    return RUNS, None
