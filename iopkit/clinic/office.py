"""What all parts of a store share: database, keys, clock, audit, and the sealing of fields."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import cipher
from iopkit.clinic.audit import Audit
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import Database
from iopkit.clinic.key import Key, KeyRing, new_key
from iopkit.clinic.password import Passwords
from iopkit.clinic.settings import Settings
from iopkit.clinic.tables import EnvelopeRow
from iopkit.clinic.tables_privacy import CoupleEnvelopeRow
from iopkit.errors import StoreError


def utc_now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return a new id that nobody can guess."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Office:
    """The ground of a store. ``at`` gives the same office with another clock and source of ids."""

    database: Database
    keys: KeyRing
    settings: Settings
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = random_id
    memory: dict[Any, Any] = field(default_factory=dict, repr=False)
    """What was read once and never changes: envelope keys, worksheets by version."""

    @cached_property
    def audit(self) -> Audit:
        """Return the audit trail."""
        return Audit(self.keys, self.now)

    @cached_property
    def passwords(self) -> Passwords:
        """Return what hashes and checks passwords."""
        return Passwords(self.settings.password_cost)

    def at(self, now: Callable[[], datetime], new_id: Callable[[], str] | None = None) -> "Office":
        """Return this office with another clock, and another source of ids if given."""
        return replace(self, now=now, new_id=new_id or self.new_id)

    def add_envelope(self, session: Session, person_id: str) -> None:
        """Make the person's own key, sealed with the newest master key."""
        key, master = new_key(), self.keys.file.newest
        place = Place("envelope", person_id, key.id, "sealed")
        sealed = cipher.seal(master, place, key.secret.hex())
        session.add(EnvelopeRow(id=key.id, person_id=person_id, master_id=master.id, sealed=sealed))
        session.flush()

    def ensure_couple_envelope(self, session: Session, couple_id: str) -> None:
        """Make the couple's own key, sealed with the newest master key, unless it is there."""
        if session.scalars(select(CoupleEnvelopeRow).where(CoupleEnvelopeRow.couple_id == couple_id)).first():
            return
        key, master = new_key(), self.keys.file.newest
        sealed = cipher.seal(master, Place("envelope", couple_id, key.id, "sealed"), key.secret.hex())
        session.add(CoupleEnvelopeRow(couple_id=couple_id, id=key.id, master_id=master.id, sealed=sealed))
        session.flush()

    def load_envelopes(self, session: Session, person_ids: Iterable[str]) -> None:
        """Open the keys of these people in one query; those already open are not asked for."""
        missing = {person_id for person_id in person_ids if ("envelope", person_id) not in self.memory}
        if not missing:
            return
        for row in session.scalars(select(EnvelopeRow).where(EnvelopeRow.person_id.in_(missing))):
            self.memory["envelope", row.person_id] = self.open_envelope(row)
            missing.discard(row.person_id)
        if not missing:
            return
        for couple in session.scalars(
            select(CoupleEnvelopeRow).where(CoupleEnvelopeRow.couple_id.in_(missing))
        ):
            self.memory["envelope", couple.couple_id] = self.open_envelope(couple)

    def open_envelope(self, row: EnvelopeRow | CoupleEnvelopeRow) -> Key:
        """Return the key in an envelope, of a person or a couple."""
        place = Place("envelope", row.owner_id, row.id, "sealed")
        return Key(row.id, bytes.fromhex(cipher.unseal(self.keys.find(row.master_id), place, row.sealed)))

    def seal(self, session: Session, place: Place, data: Mapping[str, Any]) -> bytes:
        """Return plain data encrypted with the key of the person it is about."""
        return cipher.seal_json(self._envelope(session, place.client), place, data)

    def unseal(self, session: Session, place: Place, value: bytes) -> dict[str, Any]:
        """Return the data that ``seal`` took."""
        return cipher.unseal_json(self._envelope(session, place.client), place, value)

    def derive(self, session: Session, person_id: str, purpose: str) -> bytes:
        """Return 32 bytes of a person's own key for one purpose; erased with the key, and never stored."""
        return self._envelope(session, person_id).derive(purpose)

    def _envelope(self, session: Session, person_id: str) -> Key:
        self.load_envelopes(session, [person_id])
        key: Key | None = self.memory.get(("envelope", person_id))
        if key is None:
            raise StoreError("This person's answers were erased: their key is gone and nobody can read them.")
        return key
