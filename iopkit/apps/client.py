"""One client as their clinician sees them: what changed, entries, charts on one time axis, alerts, plan."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.history import WEEKS, charts
from iopkit.apps.hour import LOOK_BACK, Held, hour, last_met, met_days, met_words, sides
from iopkit.apps.line import entry_lines
from iopkit.apps.obstacles import minutes_of, title, told
from iopkit.apps.paths import choices, client_paths
from iopkit.apps.patterns import PATTERNS
from iopkit.apps.place import CLIENT, Place, key
from iopkit.apps.screen import is_safe, may_show, safe_parts, switches
from iopkit.apps.sharing import joint
from iopkit.apps.together import stamp
from iopkit.apps.view import Alert, Card, Client
from iopkit.apps.words import DOMAINS, ago, day_words, moment, rhythm, upper
from iopkit.charts.labels import clock_label, day_label, number_label, span_label
from iopkit.clinic.assignments import Plan
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry, Person, SafetyAlert
from iopkit.errors import NotFoundError
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS
from iopkit.measures.sleep import Night
from iopkit.measures.sleep_week import mean
from iopkit.reports.course import course, nights
from iopkit.reports.homework import due, local_day, week_adherence
from iopkit.words import say, sentence, several

SINCE = timedelta(days=7)
OBSTACLES_OF = timedelta(days=28)
ENTRIES = 40
EMPTY = sentence("No entries yet. What the client sends in your domain will be here.")

NOT_THERE = sentence("There is no such page of this client for you.")
OPENED = sentence("You read this for the reason you stated. The client sees your name and your reason.")


def client(desk: Desk, where: Place, *, now: datetime) -> Client:
    """Return one client of this clinician: only what their domains may read.

    At a place that is safe to share only what the client knows of one domain, and nothing of clinicians.
    """
    client_id = where.part(0)
    person = desk.client(client_id)
    treated = sorted(desk.domains_of([client_id])[client_id]) if desk.person.kind == "clinician" else []
    walks = desk.pathways(client_id)
    entries, assignments = desk.entries(client_id), desk.assignments(client_id)
    if is_safe(where):
        return shared(desk, where, person, treated, entries=entries, assignments=assignments, now=now)
    alerts = desk.alerts(client_id)
    language = desk.person.language
    paths = client_paths(desk, walks, local_day(now, person.zone))
    if not treated:
        body = record(desk, person, entries, assignments, alerts=alerts, now=now)
        return body.model_copy(update={"opened_by": say(OPENED, language), "paths": paths})
    since, meetings = last_met(desk, person, now=now)
    marked = met_days(desk, person, meetings)
    body = record(desk, person, entries, assignments, alerts=alerts, now=now, marked=marked)
    held = Held(
        person=person,
        entries=entries,
        assignments=assignments,
        alerts=alerts,
        reviews=desk.reviews(client_id),
        put_off=desk.put_off(client_id, local_day(now, person.zone) - LOOK_BACK),
        meetings=meetings,
        now=now,
        since=since,
    )
    more = {
        "hour": hour(desk, held, body.changes[1:]),
        "library": key(desk, "library", person.id),
        "paths": paths,
        "path_choices": choices(desk, client_id, walks),
        "path_key": key(desk, *CLIENT, person.id),
        "joint": joint(desk, client_id, now=now),
        "together": entry_lines(desk, desk.opened_together(client_id), now=now),
        "live": key(desk, *CLIENT, person.id),
        "stamp": stamp(desk, person.id),
        "patterns": key(desk, *PATTERNS, person.id, "", ""),
        "safe": switches(desk, person.id, [(one, say(DOMAINS[one], language)) for one in treated]),
    }
    return body.model_copy(update=more)


def shared(
    desk: Desk,
    where: Place,
    person: Person,
    treated: Sequence[str],
    *,
    entries: Sequence[Entry],
    assignments: Sequence[Assignment],
    now: datetime,
) -> Client:
    """Return the page that is safe to share: one domain of those that this clinician treats."""
    domain = where.part(2)
    if domain not in treated:
        raise NotFoundError(NOT_THERE)
    own = [one for one in entries if one.domain == domain and may_show(one)]
    given = [one for one in assignments if one.domain == domain]
    opened = [one for one in desk.opened_together(person.id) if one.domain == domain and may_show(one)]
    marked = met_days(desk, person, last_met(desk, person, now=now)[1], domain)
    body = record(desk, person, own, given, alerts=(), now=now, parts=safe_parts(where), marked=marked)
    sealed = key(desk, where.name, *where.parts)
    more = {
        "together": entry_lines(desk, opened, now=now, parts=safe_parts(where)),
        "plan": [card.model_copy(update={"may": ""}) for card in body.plan],
        "live": sealed,
        "patterns": key(desk, *PATTERNS, *where.parts),
        "stamp": stamp(desk, person.id),
    }
    return body.model_copy(update=more)


def record(
    desk: Desk,
    person: Person,
    entries: Sequence[Entry],
    assignments: Sequence[Assignment],
    *,
    alerts: Sequence[SafetyAlert],
    now: datetime,
    parts: tuple[str, ...] = (),
    marked: Sequence[date] = (),
) -> Client:
    """Return what stands on a client's page whoever looks: facts, changes, charts, entries, plan.

    ``marked``: the days of appointments, to be seen in the charts.
    """
    today, language = local_day(now, person.zone), desk.person.language
    return Client(
        client=person.name,
        facts=facts(person, entries, assignments, now=now, language=language),
        alerts=[alert_line(desk, alert, person, now=now) for alert in alerts],
        changes=changes(desk, entries, alerts, today, zone=person.zone),
        charts=charts(desk, entries, today, weeks=WEEKS, marked=marked),
        marked=met_words(marked, language),
        sides=sides(desk, entries, person, now=now, parts=parts),
        entries=entry_lines(desk, entries[:ENTRIES], now=now, parts=parts),
        plan=[
            plan_card(desk, given, entries, today, zone=person.zone)
            for given in assignments
            if given.stopped_at is None or local_day(given.stopped_at, person.zone) > today - SINCE
        ],
        empty="" if entries else say(EMPTY, language),
        obstacles=[] if parts else told(desk, person.id, assignments, today - OBSTACLES_OF),
    )


def facts(
    person: Person,
    entries: Sequence[Entry],
    assignments: Sequence[Assignment],
    *,
    now: datetime,
    language: str = "en",
) -> list[str]:
    """Return the two or three facts at the top: homework of the week, last entry, what is unread."""
    week = week_adherence(assignments, entries, now=now, zone=person.zone)
    today = local_day(now, person.zone)
    done = say("Nothing was due in the last 7 days", language)
    if week.assigned:
        counts = {"done": week.submitted, "due": week.assigned}
        done = say("{done} of {due} done in the last 7 days", language, **counts)
    days = [local_day(entry.submitted_at, person.zone) for entry in entries if entry.submitted_at]
    unread = sum(not entry.read_by_me for entry in entries)
    new = several("{count} entry you have not read", "{count} entries you have not read", language, unread)
    return [
        done,
        say("Last entry {ago}", language, ago=ago(max(days), today, language))
        if days
        else say("No entry yet", language),
        *([new] if unread else []),
    ]


def changes(
    desk: Desk, entries: Sequence[Entry], alerts: Sequence[SafetyAlert], today: date, *, zone: str
) -> list[str]:
    """Return what changed in the last seven days against before, each with its rule or its n."""
    since = today - SINCE
    fresh = [entry for entry in entries if entry.submitted_at and local_day(entry.submitted_at, zone) > since]
    flagged = [alert for alert in alerts if local_day(alert.at, zone) > since]
    language = desk.person.language
    new = several("{count} new entry", "{count} new entries", language, len(fresh))
    if flagged:
        alerts_words = several("{count} safety alert", "{count} safety alerts", language, len(flagged))
        new = f"{new}, {alerts_words}"
    first = say("Since {day}: {new}.", language, day=day_label(since, language), new=new)
    return [first, *measure_changes(desk, entries), *sleep_change(nights(entries), today, language)]


def measure_changes(desk: Desk, entries: Sequence[Entry]) -> list[str]:
    """Return the change of each measure from its first to its last entry, with its rule."""
    lines = []
    for worksheet_id in sorted({entry.worksheet_id for entry in entries}):
        worksheet = desk.worksheet(worksheet_id)
        if worksheet.category != "measures" or not worksheet.scores:
            continue
        line = course(entries, worksheet, desk.person.language)
        moved = line.change()
        if moved is not None:
            language = desk.person.language
            first = day_label(line.points[0].day, language)
            values = {"title": worksheet.title, "day": first, "change": moved.text}
            lines.append(say("{title} since {day}, {change}", language, **values))
    return lines


def sleep_change(found: dict[date, Night], today: date, language: str = "en") -> list[str]:
    """Return last week's sleep beside the week before, means over the nights present."""
    last = [night for day, night in found.items() if today - SINCE < day <= today]
    before = [night for day, night in found.items() if today - 2 * SINCE < day <= today - SINCE]
    if not last:
        return []
    now = sleep_words(last, language)
    if not before:
        return [say("Sleep in the last 7 days: {now}.", language, now=now)]
    earlier = sleep_words(before, language)
    return [
        say(
            "Sleep in the last 7 days: {now}; the 7 days before: {before}.", language, now=now, before=earlier
        )
    ]


