"""What a reader's view of each client rests on right now: domains, consents, shares, stated reasons."""

from collections.abc import Sequence

from iopkit.clinic.seat import Seat
from iopkit.clinic.ties import Ties

Standing = frozenset[str]


def standing(seat: Seat, client_ids: Sequence[str]) -> dict[str, Standing]:
    """Return by client what the person who sits here may read by; a thing that ends is no longer in it.

    It holds ids only and nothing of a client, so it leaves no audit row. Shares name entries and not clients:
    who has some is asked client by client, everybody else at once.
    """
    with seat.reading() as session:
        tied = seat.ties(session, *client_ids)
        if not tied.shares:
            return {one: rests(tied, one) for one in client_ids}
        return {one: rests(seat.ties(session, one), one) for one in client_ids}


def rests(tied: Ties, client_id: str) -> Standing:
    """Return what the ties to one client rest on."""
    found = {f"domain:{domain}" for domain in tied.domains.get(client_id, ())}
    found |= {why for (whose, _domain, _notes), why in tied.consents.items() if whose == client_id}
    found |= {tied.reasons[client_id]} if client_id in tied.reasons else set()
    return frozenset(found | set(tied.shares.values()))
