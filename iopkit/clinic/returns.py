"""When a couple agreed to be back from a time-out: an hour in both calendars, in words that tell nothing.

It is worked out from the room, where it is sealed; nothing of it is stored anywhere else, so that it is gone
when joint work is closed and moves when the two agree on another time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from iopkit.clinic import couples, people, rooms
from iopkit.clinic import drill as engine
from iopkit.clinic.record_calendar import Meeting
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables_room import RoomRow
from iopkit.measures.appointments import Span

LASTS = timedelta(minutes=15)
"""How long it stands in a calendar: to be back takes no time, and an hour without length is not shown."""


def returns(seat: Seat, *, since: datetime, until: datetime) -> list[Meeting]:
    """Return the agreed returns of the client who sits here between two instants, soonest first.

    A time-out that somebody stopped has none: there is nothing to come back to.
    """
    if seat.person.kind != "client":
        return []
    with seat.reading() as session:
        couple = couples.couple_of(session, seat.person.id)
        if couple is None or not couples.is_open(session, couple):
            return []
        chosen = select(RoomRow).where(RoomRow.couple_id == couple.id, RoomRow.drill_id == rooms.TIME_OUT)
        rows = session.scalars(chosen.where(RoomRow.began_at >= since - rooms.LONGEST_APART)).all()
        own = people.by_ids(seat.office, session, {seat.person.id})[seat.person.id]
        names = {own.id: own.name}
        found = list(_of(seat, rooms.sittings(seat, session, rows, couple), names))
    return sorted((one for one in found if since <= one.span.start < until), key=lambda one: one.span)


def agreed(sitting: rooms.Sitting) -> datetime | None:
    """Return when the two agreed to be back; None while nobody has named a time, or it was ended."""
    named = engine.latest(sitting.room, "back_in")
    if not named or sitting.room.ended in ("stopped", "time-out"):
        return None
    return datetime.fromtimestamp(named[-1].moment, UTC) + timedelta(minutes=int(named[-1].value))


def _of(seat: Seat, found: Iterator[rooms.Sitting], names: dict[str, str]) -> Iterator[Meeting]:
    for one in found:
        at = agreed(one)
        if at is not None:
            span = Span(at, at + LASTS)
            yield Meeting(
                f"return {one.id}", span, seat.person.zone, "", "", "", "", "", one.began_at, names, {}
            )
