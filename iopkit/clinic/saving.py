"""The save: one message with all answers becomes one transaction, acknowledged after its COMMIT.

Answers are merged per item, so that two pages open at one entry lose nothing: what only one of them changed
is taken from that one; where both changed an item, the newer value stands and the other is kept and told
about. A message that comes twice is stored once and answered alike. An answer that a draft cannot hold (a
number out of range) keeps nothing else from being stored: it is told, and stays on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit import worksheets
from iopkit.clinic import alerts, audit, couples, entries, live, shelf, together
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record import Entry, Saved
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import ConflictRow, EntryRow, MessageRow, RevisionRow
from iopkit.errors import AccessError, AnswerError
from iopkit.words import say, sentence
from iopkit.worksheets import Worksheet
from iopkit.worksheets.scoring import Scored

MISSING = object()
THEIRS = sentence("Only the client hands it in.")
HANDED_IN = sentence("It was handed in meanwhile, so nothing was added to it.")


@dataclass(frozen=True)
class Message:
    """What a page sends: all answers, the items it changed since ``base``, and an id of its own.

    ``answered_at`` is when a transcribed entry was filled in, as ISO text. ``page`` tells one page of a
    person from another. A message written in a ``draft`` is not added to what was handed in meanwhile.
    """

    id: str
    answers: Mapping[str, Any]
    changed: frozenset[str]
    base: int
    submit: bool
    answered_at: str = ""
    page: str = ""
    draft: bool = False


@dataclass(frozen=True)
class Merge:
    """Answers after a merge, who changed which item at which base, and the values that did not stand."""

    answers: dict[str, Any]
    touched: dict[str, Any]
    lost: dict[str, Any]


@again
def save(seat: Seat, entry_id: str, message: Message) -> Saved:
    """Return what was stored; AnswerError or StoreError when nothing was."""
    with seat.writing() as session:
        row = entries.find(seat, session, entry_id, "write")
        if message.submit and seat.person.kind != "client":
            raise AccessError(THEIRS)
        known = session.get(MessageRow, (row.id, message.id))
        if known is not None:
            return _repeated(seat, session, row, known)
        if message.draft and row.status == "submitted":
            raise AccessError(HANDED_IN)
        return store(seat, session, row, message)


def merge(held: Mapping[str, Any], message: Message, who: str) -> Merge:
    """Return the held answers with a message merged in.

    An item that the page holds and the store has never seen is taken too: its message was lost on the way.
    """
    answers, touched, lost = dict(held["answers"]), dict(held["touched"]), {}
    new = {item for item in message.answers if item not in touched}
    for item in sorted(message.changed | new):
        before, after = answers.get(item, MISSING), message.answers.get(item, MISSING)
        if before == after and type(before) is type(after):
            continue
        at, by = touched.get(item, (0, who))
        if at > message.base and by != who:
            lost[item] = {
                "value": None if before is MISSING else before,
                "absent": before is MISSING,
                "by": by,
            }
        if after is MISSING:
            answers.pop(item)
        else:
            answers[item] = after
        touched[item] = (held.get("base", 0) + 1, who)
    return Merge(answers, touched, lost)


def store(seat: Seat, session: Session, row: EntryRow, message: Message) -> Saved:
    """Return what is stored of a message that was not stored before, in the transaction of ``session``."""
    office, now = seat.office, seat.office.now()
    held = office.unseal(session, entries.entry_place(row), row.sealed)
    settings, answered_at = held.get("settings", {}), message.answered_at or held.get("answered_at", "")
    worksheet = shelf.as_asked(shelf.kept(office, session, row.worksheet_id, row.version), settings)
    merged = merge({**held, "base": row.base}, message, _writer(seat, message))
    final = message.submit or row.status == "submitted"
    row.about = reported_day(worksheet, merged.answers) or row.about
    checked = worksheets.validate(worksheet, merged.answers, final=final, day=row.about, zone=row.zone)
    if checked.refused and final:
        refused = _said(seat, worksheet, checked.refused)
        raise AnswerError([f"{item}: {text}" for item, text in refused.items()])
    scored = _scored(worksheet, checked.answers, day=row.about, zone=row.zone, final=final)
    action: audit.Action = "correct" if row.status == "submitted" else "submit" if final else "save"
    row.base, row.saved_at = row.base + 1, now
    if final:
        row.status, row.submitted_at, row.revision = "submitted", row.submitted_at or now, row.revision + 1
    content = {
        "answers": checked.answers,
        "scores": scored.scores,
        "bands": scored.bands,
        "flags": scored.flags,
        "settings": settings,
        **({"answered_at": answered_at} if answered_at else {}),
    }
    row.sealed = office.seal(session, entries.entry_place(row), {**content, "touched": merged.touched})
    session.flush()
    if final:
        _add_revision(seat, session, row, content)
        together.end(session, row)
    overtaken = _overtaken(seat, session, row, message) if row.base > message.base + 1 else set()
    _keep_lost(seat, session, row, merged.lost)
    alerts.raise_alerts(seat, session, row, worksheet, scored.priorities)
    couples.after_save(seat, session, row, content)
    conflicts = tuple(sorted({*merged.lost, *overtaken}))
    asks, refused = (_said(seat, worksheet, texts) for texts in (checked.asks, checked.refused))
    told = {"conflicts": conflicts, "asks": asks, "refused": refused}
    _remember(seat, session, row, message.id, told)
    seat.audit(session, action, client_id=row.client_id, thing="entry", thing_id=row.id)
    live.changed(session, row.id)
    live.changed(session, row.client_id)
    return _saved(entries.as_entries(seat, session, [row])[0], now, told)


def reported_day(worksheet: Worksheet, answers: Mapping[str, Any]) -> date | None:
    """Return the day the entry reports about, when the worksheet asks for it and it was answered."""
    if "day" not in worksheet.items or not isinstance(answers.get("day"), str):
        return None
    try:
        return date.fromisoformat(answers["day"])
    except ValueError:
        return None


def _writer(seat: Seat, message: Message) -> str:
    """Return who a message counts as in a merge: a page of somebody, else their login."""
    return f"{seat.person.id}/{message.page}" if message.page else seat.login_id or seat.person.id


def _said(seat: Seat, worksheet: Worksheet, texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts by item in the language of who saves: ours, and those of the worksheet."""
    language = seat.person.language
    sheet = shelf.said(seat.office, worksheet, language)
    return {item: say(sheet.say(text), language) for item, text in texts.items()}


