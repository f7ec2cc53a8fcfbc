"""A person's appointments as iCalendar: "Appointment" and nothing else, as UTC instants, with an alarm.

Times are instants, so that no calendar has to know a time zone; each occurrence is an event of its own, whose
UID stays the same from one fetch to the next and tells nothing.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from iopkit.clinic.record_calendar import Meeting
from iopkit.words import say

if TYPE_CHECKING:
    from iopkit.clinic import Desk, Store

BEHIND, AHEAD = timedelta(weeks=4), timedelta(weeks=26)
"""How far a file or an address reaches."""
ALARM = timedelta(minutes=30)
PRODUCT = "-//appointments//EN"
"""What made the file, as the format demands it: not a word about a program."""


def calendar_file(desk: "Desk", now: datetime) -> bytes:
    """Return the appointments around now of whoever sits at a desk; a time two agreed on is one of them."""
    since, until = now - BEHIND, now + AHEAD
    found = [*desk.meetings(since, until), *desk.agreed_returns(since, until)]
    return as_calendar(sorted(found, key=lambda one: one.span), desk.person.language)


def feed_file(store: "Store", token: str, now: datetime) -> bytes:
    """Return what lies behind a private calendar address; NotFoundError for any that is none."""
    return calendar_file(store.desk_for(store.feed_owner(token).id), now)


def as_calendar(meetings: Iterable[Meeting], language: str = "en") -> bytes:
    """Return meetings as one iCalendar file; what was called off is left out."""
    from icalendar import Alarm, Calendar, Event

    title = say("Appointment", language)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("Appointments", language))
    for one in meetings:
        if one.is_off:
            continue
        event = Event()
        event.add("uid", uid(one))
        event.add("dtstamp", one.made_at.replace(microsecond=0))
        event.add("dtstart", one.span.start)
        event.add("dtend", one.span.end)
        event.add("summary", title)
        event.add("class", "PRIVATE")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -ALARM)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid(one: Meeting) -> str:
    """Return the lasting name of one occurrence."""
    what = f"{one.appointment_id} {one.span.start.isoformat()}"
    return f"{hashlib.sha256(what.encode()).hexdigest()[:32]}@appointment"
