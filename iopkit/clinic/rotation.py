"""Changing the master key while the clinic works: each person's own key is sealed anew, a few at a time.

Answers are sealed with the person's own key, so none of them is touched and saves go on meanwhile. What was
done when the process died stays done; the next call goes on where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iopkit.clinic import cipher
from iopkit.clinic.cipher import Place
from iopkit.clinic.key import Key
from iopkit.clinic.office import Office
from iopkit.clinic.opening import key_check
from iopkit.clinic.tables import EnvelopeRow, KeyCheckRow
from iopkit.clinic.tables_privacy import CoupleEnvelopeRow

BATCH = 50
ENVELOPES: tuple[type[EnvelopeRow] | type[CoupleEnvelopeRow], ...] = (EnvelopeRow, CoupleEnvelopeRow)


@dataclass(frozen=True)
class Rotation:
    """What was done: the key that guards everything now, and whether it was a new one."""

    key_id: str
    is_new: bool
    people: int


def rotate(
    office: Office, *, batch: int = BATCH, progress: Callable[[int, int], object] = lambda done, of: None
) -> Rotation:
    """Return what was done: a new master key, or the end of a rotation that was interrupted.

    ``progress`` is called after each batch with how many people's keys are done, of how many.
    """
    is_new = _is_whole(office)
    master = office.keys.add() if is_new else office.keys.read_again().newest
    _announce(office, master)
    done, left = 0, _count(office, master)
    while moved := _move(office, master, batch):
        done += moved
        progress(done, max(done, left))
    return Rotation(master.id, is_new, done)


def _is_whole(office: Office) -> bool:
    """Return True when no rotation was begun that is not finished: the newest key guards everybody."""
    newest = office.keys.read_again().newest
    with office.database.read() as session:
        known = session.get(KeyCheckRow, newest.id) is not None
        return known and not _left(session, newest)


def _announce(office: Office, master: Key) -> None:
    with office.database.write() as session:
        if session.get(KeyCheckRow, master.id) is None:
            session.add(key_check(master.id, office.keys))
            told = {"through": "operator", "thing": "key", "thing_id": master.id}
            office.audit.add(session, "keys", actor_id=None, **told)


def _count(office: Office, master: Key) -> int:
    with office.database.read() as session:
        return _left(session, master)


def _left(session: Session, master: Key) -> int:
    counts = (select(func.count()).where(table.master_id != master.id) for table in ENVELOPES)
    return sum(session.scalar(count) or 0 for count in counts)


def _move(office: Office, master: Key, batch: int) -> int:
    with office.database.write() as session:
        rows = _next(session, master, batch)
        for row in rows:
            secret = office.open_envelope(row).secret.hex()
            place = Place("envelope", row.owner_id, row.id, "sealed")
            row.master_id, row.sealed = master.id, cipher.seal(master, place, secret)
        return len(rows)


def _next(session: Session, master: Key, batch: int) -> list[EnvelopeRow | CoupleEnvelopeRow]:
    people = select(EnvelopeRow).where(EnvelopeRow.master_id != master.id).order_by(EnvelopeRow.person_id)
    found = session.scalars(people.limit(batch).with_for_update()).all()
    couples = select(CoupleEnvelopeRow).where(CoupleEnvelopeRow.master_id != master.id)
    ordered = couples.order_by(CoupleEnvelopeRow.couple_id).limit(batch - len(found))
    return [*found, *session.scalars(ordered.with_for_update())]