def sleep_words(found: Sequence[Night], language: str = "en") -> str:
    """Return mean sleep and efficiency, which efficiency, and over how many nights."""
    return several(
        "{sleep} a night, efficiency (SE) {share}% ({count} night of 7)",
        "{sleep} a night, efficiency (SE) {share}% ({count} nights of 7)",
        language,
        len(found),
        sleep=span_label(mean(night.tst for night in found), language),
        share=number_label(mean(night.se for night in found), language=language),
    )


def alert_line(desk: Desk, alert: SafetyAlert, person: Person, *, now: datetime) -> Alert:
    """Return one safety alert: when, which rule, and who has seen it."""
    language, done = desk.person.language, ""
    if alert.done_at is not None:
        when = moment(alert.done_at, now, person.zone, language)
        done = say("Seen by {name}, {when}", language, name=alert.done_by, when=when)
        done += f": {alert.note}" if alert.note else ""
    text = say("Safety alert", language)
    if alert.rule:
        text += f": {alert.rule.replace('-', ' ')}"
    if alert.priority == "high":
        text = say("{alert}, high priority", language, alert=text)
    return Alert(
        key=key(desk, "alert", alert.id, alert.client_id),
        when=upper(moment(alert.at, now, person.zone, language)),
        text=text,
        done=done,
    )


