"""The entries from which two series of one client are paired: those whose patterns the reader may read."""

from datetime import date

from iopkit.clinic import entries
from iopkit.clinic.record import Entry
from iopkit.clinic.seat import Seat


def entries_for_patterns(seat: Seat, client_id: str, since: date, until: date) -> list[Entry]:
    """Return a client's entries about some days, in one view with one audit row of its own.

    An entry counts when the reader may read it, and may read patterns in its domain: one that was opened to
    them alone (``share``) stays what it is, something to read.
    """
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        general = seat.require(tied, client_id, action="read", thing="patterns")
        chosen = session.scalars(entries.submitted([client_id], since=since, until=until)).all()
        domains = {row.domain for row in chosen}
        said = {
            one: seat.ask(tied, client_id, action="read", thing="patterns", domain=one) for one in domains
        }
        rows = [row for row in chosen if said[row.domain].allowed and entries.thing_of(row) == "entry"]
        found, whys = entries.readable(seat, session, rows, tied)
    used = {one.domain for one in found}
    rests = [general, *whys.values(), *(said[one].why for one in used)]
    seat.viewed(client_id, "patterns", whys=rests)
    return found
