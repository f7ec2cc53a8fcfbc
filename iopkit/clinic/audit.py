"""The audit trail: one row for each thing somebody did, chained by HMAC so that a change anywhere is found.

A row holds ids, never names or answers. Rows are only ever added: the database refuses to change them, and
whoever gets around that breaks the chain. Somebody who holds the key file could forge it.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from iopkit.clinic.key import KeyRing
from iopkit.clinic.tables import AuditHeadRow, AuditRow

Action = Literal[
    "sign-in",
    "sign-out",
    "hand-over",
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
    "book",
    "mark",
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
OLDER = 6
"""A row without login and reason is proved by the columns before them alone, as all rows were at first."""
START = "0" * 64


QUOTE: Callable[[str], str] = json.encoder.encode_basestring_ascii


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
        last, mac = 0, START
        columns = [type_coerce(AuditRow.at, String) if one is AuditRow.at else one for one in COLUMNS]
        chosen = select(*columns, AuditRow.key_id, AuditRow.mac).order_by(AuditRow.seq)
        rows: Iterable[Any] = session.connection().execute(chosen, execution_options={"yield_per": 10_000})
        for seq, at, *rest, key_id, stored in rows:
            proved = hmac.digest(self._secret(key_id), _text(mac, seq, at, rest), "sha256").hex()
            if seq != last + 1 or not hmac.compare_digest(proved, stored):
                return last + 1
            last, mac = seq, stored
        head = session.get(AuditHeadRow, 1)
        end = (head.seq, head.mac) if head else (0, START)
        return None if end == (last, mac) else last + 1

    def _mac(self, key_id: str, previous: str, told: Sequence[Any]) -> str:
        seq, at, *rest = told
        return hmac.digest(self._secret(key_id), _text(previous, seq, at, rest), "sha256").hex()

    def _secret(self, key_id: str) -> bytes:
        if key_id not in self._secrets:
            self._secrets[key_id] = self._keys.find(key_id).derive("audit")
        return self._secrets[key_id]


def _text(previous: str, seq: int, at: datetime | str, rest: list[Any]) -> bytes:
    """Return what is proved of a row: a JSON list, put together by hand because a trail has many rows."""
    shown = rest if rest[-1] or rest[-2] is not None else rest[:OLDER]
    words = ",".join(["null" if one is None else QUOTE(one) for one in shown])
    return f'["{previous}",{seq},"{_instant(at)}",{words}]'.encode()


def _instant(at: datetime | str) -> str:
    """Return an instant as it is proved; SQLite's own text is turned into that without parsing it."""
    if isinstance(at, str):
        return f"{at[:10]}T{at[11:19]}{at[19:].removesuffix('.000000')}+00:00"
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
