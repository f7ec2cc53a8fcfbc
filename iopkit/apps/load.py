"""How much a client has to do in a week, in minutes, as far as the reader's own domains show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from iopkit.clinic.record import Assignment
from iopkit.measures.occurrences import Plan, Story, expand
from iopkit.reports.homework import counted, local_day

WEEK = timedelta(days=6)


def planned(
    assignments: Iterable[Assignment], minutes: Mapping[str, int], *, start: date, zone: str
) -> dict[date, int]:
    """Return minutes by day of the seven days from ``start``; nothing counts from an ended assignment."""
    load = {start + timedelta(days=day): 0 for day in range(7)}
    for given in assignments:
        for occurrence, _ in counted(given, [], since=start, until=start + WEEK, zone=zone):
            day = min(max(local_day(occurrence.due, zone), start), start + WEEK)
            load[day] += minutes[given.worksheet_id]
    return load


def added(plan: Plan, minutes: int, start: date, appointments: Sequence[datetime] = ()) -> dict[date, int]:
    """Return the minutes by day that a new assignment adds to the seven days from ``start``."""
    load = {start + timedelta(days=day): 0 for day in range(7)}
    for occurrence in expand(Story(plan, appointments=tuple(appointments)), start, start + WEEK):
        day = min(max(local_day(occurrence.due, plan.zone), start), start + WEEK)
        load[day] += minutes
    return load
