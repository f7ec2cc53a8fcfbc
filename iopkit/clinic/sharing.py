"""Shares: a client opens one entry to one person, and can take that back for every later read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iopkit.clinic import consent, entries, people
from iopkit.clinic.access import known
from iopkit.clinic.database import again
from iopkit.clinic.record import Entry
from iopkit.clinic.record_privacy import Share
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CareTeamRow, EntryRow
from iopkit.clinic.tables_privacy import ConsentRow, ShareRow
from iopkit.clinic.ties import day_of, is_current
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.words import sentence

NO_SHARE = sentence("There is no share here that you can open.")
NOT_THEM = sentence("Choose your partner or a clinician who treats you.")
SIGN = (
    "This entry is a substance-use record. Say what opening it is for, until when, and sign with your name."
)


@dataclass(frozen=True)
class Terms:
    """On which terms an entry is opened. A substance-use entry needs all three."""

    until: date | None = None
    purpose: str = ""
    signature: str = ""


@again
def share(seat: Seat, entry_id: str, recipient_id: str, terms: Terms) -> Share:
    """Return the share of one own submitted entry with the partner or a treating clinician."""
    with seat.writing() as session:
        row = entries.find(seat, session, entry_id, "share")
        _check_recipient(seat, session, recipient_id)
        known_one = session.scalars(_live_of(row.id, recipient_id)).all()
        live = [one for one in _as_shares(seat, session, known_one) if one.live]
        if live:
            return live[0]
        for over in known_one:  # its day is over, or the consent behind it was taken back
            over.revoked_at = seat.office.now()
        made = ShareRow(id=seat.office.new_id(), client_id=row.client_id, entry_id=row.id)
        made.recipient_id, made.at, made.until = recipient_id, seat.office.now(), terms.until
        made.consent_id = _consent(seat, session, row, recipient_id, terms)
        session.add(made)
        session.flush()
        seat.audit(session, "share", client_id=row.client_id, thing="share", thing_id=made.id)
        return _as_shares(seat, session, [made])[0]


@again
def unshare(seat: Seat, share_id: str) -> Share:
    """Return the share, taken back; nobody is told, and the entry is not there at the next read."""
    with seat.writing() as session:
        row = session.get(ShareRow, share_id, with_for_update=True)
        if row is None:
            raise NotFoundError(NO_SHARE)
        try:
            tied = seat.ties(session, row.client_id)
            seat.require(tied, row.client_id, action="consent", thing="consent", thing_id=row.id)
        except AccessError as error:
            raise NotFoundError(NO_SHARE) from error
        if row.revoked_at is None:
            row.revoked_at = seat.office.now()
            signed = session.get(ConsentRow, row.consent_id) if row.consent_id else None
            if signed is not None and signed.revoked_at is None:
                signed.revoked_at = row.revoked_at
            seat.audit(session, "unshare", client_id=row.client_id, thing="share", thing_id=row.id)
        return _as_shares(seat, session, [row])[0]


def shares(seat: Seat, client_id: str) -> list[Share]:
    """Return what a client has shared (all of it for themself, what is live for their clinicians)."""
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="read", thing="share")
        chosen = (
            select(ShareRow).where(ShareRow.client_id == client_id).order_by(ShareRow.at.desc(), ShareRow.id)
        )
        own = client_id == seat.person.id
        rows = session.scalars(chosen if own else chosen.where(ShareRow.recipient_id == seat.person.id)).all()
        return [one for one in _as_shares(seat, session, rows) if own or one.live]


def shared(seat: Seat) -> list[Entry]:
    """Return the entries that others have opened to the reader and that are open now, newest first."""
    with seat.reading() as session:
        tied = seat.ties(session)
        chosen = select(EntryRow).where(EntryRow.id.in_(list(tied.shares)), EntryRow.status == "submitted")
        ordered = chosen.order_by(EntryRow.about.desc(), EntryRow.submitted_at.desc(), EntryRow.id)
        found, whys = entries.readable(seat, session, session.scalars(ordered).all(), tied)
    for one in sorted({entry.client_id for entry in found}):
        seat.viewed(one, "shared", whys=[whys[entry.id] for entry in found if entry.client_id == one])
    return found


def _check_recipient(seat: Seat, session: Session, recipient_id: str) -> None:
    today, _zone = seat.today(session, seat.person.id)
    team = session.scalars(select(CareTeamRow).where(CareTeamRow.client_id == seat.person.id)).all()
    now = {row.clinician_id for row in team if is_current(row, today)}
    if recipient_id not in {*now, people.partner_id(session, seat.person.id)}:
        raise AnswerError([f"recipient: {NOT_THEM}"])


def _consent(seat: Seat, session: Session, row: EntryRow, recipient_id: str, terms: Terms) -> str | None:
    if known(row.domain) != "substance-use":
        return None
    if terms.until is None or not terms.purpose.strip() or not terms.signature.strip():
        raise AnswerError([f"signature: {SIGN}"])
    form = consent.Form(
        ("substance-use",), terms.purpose, terms.until, terms.signature, recipient_id, entry_id=row.id
    )
    return consent.add(seat, session, form).id


def _live_of(entry_id: str, recipient_id: str) -> Select[ShareRow]:
    mine = select(ShareRow).where(ShareRow.entry_id == entry_id, ShareRow.recipient_id == recipient_id)
    return mine.where(ShareRow.revoked_at.is_(None))


def _as_shares(seat: Seat, session: Session, rows: Sequence[ShareRow]) -> list[Share]:
    who = people.by_ids(
        seat.office, session, {one for row in rows for one in (row.recipient_id, row.client_id)}
    )
    found = select(EntryRow).where(EntryRow.id.in_([row.entry_id for row in rows]))
    of = {row.id: row for row in session.scalars(found)} if rows else {}
    signed = select(ConsentRow).where(ConsentRow.id.in_([row.consent_id for row in rows if row.consent_id]))
    held = {row.id for row in session.scalars(signed) if consent.is_live(seat, row, who[row.client_id].zone)}
    return [
        Share(
            row.id,
            row.client_id,
            row.entry_id,
            of[row.entry_id].worksheet_id,
            of[row.entry_id].about,
            row.recipient_id,
            who[row.recipient_id].name,
            row.consent_id,
            row.at,
            row.until,
            row.revoked_at,
            live=row.revoked_at is None
            and (row.consent_id is None or row.consent_id in held)
            and (row.until is None or day_of(seat.office.now(), who[row.client_id].zone) <= row.until),
        )
        for row in rows
    ]
