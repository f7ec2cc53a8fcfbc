"""Who reads the reports of a batch, and about whom: one user, each client's care team, or each client."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from iopkit.clinic.desk import Desk
from iopkit.clinic.store import Store
from iopkit.errors import ReportError
from iopkit.reports.batch import Batch
from iopkit.reports.order import CELL_SECONDS
from iopkit.reports.template import subject

CARE_TEAM, CLIENT = "care-team", "client"
"""Readers that are no user name: the clinicians who treat a client today; the client."""
NO_STAFF = "There is no clinician yet."
NO_CLIENTS = "There is no client yet."


def batch_for(
    store: Store,
    template: Path,
    reader: str,
    *,
    clients: Sequence[str] | None,
    out: Path,
    since: str = "",
    until: str = "",
    forms: tuple[str, ...] = ("html",),
    seconds: int = CELL_SECONDS,
) -> Batch:
    """Return the batch of a reader; ``clients`` None stands for everybody they may read about."""
    if reader in (CARE_TEAM, CLIENT):
        kind = "clinician" if reader == CARE_TEAM else "client"
        everyone = store.people("client")
        people = store.people(kind)
        if not people:
            raise ReportError(NO_STAFF if reader == CARE_TEAM else NO_CLIENTS)
        desk_of = cache(lambda user: store.desk_for(user, purpose="report"))
        desk = desk_of(people[0].user)

        about = subject(template)

        def readers(client_id: str) -> list[Desk]:
            if reader == CLIENT:
                own = desk_of(store.person(client_id).user)
                partner = own.partner(client_id) if about == "couple" else None
                return [own, *([desk_of(partner.user)] if partner else [])]
            found = [desk_of(one.user) for one in people]
            if about == "couple":
                return [one for one in found if "couples" in one.domains_of([client_id])[client_id]]
            return [one for one in found if one.domains_of([client_id])[client_id]]

        chosen = [one.user for one in everyone] if clients is None else list(clients)
        return Batch(template, desk, store.person, chosen, out, since, until, forms, seconds, readers, reader)
    desk = store.desk_for(reader, purpose="report")
    chosen = whom(desk, subject(template)) if clients is None else list(clients)
    return Batch(template, desk, store.person, chosen, out, since, until, forms, seconds)


def whom(desk: Desk, about: str) -> list[str]:
    """Return everybody a reader may have reports about, by user name; of a couple the first partner."""
    clients = desk.clients()
    if about != "couple":
        return [one.user for one in clients]
    found: dict[frozenset[str], str] = {}
    for one in clients:
        if partner := desk.partner(one.id):
            found.setdefault(frozenset((one.id, partner.id)), one.user)
    return list(found.values())
