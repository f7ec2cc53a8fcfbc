"""The tables of a device that two partners share: their PINs, the device, each one's side of it.

They belong to the same schema as ``tables.py``.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from iopkit.clinic.tables import ID, WORD, Base


class PinRow(Base):
    """Six digits that open what both own on a shared device. ``sealed`` holds their hash."""

    __tablename__ = "pin"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    made_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SharedDeviceRow(Base):
    """A browser that two partners share. ``login_id`` holds it now; ``asked_id`` is asked next."""

    __tablename__ = "shared_device"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(WORD, unique=True)
    couple_id: Mapped[str] = mapped_column(ForeignKey("couple.id"), index=True)
    login_id: Mapped[str | None] = mapped_column(ForeignKey("login.id"), index=True)
    asked_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    device: Mapped[str | None] = mapped_column(WORD)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DeviceSideRow(Base):
    """One partner's side of a shared device: how many wrong PINs since the last right one."""

    __tablename__ = "device_side"
    shared_id: Mapped[str] = mapped_column(ForeignKey("shared_device.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    wrong: Mapped[int]
    wait_until: Mapped[datetime | None]
