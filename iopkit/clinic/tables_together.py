"""The table of who fills in one draft together, and where in it each of them is."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import WORD, Base


class TogetherRow(Base):
    """Somebody who is in a draft that its client opened. The client's own row is what opens it.

    ``item`` is the question they are at, never what they answer.
    """

    __tablename__ = "together"
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    since: Mapped[datetime]
    at: Mapped[datetime]
    item: Mapped[str] = mapped_column(WORD)
    typing: Mapped[bool]
