"""The calendar of the invented clinic: groups three times a week, hours alone and together, own time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import Booking
from iopkit.clinic.store import Store
from iopkit.measures.appointments import Span, instant

ZONE = "America/New_York"
MORNINGS = "Weekday mornings"
GROUP = "FREQ=WEEKLY;BYDAY=MO,WE,FR"
PAST = timedelta(weeks=2)
"""Who came is noted so far back."""
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


class Settable(Protocol):
    """A clock that is set to a moment."""

    instant: datetime


def book_appointments(store: Store, clock: Settable, people: Sequence[Person], until: date) -> None:
    """Book the weeks around a day, note who came in the last two, and keep some clients' own time free."""
    if not people:
        return
    clock.instant = datetime.combine(until, time(13), UTC)
    monday = until - timedelta(until.weekday()) - PAST
    ina, cole = store.person("ina"), store.person("cole")
    desk = store.desk_for("ina")
    joined = {
        member.client_id: max(member.since, monday)
        for one in people
        for member in desk.care_team(one.id)
        if member.clinician.id == ina.id
    }
    group = [one.id for one in people[:8] if joined[one.id] == monday]
    made = _meet(desk, group, ina, monday) if len(group) > 1 else ""
    for number, one in enumerate(people):
        day = _from(joined[one.id], monday + timedelta(1 + number % 2 * 2))
        hour = time(13 + number // 2 % 5)
        desk.book(_booking("individual", [one.id], ina, day, hour, 50, "FREQ=WEEKLY"))
    for first, second in ((0, 1), (2, 3)):
        if second < len(people):
            both = [people[first].id, people[second].id]
            day = _from(max(joined[one] for one in both), monday + timedelta(3))
            hour = time(16 + first // 2)
            wanted = _booking("couples", both, cole, day, hour, 80, "FREQ=WEEKLY")
            store.desk_for("cole").book(wanted)
    _note(store, made, group, clock.instant)
    _blocks(store, people, monday)


def _meet(desk: Desk, client_ids: Sequence[str], ina: Person, monday: date) -> str:
    """Return the id of the appointment of a new group with these clients."""
    group = desk.make_group(MORNINGS, "individual", [ina.id])
    for one in client_ids:
        desk.join_group(group, one, since=monday)
    return desk.book(replace(_booking("group", client_ids, ina, monday, time(9), 180, GROUP), group_id=group))


def _from(joined: date, day: date) -> date:
    """Return the first day of a weekly appointment that is not before somebody joined."""
    while day < joined:
        day += timedelta(7)
    return day


def _booking(
    kind: str, ids: Sequence[str], clinician: Person, day: date, at: time, minutes: int, rrule: str
) -> Booking:
    start = instant(datetime.combine(day, at), ZONE)
    domain = "couples" if kind == "couples" else "individual"
    first = Span(start, start + timedelta(minutes=minutes))
    return Booking(kind, tuple(ids), clinician.id, domain, ZONE, first, rrule)  # type: ignore[arg-type]  # one of three


def _note(store: Store, appointment_id: str, group: Sequence[str], now: datetime) -> None:
    if not appointment_id:
        return
    desk = store.desk_for("ina")
    held = [one for one in desk.meetings(now - PAST, now) if one.appointment_id == appointment_id]
    for number, meeting in enumerate(held):
        if meeting.span.start > now:
            continue
        for place, client_id in enumerate(group):
            away = (number + place) % 9 == 4
            desk.mark_attendance(
                appointment_id, client_id, meeting.span.start, "missed" if away else "attended"
            )


def _blocks(store: Store, people: Sequence[Person], monday: date) -> None:
    for number, one in enumerate(people):
        desk = store.desk_for(one.user)
        if number % 3 == 0:
            desk.add_busy_time("work", _span(monday, time(14, 30), time(18, 30), one.zone), WEEKDAYS)
        if number % 4 == 0:
            desk.add_busy_time("family", _span(monday, time(7, 30), time(8, 15), one.zone), WEEKDAYS)


def _span(day: date, begins: time, ends: time, zone: str) -> Span:
    return Span(*(instant(datetime.combine(day, at), zone) for at in (begins, ends)))
