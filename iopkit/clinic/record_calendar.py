"""What a ``Desk`` gives back about the calendar: plain immutable records. Instants are UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

from iopkit.measures.appointments import Span

AppointmentKind = Literal["individual", "couples", "group"]
Attendance = Literal["attended", "missed", "excused", "cancelled"]
BusyKind = Literal["work", "family", "other", "file"]


@dataclass(frozen=True)
class Booking:
    """An appointment to be made: who comes to which clinician in which domain, when, how often.

    With a ``group_id`` who joins that group comes too, and who leaves it comes no more.
    """

    kind: AppointmentKind
    client_ids: tuple[str, ...]
    clinician_id: str
    domain: str
    zone: str
    first: Span
    rrule: str = ""
    group_id: str = ""


@dataclass(frozen=True)
class Meeting:
    """One time at which an appointment happens, as far as its reader may know about it.

    ``names`` and ``states`` hold the clients whom the reader may know; a client finds only themself. A
    clinician of another domain learns that there is something, not what: then ``kind``, ``domain`` and
    ``clinician`` are empty.
    """

    appointment_id: str
    span: Span
    zone: str
    kind: str
    domain: str
    clinician_id: str
    clinician: str = field(repr=False)
    rrule: str
    made_at: datetime
    names: Mapping[str, str] = field(repr=False)
    states: Mapping[str, str]
    may_write: bool = False
    group_id: str = ""
    """The group whose appointment it is, for staff who may know of it."""

    @property
    def is_off(self) -> bool:
        """Return whether it was called off for everybody the reader knows of."""
        return bool(self.names) and all(self.states.get(one) == "cancelled" for one in self.names)


@dataclass(frozen=True)
class BusyTime:
    """A client's own time that is taken, with the rule by which it comes again."""

    id: str
    client_id: str
    kind: str
    zone: str
    first: Span
    rrule: str


@dataclass(frozen=True)
class Clash:
    """Two things too close to each other: when the wanted one is, whose time is taken and by what.

    ``whose`` is a client's or the clinician's name; ``between`` is 0 where they overlap.
    """

    span: Span
    whose: str = field(repr=False)
    taken: Literal["appointment", "work", "family", "other", "file"]
    between: float
    """Minutes from one to the other."""


@dataclass(frozen=True)
class Feed:
    """A client's calendar address, as far as it is known again: when it was made and last fetched."""

    made_at: datetime
    fetched_at: datetime | None


@dataclass(frozen=True)
class ReminderChoice:
    """Whether reminders are wanted by e-mail, where to, and from when to when it has to be quiet."""

    wanted: bool
    email: str = field(repr=False)
    quiet_from: time
    quiet_until: time
