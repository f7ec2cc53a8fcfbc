"""How a reader relates to clients, looked up once for many clients: the input of the access policy."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iopkit.clinic.access import DOMAINS, Relation, known
from iopkit.clinic.people import partner_id
from iopkit.clinic.record import Person
from iopkit.clinic.tables import CareTeamRow, PersonRow
from iopkit.clinic.tables_groups import GroupMemberRow
from iopkit.clinic.tables_privacy import ConsentRow, ShareRow, StatedReasonRow

MANY = 30
"""The ties to more clients than this are all asked for: that is quicker than naming each of them."""
NOTHING: tuple[Relation, str] = ("none", "")


@dataclass(frozen=True)
class Ties:
    """A reader's relations to some clients at one moment."""

    reader: Person
    domains: dict[str, frozenset[str]]
    """Domains in which the reader treats the client today, by client."""
    treated: frozenset[str]
    """Clients whom the reader treated once."""
    partner: str | None
    consents: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    """Live consents by client, domain and whether counseling notes are part of it."""
    shares: dict[str, str] = field(default_factory=dict)
    """Live shares with the reader by entry: what they rest on."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Reasons that the reader has stated and that still hold, by client."""

    def relation(self, client_id: str, domain: str) -> Relation:
        """Return how the reader relates to the client in a domain."""
        return self.tie(client_id, domain)[0]

    def tie(
        self, client_id: str, domain: str, *, thing: str = "entry", thing_id: str | None = None
    ) -> tuple[Relation, str]:
        """Return how the reader relates to a thing of the client's in a domain, and what that rests on."""
        shared = self.shares.get(thing_id or "")
        if self.reader.kind == "client":
            if client_id == self.reader.id:
                return "self", ""
            if client_id != self.partner:
                return NOTHING
            return ("shared", shared) if shared else ("partner", "")
        if self.reader.kind == "coordinator":
            return "runs", ""
        if self.reader.kind == "supervisor":
            return ("stated-reason", self.reasons[client_id]) if client_id in self.reasons else NOTHING
        return self._treating(client_id, known(domain), thing, shared)

    def strongest(self, client_id: str) -> tuple[Relation, str]:
        """Return the closest relation in any domain, with that domain, for things that belong to none."""
        own = sorted(self.domains.get(client_id, frozenset()))
        domain = own[0] if own else DOMAINS[0]
        return self.tie(client_id, domain, thing="person")[0], domain

    def _treating(self, client_id: str, domain: str, thing: str, shared: str | None) -> tuple[Relation, str]:
        now = self.domains.get(client_id, frozenset())
        if now and shared and (domain not in now or thing == "private-entry"):
            return "shared", shared
        if domain in now:
            return "treats", ""
        consent = self.consents.get((client_id, domain, thing == "counseling-note"))
        if now and consent and thing != "person":
            return "consented", consent
        if client_id in self.reasons:
            return "broke-glass", self.reasons[client_id]
        return ("treats-elsewhere" if now else "treated" if client_id in self.treated else "none"), ""


def ties(session: Session, reader: Person, now: datetime, client_ids: Iterable[str] | None = None) -> Ties:
    """Return the reader's relations to these clients (or to all), counted on each client's own day."""
    ids = None if client_ids is None else set(client_ids)
    if ids is not None and len(ids) > MANY:
        ids = None
    domains: dict[str, set[str]] = {}
    treated: set[str] = set()
    consents: dict[tuple[str, str, bool], str] = {}
    if reader.kind == "clinician":
        mine = select(
            CareTeamRow.client_id, CareTeamRow.domain, CareTeamRow.since, CareTeamRow.until, PersonRow.zone
        ).join(PersonRow, PersonRow.id == CareTeamRow.client_id)
        mine = mine.where(CareTeamRow.clinician_id == reader.id)
        if ids is not None:
            mine = mine.where(CareTeamRow.client_id.in_(ids))
        days: dict[str, date] = {}
        for row in session.execute(mine):
            day = days.get(row.zone) or days.setdefault(row.zone, day_of(now, row.zone))
            if row.since <= day and (row.until is None or day <= row.until) and row.domain in reader.domains:
                domains.setdefault(row.client_id, set()).add(row.domain)
            else:
                treated.add(row.client_id)
        consents = _consents(session, reader, now, ids)
    return Ties(
        reader,
        {key: frozenset(found) for key, found in domains.items()},
        frozenset(treated),
        partner_id(session, reader.id) if reader.kind == "client" else None,
        consents,
        _shares(session, reader, now, ids) if reader.kind in ("client", "clinician") else {},
        _reasons(session, reader, now, ids) if reader.kind in ("supervisor", "clinician") else {},
    )


def is_current(row: CareTeamRow | GroupMemberRow, day: date) -> bool:
    """Return whether a row of a care team or a group holds on a day; both its ends belong to it."""
    return row.since <= day and (row.until is None or day <= row.until)


def day_of(now: datetime, zone: str) -> date:
    """Return the day it is in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def full_day(day: date) -> str:
    """Return a day with its year in words.

    >>> full_day(date(2026, 3, 3))
    '3 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def _consents(
    session: Session, reader: Person, now: datetime, ids: set[str] | None
) -> dict[tuple[str, str, bool], str]:
    chosen = select(ConsentRow, PersonRow.zone).join(PersonRow, PersonRow.id == ConsentRow.client_id)
    chosen = chosen.where(ConsentRow.recipient_id == reader.id, ConsentRow.revoked_at.is_(None))
    chosen = chosen.where(ConsentRow.entry_id.is_(None), ConsentRow.couple_id.is_(None))
    if ids is not None:
        chosen = chosen.where(ConsentRow.client_id.in_(ids))
    return {
        (row.client_id, domain, row.counseling_notes): f"consent:{row.id}"
        for row, zone in session.execute(chosen.order_by(ConsentRow.signed_at))
        for domain in row.domains
        if day_of(now, zone) <= row.until
    }


def _shares(session: Session, reader: Person, now: datetime, ids: set[str] | None) -> dict[str, str]:
    chosen: Select[ShareRow, str, ConsentRow | None] = (
        select(ShareRow, PersonRow.zone, ConsentRow)
        .join(PersonRow, PersonRow.id == ShareRow.client_id)
        .outerjoin(ConsentRow, ConsentRow.id == ShareRow.consent_id)
        .where(ShareRow.recipient_id == reader.id, ShareRow.revoked_at.is_(None))
    )
    if ids is not None:
        chosen = chosen.where(ShareRow.client_id.in_(ids))
    return {
        row.entry_id: f"consent:{consent.id}" if consent else f"share:{row.id}"
        for row, zone, consent in session.execute(chosen)
        if (row.until is None or day_of(now, zone) <= row.until)
        and (consent is None or (consent.revoked_at is None and day_of(now, zone) <= consent.until))
    }


def _reasons(session: Session, reader: Person, now: datetime, ids: set[str] | None) -> dict[str, str]:
    chosen = select(StatedReasonRow).where(
        StatedReasonRow.person_id == reader.id, StatedReasonRow.until > now
    )
    if ids is not None:
        chosen = chosen.where(StatedReasonRow.client_id.in_(ids))
    return {row.client_id: f"{row.kind}:{row.id}" for row in session.scalars(chosen)}
