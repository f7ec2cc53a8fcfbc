"""The tables of privacy: notes and reviews, consents and shares, stated reasons, couples' rules, the program.

They belong to the same schema as ``tables.py``.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class NoteRow(Base):
    """A clinician's note about a client in a domain. Never changed."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "client_id", "at"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entry.id"))
    domain: Mapped[str] = mapped_column(WORD)
    counseling: Mapped[bool]
    at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReviewRow(Base):
    """What a clinician thought of an entry. The newest of each clinician counts; none is changed."""

    __tablename__ = "review"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    domain: Mapped[str] = mapped_column(WORD)
    at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ConsentRow(Base):
    """What a client signed: domains, or one entry, or (both partners) the couple's record, for a recipient.

    ``recipient_id`` is None for a recipient outside the program. ``sealed`` is the form as it was signed.
    """

    __tablename__ = "consent"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    recipient_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entry.id"))
    couple_id: Mapped[str | None] = mapped_column(ForeignKey("couple.id"), index=True)
    domains: Mapped[list[str]]
    counseling_notes: Mapped[bool]
    signed_at: Mapped[datetime]
    until: Mapped[date]
    revoked_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ShareRow(Base):
    """One entry that a client opened to one person."""

    __tablename__ = "share"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), index=True)
    recipient_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    consent_id: Mapped[str | None] = mapped_column(ForeignKey("consent.id"))
    at: Mapped[datetime]
    until: Mapped[date | None]
    revoked_at: Mapped[datetime | None]


class StatedReasonRow(Base):
    """Why somebody reads a record they have no part in: a supervisor, or a clinician who broke the glass."""

    __tablename__ = "stated_reason"
    __table_args__ = (Index(None, "person_id", "until"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    until: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CoupleEnvelopeRow(Base):
    """A couple's own key, sealed with a master key: what both own is sealed with neither's."""

    __tablename__ = "couple_envelope"
    couple_id: Mapped[str] = mapped_column(ForeignKey("couple.id"), primary_key=True)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    master_id: Mapped[str] = mapped_column(ID)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def owner_id(self) -> str:
        """Return whose key it is."""
        return self.couple_id


class PauseRow(Base):
    """A time without joint tasks for a couple. ``by_id`` is None when a check-in asked for it."""

    __tablename__ = "pause"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    couple_id: Mapped[str] = mapped_column(ForeignKey("couple.id"), index=True)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class ProgramRow(Base):
    """A rule of the whole program, by name."""

    __tablename__ = "program"
    name: Mapped[str] = mapped_column(WORD, primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class PreparedRow(Base):
    """A step that a client has taken alone before joint work: a policy they were shown, or their check-in."""

    __tablename__ = "prepared"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    step: Mapped[str] = mapped_column(WORD, primary_key=True)
    at: Mapped[datetime]
