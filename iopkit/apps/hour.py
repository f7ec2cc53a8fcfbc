"""The hour with a client: since when, the agenda in a clinical order, what to review, weeks side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from iopkit.apps.line import entry_line
from iopkit.apps.next_thing import next_things
from iopkit.apps.view_hour import Hour, Side, Topic, ToReview, Week
from iopkit.apps.view_hour import Kept as Shown
from iopkit.apps.words import DOMAINS, moment, upper
from iopkit.charts.labels import day_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry, Person, SafetyAlert, SetAside
from iopkit.clinic.record_calendar import Meeting
from iopkit.clinic.record_privacy import Review
from iopkit.reports.homework import local_day, period_adherence
from iopkit.reports.kept import PUBLISHED, REVIEW, Kept, kept, kept_words, obstacle_words
from iopkit.words import say, sentence, several

SPAN = timedelta(days=7)
LOOK_BACK = timedelta(weeks=8)
MOST_TO_REVIEW = 12
TOPICS = {
    "safety": sentence("Safety"),
    "interferes": sentence("What gets in the way of the work"),
    "life": sentence("Quality of life"),
    "rest": sentence("The rest"),
}
"""The parts of an agenda, in the order in which an hour takes them (as in dialectical behavior therapy)."""


@dataclass(frozen=True)
class Since:
    """From when on things are new: the end of the last appointment, else the last seven days."""

    at: datetime
    day: date
    met: bool


@dataclass(frozen=True)
class Held:
    """What the desk gave for one client: read once, used by all parts of the page."""

    person: Person = field(repr=False)
    entries: Sequence[Entry] = field(repr=False)
    assignments: Sequence[Assignment] = field(repr=False)
    alerts: Sequence[SafetyAlert] = field(repr=False)
    reviews: Sequence[Review] = field(repr=False)
    put_off: Sequence[SetAside] = field(repr=False)
    meetings: Sequence[Meeting] = field(repr=False)
    now: datetime
    since: Since

    @property
    def new(self) -> list[Entry]:
        """The entries that came in since then."""
        return [one for one in self.entries if one.submitted_at and one.submitted_at > self.since.at]


def last_met(desk: Desk, person: Person, *, now: datetime) -> tuple[Since, list[Meeting]]:
    """Return since when things are new to this clinician, and the client's appointments before now."""
    meetings = desk.meetings(now - LOOK_BACK, now, client_id=person.id)
    mine = [one for one in meetings if one.clinician_id == desk.person.id and one.span.end <= now]
    came = [one.span.end for one in mine if one.states.get(person.id, "attended") == "attended"]
    if came:
        return Since(max(came), local_day(max(came), person.zone), True), meetings
    return last_week(person, now=now), meetings


def met_days(desk: Desk, person: Person, meetings: Sequence[Meeting], domain: str = "") -> list[date]:
    """Return the client's days on which they came to this clinician (in a domain), groups left aside."""
    held = [one for one in meetings if one.clinician_id == desk.person.id and one.kind != "group"]
    came = [one for one in held if one.states.get(person.id, "attended") == "attended"]
    return sorted({local_day(one.span.start, person.zone) for one in came if domain in ("", one.domain)})


def met_words(days: Sequence[date], language: str = "en") -> str:
    """Return what the marks in the charts are, "" where there are none."""
    if not days:
        return ""
    return say(
        "A dashed line on a triangle: an appointment with you, group hours left aside. "
        "The last was on {day}.",
        language,
        day=day_label(days[-1], language),
    )


def last_week(person: Person, *, now: datetime) -> Since:
    """Return the last seven days of a client."""
    first = local_day(now, person.zone) - timedelta(6)
    return Since(datetime.combine(first, time(), ZoneInfo(person.zone)), first - timedelta(1), False)


def hour(desk: Desk, held: Held, changes: Sequence[str]) -> Hour:
    """Return all that a clinician has at hand; ``changes``: what moved, in sentences."""
    language, person = desk.person.language, held.person
    homework = kept(
        held.assignments,
        held.entries,
        reviews=held.reviews,
        put_off=held.put_off,
        now=held.now,
        zone=person.zone,
        since=held.since.at,
    )
    return Hour(
        since=since_words(held.since, language),
        agenda=agenda(held, homework, changes, language),
        review=to_review(desk, held),
        kept=[
            Shown(title=upper(say(DOMAINS[one.domain], language)), lines=kept_words(one, language))
            for one in homework
        ],
        published=[say(line, language) for line in PUBLISHED] if homework else [],
        next=next_things(desk, held.person, held.assignments, held.entries, homework, now=held.now),
    )


def since_words(since: Since, language: str = "en") -> str:
    """Return from when on things are new, in words."""
    day = day_label(since.day, language)
    if since.met:
        return say("Since your appointment on {day}", language, day=day)
    return say("Since {day}", language, day=day)


