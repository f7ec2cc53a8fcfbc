"""One client as their clinician sees them: what changed, entries, charts on one time axis, alerts, plan."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.history import WEEKS, charts
from iopkit.apps.line import entry_lines
from iopkit.apps.place import key
from iopkit.apps.view import Alert, Card, Client
from iopkit.apps.words import ago, count, day_words, moment, rhythm, upper
from iopkit.charts.labels import clock_label, day_label, number_label, span_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry, Person, SafetyAlert
from iopkit.measures.sleep import Night
from iopkit.measures.sleep_week import mean
from iopkit.reports.course import course, nights
from iopkit.reports.homework import due, local_day, week_adherence

SINCE = timedelta(days=7)
ENTRIES = 40
EMPTY = "No entries yet. What the client sends in your domain will be here."


def client(desk: Desk, client_id: str, *, now: datetime) -> Client:
    """Return one client of this clinician: only what their domains may read."""
    person = desk.client(client_id)
    today = local_day(now, person.zone)
    entries = desk.entries(client_id)
    assignments = desk.assignments(client_id)
    alerts = desk.alerts(client_id)
    return Client(
        client=person.name,
        facts=facts(person, entries, assignments, now=now),
        alerts=[alert_line(desk, alert, person, now=now) for alert in alerts],
        changes=changes(desk, entries, alerts, today, zone=person.zone),
        charts=charts(desk, entries, today, weeks=WEEKS),
        entries=entry_lines(desk, entries[:ENTRIES], now=now),
        plan=[
            plan_card(desk, given, entries, today, zone=person.zone)
            for given in assignments
            if given.stopped_at is None or local_day(given.stopped_at, person.zone) > today - SINCE
        ],
        empty="" if entries else EMPTY,
        library=key(desk, "library", person.id),
    )


def facts(
    person: Person, entries: Sequence[Entry], assignments: Sequence[Assignment], *, now: datetime
) -> list[str]:
    """Return the two or three facts at the top: homework of the week, last entry, what is unread."""
    week = week_adherence(assignments, entries, now=now, zone=person.zone)
    today = local_day(now, person.zone)
    done = (
        f"{upper(week.words)} done in the last 7 days"
        if week.assigned
        else "Nothing was due in the last 7 days"
    )
    days = [local_day(entry.submitted_at, person.zone) for entry in entries if entry.submitted_at]
    unread = sum(not entry.read_by_me for entry in entries)
    return [
        done,
        f"Last entry {ago(max(days), today)}" if days else "No entry yet",
        *([f"{count(unread, 'entry', 'entries')} you have not read"] if unread else []),
    ]


def changes(
    desk: Desk, entries: Sequence[Entry], alerts: Sequence[SafetyAlert], today: date, *, zone: str
) -> list[str]:
    """Return what changed in the last seven days against before, each with its rule or its n."""
    since = today - SINCE
    fresh = [entry for entry in entries if entry.submitted_at and local_day(entry.submitted_at, zone) > since]
    flagged = [alert for alert in alerts if local_day(alert.at, zone) > since]
    lines = [f"Since {day_label(since)}: {count(len(fresh), 'new entry', 'new entries')}"]
    if flagged:
        lines[0] += f", {count(len(flagged), 'safety alert')}"
    return [f"{lines[0]}.", *measure_changes(desk, entries), *sleep_change(nights(entries), today)]


def measure_changes(desk: Desk, entries: Sequence[Entry]) -> list[str]:
    """Return the change of each measure from its first to its last entry, with its rule."""
    lines = []
    for worksheet_id in sorted({entry.worksheet_id for entry in entries}):
        worksheet = desk.worksheet(worksheet_id)
        if worksheet.category != "measures" or not worksheet.scores:
            continue
        line = course(entries, worksheet)
        moved = line.change()
        if moved is not None:
            first = day_label(line.points[0].day)
            lines.append(f"{worksheet.title} since {first}, {moved.text}")
    return lines


def sleep_change(found: dict[date, Night], today: date) -> list[str]:
    """Return last week's sleep beside the week before, means over the nights present."""
    last = [night for day, night in found.items() if today - SINCE < day <= today]
    before = [night for day, night in found.items() if today - 2 * SINCE < day <= today - SINCE]
    if not last:
        return []
    text = f"Sleep in the last 7 days: {sleep_words(last)}"
    return [f"{text}; the 7 days before: {sleep_words(before)}." if before else f"{text}."]


def sleep_words(found: Sequence[Night]) -> str:
    """Return mean sleep and efficiency, which efficiency, and over how many nights."""
    sleep = span_label(mean(night.tst for night in found))
    share = number_label(mean(night.se for night in found))
    return f"{sleep} a night, efficiency (SE) {share}% ({count(len(found), 'night')} of 7)"


def alert_line(desk: Desk, alert: SafetyAlert, person: Person, *, now: datetime) -> Alert:
    """Return one safety alert: when, which rule, and who has seen it."""
    done = ""
    if alert.done_at is not None:
        done = f"Seen by {alert.done_by}, {moment(alert.done_at, now, person.zone)}"
        done += f": {alert.note}" if alert.note else ""
    rule = f": {alert.rule.replace('-', ' ')}" if alert.rule else ""
    strong = ", high priority" if alert.priority == "high" else ""
    return Alert(
        key=key(desk, "alert", alert.id, alert.client_id),
        when=upper(moment(alert.at, now, person.zone)),
        text=f"Safety alert{rule}{strong}",
        done=done,
    )


def plan_card(desk: Desk, given: Assignment, entries: Sequence[Entry], today: date, *, zone: str) -> Card:
    """Return one assignment: rhythm in words, who gave it and why, and whether it is done for now."""
    worksheet = desk.worksheet(given.worksheet_id)
    here = [one for one in due(given, entries, today=today, zone=zone) if one.occurrence.holds(today)]
    done = bool(here) and all(one.entry for one in here)
    ended = given.stopped_at is not None
    return Card(
        key=key(desk, "assignment", given.id),
        title=worksheet.title,
        minutes=worksheet.minutes,
        why=f"{given.by.name}: {given.note}" if given.note else given.by.name,
        due=upper(plan_words(given, today, zone=zone)),
        state="ended" if ended else "done" if done else "new",
        action="",
        may="resume" if ended else "end",
    )


def plan_words(given: Assignment, today: date, *, zone: str) -> str:
    """Return the rhythm of an assignment with its last day, or since when it is ended."""
    if given.stopped_at is not None:
        return f"ended {day_words(local_day(given.stopped_at, zone), today)}"
    if not given.rrule:
        return f"once, by {day_words(given.ends or given.starts, today)}, {clock_label(given.due)}"
    until = f" until {day_words(given.ends, today)}" if given.ends else ""
    return f"{rhythm(given.rrule)}{until}, by {clock_label(given.due)}"
