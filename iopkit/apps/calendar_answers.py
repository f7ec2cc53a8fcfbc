"""What the app answers to a calendar page: booked or in the way, noted, called off, taken over, written."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from iopkit.apps.calendar import calendar, collision
from iopkit.apps.message import Refused, Reply, Shown
from iopkit.apps.message_calendar import (
    AddBlock,
    Attend,
    Book,
    CalendarAction,
    CallOff,
    Collides,
    RemoveBlock,
    TakeCalendar,
    Weekday,
    WriteCalendar,
    WriteLetter,
    Written,
)
from iopkit.apps.place import place
from iopkit.apps.privacy_answers import expected
from iopkit.apps.router import frame
from iopkit.clinic.desk import Desk
from iopkit.clinic.record_calendar import Booking, Clash
from iopkit.errors import AnswerError, NotFoundError
from iopkit.measures.appointments import Span, instant
from iopkit.words import say, sentence, several

BUSY_WITH = {
    "appointment": sentence("another appointment"),
    "work": sentence("work"),
    "family": sentence("family"),
    "other": sentence("something of their own"),
    "file": sentence("something of their own"),
}
PERIOD = sentence("Choose a period of at most a year that does not end before it begins.")
SKIPPED = sentence("The clocks go forward on that day and leave this hour out. Choose another hour or day.")
SHOWN_CLASHES = 8


def answer_calendar(desk: Desk, action: CalendarAction, *, now: datetime) -> Reply:
    """Return the reply to an action of a calendar; what makes no sense is said in its own words."""
    try:
        return answer(desk, action, now=now)
    except AnswerError as error:
        return Refused(
            reply=action.id, text=" ".join(say(problem, desk.person.language) for problem in error.problems)
        )


def answer(desk: Desk, action: CalendarAction, *, now: datetime) -> Reply:
    """Return the reply to an action that goes well."""
    match action:
        case WriteCalendar():
            return write_calendar(desk, action, now=now)
        case WriteLetter():
            return write_letter(desk, action, now=now)
        case Book():
            return book(desk, action, now=now)
        case TakeCalendar():
            return again(desk, action, take(desk, action, now=now), now=now)
    do(desk, action)
    return again(desk, action, "", now=now)


def again(desk: Desk, action: CalendarAction, told: str, *, now: datetime) -> Shown:
    """Return the calendar that an action came from, as it is now."""
    where = place(desk, getattr(action, "back", ""))
    if where.name != "calendar":
        raise NotFoundError(sentence("This page is an old one. Reload it; what you typed is kept."))
    return Shown(reply=action.id, view=frame(desk, where, calendar(desk, where, now=now, told=told), now=now))


def do(desk: Desk, action: Attend | CallOff | AddBlock | RemoveBlock) -> None:
    """Do what an action asks."""
    match action:
        case Attend():
            where = expected(desk, action.key, "attend")
            desk.mark_attendance(where.part(0), where.part(1), at(where.part(2)), action.state or None)
        case CallOff():
            where = place(desk, action.key)
            if where.name == "end":
                desk.stop_appointment(where.part(0), at(where.part(1)))
            else:
                where = expected(desk, action.key, "off")
                desk.call_off(where.part(0), at(where.part(1)), undo=action.undo)
        case AddBlock():
            desk.add_busy_time(action.what, block(desk, action), weekly(action.days, 1, ""))
        case RemoveBlock():
            desk.remove_busy_time(expected(desk, action.key, "block").part(0))


def at(stamp: str) -> datetime:
    """Return the instant in a key."""
    return datetime.fromtimestamp(int(stamp), UTC)


def weekly(days: Sequence[str], interval: int, until: str) -> str:
    """Return the rule of some days of the week; without a day it happens once."""
    if not days:
        return ""
    every = f";INTERVAL={interval}" if interval > 1 else ""
    return f"FREQ=WEEKLY{every}{until};BYDAY={','.join(dict.fromkeys(days))}"


def block(desk: Desk, action: AddBlock) -> Span:
    """Return the first time of a block; one that ends before it begins goes past midnight."""
    zone = desk.person.zone
    last = action.day if action.ends > action.begins else action.day + timedelta(1)
    return Span(begun(action.day, action.begins, zone), begun(last, action.ends, zone))


def begun(day: date, clock: time, zone: str) -> datetime:
    """Return the instant of a clock time; AnswerError when the clocks leave it out on that day.

    What repeats is kept as its first instant: begun an hour late, it would stay an hour late.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None))
    found = instant(wall, zone)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise AnswerError([SKIPPED])
    return found


