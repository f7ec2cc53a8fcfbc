"""The audit trail: one row for each thing somebody did, chained by HMAC so that a change anywhere is found.

A row holds ids, never names or answers. Rows are only ever added: the database refuses to change them, and
whoever gets around that breaks the chain. Somebody who holds the key file could forge it.
"""

import hmac
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from iopkit.clinic.key import KeyRing
from iopkit.clinic.tables import AuditHeadRow, AuditRow

Action = Literal[
    "sign-in",
    "sign-out",
    "view",
    "save",
    "submit",
    "correct",
    "assign",
    "stop",
    "resume",
    "acknowledge",
    "report",
    "refuse",
    "people",
    "keys",
    "note",
    "review",
    "consent",
    "revoke",
    "share",
    "unshare",
    "export",
    "state-reason",
    "break-glass",
    "pause",
    "resume",
    "program",
]
COLUMNS = (
    AuditRow.seq,
    AuditRow.at,
    AuditRow.actor_id,
    AuditRow.through,
    AuditRow.action,
    AuditRow.client_id,
    AuditRow.thing,
    AuditRow.thing_id,
    AuditRow.login_id,
    AuditRow.why,
)
OLDER = 8
"""A row without login and reason is proved by its first columns alone, as all rows were at first."""
NO_REASON = ([None, ""], (None, ""))
START = "0" * 64


ENCODE = json.JSONEncoder(separators=(",", ":")).encode


class Audit:
    """Writes and verifies the trail of one store."""

    def __init__(self, keys: KeyRing, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._now = now
        self._secrets: dict[str, bytes] = {}

    def add(
        self,
        session: Session,
        action: Action,
        *,
        actor_id: str | None,
        through: str = "login",
        client_id: str | None = None,
        thing: str = "",
        thing_id: str | None = None,
        login_id: str | None = None,
        why: str = "",
    ) -> None:
        """Append one row in the transaction of what it tells about: neither exists without the other."""
        head = session.scalars(select(AuditHeadRow).with_for_update()).one()
        key_id = self._keys.file.newest.id
        told: tuple[Any, ...] = (head.seq + 1, self._now(), actor_id, through, action, client_id, thing)
        told += (thing_id, login_id, why)
        mac = self._mac(key_id, head.mac, told)
        names = [column.key for column in COLUMNS]
        session.add(AuditRow(**dict(zip(names, told, strict=True)), key_id=key_id, mac=mac))
        head.seq, head.mac = told[0], mac
        session.flush()

    def verify(self, session: Session) -> int | None:
        """Return the number of the first row that was changed, removed or added by other means, or None."""
        seq, mac = 0, START
        columns = [type_coerce(AuditRow.at, String) if one is AuditRow.at else one for one in COLUMNS]
        rows = session.execute(select(*columns, AuditRow.key_id, AuditRow.mac).order_by(AuditRow.seq))
        for *told, key_id, stored in rows.yield_per(10_000):
            if told[0] != seq + 1 or not hmac.compare_digest(self._mac(key_id, mac, told), stored):
                return seq + 1
            seq, mac = told[0], stored
        head = session.get(AuditHeadRow, 1)
        end = (head.seq, head.mac) if head else (0, START)
        return None if end == (seq, mac) else seq + 1

    def _mac(self, key_id: str, previous: str, told: Sequence[Any]) -> str:
        if key_id not in self._secrets:
            self._secrets[key_id] = self._keys.find(key_id).derive("audit")
        seq, at, *rest = told[:OLDER] if told[OLDER:] in NO_REASON else told
        row = ENCODE([previous, seq, _instant(at), *rest])
        return hmac.digest(self._secrets[key_id], row.encode(), "sha256").hex()


def _instant(at: datetime | str) -> str:
    """Return an instant as it is proved; SQLite's own text is turned into that without parsing it."""
    if isinstance(at, str):
        return f"{at[:10]}T{at[11:19]}{at[19:].removesuffix('.000000')}+00:00"
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
