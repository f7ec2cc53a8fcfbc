"""Notes and reviews of clinicians, in their own domain; no client's page ever holds one."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import couples, entries, people
from iopkit.clinic.cipher import Place
from iopkit.clinic.record_privacy import Note, Review
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import EntryRow
from iopkit.clinic.tables_privacy import NoteRow, ReviewRow
from iopkit.clinic.ties import Ties
from iopkit.errors import AnswerError, NotFoundError

LONGEST = 20_000
QUALITIES = range(5)


def note(
    seat: Seat,
    client_id: str,
    domain: str,
    text: str,
    *,
    entry_id: str | None = None,
    item: str = "",
    counseling: bool = False,
) -> Note:
    """Return a new note about a client, an entry or an item of it, in a domain of the clinician's."""
    _check_text(text)
    with seat.writing() as session:
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="write", thing=_thing(counseling), domain=domain)
        if entry_id is not None:
            row = entries.find(seat, session, entry_id, "read")
            if client_id not in couples.owners(session, row):
                raise NotFoundError(entries.NO_ENTRY)
        made = NoteRow(id=seat.office.new_id(), client_id=client_id, by_id=seat.person.id, entry_id=entry_id)
        made.domain, made.counseling, made.at = domain, counseling, seat.office.now()
        words = {"text": text.strip()} | ({"item": item} if item else {})
        made.sealed = seat.office.seal(session, note_place(made), words)
        session.add(made)
        session.flush()
        seat.audit(session, "note", client_id=client_id, thing="note", thing_id=made.id)
        return _as_notes(seat, session, [made])[0]


def notes(seat: Seat, client_id: str) -> list[Note]:
    """Return the notes about a client that the reader may read, the newest first."""
    chosen = select(NoteRow).where(NoteRow.client_id == client_id).order_by(NoteRow.at.desc(), NoteRow.id)
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        general = seat.require(tied, client_id, action="read", thing="note")
        said = [(row, _may(seat, tied, row)) for row in session.scalars(chosen)]
        found = _as_notes(seat, session, [row for row, why in said if why is not None])
    seat.viewed(client_id, "note", whys=[general, *(why for _row, why in said if why is not None)])
    return found


def review(seat: Seat, entry_id: str, quality: int, note: str) -> Review:
    """Return a new review of a submitted entry: how well it was done, 0 to 4, and a note on it."""
    if quality not in QUALITIES or isinstance(quality, bool):
        raise AnswerError(["quality: Choose a number from 0 to 4."])
    if len(note) > LONGEST:
        raise AnswerError([f"note: At most {LONGEST:,} characters."])
    with seat.writing() as session:
        row = entries.find(seat, session, entry_id, "review")
        made = ReviewRow(id=seat.office.new_id(), entry_id=row.id, client_id=row.client_id)
        made.by_id, made.domain, made.at = seat.person.id, row.domain, seat.office.now()
        made.sealed = seat.office.seal(
            session, review_place(made), {"quality": quality, "note": note.strip()}
        )
        session.add(made)
        session.flush()
        seat.audit(session, "review", client_id=row.client_id, thing="review", thing_id=made.id)
        return _as_reviews(seat, session, [made])[0]


def reviews(seat: Seat, client_id: str) -> list[Review]:
    """Return the newest review by each clinician of each entry, as far as the reader may read them."""
    mine = select(ReviewRow).join(EntryRow, EntryRow.id == ReviewRow.entry_id)
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        general = seat.require(tied, client_id, action="read", thing="review")
        own = couples.couple_of(session, client_id)
        of = EntryRow.client_id == client_id
        chosen = mine.where(of | (EntryRow.couple_id == own.id) if own else of)
        rows: dict[tuple[str, str], ReviewRow] = {}
        for row in session.scalars(chosen.order_by(ReviewRow.at, ReviewRow.id)):
            if seat.ask(tied, client_id, action="read", thing="review", domain=row.domain).allowed:
                rows[row.entry_id, row.by_id] = row
        found = _as_reviews(seat, session, sorted(rows.values(), key=lambda row: row.at, reverse=True))
    seat.viewed(client_id, "review", whys=[general])
    return found


def note_place(row: NoteRow) -> Place:
    """Return where a note's text belongs."""
    return Place("note", row.client_id, row.id, "sealed")


def review_place(row: ReviewRow) -> Place:
    """Return where a review's content belongs."""
    return Place("review", row.client_id, row.id, "sealed")


def _may(seat: Seat, tied: Ties, row: NoteRow) -> str | None:
    thing = _thing(row.counseling)
    said = seat.ask(tied, row.client_id, action="read", thing=thing, domain=row.domain)
    return said.why if said.allowed else None


def _thing(counseling: bool) -> str:
    return "counseling-note" if counseling else "note"


def _check_text(text: str) -> None:
    if not text.strip():
        raise AnswerError(["text: Write something first."])
    if len(text) > LONGEST:
        raise AnswerError([f"text: At most {LONGEST:,} characters."])


def _as_notes(seat: Seat, session: Session, rows: Sequence[NoteRow]) -> list[Note]:
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    who = people.by_ids(seat.office, session, {row.by_id for row in rows})
    held = {row.id: seat.office.unseal(session, note_place(row), row.sealed) for row in rows}
    return [
        Note(
            row.id,
            row.client_id,
            row.domain,
            who[row.by_id].name,
            row.at,
            held[row.id]["text"],
            row.entry_id,
            row.counseling,
            held[row.id].get("item", ""),
        )
        for row in rows
    ]


def _as_reviews(seat: Seat, session: Session, rows: Sequence[ReviewRow]) -> list[Review]:
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    who = people.by_ids(seat.office, session, {row.by_id for row in rows})
    return [
        Review(
            row.id,
            row.entry_id,
            row.client_id,
            row.domain,
            who[row.by_id].name,
            row.at,
            **seat.office.unseal(session, review_place(row), row.sealed),
        )
        for row in rows
    ]
