"""The calendar pages: a week of a client, of a clinician, of the whole program."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.hours import everyone, spans_of, words
from iopkit.apps.place import Place, key
from iopkit.apps.view_calendar import Attender, Block, Booking, Calendar, Company, Day, Hours, Own, Slot
from iopkit.apps.view_privacy import Choice, Way
from iopkit.apps.words import TREATS, local, rhythm, upper
from iopkit.charts.labels import clock_label, day_label, full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.record_calendar import BusyTime, Meeting
from iopkit.clinic.record_groups import Group
from iopkit.measures.appointments import Span, collide, happens, week_hours, week_of
from iopkit.words import say, sentence

KINDS = {
    "individual": sentence("Individual appointment"),
    "couples": sentence("Couples appointment"),
    "group": sentence("Group"),
    "": sentence("Appointment"),
}
BUSY = {
    "work": sentence("Work"),
    "family": sentence("Family"),
    "other": sentence("Other"),
    "file": sentence("Busy, from your calendar file"),
}
STATES = {
    "attended": sentence("You were there."),
    "missed": sentence("Noted as missed."),
    "excused": sentence("You were excused."),
}
FARTHEST = 520
"""Weeks from now that can be leafed to."""


def calendar(desk: Desk, where: Place, *, now: datetime, told: str = "") -> Calendar:
    """Return one week: of the signed-in client, of a client that staff chose, or of staff themselves."""
    me, language = desk.person, desk.person.language
    client_id = me.id if me.kind == "client" else where.part(1)
    zone, today = me.zone, local(now, me.zone).date()
    monday = monday_of(where.part(0), today)
    week = week_of(monday, zone)
    meetings = desk.meetings(week.start, week.end, client_id=client_id or None)
    busy = desk.busy_times(client_id) if client_id and may_see_busy(desk, client_id) else []
    sketch = Sketch(desk, now, where)
    slots = [(one.span, sketch.appointment(one)) for one in meetings]
    slots += [(span, sketch.busy(one, span)) for one, span in spread(busy, week)]
    if not client_id or client_id == me.id:
        slots += [(one.span, sketch.agreed(one)) for one in desk.agreed_returns(week.start, week.end)]
    return Calendar(
        key=key(desk, "calendar", monday.isoformat(), client_id if me.kind != "client" else ""),
        heading=sketch.week(monday),
        client=desk.client(client_id).name if client_id and me.kind != "client" else "",
        earlier=sketch.key(monday - timedelta(7)),
        later=sketch.key(monday + timedelta(7)),
        now="" if monday == monday_of("", today) else sketch.key(monday_of("", today)),
        days=[sketch.day(monday + timedelta(number), slots) for number in range(7)],
        empty="" if slots else sketch.nothing(client_id),
        hours=hours(desk, meetings, client_id) if client_id else None,
        everyone=everyone(desk, meetings, monday) if me.kind == "coordinator" and not client_id else [],
        collisions=collisions(desk, meetings, busy, week) if client_id else [],
        choose=choices(desk, monday) if me.kind != "client" else [],
        way=Way(key=key(desk, "calendar", monday.isoformat()), label=say("Calendar", language))
        if client_id and me.kind != "client"
        else None,
        booking=booking(desk, today) if me.kind != "client" else None,
        own=own(desk, busy, today) if me.kind == "client" else None,
        told=told,
    )


def monday_of(written: str, today: date) -> date:
    """Return the Monday of a week named by one of its days; this week's for anything else."""
    try:
        day = date.fromisoformat(written) if written else today
    except ValueError:
        day = today
    if abs((day - today).days) > 7 * FARTHEST:
        day = today
    return day - timedelta(day.weekday())


def may_see_busy(desk: Desk, client_id: str) -> bool:
    """Return whether the reader may know when a client is busy: themself, who treats them, who runs it."""
    return desk.person.kind != "clinician" or bool(desk.domains_of([client_id])[client_id])


def spread(busy: Sequence[BusyTime], week: Span) -> list[tuple[BusyTime, Span]]:
    """Return when busy times are in a week."""
    return [
        (one, span)
        for one in busy
        for span in happens(one.first, one.rrule, one.zone, since=week.start, until=week.end)
    ]


