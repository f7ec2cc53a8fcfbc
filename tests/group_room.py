"""What the tests of groups share: more people in the small clinic, and one group with two in it."""

from datetime import UTC, date, datetime, time, timedelta

from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span

DAY = date(2026, 3, 13)
GIVEN = {"note": "For the group.", "rrule": "FREQ=DAILY", "due": time(21), "starts": DAY}


def told(refused):
    """Return in words what was refused."""
    return " ".join(refused.value.problems)


def widened(clinic):
    store = clinic.store
    store.add_person("client", "dan", "Dan Sample", zone="America/Chicago")
    store.add_person("clinician", "lia", "Lia Invented", zone="UTC", domains=["individual"])
    for user in ("cam", "dan"):
        store.treat(user, "ina", "individual", date(2026, 3, 2))
    return clinic


def grouped(clinic):
    ina = clinic.store.desk_for("ina")
    made = ina.make_group("Mornings", "individual", [ina.person.id])
    for user in ("ava", "cam"):
        ina.join_group(made, clinic.store.person(user).id, since=DAY)
    return made


def ids(clinic, *users):
    return [clinic.store.person(user).id for user in users]


def given_to(clinic, user):
    """Return the worksheets that a client has now, with their first days."""
    desk = clinic.store.desk_for(user)
    found = desk.assignments(desk.person.id)
    return sorted((one.worksheet_id, one.starts) for one in found if one.stopped_at is None)


def book(clinic, group, users, **more):
    start = datetime(2026, 3, 16, 14, tzinfo=UTC)
    (ina,) = ids(clinic, "ina")
    wanted = Booking(
        "group",
        tuple(ids(clinic, *users)),
        ina,
        "individual",
        "America/New_York",
        Span(start, start + timedelta(hours=3)),
        "FREQ=WEEKLY;BYDAY=MO",
        group_id=group,
        **more,
    )
    return clinic.store.desk_for("ina").book(wanted)


def days_of(clinic, user, weeks=6):
    """Return the days on which a client has an appointment in the coming weeks."""
    desk = clinic.store.desk_for(user)
    now = clinic.store.office.now()
    return [one.span.start.date().isoformat() for one in desk.meetings(now, now + timedelta(weeks=weeks))]