def agenda(held: Held, homework: Sequence[Kept], changes: Sequence[str], language: str = "en") -> list[Topic]:
    """Return what there is to talk about, in a clinical order; a part without anything is left out."""
    found: Mapping[str, list[str]] = {
        "safety": safety(held, language),
        "interferes": interferes(held, homework, language),
        "life": list(changes),
        "rest": rest(held, language),
    }
    return [
        Topic.model_validate({"kind": kind, "title": say(title, language), "lines": found[kind]})
        for kind, title in TOPICS.items()
        if found[kind]
    ]


def safety(held: Held, language: str = "en") -> list[str]:
    """Return alerts that nobody has acknowledged, and new ones that somebody has."""
    waiting = [one for one in held.alerts if one.done_at is None]
    seen = [one for one in held.alerts if one.done_at is not None and one.at > held.since.at]
    lines = []
    if waiting:
        count = len(waiting)
        lines.append(several("{count} open safety alert", "{count} open safety alerts", language, count))
    if seen:
        lines.append(
            several(
                "{count} safety alert since then, seen",
                "{count} safety alerts since then, seen",
                language,
                len(seen),
            )
        )
    return lines


def interferes(held: Held, homework: Sequence[Kept], language: str = "en") -> list[str]:
    """Return what gets in the way: homework left undone, what was named, appointments missed, silence."""
    today, zone = local_day(held.now, held.person.zone), held.person.zone
    done = period_adherence(
        held.assignments, held.entries, since=held.since.day, until=today, now=held.now, zone=zone
    )
    lines = []
    if done.assigned and done.submitted < done.assigned:
        counts = {"done": done.submitted, "due": done.assigned}
        lines.append(say("{done} of {due} pieces of homework done", language, **counts))
    named = [words for one in homework if (words := obstacle_words(one.by_client, language))]
    if named:
        lines.append(say("In the way: {list}", language, list=", ".join(named)))
    missed = [one for one in held.meetings if one.states.get(held.person.id) == "missed"]
    if missed:
        lines.append(
            several(
                "{count} appointment missed in 8 weeks",
                "{count} appointments missed in 8 weeks",
                language,
                len(missed),
            )
        )
    days = [local_day(one.submitted_at, zone) for one in held.entries if one.submitted_at]
    if days and today - max(days) >= SPAN:
        lines.append(say("No entry for {days} days", language, days=(today - max(days)).days))
    return lines


def rest(held: Held, language: str = "en") -> list[str]:
    """Return what else there is: what is new and unread, and what the client wishes to practice."""
    unread = sum(not one.read_by_me for one in held.entries)
    lines = [several("{count} new entry", "{count} new entries", language, len(held.new))] if held.new else []
    if unread:
        lines.append(
            several("{count} entry you have not read", "{count} entries you have not read", language, unread)
        )
    wishes = [one.answers.get("next") for one in held.new if one.worksheet_id == REVIEW]
    for wish in wishes[:1]:
        if isinstance(wish, str) and wish.strip():
            lines.append(say("Would like to practice: {wish}", language, wish=wish.strip()))
    return lines


def to_review(desk: Desk, held: Held) -> list[ToReview]:
    """Return entries that this clinician treats and has not reviewed since they met, the newest first."""
    mine = {one.entry_id for one in held.reviews if one.by == desk.person.name}
    treated = desk.domains_of([held.person.id])[held.person.id]
    waiting = [one for one in held.new if one.id not in mine and one.domain in treated and not one.private]
    lines = [entry_line(desk, one, now=held.now) for one in waiting[:MOST_TO_REVIEW]]
    return [
        ToReview(key=one.key, title=one.title, when=one.when, summary=one.summary, figures=one.figures)
        for one in lines
    ]


def sides(
    desk: Desk, entries: Sequence[Entry], person: Person, *, now: datetime, parts: tuple[str, ...] = ()
) -> list[Side]:
    """Return each worksheet of the last seven days beside the seven before, by its title."""
    today = local_day(now, person.zone)
    weeks: dict[str, tuple[list[Entry], list[Entry]]] = {}
    for one in entries:
        age = (today - one.about).days
        if 0 <= age < 14:
            weeks.setdefault(one.worksheet_id, ([], []))[age >= 7].append(one)
    found = [
        Side(
            title=desk.worksheet(worksheet_id).title,
            now=week(desk, last, now=now, parts=parts),
            before=week(desk, before, now=now, parts=parts),
        )
        for worksheet_id, (last, before) in weeks.items()
    ]
    return sorted(found, key=lambda one: one.title)


def week(desk: Desk, entries: Sequence[Entry], *, now: datetime, parts: tuple[str, ...] = ()) -> Week:
    """Return what a week had of one worksheet: entries are the newest first."""
    language = desk.person.language
    if not entries:
        return Week(count=say("No entry", language))
    line = entry_line(desk, entries[0], now=now, parts=parts)
    return Week(
        key=line.key,
        count=several("{count} entry", "{count} entries", language, len(entries)),
        when=upper(moment(entries[0].submitted_at or entries[0].saved_at, now, entries[0].zone, language)),
        summary=line.summary,
        figures=line.figures,
    )