def hours(desk: Desk, meetings: Sequence[Meeting], client_id: str) -> Hours:
    """Return the booked hours of a client's week against the program's minimum, in words."""
    minimum, _ = desk.week_rules()
    week = week_hours(spans_of(meetings, client_id), minimum)
    return Hours(text=words(week, desk.person.language), is_met=week.is_met)


def collisions(desk: Desk, meetings: Sequence[Meeting], busy: Sequence[BusyTime], week: Span) -> list[str]:
    """Return in words which appointments of a week are too close to something else."""
    language, (_, minutes) = desk.person.language, desk.week_rules()
    booked = [one for one in meetings if not one.is_off]
    spans = [one.span for one in booked]
    transition = timedelta(minutes=minutes)
    taken = spread(busy, week)
    found = collide(spans, [span for _, span in taken], transition=transition)
    lines = [(spans[first], say(BUSY[taken[second][0].kind], language), gap) for first, second, gap in found]
    for number, span in enumerate(spans):
        later = spans[number + 1 :]
        lines += [
            (span, say(KINDS[booked[number + 1 + second].kind], language), gap)
            for _, second, gap in collide([span], later, transition=transition)
        ]
    return [collision(span, what, gap, desk.person.zone, language) for span, what, gap in sorted(lines)]


def collision(span: Span, what: str, gap: timedelta, zone: str, language: str) -> str:
    """Return one collision in words."""
    at = local(span.start, zone)
    shown = {"day": day_label(at.date(), language), "clock": clock_label(at.time(), language), "what": what}
    minutes = round(gap.total_seconds() / 60)
    if not minutes:
        return say("{day}, {clock}: at the same time or without a break: {what}", language, **shown)
    return say("{day}, {clock}: only {minutes} min away: {what}", language, minutes=minutes, **shown)


def choices(desk: Desk, monday: date) -> list[Choice]:
    """Return the clients whose week one may look at."""
    return [
        Choice(value=key(desk, "calendar", monday.isoformat(), one.id), label=one.name)
        for one in sorted(desk.clients(), key=lambda one: one.name)
    ]


def booking(desk: Desk, today: date) -> Booking:
    """Return what an appointment can be made from."""
    me, language = desk.person, desk.person.language
    treated = desk.domains_of([one.id for one in desk.clients()]) if me.kind == "clinician" else {}
    clients = [one for one in desk.clients() if me.kind != "clinician" or treated[one.id]]
    staff = (
        [me]
        if me.kind == "clinician"
        else [one for one in desk.everybody().people if one.kind == "clinician" and not one.locked]
    )
    return Booking(
        clients=[
            Choice(value=key(desk, "client", one.id), label=one.name)
            for one in sorted(clients, key=lambda one: one.name)
        ],
        clinicians=[
            Choice(
                value=key(desk, "clinician", one.id, domain),
                label=say("{name} ({who})", language, name=one.name, who=say(TREATS[domain], language)),
            )
            for one in sorted(staff, key=lambda one: one.name)
            for domain in sorted(one.domains)
        ],
        groups=[company(desk, one, today) for one in desk.groups() if one.ended_at is None],
        zone=me.zone,
        today=today.isoformat(),
    )


def company(desk: Desk, one: Group, today: date) -> Company:
    """Return a group to book with all who belong to it."""
    return Company(
        value=key(desk, "group", one.id),
        label=one.name,
        members=[key(desk, "client", member.client.id) for member in one.members if member.holds(today)],
    )


def own(desk: Desk, busy: Sequence[BusyTime], today: date) -> Own:
    """Return what a client may do with their calendar."""
    language = desk.person.language
    typed = [one for one in busy if one.kind != "file"]
    blocks = [Block(key=key(desk, "block", one.id), text=block_words(one, language)) for one in typed]
    return Own(
        blocks=blocks,
        today=today.isoformat(),
        zone=desk.person.zone,
        letter_since=(today - timedelta(28)).isoformat(),
        letter_until=today.isoformat(),
    )


