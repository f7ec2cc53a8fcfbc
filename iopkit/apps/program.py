"""The coordinator's pages: people, one person, consents, and what to watch. Names and dates, no answers."""

from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from iopkit.apps.place import key
from iopkit.apps.privacy import consent_line
from iopkit.apps.view_privacy import Choice, ConsentLine, Way
from iopkit.apps.view_program import (
    AlertRow,
    AllConsents,
    People,
    PersonPage,
    PersonRow,
    ReasonRow,
    TeamRow,
    Watch,
)
from iopkit.apps.words import DOMAINS, TREATS, listing, moment, upper
from iopkit.charts.labels import full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.program import POLICIES
from iopkit.clinic.record import CareTeamMember, Person, SafetyAlert
from iopkit.clinic.record_privacy import Consent, StatedReason
from iopkit.clinic.roster import Belonging
from iopkit.errors import NotFoundError
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence, several

SOON = timedelta(30)
"""A consent that ends within this time is named first."""
KINDS = {
    "client": sentence("client"),
    "clinician": sentence("clinician"),
    "coordinator": sentence("coordinator"),
    "supervisor": sentence("supervisor"),
}
STATES = {"break-glass": sentence("Emergency access"), "supervision": sentence("Supervision")}
NO_PERSON = sentence("There is nobody by that user name or id.")


def people(desk: Desk, *, now: datetime) -> People:
    """Return the address book, and in words what waits."""
    language, found = desk.person.language, desk.everybody()
    today = local_day(now, desk.person.zone)
    rows = [(one.kind, person_row(desk, one, found, today)) for one in found.people]
    return People(
        clients=[row for kind, row in rows if kind == "client"],
        staff=[row for kind, row in rows if kind != "client"],
        waiting=waiting(desk, today, language),
        watch=key(desk, "watch"),
        kinds=[Choice(value=value, label=upper(say(label, language))) for value, label in KINDS.items()],
        domains=[Choice(value=value, label=upper(say(label, language))) for value, label in DOMAINS.items()],
        zone=desk.person.zone,
        zones=sorted(zone for zone in available_timezones() if zone.startswith("America/") or zone == "UTC"),
    )


def waiting(desk: Desk, today: date, language: str) -> list[str]:
    """Return what waits for the coordinator, one line each."""
    alerts = sum(one.done_at is None for one in desk.alerts())
    reasons = sum(one.seen_at is None for one in desk.reasons())
    ending = sum(is_soon(one, today) for one in desk.consents())
    alert = several(
        "{count} alert is not acknowledged yet", "{count} alerts are not acknowledged yet", language, alerts
    )
    reason = several(
        "{count} stated reason you have not seen",
        "{count} stated reasons you have not seen",
        language,
        reasons,
    )
    consent = several(
        "{count} consent ends within 30 days", "{count} consents end within 30 days", language, ending
    )
    return [text for count, text in ((alerts, alert), (reasons, reason), (ending, consent)) if count]


def person_row(desk: Desk, person: Person, found: Belonging, today: date) -> PersonRow:
    """Return one person with who treats them, or whom they treat."""
    language = desk.person.language
    names = {one.id: one.name for one in found.people}
    mine = sorted((one for one in found.team if is_current(one, today)), key=by_name)
    if person.kind == "client":
        team = [team_words(one, language) for one in mine if one.client_id == person.id]
    else:
        clients = {one.client_id for one in mine if one.clinician.id == person.id}
        team = [listing(sorted(names[one] for one in clients), language)] if clients else []
    state = ""
    if person.locked:
        state = say("Locked: cannot sign in", language)
    elif person.id not in found.can_sign_in:
        state = say("Has not set a password yet", language)
    return PersonRow(
        key=key(desk, "person", person.id),
        name=person.name,
        role=role_words(person, language),
        team=team,
        state=state,
    )


def by_name(one: CareTeamMember) -> tuple[str, str, date]:
    """Return what a care team is ordered by."""
    return one.clinician.name, one.domain, one.since


def role_words(person: Person, language: str) -> str:
    """Return what somebody is here."""
    names = [say(TREATS[domain], language) for domain in sorted(person.domains)]
    return upper(listing(names, language) or say(KINDS[person.kind], language))


def team_words(one: CareTeamMember, language: str) -> str:
    """Return a clinician of a care team and what they are there."""
    return say("{name} ({who})", language, name=one.clinician.name, who=say(TREATS[one.domain], language))


def is_current(one: CareTeamMember, today: date) -> bool:
    """Return whether a place on a care team holds today."""
    return one.since <= today and (one.until is None or today <= one.until)


def person(desk: Desk, person_id: str, *, now: datetime) -> PersonPage:
    """Return one person: care team with dates, couple, consents; for staff, what they are."""
    language, found = desk.person.language, desk.everybody()
    who = next((one for one in found.people if one.id == person_id), None)
    if who is None:
        raise NotFoundError(NO_PERSON)
    client, today = who.kind == "client", local_day(now, who.zone)
    names = {one.id: one.name for one in found.people}
    partners = {first: second for pair in found.couples for first, second in (pair, pair[::-1])}
    team = sorted(found.team, key=by_name)
    free = [
        one for one in found.people if one.kind == "client" and one.id not in partners and one.id != who.id
    ]
    return PersonPage(
        heading=who.name,
        facts=facts(who, found, language),
        invite=key(desk, "invite", who.id),
        invited=invite_label(who, found, language),
        is_client=client,
        key=key(desk, "person", who.id),
        team=[team_row(desk, one, today) for one in team if one.client_id == who.id],
        clinicians=clinicians(desk, found) if client else [],
        today=today.isoformat(),
        partner=names.get(partners.get(who.id, ""), ""),
        partners=[Choice(value=key(desk, "person", one.id), label=one.name) for one in free]
        if client and who.id not in partners
        else [],
        policy=say(POLICIES[desk.program()["secrets-policy"]], language) if client else "",
        consents=[consent_line(desk, one) for one in desk.consents(who.id) if one.live] if client else [],
        sees=key(desk, "who-sees", who.id) if client else "",
        way=Way(key=key(desk, "people"), label=say("People", language)),
    )