def book(desk: Desk, action: Book, *, now: datetime) -> Reply:
    """Return the calendar with a new appointment, or what it would collide with."""
    wanted = as_booking(desk, action)
    if not action.anyway:
        clashes = desk.clashes(wanted)
        if clashes:
            return Collides(reply=action.id, lines=clash_lines(desk, clashes))
    desk.book(wanted)
    return again(desk, action, say("The appointment is booked.", desk.person.language), now=now)


def as_booking(desk: Desk, action: Book) -> Booking:
    """Return what is to be booked, on the wall clock of whoever books it."""
    zone = desk.person.zone
    ids = [expected(desk, one, "client").part(0) for one in action.clients]
    if action.appointment == "couples" and len(ids) == 1:
        partner = desk.partner(ids[0])
        ids += [partner.id] if partner else []
    chosen = expected(desk, action.clinician, "clinician")
    start = begun(action.day, action.begins, zone)
    days: tuple[Weekday, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    named = [one for one in days if one in action.days] or [days[action.day.weekday()]]
    until = f";UNTIL={action.until:%Y%m%d}T235959" if action.until else ""
    rule = "" if action.repeat == "once" else weekly(named, 2 if action.repeat == "two-weeks" else 1, until)
    return Booking(
        action.appointment,
        tuple(ids),
        chosen.part(0),
        chosen.part(1),
        zone,
        Span(start, start + timedelta(minutes=action.minutes)),
        rule,
        expected(desk, action.group, "group").part(0) if action.group else "",
    )


def clash_lines(desk: Desk, clashes: list[Clash]) -> list[str]:
    """Return what is in the way, in words: the first few, and how many more."""
    language, zone = desk.person.language, desk.person.zone
    lines = [
        collision(
            one.span,
            say("{name}, {what}", language, name=one.whose, what=say(BUSY_WITH[one.taken], language)),
            timedelta(minutes=one.between),
            zone,
            language,
        )
        for one in clashes[:SHOWN_CLASHES]
    ]
    left = len(clashes) - len(lines)
    more = several("And {count} more.", "And {count} more.", language, left)
    return [*lines, more] if left else lines


def take(desk: Desk, action: TakeCalendar, *, now: datetime) -> str:
    """Return in words what was taken over from a calendar file."""
    from iopkit.exchange.calendar_in import busy_times

    language = desk.person.language
    found = busy_times(action.text.encode(), zone=desk.person.zone, now=now)
    kept = desk.take_over_busy_times(found.spans)
    told = [
        several("{count} busy time was taken over.", "{count} busy times were taken over.", language, kept)
    ]
    if left := found.all_day + found.unknown:
        told.append(
            several(
                "{count} was left out: it lasts whole days, or repeats in a way that is not known here.",
                "{count} were left out: they last whole days, or repeat in a way that is not known here.",
                language,
                left,
            )
        )
    return " ".join(told)


def write_calendar(desk: Desk, action: WriteCalendar, *, now: datetime) -> Written:
    """Return one's own appointments as a file."""
    from iopkit.exchange.calendar_out import calendar_file

    data = b64encode(calendar_file(desk, now)).decode()
    return Written(reply=action.id, file="appointments.ics", type="text/calendar", data=data)


def write_letter(desk: Desk, action: WriteLetter, *, now: datetime) -> Written:
    """Return the letter of a client's own attendance."""
    return Written(
        reply=action.id,
        file="attendance.pdf",
        type="application/pdf",
        data=b64encode(attendance(desk, action.since, action.until)).decode(),
    )


def attendance(desk: Desk, since: date, until: date) -> bytes:
    """Return the letter about whoever sits at a desk, between two days; both belong to it."""
    from iopkit.exchange.letter import attended, letter

    me = desk.person
    if not timedelta() <= until - since <= timedelta(366):
        raise AnswerError([PERIOD])
    first = instant(datetime.combine(since, time()), me.zone)
    last = instant(datetime.combine(until + timedelta(1), time()), me.zone)
    meetings = desk.meetings(first, last, client_id=me.id)
    spans = attended(meetings, me.id)
    return letter(me.name, spans, since=since, until=until, zone=me.zone, language=me.language)
