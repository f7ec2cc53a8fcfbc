"""The tables of pathways: what was started, and what was decided.

They belong to the same schema as ``tables.py``. Where somebody stands on a pathway is never stored.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class PathwayRow(Base):
    """A pathway started for a client; ``content`` is the template as it was then."""

    __tablename__ = "pathway"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    template: Mapped[str] = mapped_column(WORD)
    content: Mapped[str] = mapped_column(Text)
    starts: Mapped[date]
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class PathwayStepRow(Base):
    """What a clinician decided about a step: ``yes`` to what it asks, or ``skip``. Never changed."""

    __tablename__ = "pathway_step"
    pathway_id: Mapped[str] = mapped_column(ForeignKey("pathway.id"), primary_key=True)
    step: Mapped[str] = mapped_column(WORD, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    domain: Mapped[str] = mapped_column(WORD)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided: Mapped[str] = mapped_column(WORD)
    day: Mapped[date]
    at: Mapped[datetime]
