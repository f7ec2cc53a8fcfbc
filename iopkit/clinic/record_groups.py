"""What a ``Desk`` gives back about groups: plain immutable records, for those who lead or run them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from iopkit.clinic.assignments import Plan
from iopkit.clinic.record import Person


@dataclass(frozen=True)
class GroupMember:
    """A client's time in a group; both days belong to it, and it is open when ``until`` is None."""

    id: str
    client: Person
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Return whether the client belongs to the group on a day of their own."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Group:
    """A group with whom its reader may know of it: a clinician finds those whom they treat in its domain."""

    id: str
    name: str = field(repr=False)
    domain: str
    leaders: tuple[Person, ...]
    members: tuple[GroupMember, ...] = field(repr=False)
    ended_at: datetime | None = None


@dataclass(frozen=True)
class GroupWork:
    """A worksheet given to a group: what, how, and which of its members have it as theirs.

    ``given`` maps client → assignment, ``refused`` client → why this one did not get it.
    """

    id: str
    group_id: str
    worksheet_id: str
    by: Person
    plan: Plan = field(repr=False)
    given: Mapping[str, str]
    refused: Mapping[str, str] = field(default_factory=dict)
    stopped_at: datetime | None = None
