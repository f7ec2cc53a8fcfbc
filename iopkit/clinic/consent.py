"""Consents: a client lets somebody read a domain, one entry, or what the couple owns, until a day.

Each element of 42 CFR 2.31 is part of the form as it was signed: patient, discloser, what, recipient,
purpose, expiry, the right to revoke, signature, date. Whether one holds is asked at every read (``ties.py``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people, program
from iopkit.clinic.access import DOMAINS
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record import Person
from iopkit.clinic.record_privacy import Blank, Consent
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import PersonRow
from iopkit.clinic.tables_privacy import ConsentRow
from iopkit.clinic.ties import day_of
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.words import sentence

RIGHTS = (
    "You can take this consent back at any time, here or by telling your clinician. "
    "What was read or sent before then cannot be called back."
)
NO_CONSENT = sentence("There is no consent here that you can open.")


@dataclass(frozen=True)
class Form:
    """What a client fills in and signs. Exactly one of ``recipient_id`` and ``recipient`` is given."""

    domains: tuple[str, ...]
    purpose: str
    until: date
    signature: str
    recipient_id: str | None = None
    recipient: str = ""
    counseling_notes: bool = False
    entry_id: str | None = None
    couple_id: str | None = None


def blank(seat: Seat) -> Blank:
    """Return what stands in every consent of the client who sits here before they fill anything in."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="consent", thing="consent")
        return Blank(seat.person.name, program.name(session), RIGHTS, seat.today(session, me)[0])


@again
def sign(seat: Seat, form: Form) -> Consent:
    """Return the consent, signed by the client who sits here; AnswerError names what the form lacks."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="consent", thing="consent")
        return as_consents(seat, session, [add(seat, session, form)])[0]


def add(seat: Seat, session: Session, form: Form) -> ConsentRow:
    """Return the row of a form that was checked, with its audit row; the caller has asked the policy."""
    today, _zone = seat.today(session, seat.person.id)
    recipient = _recipient(seat, session, form)
    _check(form, seat.person, today)
    row = ConsentRow(id=seat.office.new_id(), client_id=seat.person.id, recipient_id=form.recipient_id)
    row.entry_id, row.couple_id, row.domains = form.entry_id, form.couple_id, sorted(set(form.domains))
    row.counseling_notes, row.signed_at, row.until = form.counseling_notes, seat.office.now(), form.until
    signed = {
        "patient": seat.person.name,
        "discloser": program.name(session),
        "recipient": recipient,
        "purpose": form.purpose.strip(),
        "rights": RIGHTS,
        "signature": form.signature.strip(),
        "login": seat.login_id or "",
    }
    row.sealed = seat.office.seal(session, place(row), signed)
    session.add(row)
    session.flush()
    seat.audit(session, "consent", client_id=row.client_id, thing="consent", thing_id=row.id)
    return row


def consents(seat: Seat, client_id: str | None) -> list[Consent]:
    """Return the consents of one client, or (for the coordinator) of everybody, the newest first."""
    chosen = select(ConsentRow).order_by(ConsentRow.signed_at.desc(), ConsentRow.id)
    with seat.reading() as session:
        tied = seat.ties(session, *([client_id] if client_id else []))
        if client_id is not None:
            seat.require(tied, client_id, action="read", thing="consent")
            chosen = chosen.where(ConsentRow.client_id == client_id)
        rows = [
            row
            for row in session.scalars(chosen)
            if any(
                seat.ask(tied, row.client_id, action="read", thing="consent", domain=domain).allowed
                for domain in row.domains
            )
        ]
        return as_consents(seat, session, rows)


@again
def revoke(seat: Seat, consent_id: str) -> Consent:
    """Return the consent, taken back: every later read that rested on it is refused."""
    with seat.writing() as session:
        row = session.get(ConsentRow, consent_id, with_for_update=True)
        if row is None:
            raise NotFoundError(NO_CONSENT)
        try:
            tied = seat.ties(session, row.client_id)
            seat.require(tied, row.client_id, action="consent", thing="consent", thing_id=row.id)
        except AccessError as error:
            raise NotFoundError(NO_CONSENT) from error
        if row.revoked_at is None:
            row.revoked_at = seat.office.now()
            seat.audit(session, "revoke", client_id=row.client_id, thing="consent", thing_id=row.id)
        return as_consents(seat, session, [row])[0]


def as_consents(seat: Seat, session: Session, rows: Sequence[ConsentRow]) -> list[Consent]:
    """Return records for rows, in a constant number of queries."""
    ids = {row.client_id for row in rows}
    seat.office.load_envelopes(session, ids)
    zones = dict(session.execute(select(PersonRow.id, PersonRow.zone).where(PersonRow.id.in_(ids))).all())
    return [_as_consent(seat, session, row, zones[row.client_id]) for row in rows]


def is_live(seat: Seat, row: ConsentRow, zone: str) -> bool:
    """Return whether a consent holds on the client's day."""
    return row.revoked_at is None and day_of(seat.office.now(), zone) <= row.until


def place(row: ConsentRow) -> Place:
    """Return where the signed form belongs."""
    return Place("consent", row.client_id, row.id, "sealed")


def recipient_of(seat: Seat, session: Session, row: ConsentRow) -> str:
    """Return who a consent names as recipient."""
    return str(seat.office.unseal(session, place(row), row.sealed)["recipient"])


def _as_consent(seat: Seat, session: Session, row: ConsentRow, zone: str) -> Consent:
    signed: dict[str, Any] = seat.office.unseal(session, place(row), row.sealed)
    return Consent(
        id=row.id,
        client_id=row.client_id,
        patient=signed["patient"],
        discloser=signed["discloser"],
        domains=tuple(row.domains),
        counseling_notes=row.counseling_notes,
        entry_id=row.entry_id,
        couple_id=row.couple_id,
        recipient_id=row.recipient_id,
        recipient=signed["recipient"],
        purpose=signed["purpose"],
        until=row.until,
        rights=signed["rights"],
        signature=signed["signature"],
        signed_at=row.signed_at,
        revoked_at=row.revoked_at,
        live=is_live(seat, row, zone),
    )


def _recipient(seat: Seat, session: Session, form: Form) -> str:
    if form.recipient_id is None:
        return form.recipient.strip()
    found = people.by_ids(seat.office, session, [form.recipient_id]).get(form.recipient_id)
    if found is None or found.id == seat.person.id:
        raise AnswerError([sentence("recipient: Choose who may read it.")])
    if form.entry_id is None and found.kind != "clinician":
        raise AnswerError(
            ["recipient: A whole domain is opened to a clinician; share single entries instead."]
        )
    return found.name


def _check(form: Form, person: Person, today: date) -> None:
    """Raise AnswerError with every element that is missing or cannot be."""
    problems = [*_what(form)]
    if form.recipient_id is None and not form.recipient.strip():
        problems.append("recipient: Say who may read it.")
    if not form.purpose.strip():
        problems.append("purpose: Say what it is for.")
    if form.until < today:
        problems.append("until: The last day is over already.")
    if _plain(form.signature) != _plain(person.name):
        problems.append("signature: Sign with your full name as it stands above.")
    if problems:
        raise AnswerError(problems)


def _what(form: Form) -> Iterable[str]:
    if not form.domains or set(form.domains) - set(DOMAINS):
        yield f"domains: Choose one or more of: {', '.join(DOMAINS)}."
    if form.counseling_notes and form.domains != ("substance-use",):
        yield "domains: Counseling notes need a consent of their own, for substance-use alone."


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