def _scored(worksheet: Worksheet, answers: Mapping[str, Any], *, day: date, zone: str, final: bool) -> Scored:
    try:
        return worksheets.score(worksheet, answers, day=day, zone=zone)
    except AnswerError:
        if final:
            raise
        return Scored({}, {}, [], {}, [])  # a draft may stand half way to a sensible night


def _repeated(seat: Seat, session: Session, row: EntryRow, known: MessageRow) -> Saved:
    told: dict[str, Any] = {"conflicts": [], "asks": {}, "refused": {}}
    if known.sealed is not None:
        told = seat.office.unseal(session, _message_place(row, known.id), known.sealed)
    found = entries.as_entries(seat, session, [row])[0]
    return _saved(found, known.at, told, repeated=True)


def _saved(entry: Entry, at: datetime, told: Mapping[str, Any], *, repeated: bool = False) -> Saved:
    conflicts = tuple(told["conflicts"])
    return Saved(entry, at, conflicts, dict(told["asks"]), dict(told["refused"]), repeated=repeated)


def _remember(seat: Seat, session: Session, row: EntryRow, message_id: str, told: dict[str, Any]) -> None:
    known = MessageRow(entry_id=row.id, id=message_id, client_id=row.client_id, at=row.saved_at, sealed=None)
    if any(told.values()):
        known.sealed = seat.office.seal(session, _message_place(row, message_id), told)
    session.add(known)


def _add_revision(seat: Seat, session: Session, row: EntryRow, content: dict[str, Any]) -> None:
    made = RevisionRow(id=seat.office.new_id(), entry_id=row.id, client_id=row.client_id)
    made.number, made.by_id, made.at = row.revision, seat.person.id, row.saved_at
    made.sealed = seat.office.seal(session, Place("revision", entries.owner(row), made.id, "sealed"), content)
    session.add(made)


def _keep_lost(seat: Seat, session: Session, row: EntryRow, lost: dict[str, Any]) -> None:
    if not lost:
        return
    kept = ConflictRow(id=seat.office.new_id(), entry_id=row.id, client_id=row.client_id)
    kept.base, kept.by_id, kept.at = row.base, seat.person.id, row.saved_at
    kept.sealed = seat.office.seal(session, _conflict_place(row, kept.id), lost)
    session.add(kept)


def _overtaken(seat: Seat, session: Session, row: EntryRow, message: Message) -> set[str]:
    """Return the items whose answer by this writer another one took the place of since the message's base."""
    chosen = select(ConflictRow).where(ConflictRow.entry_id == row.id, ConflictRow.base > message.base)
    writer, found = _writer(seat, message), set()
    for one in session.scalars(chosen):
        lost = seat.office.unseal(session, _conflict_place(row, one.id), one.sealed)
        found |= {item for item, value in lost.items() if value["by"] == writer}
    return found


def _conflict_place(row: EntryRow, conflict_id: str) -> Place:
    return Place("conflict", entries.owner(row), conflict_id, "sealed")


def _message_place(row: EntryRow, message_id: str) -> Place:
    return Place("message", entries.owner(row), f"{row.id}/{message_id}", "sealed")
