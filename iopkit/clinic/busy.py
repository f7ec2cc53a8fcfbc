"""When a client cannot come: blocks they type, and times taken from a calendar file. No titles are kept."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from iopkit.clinic.database import again
from iopkit.clinic.record_calendar import BusyKind, BusyTime
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables_calendar import BusyTimeRow
from iopkit.errors import AnswerError, NotFoundError
from iopkit.measures.appointments import Span, is_rule
from iopkit.words import sentence

MOST_TYPED, MOST_TAKEN = 100, 3000
NO_TIME = sentence("There is no busy time here that you can change.")
WHEN = sentence("Say when this time begins and ends, within one day.")
TOO_MANY = sentence("There are too many busy times. Remove some first.")


def of_clients(session: Session, client_ids: Iterable[str]) -> list[BusyTime]:
    """Return the busy times of some clients in an open transaction; the caller has asked the policy."""
    chosen = select(BusyTimeRow).where(BusyTimeRow.client_id.in_(list(client_ids)))
    rows = session.scalars(chosen.order_by(BusyTimeRow.starts_at, BusyTimeRow.id))
    return [
        BusyTime(row.id, row.client_id, row.kind, row.zone, Span(row.starts_at, row.ends_at), row.rrule)
        for row in rows
    ]


def times(seat: Seat, client_id: str) -> list[BusyTime]:
    """Return when a client cannot come, as they or a calendar file of theirs said."""
    with seat.reading() as session:
        seat.require(seat.ties(session, client_id), client_id, action="read", thing="own-calendar")
        return of_clients(session, [client_id])


@again
def add(seat: Seat, kind: BusyKind, first: Span, rrule: str) -> str:
    """Return the id of a new block of one's own; it is read on the wall clock of one's own zone."""
    me = seat.person
    if not timedelta() < first.end - first.start <= timedelta(days=1):
        raise AnswerError([WHEN])
    if not is_rule(rrule):
        raise AnswerError([WHEN])
    with seat.writing() as session:
        _require(seat, session)
        mine = select(func.count()).where(BusyTimeRow.client_id == me.id, BusyTimeRow.kind != "file")
        if (session.scalar(mine) or 0) >= MOST_TYPED:
            raise AnswerError([TOO_MANY])
        row = _row(seat, kind, first, rrule)
        session.add(row)
        session.flush()
        seat.audit(session, "book", client_id=me.id, thing="own-calendar", thing_id=row.id)
        return row.id


@again
def remove(seat: Seat, time_id: str) -> None:
    """Remove a block of one's own."""
    with seat.writing() as session:
        _require(seat, session)
        row = session.get(BusyTimeRow, time_id)
        if row is None or row.client_id != seat.person.id:
            raise NotFoundError(NO_TIME)
        session.delete(row)
        seat.audit(session, "book", client_id=seat.person.id, thing="own-calendar", thing_id=time_id)


@again
def take_over(seat: Seat, spans: Sequence[Span]) -> int:
    """Return how many busy times of a calendar file are now kept, in place of those of the file before."""
    if len(spans) > MOST_TAKEN:
        raise AnswerError([TOO_MANY])
    with seat.writing() as session:
        _require(seat, session)
        me = seat.person.id
        session.execute(delete(BusyTimeRow).where(BusyTimeRow.client_id == me, BusyTimeRow.kind == "file"))
        session.add_all(_row(seat, "file", span, "") for span in spans)
        session.flush()
        seat.audit(session, "book", client_id=me, thing="own-calendar")
        return len(spans)


def _row(seat: Seat, kind: BusyKind, first: Span, rrule: str) -> BusyTimeRow:
    row = BusyTimeRow(id=seat.office.new_id(), client_id=seat.person.id, kind=kind, zone=seat.person.zone)
    row.starts_at, row.ends_at, row.rrule = first.start, first.end, rrule
    return row


def _require(seat: Seat, session: Session) -> None:
    me = seat.person.id
    seat.require(seat.ties(session, me), me, action="write", thing="own-calendar")
