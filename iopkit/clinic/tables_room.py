"""The tables of drills: rooms that two partners share, what happened in them, who is there.

They belong to the same schema as ``tables.py``. A room is sealed with the couple's own key.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class LiveMarkRow(Base):
    """How often a live subject (a room, a draft, a client) has changed. SQLite's readers look at it."""

    __tablename__ = "live_mark"
    subject: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[int]


class RoomRow(Base):
    """A drill of a couple as it stands. ``client_id`` is the couple's first partner; both own the room."""

    __tablename__ = "room"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    couple_id: Mapped[str] = mapped_column(ForeignKey("couple.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    drill_id: Mapped[str] = mapped_column(WORD)
    version: Mapped[str] = mapped_column(WORD)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    number: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class RoomEventRow(Base):
    """What somebody did in a room. Only added to; a message that comes twice is there once."""

    __tablename__ = "room_event"
    __table_args__ = (UniqueConstraint("room_id", "message_id"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("room.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    message_id: Mapped[str] = mapped_column(WORD)
    verb: Mapped[str] = mapped_column(WORD)
    at: Mapped[datetime]


class RoomSeatRow(Base):
    """When somebody's page last said that it is there."""

    __tablename__ = "room_seat"
    room_id: Mapped[str] = mapped_column(ForeignKey("room.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[datetime]
