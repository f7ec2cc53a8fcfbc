"""A clinician gives a worksheet: to whom, why, in what rhythm, and how much that is in the client's week."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.library import DOMAINS, NOTES, assign_key, look_at, untold
from iopkit.apps.load import added, planned
from iopkit.apps.message_library import (
    AsGiven,
    Assign,
    Assigned,
    Candidate,
    Company,
    DayLoad,
    Domain,
    Option,
    Prepare,
    Prepared,
    SettingField,
    SetUp,
    Weigh,
    Weighed,
)
from iopkit.apps.obstacles import minutes_of
from iopkit.apps.place import Place, key, place
from iopkit.apps.rhythm import in_words, rule
from iopkit.apps.words import day_words
from iopkit.charts.labels import day_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Person
from iopkit.errors import AccessError, NotFoundError
from iopkit.measures.occurrences import Plan, given_now
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence, several
from iopkit.worksheets import Worksheet
from iopkit.worksheets.elements import SelectQuestion
from iopkit.worksheets.settings import Setting

NOBODY = sentence(
    "Nobody on your caseload can be given this. Worksheets for couples are given by the couples therapist."
)
EMPTY = sentence("Nobody is on your caseload yet. The coordinator adds clients to care teams.")
OLD = sentence("This page is an old one. Reload it; what you typed is kept.")
NO_APPOINTMENT = sentence(
    "No appointment is booked yet in which you meet. It is asked for once one is in the calendar."
)
OWN_WORK = sentence("Work that other clinicians gave in their own domains is not counted here.")


def prepare(desk: Desk, action: Prepare, *, now: datetime) -> Prepared:
    """Return whom one may give a worksheet to, and what it lets one set."""
    sheet, chosen = wanted(desk, action.key)
    fit = companies(desk, sheet, now=now)
    people = desk.clients()
    treated = desk.domains_of(person.id for person in people)
    clients = [candidate(desk, person, domains(sheet, treated[person.id]), now=now) for person in people]
    clients = sorted((one for one in clients if one.domains), key=lambda one: one.name)
    return Prepared(
        reply=action.id,
        title=sheet.title,
        minutes=sheet.minutes,
        clients=clients,
        chosen=chosen,
        nobody="" if clients or fit else say(NOBODY if people else EMPTY, desk.person.language),
        settings=[field(setting, sheet) for setting in sheet.settings],
        groups=fit,
    )


def companies(desk: Desk, sheet: Worksheet, *, now: datetime) -> list[Company]:
    """Return the groups that one leads and may give a worksheet to."""
    return [
        Company(
            key=key(desk, "group", one.id),
            name=one.name,
            today=local_day(now, desk.person.zone),
        )
        for one in desk.groups()
        if one.ended_at is None and (sheet.audience != "couple" or one.domain == "couples")
    ]


def wanted(desk: Desk, sealed: str) -> tuple[Worksheet, str]:
    """Return the worksheet an assign key stands for, and the key of whom one chose it for ("")."""
    where = expected(desk, sealed, "assign")
    sheet = look_at(desk, where.part(0))
    if not assign_key(desk, sheet, ""):
        raise AccessError(sentence("You cannot assign this worksheet."))
    if where.part(2):
        return sheet, key(desk, "group", where.part(2))
    return sheet, key(desk, "client", where.part(1)) if where.part(1) else ""


def expected(desk: Desk, sealed: str, name: str) -> Place:
    """Return the place behind a key, which must be of this name."""
    where = place(desk, sealed)
    if where.name != name:
        raise NotFoundError(OLD)
    return where


def domains(sheet: Worksheet, treated: frozenset[str]) -> list[str]:
    """Return the domains in which one may give a worksheet to somebody, its own first."""
    fit = [one for one in DOMAINS if one in treated and (sheet.audience != "couple" or one == "couples")]
    return sorted(fit, key=lambda one: one != sheet.domain)


def candidate(desk: Desk, person: Person, fit: Sequence[str], *, now: datetime) -> Candidate:
    """Return one client with their own day and the domains one may give it in."""
    return Candidate(
        key=key(desk, "client", person.id),
        name=person.name,
        today=local_day(now, person.zone),
        domains=[Domain(value=one, label=say(DOMAINS[one], desk.person.language)) for one in fit],
    )


def field(setting: Setting, sheet: Worksheet) -> SettingField:
    """Return one thing the worksheet lets one set."""
    asked = sheet.items[str(setting.begins)].question if setting.begins else None
    options = asked.options if isinstance(asked, SelectQuestion) else ()
    return SettingField(
        name=setting.name,
        title=setting.title,
        about=setting.about or "",
        kind=setting.kind,
        most=setting.most or 0,
        options=[Option(value=str(one.value), label=one.label) for one in options],
    )


def as_given(desk: Desk, action: SetUp) -> AsGiven:
    """Return the worksheet with these settings, to try out; AnswerError says which of them does not fit."""
    sheet = wanted(desk, action.key)[0].with_settings(action.settings)
    note = say(NOTES["clinician"], desk.person.language)
    return AsGiven(
        reply=action.id,
        survey=sheet.survey(),
        begin=sheet.begin,
        flags=sheet.conditions,
        messages=untold(desk, sheet),
        note=note,
    )


def weigh(desk: Desk, action: Weigh, *, now: datetime) -> Weighed:
    """Return the client's week with and without this worksheet; AnswerError for a rhythm that never comes."""
    sheet, _ = wanted(desk, action.key)
    client = desk.client(expected(desk, action.client, "client").part(0))
    given = desk.assignments(client.id)
    chosen, today = action.rhythm, local_day(now, client.zone)
    start = max(chosen.starts, today)
    minutes = {one.worksheet_id: minutes_of(desk, one.worksheet_id) for one in given}
    before = planned(given, minutes, start=start, zone=client.zone)
    grace = timedelta(minutes=chosen.grace)
    plan = given_now(Plan(rule(chosen), chosen.due, chosen.starts, chosen.ends, client.zone, grace), now)
    language = desk.person.language
    meets = desk.appointment_starts(client.id, action.domain) if chosen.often == "before" else ()
    more = added(plan, sheet.minutes, start, meets)
    notes = [already(sheet, given, today, language)]
    if chosen.often == "before" and not any(at >= now for at in meets):
        notes.append(say(NO_APPOINTMENT, language))
    return Weighed(
        reply=action.id,
        text=week_words(sum(before.values()), sum(more.values()), start, today, language),
        already=" ".join(note for note in notes if note),
        days=[DayLoad(day=day_label(day, language), now=before[day], added=more[day]) for day in before],
    )


