"""How a reader relates to clients, looked up once for many clients: the input of the access policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic.access import DOMAINS, Relation
from iopkit.clinic.people import partner_id
from iopkit.clinic.record import Person
from iopkit.clinic.tables import CareTeamRow, PersonRow


@dataclass(frozen=True)
class Ties:
    """A reader's relations to some clients at one moment."""

    reader: Person
    domains: dict[str, frozenset[str]]
    """Domains in which the reader treats the client today, by client."""
    treated: frozenset[str]
    """Clients whom the reader treated once."""
    partner: str | None

    def relation(self, client_id: str, domain: str) -> Relation:
        """Return how the reader relates to the client in a domain."""
        if self.reader.kind == "client":
            own = client_id == self.reader.id
            return "self" if own else "partner" if client_id == self.partner else "none"
        if self.reader.kind == "coordinator":
            return "runs"
        now = self.domains.get(client_id, frozenset())
        if (domain if domain in DOMAINS else "substance-use") in now:
            return "treats"
        return "treats-elsewhere" if now else "treated" if client_id in self.treated else "none"

    def strongest(self, client_id: str) -> tuple[Relation, str]:
        """Return the closest relation in any domain, with that domain, for things that belong to none."""
        own = sorted(self.domains.get(client_id, frozenset()))
        domain = own[0] if own else DOMAINS[0]
        return self.relation(client_id, domain), domain


def ties(session: Session, reader: Person, now: datetime, client_ids: Iterable[str] | None = None) -> Ties:
    """Return the reader's relations to these clients (or to all), counted on each client's own day."""
    domains: dict[str, set[str]] = {}
    treated: set[str] = set()
    if reader.kind == "clinician":
        joined = select(CareTeamRow, PersonRow.zone).join(PersonRow, PersonRow.id == CareTeamRow.client_id)
        mine = joined.where(CareTeamRow.clinician_id == reader.id)
        if client_ids is not None:
            mine = mine.where(CareTeamRow.client_id.in_(set(client_ids)))
        for row, zone in session.execute(mine):
            if is_current(row, now.astimezone(ZoneInfo(zone)).date()) and row.domain in reader.domains:
                domains.setdefault(row.client_id, set()).add(row.domain)
            else:
                treated.add(row.client_id)
    partner = partner_id(session, reader.id) if reader.kind == "client" else None
    return Ties(
        reader, {key: frozenset(found) for key, found in domains.items()}, frozenset(treated), partner
    )


def is_current(row: CareTeamRow, day: date) -> bool:
    """Return whether the care team row holds on a day; both its ends belong to it."""
    return row.since <= day and (row.until is None or day <= row.until)
