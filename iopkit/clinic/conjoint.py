"""What both partners write together: entries owned by the couple, that leave only with both signatures."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import consent, couples, entries, shelf
from iopkit.clinic.consent import Form
from iopkit.clinic.database import again
from iopkit.clinic.record import Entry
from iopkit.clinic.record_privacy import Consent, Release
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CoupleRow, EntryRow, PersonRow
from iopkit.clinic.tables_privacy import ConsentRow
from iopkit.errors import AccessError, AnswerError, NotFoundError

BOTH = (
    "The couple's record leaves only with both signatures: each partner signs alone, for the same recipient."
)


@again
def draft(seat: Seat, worksheet_id: str, assignment_id: str) -> Entry:
    """Return the couple's open draft of an assigned joint worksheet, or a new one; both write in it."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="write", thing="conjoint-entry", domain="couples")
        gate = couples.gate(seat, session)
        if gate.couple_id is None or not gate.is_joint(worksheet_id):
            raise NotFoundError(entries.NO_ASSIGNMENT)
        couple = session.get_one(CoupleRow, gate.couple_id, with_for_update=True)
        assigned = entries.assignment(seat, session, assignment_id, worksheet_id, gate)
        chosen = select(EntryRow).where(
            EntryRow.couple_id == couple.id,
            EntryRow.status == "draft",
            EntryRow.worksheet_id == worksheet_id,
        )
        row = session.scalars(chosen.order_by(EntryRow.started_at, EntryRow.id)).first()
        if row is None:
            seat.office.ensure_couple_envelope(session, couple.id)
            row = entries.begin(
                seat, session, shelf.newest(seat.office, worksheet_id), assigned, couple_id=couple.id
            )
        return entries.as_entries(seat, session, [row])[0]


def conjoint(seat: Seat, client_id: str) -> list[Entry]:
    """Return what a client's couple has written together and sent, newest first."""
    with seat.reading() as session:
        found, ids = _found(seat, session, client_id, "read")
    for one in ids:
        seat.viewed(one, "couple")
    return found


def sign_release(seat: Seat, *, recipient: str, purpose: str, until: date, signature: str) -> Consent:
    """Return one partner's signature to let the couple's record go to a recipient outside the program."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(seat.ties(session, me), me, action="consent", thing="consent")
        couple = couples.couple_of(session, me)
        if couple is None:
            raise NotFoundError(couples.NO_COUPLE)
        form = Form(("couples",), purpose, until, signature, recipient=recipient, couple_id=couple.id)
        return consent.as_consents(seat, session, [consent.add(seat, session, form)])[0]


def releases(seat: Seat) -> list[Release]:
    """Return one's own signatures to let the couple's record go, newest first, and whether it may."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="consent")
        couple = couples.couple_of(session, me)
        if couple is None:
            return []
        chosen = select(ConsentRow).where(ConsentRow.couple_id == couple.id, ConsentRow.client_id == me)
        rows = session.scalars(chosen.order_by(ConsentRow.signed_at.desc(), ConsentRow.id)).all()
        both = {couple.first_id, couple.second_id}
        return [
            Release(
                one,
                one.live and {row.client_id for row in signed(seat, session, couple, one.recipient)} == both,
            )
            for one in consent.as_consents(seat, session, rows)
        ]


def release(seat: Seat, recipient: str) -> list[Entry]:
    """Return the couple's record to hand to a recipient; AccessError without both signatures for it."""
    me = seat.person.id
    if not recipient.strip():
        raise AnswerError(["recipient: Say who receives it."])
    with seat.writing() as session:
        couple = couples.couple_of(session, me)
        found, ids = _found(seat, session, me, "export")
        signatures = signed(seat, session, couple, recipient)
        if couple is None or {one.client_id for one in signatures} != set(ids):
            raise AccessError(BOTH)
        why = ",".join(sorted(f"consent:{one.id}" for one in signatures))
        for one in ids:
            seat.audit(session, "export", client_id=one, thing="couple", thing_id=couple.id, why=why)
        return found


def _found(seat: Seat, session: Session, client_id: str, action: str) -> tuple[list[Entry], tuple[str, ...]]:
    couple = couples.couple_of(session, client_id)
    ids = (couple.first_id, couple.second_id) if couple else (client_id,)
    tied = seat.ties(session, *ids)
    for one in (seat.person.id,) if seat.person.id in ids else ids:
        seat.require(tied, one, action=action, thing="conjoint-entry", domain="couples")
    if couple is None:
        return [], ids
    chosen = select(EntryRow).where(EntryRow.couple_id == couple.id, EntryRow.status == "submitted")
    rows = session.scalars(chosen.order_by(EntryRow.about.desc(), EntryRow.submitted_at.desc(), EntryRow.id))
    return entries.as_entries(seat, session, rows.all()), ids


def signed(seat: Seat, session: Session, couple: CoupleRow | None, recipient: str) -> list[ConsentRow]:
    """Return the live signatures under which a couple's record may go to a recipient: both are needed."""
    if couple is None:
        return []
    chosen = select(ConsentRow, PersonRow.zone).join(PersonRow, PersonRow.id == ConsentRow.client_id)
    rows = session.execute(chosen.where(ConsentRow.couple_id == couple.id)).all()
    wanted = " ".join(recipient.split()).casefold()
    return [
        row
        for row, zone in rows
        if consent.is_live(seat, row, zone)
        and " ".join(consent.recipient_of(seat, session, row).split()).casefold() == wanted
    ]
