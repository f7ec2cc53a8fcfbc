"""The tables of groups: who leads, who belongs from when to when, and what was given to all of them.

They belong to the same schema as ``tables.py``. A member finds nothing here of the others, nor of themself.
"""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class GroupRow(Base):
    """A group of clients in one domain. ``leaders`` are ids of clinicians, the name is ``by_id``'s."""

    __tablename__ = "client_group"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    domain: Mapped[str] = mapped_column(WORD)
    leaders: Mapped[list[str]]
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class GroupMemberRow(Base):
    """A client's time in a group; both days belong to it. Who comes back gets a row of their own."""

    __tablename__ = "group_member"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("client_group.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class GroupWorkRow(Base):
    """A worksheet given to a group: what each member got, kept for those who join later."""

    __tablename__ = "group_work"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("client_group.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    worksheet_id: Mapped[str] = mapped_column(WORD)
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    settings_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rrule: Mapped[str] = mapped_column(Text)
    due: Mapped[time]
    starts: Mapped[date]
    ends: Mapped[date | None]
    grace: Mapped[int]
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class GroupAssignmentRow(Base):
    """Which assignment of a client came from something given to a group; the assignment does not say so."""

    __tablename__ = "group_assignment"
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    work_id: Mapped[str] = mapped_column(ForeignKey("group_work.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
