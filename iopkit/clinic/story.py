"""How an assignment came to be as it is, as the counting of occurrences takes it."""

from collections.abc import Sequence
from datetime import timedelta

from iopkit.clinic.record import Rest, Rhythm
from iopkit.measures.occurrences import Change, Pause, Plan, Story


def story(rhythms: Sequence[Rhythm], pauses: Sequence[Rest], zone: str) -> Story:
    """Return the story of rhythms one after the other, the newest last, and of pauses, in a client's zone."""
    plans = [plan(one, zone) for one in rhythms]
    changed = [one.until for one in rhythms[:-1] if one.until is not None]
    changes = [Change(at, one) for at, one in zip(changed, plans[1:], strict=True)]
    return Story(plans[0], tuple(changes), tuple(Pause(one.at, one.since, one.until) for one in pauses))


def plan(rhythm: Rhythm, zone: str) -> Plan:
    """Return a rhythm in a client's zone."""
    return Plan(rhythm.rrule, rhythm.due, rhythm.starts, rhythm.ends, zone, timedelta(minutes=rhythm.grace))
