"""How an assignment came to be as it is, as the counting of occurrences takes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from iopkit.clinic.record import Rest, Rhythm
from iopkit.measures.occurrences import Change, Pause, Plan, Story


class Filled(Protocol):
    """What an entry says about what it was filled in for."""

    @property
    def worksheet_id(self) -> str:
        """The worksheet."""

    @property
    def assignment_id(self) -> str | None:
        """The assignment it was begun from, if any."""


class Given(Protocol):
    """What an assignment says about what belongs to it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def worksheet_id(self) -> str:
        """Its worksheet."""


def story(
    rhythms: Sequence[Rhythm], pauses: Sequence[Rest], zone: str, appointments: Sequence[datetime] = ()
) -> Story:
    """Return the story of rhythms one after the other, the newest last, and of pauses, in a client's zone."""
    plans = [plan(one, zone) for one in rhythms]
    changed = [one.until for one in rhythms[:-1] if one.until is not None]
    changes = [Change(at, one) for at, one in zip(changed, plans[1:], strict=True)]
    rests = tuple(Pause(one.at, one.since, one.until) for one in pauses)
    return Story(plans[0], tuple(changes), rests, tuple(appointments))


def plan(rhythm: Rhythm, zone: str) -> Plan:
    """Return a rhythm in a client's zone."""
    return Plan(rhythm.rrule, rhythm.due, rhythm.starts, rhythm.ends, zone, timedelta(minutes=rhythm.grace))


def belongs(entry: Filled, given: Given) -> bool:
    """Return whether an entry counts for an assignment: begun from it (the short form too), or unasked."""
    if entry.assignment_id is None:
        return entry.worksheet_id == given.worksheet_id
    return entry.assignment_id == given.id
