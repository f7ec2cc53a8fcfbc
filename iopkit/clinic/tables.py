"""The tables of a store, as SQLAlchemy 2 declares them. ``migrations/`` makes them; a test holds both equal.

Columns named ``…_sealed`` are encrypted (``cipher.py``). Instants are UTC.
"""

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID = String(40)
WORD = String(200)


class Instant(TypeDecorator[datetime]):
    """A timezone-aware instant, stored in UTC without its zone: every database orders it the same way."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as the database keeps it."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as the program uses it."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The declarative base; names of constraints are spelled out so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, dict[str, Any]: JSON, list[str]: JSON}


class KeyCheckRow(Base):
    """A known text sealed with each master key: opens only with the key file that belongs here."""

    __tablename__ = "key_check"
    key_id: Mapped[str] = mapped_column(ID, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PersonRow(Base):
    """Somebody with a user name."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    user: Mapped[str] = mapped_column("user_name", WORD, unique=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    zone: Mapped[str] = mapped_column(WORD)
    language: Mapped[str] = mapped_column(WORD)
    domains: Mapped[list[str]]
    locked: Mapped[bool]
    password_hash: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]


class EnvelopeRow(Base):
    """A person's own key, sealed with a master key. Deleting it makes all their answers unreadable."""

    __tablename__ = "envelope"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    master_id: Mapped[str] = mapped_column(ID)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def owner_id(self) -> str:
        """Return whose key it is."""
        return self.person_id


class CoupleRow(Base):
    """Two clients in couples work together."""

    __tablename__ = "couple"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    first_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    second_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)


class CareTeamRow(Base):
    """Which clinician treats which client in which domain, from when to when."""

    __tablename__ = "care_team"
    __table_args__ = (Index(None, "clinician_id", "client_id"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    clinician_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    domain: Mapped[str] = mapped_column(WORD)
    since: Mapped[date]
    until: Mapped[date | None]


class LoginRow(Base):
    """A signed-in browser. Its token is kept as a hash."""

    __tablename__ = "login"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(WORD, unique=True)
    signed_in_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str | None] = mapped_column(WORD)
    shared_id: Mapped[str | None] = mapped_column(ID)
    """The shared device on which a PIN opened it: it reaches what both partners own, and nothing else."""


class SignInStepRow(Base):
    """A right password that waits for the second factor. Its token is kept as a hash."""

    __tablename__ = "sign_in_step"
    token_hash: Mapped[str] = mapped_column(WORD, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    needs: Mapped[str] = mapped_column(WORD)
    origin: Mapped[str] = mapped_column(WORD)
    device: Mapped[str | None] = mapped_column(WORD)
    made_at: Mapped[datetime]


class SecondFactorRow(Base):
    """The secret of a person's authenticator app; asked for once a code of it has confirmed it."""

    __tablename__ = "second_factor"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger)


class RecoveryCodeRow(Base):
    """A code for a day without the phone, kept as a keyed hash."""

    __tablename__ = "recovery_code"
    hash: Mapped[str] = mapped_column(WORD, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class InvitationRow(Base):
    """A link with which a person sets their own password, once. Its token is kept as a hash."""

    __tablename__ = "invitation"
    hash: Mapped[str] = mapped_column(WORD, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    used_at: Mapped[datetime | None]


class IdentityRow(Base):
    """Who a person is at an OpenID Connect provider."""

    __tablename__ = "identity"
    issuer: Mapped[str] = mapped_column(WORD, primary_key=True)
    subject: Mapped[str] = mapped_column(WORD, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]


class TicketRow(Base):
    """What a new kernel shows once to become the desk of a login."""

    __tablename__ = "ticket"
    hash: Mapped[str] = mapped_column(WORD, primary_key=True)
    login_id: Mapped[str] = mapped_column(ForeignKey("login.id"), index=True)
    issued_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WrongSignInRow(Base):
    """A sign-in being checked, or that was wrong; ``origin`` is a keyed hash of user name and address."""

    __tablename__ = "wrong_sign_in"
    __table_args__ = (Index(None, "origin", "at"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    origin: Mapped[str] = mapped_column(WORD)
    at: Mapped[datetime]


class WorksheetRow(Base):
    """A worksheet as it was when somebody filled it in."""

    __tablename__ = "worksheet"
    id: Mapped[str] = mapped_column(WORD, primary_key=True)
    version: Mapped[str] = mapped_column(WORD, primary_key=True)
    content: Mapped[str] = mapped_column(Text)


class AssignmentRow(Base):
    """A worksheet given to a client."""

    __tablename__ = "assignment"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    worksheet_id: Mapped[str] = mapped_column(WORD)
    domain: Mapped[str] = mapped_column(WORD)
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    settings_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rrule: Mapped[str] = mapped_column(Text)
    due: Mapped[time]
    starts: Mapped[date]
    ends: Mapped[date | None]
    grace: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class EntryRow(Base):
    """An entry as it stands now. ``sealed``: answers, scores, flags, settings, who changed what when."""

    __tablename__ = "entry"
    __table_args__ = (Index(None, "client_id", "about"), Index(None, "client_id", "status"))
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    worksheet_id: Mapped[str] = mapped_column(WORD)
    version: Mapped[str] = mapped_column(WORD)
    domain: Mapped[str] = mapped_column(WORD)
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"))
    status: Mapped[str] = mapped_column(WORD)
    about: Mapped[date]
    zone: Mapped[str] = mapped_column(WORD)
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    revision: Mapped[int]
    base: Mapped[int]
    private: Mapped[bool] = mapped_column(default=False)
    couple_id: Mapped[str | None] = mapped_column(ID, index=True)
    """The couple that owns it, for an entry both partners write; None for one's own."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class RevisionRow(Base):
    """An entry as it stood after a submit or a correction. Never changed, never deleted."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"))
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class MessageRow(Base):
    """A save that was stored, so that the same message sent again changes nothing and gets the same reply."""

    __tablename__ = "message"
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    id: Mapped[str] = mapped_column(WORD, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class ConflictRow(Base):
    """The value that did not stand when two pages changed one item."""

    __tablename__ = "conflict"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    base: Mapped[int]
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReadingRow(Base):
    """Up to which revision a person has read an entry."""

    __tablename__ = "reading"
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    revision: Mapped[int]
    at: Mapped[datetime]


class AlertRow(Base):
    """A safety rule that fired. ``sealed`` holds rule, items and worksheet; it outlives the answer."""

    __tablename__ = "alert"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    priority: Mapped[str] = mapped_column(WORD)
    at: Mapped[datetime]
    told: Mapped[list[str]]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class AuditRow(Base):
    """One thing somebody did. ``mac`` proves the row and all rows before it."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = mapped_column(ID)
    through: Mapped[str] = mapped_column(WORD)
    action: Mapped[str] = mapped_column(WORD)
    client_id: Mapped[str | None] = mapped_column(ID, index=True)
    thing: Mapped[str] = mapped_column(WORD)
    thing_id: Mapped[str | None] = mapped_column(Text)
    login_id: Mapped[str | None] = mapped_column(ID)
    why: Mapped[str] = mapped_column(Text, default="")
    key_id: Mapped[str] = mapped_column(ID)
    mac: Mapped[str] = mapped_column(WORD)


class AuditHeadRow(Base):
    """The newest audit row, so that a cut tail is seen. One row; writers queue at it."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    mac: Mapped[str] = mapped_column(WORD)