def plan_card(desk: Desk, given: Assignment, entries: Sequence[Entry], today: date, *, zone: str) -> Card:
    """Return one assignment: rhythm in words, who gave it and why, and whether it is done for now."""
    here = [one for one in due(given, entries, today=today, zone=zone) if one.occurrence.holds(today)]
    done = bool(here) and all(one.entry for one in here)
    ended = given.stopped_at is not None
    return Card(
        key=key(desk, "assignment", given.id, given.client_id),
        title=title(desk, given.worksheet_id),
        minutes=minutes_of(desk, given.worksheet_id),
        why=f"{given.by.name}: {given.note}" if given.note else given.by.name,
        due=upper(plan_words(given, today, zone=zone, language=desk.person.language)),
        state="ended" if ended else "done" if done else "new",
        action="",
        may="resume" if ended else "end",
        paused=given.resting(today) is not None,
    )


def plan_words(given: Assignment, today: date, *, zone: str, language: str = "en") -> str:
    """Return the rhythm of an assignment with its last day, or since when it is ended."""
    if given.stopped_at is not None:
        day = day_words(local_day(given.stopped_at, zone), today, language)
        return say("ended {day}", language, day=day)
    text = said_plan(given, today, language=language)
    rest = given.resting(today)
    if rest is None:
        return text
    if rest.until is None:
        return say("paused; {rhythm}", language, rhythm=text)
    until = day_words(rest.until, today, language)
    return say("paused until {day}; {rhythm}", language, day=until, rhythm=text)


def said_plan(given: Assignment | Plan, today: date, *, language: str = "en") -> str:
    """Return the rhythm of what was given, to one or to a group, with its last day."""
    clock = clock_label(given.due, language)
    if not given.rrule:
        day = day_words(given.ends or given.starts, today, language)
        return say("once, by {day}, {clock}", language, day=day, clock=clock)
    often = rhythm(given.rrule, language)
    if given.rrule == BEFORE_APPOINTMENTS:
        return often
    if given.ends:
        until = day_words(given.ends, today, language)
        return say("{often} until {day}, by {clock}", language, often=often, day=until, clock=clock)
    return say("{often}, by {clock}", language, often=often, clock=clock)
