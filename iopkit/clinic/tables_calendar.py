"""The tables of the calendar: appointments and who comes, busy times, feeds, reminders.

They belong to the same schema as ``tables.py``. No title and no note of an appointment is kept anywhere.
"""

from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class AppointmentRow(Base):
    """A booked hour. ``rrule`` is an RFC 5545 rule ("" means once), read on the wall clock of ``zone``.

    ``stopped_at``: nothing of it begins from then on; what was before stays. ``group_id``: who joins or
    leaves that group comes or comes no more.
    """

    __tablename__ = "appointment"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    domain: Mapped[str] = mapped_column(WORD)
    clinician_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    zone: Mapped[str] = mapped_column(WORD)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    rrule: Mapped[str] = mapped_column(WORD)
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    group_id: Mapped[str | None] = mapped_column(ID, index=True)


class AppointmentMemberRow(Base):
    """A client who comes to an appointment: one, both partners, or each of a group.

    ``since`` and ``until``: to what begins from then on, and before then; None is no bound.
    """

    __tablename__ = "appointment_member"
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    domain: Mapped[str] = mapped_column(WORD)
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]

    def comes(self, at: datetime) -> bool:
        """Return whether the client comes to what begins at an instant."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class AttendanceRow(Base):
    """Whether a client came to an appointment that began at an instant, or that it was called off."""

    __tablename__ = "attendance"
    appointment_id: Mapped[str] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    began_at: Mapped[datetime] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(WORD)
    state: Mapped[str] = mapped_column(WORD)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class BusyTimeRow(Base):
    """When a client cannot come: work, family, other, or taken from a calendar file (``file``)."""

    __tablename__ = "busy_time"
    __table_args__ = (Index(None, "client_id", "starts_at"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(WORD)
    zone: Mapped[str] = mapped_column(WORD)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    rrule: Mapped[str] = mapped_column(WORD)


class CalendarFeedRow(Base):
    """The one private address of a client's appointments; its token is kept as a hash."""

    __tablename__ = "calendar_feed"
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(WORD, unique=True)
    made_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]


class ReminderChoiceRow(Base):
    """Whether a client wants reminders by e-mail, where to, and when it has to be quiet."""

    __tablename__ = "reminder_choice"
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    wanted: Mapped[bool]
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]
    email_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReminderRow(Base):
    """One reminder: claimed by one program before it is sent, so that no other sends it too."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("client_id", "what"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(WORD)
    state: Mapped[str] = mapped_column(WORD)
    tries: Mapped[int]
    at: Mapped[datetime]
    next_at: Mapped[datetime | None]