def block_words(one: BusyTime, language: str) -> str:
    """Return a client's own block in words: what, when, how often."""
    start, end = (local(at, one.zone) for at in (one.first.start, one.first.end))
    often = rhythm(one.rrule, language) if one.rrule else full_day(start.date(), language)
    clocks = f"{clock_label(start.time(), language)} – {clock_label(end.time(), language)}"
    return f"{say(BUSY[one.kind], language)}: {often}, {clocks}"


class Sketch:
    """Draws the parts of one week for one reader."""

    def __init__(self, desk: Desk, now: datetime, where: Place) -> None:
        self.desk, self.now, self.where = desk, now, where
        self.language, self.zone = desk.person.language, desk.person.zone

    def key(self, monday: date) -> str:
        """Return the key of another week of the same calendar."""
        return key(self.desk, "calendar", monday.isoformat(), self.where.part(1))

    def week(self, monday: date) -> str:
        """Return a week in words."""
        sunday = monday + timedelta(6)
        return say(
            "{first} to {last}",
            self.language,
            first=day_label(monday, self.language),
            last=full_day(sunday, self.language),
        )

    def nothing(self, client_id: str) -> str:
        """Return what to say of a week with nothing in it."""
        if self.desk.person.kind == "client":
            return say(
                "Nothing is booked this week. When your care team books an appointment, it is here.",
                self.language,
            )
        if client_id:
            return say("Nothing is booked for this client this week.", self.language)
        return say("Nothing is booked this week. Book one with “New appointment”.", self.language)

    def day(self, day: date, slots: Sequence[tuple[Span, Slot]]) -> Day:
        """Return one day; what goes past midnight stands where it begins."""
        mine = [(span, slot) for span, slot in slots if local(span.start, self.zone).date() == day]
        return Day(
            label=upper(day_label(day, self.language)),
            is_today=local(self.now, self.zone).date() == day,
            slots=[slot for _, slot in sorted(mine, key=lambda one: (one[0], one[1].title))],
        )

    def clocks(self, span: Span) -> str:
        """Return from when to when, on the reader's clock."""
        start, end = (local(at, self.zone).time() for at in (span.start, span.end))
        return f"{clock_label(start, self.language)} – {clock_label(end, self.language)}"

    def busy(self, one: BusyTime, span: Span) -> Slot:
        """Return time that is taken; whose file it is from is nobody's business but the client's."""
        mine = self.desk.person.kind == "client"
        title = say(BUSY[one.kind] if mine or one.kind != "file" else sentence("Busy"), self.language)
        return Slot(time=self.clocks(span), title=title, detail="", kind="busy")

    def agreed(self, one: Meeting) -> Slot:
        """Return a time that a couple agreed on, in words that tell nothing."""
        at = clock_label(local(one.span.start, self.zone).time(), self.language)
        title = say("A time the two of you agreed on", self.language)
        return Slot(time=at, title=title, detail="", kind="appointment")

    def appointment(self, one: Meeting) -> Slot:
        """Return one appointment: to a client what and with whom, to staff who comes and what to do."""
        mine = self.desk.person.kind == "client"
        began = one.span.start <= self.now
        stamp = str(int(one.span.start.timestamp()))
        writes = one.may_write
        whole = f"{say(KINDS[one.kind], self.language)}"
        with_whom = say("with {name}", self.language, name=one.clinician) if one.clinician else ""
        state = next(iter(one.states.values()), "") if mine else ""
        return Slot(
            time=self.clocks(one.span),
            title=whole,
            detail=with_whom if one.clinician_id != self.desk.person.id else "",
            kind="appointment",
            told=say("Called off", self.language)
            if one.is_off
            else say(STATES[state], self.language)
            if state in STATES
            else "",
            is_off=one.is_off,
            people=[]
            if mine
            else [
                Attender(
                    key=key(self.desk, "attend", one.appointment_id, client_id, stamp)
                    if writes and began and not one.is_off
                    else "",
                    name=name,
                    state=one.states.get(client_id, ""),  # type: ignore[arg-type]  # the table holds these words
                )
                for client_id, name in sorted(one.names.items(), key=lambda pair: pair[1])
            ],
            off=key(self.desk, "off", one.appointment_id, stamp) if writes and not began else "",
            end=key(self.desk, "end", one.appointment_id, stamp)
            if writes and one.rrule and not began
            else "",
        )
