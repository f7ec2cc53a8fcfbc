"""Hours of a week, client by client, against the program's minimum: who has too few comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iopkit.apps.place import key
from iopkit.apps.view_calendar import HoursRow
from iopkit.charts.labels import span_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import Meeting
from iopkit.measures.appointments import Span, Week, week_hours, week_of
from iopkit.words import say

NOT_COUNTED = ("cancelled", "excused")


@dataclass(frozen=True)
class ClientWeek:
    """One client's hours of a week; ``booked`` counts what was called off or excused as nothing."""

    client: Person
    booked: Week


def client_weeks(desk: Desk, day: date) -> list[ClientWeek]:
    """Return the week of a day for each client, the fewest hours first; in a fixed number of reads."""
    week = week_of(day, desk.person.zone)
    return counted(desk, desk.meetings(week.start, week.end))


def counted(desk: Desk, meetings: Sequence[Meeting]) -> list[ClientWeek]:
    """Return the hours of each client in some meetings of a week, the fewest first."""
    minimum, _ = desk.week_rules()
    found = [
        ClientWeek(client, week_hours(spans_of(meetings, client.id), minimum)) for client in desk.clients()
    ]
    return sorted(found, key=lambda one: (one.booked.hours, one.client.name, one.client.id))


def spans_of(meetings: Sequence[Meeting], client_id: str) -> list[Span]:
    """Return when a client has appointments that count."""
    return [
        one.span
        for one in meetings
        if client_id in one.names and one.states.get(client_id) not in NOT_COUNTED
    ]


def everyone(desk: Desk, meetings: Sequence[Meeting], monday: date) -> list[HoursRow]:
    """Return for a coordinator the hours of every client in a week, in words."""
    language = desk.person.language
    return [
        HoursRow(
            key=key(desk, "calendar", monday.isoformat(), one.client.id),
            name=one.client.name,
            text=words(one.booked, language),
            is_met=one.booked.is_met,
        )
        for one in counted(desk, meetings)
    ]


def words(week: Week, language: str = "en") -> str:
    """Return the hours of a week against the minimum, in words.

    >>> words(Week(6.0, 9.0))
    '6 h of 9 h this week'
    """
    shown = {
        "hours": span_label(week.hours * 60, language),
        "minimum": span_label(week.minimum * 60, language),
    }
    if not week.minimum:
        return say("{hours} this week", language, **shown)
    return say("{hours} of {minimum} this week", language, **shown)


def as_data(found: Sequence[ClientWeek]) -> list[dict[str, str | float | bool]]:
    """Return the weeks as plain data, by user names."""
    return [
        {
            "client": one.client.user,
            "hours": round(one.booked.hours, 2),
            "minimum": one.booked.minimum,
            "met": one.booked.is_met,
        }
        for one in found
    ]