def week_words(now: int, more: int, start: date, today: date, language: str = "en") -> str:
    """Return a week in minutes, before and after."""
    when = say("In the next seven days", language)
    if start != today:
        when = say("In the seven days from {day}", language, day=day_words(start, today, language))
    return say(
        "{when}: {now} so far, {then} with this. {note}",
        language,
        when=when,
        now=minute_words(now, language),
        then=minute_words(now + more, language),
        note=say(OWN_WORK, language),
    )


def minute_words(minutes: int, language: str = "en") -> str:
    """Return minutes, with hours from two on.

    >>> minute_words(45), minute_words(150)
    ('45 minutes', '2 hours 30 minutes')
    """
    hours, rest = divmod(minutes, 60)
    if hours < 2:
        return several("{count} minute", "{count} minutes", language, minutes)
    whole = several("{count} hour", "{count} hours", language, hours)
    return f"{whole} {minute_words(rest, language)}" if rest else whole


def already(sheet: Worksheet, given: Sequence[Assignment], today: date, language: str = "en") -> str:
    """Return who has given the client the same worksheet, if that still runs."""
    same = (one for one in given if one.worksheet_id == sheet.id and runs(one, today))
    one = next(same, None)
    if one is None:
        return ""
    return say(
        "This client already has it from {name}. A second one comes on top.", language, name=one.by.name
    )


def runs(given: Assignment, today: date) -> bool:
    """Return whether something can still become due from an assignment."""
    last = given.ends or (None if given.rrule else given.starts)
    return given.stopped_at is None and (last is None or last >= today)


def assign(desk: Desk, action: Assign, *, now: datetime) -> Assigned:
    """Give the worksheet, and return what was given in words."""
    sheet, _ = wanted(desk, action.key)
    client = desk.client(expected(desk, action.client, "client").part(0))
    chosen = action.rhythm
    given = desk.assign(
        client.id,
        sheet.id,
        action.domain,
        note=action.note.strip(),
        rrule=rule(chosen),
        due=chosen.due,
        starts=chosen.starts,
        ends=chosen.ends,
        settings=action.settings,
        message_id=action.id,
        grace=chosen.grace,
    )
    language = desk.person.language
    from_now = chosen.model_copy(update={"starts": given.starts, "ends": given.ends})
    what = in_words(from_now, local_day(now, client.zone), language)
    return Assigned(
        reply=action.id,
        text=say(
            "{name} has “{title}” now: {what}.", language, name=client.name, title=sheet.title, what=what
        ),
        assignment=key(desk, "assignment", given.id, client.id),
        client=key(desk, "client", client.id),
    )