def facts(who: Person, found: Belonging, language: str) -> list[str]:
    """Return what is known of a person's sign-in, in words."""
    lines = [role_words(who, language), say("User name: {user}", language, user=who.user)]
    if who.locked:
        lines.append(say("Locked: cannot sign in", language))
    elif who.id not in found.can_sign_in:
        lines.append(say("Has not set a password yet", language))
    return [*lines, say("Time zone: {zone}", language, zone=who.zone)]


def invite_label(who: Person, found: Belonging, language: str) -> str:
    """Return what the button for a one-time link says."""
    if who.id in found.can_sign_in:
        return say("Make a link to set a new password", language)
    return say("Make an invitation link", language)


def clinicians(desk: Desk, found: Belonging) -> list[Choice]:
    """Return every clinician in each of their domains, to choose for a care team."""
    language = desk.person.language
    return [
        Choice(
            value=key(desk, "clinician", one.id, domain),
            label=say("{name} ({who})", language, name=one.name, who=say(TREATS[domain], language)),
        )
        for one in found.people
        if one.kind == "clinician" and not one.locked
        for domain in sorted(one.domains)
    ]


def team_row(desk: Desk, one: CareTeamMember, today: date) -> TeamRow:
    """Return one place on a care team with its dates in words."""
    language = desk.person.language
    over = one.until is not None and one.until < today
    until = full_day(one.until, language) if one.until else ""
    return TeamRow(
        key="" if over else key(desk, "member", one.id, one.client_id),
        clinician=one.clinician.name,
        domain=upper(say(DOMAINS[one.domain], language)),
        since=full_day(one.since, language),
        until=until,
        last=max(one.since, one.until or today).isoformat(),
        over=over,
    )


def all_consents(desk: Desk, *, now: datetime) -> AllConsents:
    """Return the consents in force, those that end soon first."""
    language, today = desk.person.language, local_day(now, desk.person.zone)
    live = sorted((one for one in desk.consents() if one.live), key=lambda one: (one.until, one.id))
    return AllConsents(
        soon=[consent_of(desk, one) for one in live if is_soon(one, today)],
        rest=[consent_of(desk, one) for one in live if not is_soon(one, today)],
        empty="" if live else say("No consent is in force. Clients sign them on their own page.", language),
    )


def consent_of(desk: Desk, one: Consent) -> ConsentLine:
    """Return a consent's line that names its client too."""
    line = consent_line(desk, one)
    title = say("{client}: {consent}", desk.person.language, client=one.patient, consent=line.title)
    return line.model_copy(update={"title": title})


def is_soon(one: Consent, today: date) -> bool:
    """Return whether a consent is in force and ends within thirty days."""
    return one.live and one.until - today <= SOON


def watch(desk: Desk, *, now: datetime) -> Watch:
    """Return the alerts nobody has acknowledged, the oldest first, and the log of stated reasons."""
    language, names = desk.person.language, {one.id: one.name for one in desk.everybody().people}
    waits = sorted((one for one in desk.alerts() if one.done_at is None), key=lambda one: one.at)
    stated = desk.reasons()
    return Watch(
        alerts=[alert_row(one, names, now=now, language=language) for one in waits],
        alerts_empty="" if waits else say("Every alert is acknowledged.", language),
        reasons=[reason_row(desk, one, names, now=now) for one in stated],
        reasons_empty=""
        if stated
        else say(
            "Nobody has used emergency access or read as a supervisor. When somebody does, it stands here.",
            language,
        ),
    )


def alert_row(one: SafetyAlert, names: dict[str, str], *, now: datetime, language: str) -> AlertRow:
    """Return an alert by name and age; never which rule or worksheet."""
    return AlertRow(
        name=names[one.client_id],
        age=age_words(now - one.at, language),
        told=say("Told: {names}", language, names=listing(list(one.told), language)),
        high=one.priority == "high",
    )


def age_words(age: timedelta, language: str) -> str:
    """Return how long something has waited: minutes, hours or days."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 90:
        return several("waits for {count} minute", "waits for {count} minutes", language, minutes)
    if minutes < 48 * 60:
        return several("waits for {count} hour", "waits for {count} hours", language, minutes // 60)
    return several("waits for {count} day", "waits for {count} days", language, minutes // (24 * 60))


def reason_row(desk: Desk, one: StatedReason, names: dict[str, str], *, now: datetime) -> ReasonRow:
    """Return a stated reason: who, whose record, when, why, and whether it was seen."""
    language, zone = desk.person.language, desk.person.zone
    seen = ""
    if one.seen_at is not None:
        when = moment(one.seen_at, now, zone, language)
        seen = say("Seen by {name}, {when}", language, name=one.seen_by, when=when)
    return ReasonRow(
        key="" if seen else key(desk, "stated", one.id),
        kind=say(STATES[one.kind], language),
        who=one.by,
        client=names[one.client_id],
        when=upper(moment(one.at, now, zone, language)),
        reason=one.reason,
        seen=seen,
    )
