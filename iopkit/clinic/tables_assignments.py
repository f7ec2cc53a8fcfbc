"""The tables of how an assignment changed: former rhythms, pauses, what a client put off and why.

They belong to the same schema as ``tables.py``. Nothing of what will be due is stored.
"""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class FormerRhythmRow(Base):
    """A rhythm that an assignment had until it was changed. Never changed itself."""

    __tablename__ = "former_rhythm"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    rrule: Mapped[str] = mapped_column(Text)
    due: Mapped[time]
    starts: Mapped[date]
    ends: Mapped[date | None]
    grace: Mapped[int]
    until: Mapped[datetime]


class RestRow(Base):
    """A pause of one assignment. ``until`` is the last day of it, None while nobody has let it go on."""

    __tablename__ = "rest"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    since: Mapped[date]
    until: Mapped[date | None]


class SetAsideRow(Base):
    """What a client put off, or what was in the way (``sealed``). Never changed."""

    __tablename__ = "set_aside"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    day: Mapped[date]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(WORD)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
