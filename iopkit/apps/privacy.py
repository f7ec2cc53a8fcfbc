"""A client's own pages about privacy: who sees what, who looked, consents, what to read before joint work."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.place import key
from iopkit.apps.view import Card
from iopkit.apps.view_privacy import (
    AccessLog,
    Choice,
    ConsentForm,
    ConsentLine,
    Consents,
    Fact,
    LogRow,
    Policy,
    SightName,
    SightRow,
    Way,
    WhoSees,
)
from iopkit.apps.words import TREATS, listing, moment, upper
from iopkit.charts.labels import full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.record_privacy import Consent, Sight
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence

NOTES = "notes"
"""What the form of a consent calls counseling notes: they need one of their own."""
LOG_ROWS = 200
A_YEAR = timedelta(365)
CHECK_IN = "private-check-in"
PARTS = {
    "individual": sentence("individual therapy"),
    "couples": sentence("couples therapy"),
    "substance-use": sentence("substance use counseling"),
    "medical": sentence("medical care"),
}
"""What the part of the care in a domain is called."""
THINGS: dict[tuple[str, str], str] = {
    **{(domain, "entry"): sentence("What is sent in {part}", part=part) for domain, part in PARTS.items()},
    ("couples", "check-in"): sentence("The check-in that is answered alone"),
    ("couples", "conjoint-entry"): sentence("What both partners write together"),
    **{
        (domain, "note"): sentence("Clinicians' notes in {part}", part=part) for domain, part in PARTS.items()
    },
    ("substance-use", "counseling-note"): sentence("The counselor's own notes"),
    ("", "alert"): sentence("That there was a safety alert, and when; not the answer"),
    ("", "care-team"): sentence("Who is on the care team"),
    ("", "person"): sentence("The name, and being in the program"),
    ("", "shared"): sentence("Single entries that were shared"),
    ("", "draft"): sentence("What is begun and not sent, and what is kept private"),
}
"""What each kind of thing is called, in the order of the page."""
ALWAYS = ({("", "draft"), ("", "shared")} | {(domain, "entry") for domain in PARTS}) - {("medical", "entry")}
"""Rows that stand there also when nobody can see such a thing."""
NOBODY = sentence("Nobody at the moment")
ONLY_CLIENT = sentence("Only the client")
ONLY_YOU = sentence("Only you")
LEAD = sentence(
    "This is what the program's rules, your care team, and what you agreed to or shared allow today. "
    "Each time somebody opens your record, that is written down."
)
LEAD_ABOUT = sentence(
    "This is what the program's rules, the care team, and what the client agreed to or shared allow today. "
    "The client has the same page."
)
NO_LOG = sentence("Nobody else has opened your record yet. When somebody does, it will stand here.")
NO_CONSENTS = sentence(
    "You have signed no consent. Each of your clinicians sees only their own part of your record; "
    "with a consent you let one of them read another part."
)
NO_RECIPIENT = sentence("There is nobody on your care team to whom a consent could open anything.")


def back(desk: Desk) -> Way:
    """Return the way back to the client's record."""
    return Way(key=key(desk, "history"), label=say("My record", desk.person.language))


def who_sees(desk: Desk, client_id: str) -> WhoSees:
    """Return the table of who can see what: a client's own, or for the coordinator that of a client."""
    language = desk.person.language
    own = desk.person.kind == "client"
    person_id = desk.person.id if own else client_id
    heading = say("Who can see what", language)
    way = back(desk)
    if not own:
        name = next(one.name for one in desk.everybody().people if one.id == client_id)
        heading = say("Who can see what of {name}", language, name=name)
        way = Way(key=key(desk, "person", client_id), label=name)
    return WhoSees(
        heading=heading,
        lead=say(LEAD if own else LEAD_ABOUT, language),
        rows=sight_rows(desk.who_sees(person_id), language, own=own),
        way=way,
    )


def sight_rows(sights: Sequence[Sight], language: str = "en", *, own: bool = True) -> list[SightRow]:
    """Return one row for each kind of thing, with the people who can see it."""
    found: dict[tuple[str, str], list[Sight]] = {}
    for one in sights:
        where = ("", "shared") if one.thing == "shared" else (one.domain, one.thing)
        found.setdefault(where, []).append(one)
    return [
        SightRow(
            thing=upper(say(words, language)),
            who=[sight_name(one, language) for one in found.get(where, [])],
            nobody=say(NOBODY if where != ("", "draft") else ONLY_YOU if own else ONLY_CLIENT, language),
        )
        for where, words in THINGS.items()
        if where in found or where in ALWAYS
    ]


def sight_name(one: Sight, language: str) -> SightName:
    """Return who, why, and until when in words."""
    until = ""
    if isinstance(one.until, datetime):
        until = say("until {time} UTC", language, time=f"{one.until:%H:%M}")
    elif one.until is not None:
        until = say("until {day}", language, day=one.until)
    return SightName(name=one.person, why=upper(say(one.why, language)), until=until)


def access_log(desk: Desk, *, now: datetime) -> AccessLog:
    """Return who looked when, what they did and why they could."""
    language, zone = desk.person.language, desk.person.zone
    rows = [
        LogRow(
            when=upper(moment(one.at, now, zone, language)),
            who=say(one.who, language),
            what=say(one.what, language),
            why=say(one.why, language),
            mine=one.who == "You",
        )
        for one in desk.access_log()[:LOG_ROWS]
    ]
    others = any(not row.mine for row in rows)
    return AccessLog(rows=rows, empty="" if others else say(NO_LOG, language), way=back(desk))


def consents(desk: Desk) -> Consents:
    """Return the client's consents, those in force first, and the form of a new one."""
    signed = sorted(
        (one for one in desk.consents(desk.person.id) if one.couple_id is None), key=lambda one: not one.live
    )
    language = desk.person.language
    return Consents(
        rows=[consent_line(desk, one) for one in signed],
        empty="" if signed else say(NO_CONSENTS, language),
        form=consent_form(desk),
        way=back(desk),
    )


def consent_form(desk: Desk) -> ConsentForm:
    """Return what stands in a new consent, and what there is to choose."""
    blank, language = desk.blank_consent(), desk.person.language
    return ConsentForm(
        patient=blank.patient,
        discloser=say(blank.discloser, language),
        rights=say(blank.rights, language),
        today=blank.today.isoformat(),
        until=(blank.today + A_YEAR).isoformat(),
        recipients=recipients(desk, blank.today),
        domains=[
            *(Choice(value=value, label=upper(say(label, language))) for value, label in PARTS.items()),
            Choice(value=NOTES, label=say("The counselor's own notes (alone)", language)),
        ],
        nobody="" if recipients(desk, blank.today) else say(NO_RECIPIENT, language),
    )


def recipients(desk: Desk, today: date) -> list[Choice]:
    """Return the clinicians who treat the client today, each once, with what they are."""
    language = desk.person.language
    found: dict[str, tuple[str, list[str]]] = {}
    for member in desk.care_team(desk.person.id):
        if member.since <= today and (member.until is None or today <= member.until):
            words = found.setdefault(member.clinician.id, (member.clinician.name, []))[1]
            words.append(say(TREATS[member.domain], language))
    return [
        Choice(
            value=key(desk, "recipient", one),
            label=say("{name} ({who})", language, name=name, who=listing(words, language)),
        )
        for one, (name, words) in found.items()
    ]


def consent_line(desk: Desk, one: Consent) -> ConsentLine:
    """Return a consent with every element as it was signed."""
    language = desk.person.language
    days = {"day": one.until}
    if one.revoked_at is not None:
        state = say("Taken back on {day}", language, day=local_day(one.revoked_at, desk.person.zone))
    else:
        live, ended = say("In force until {day}", language, **days), say("Ended on {day}", language, **days)
        state = live if one.live else ended
    own = one.client_id == desk.person.id
    who = {"name": one.recipient, "what": what_words(one, language)}
    have, read = (
        say("{name} may have: {what}", language, **who),
        say("{name} may read: {what}", language, **who),
    )
    return ConsentLine(
        key=key(desk, "consent", one.id) if own and one.live else "",
        title=have if one.couple_id else read,
        state=state,
        live=one.live,
        facts=[
            Fact(label=say(label, language), value=value)
            for label, value in elements(one, desk.person.zone, language)
        ],
    )


def what_words(one: Consent, language: str) -> str:
    """Return what a consent opens, in words."""
    if one.counseling_notes:
        return say("the counselor's own notes", language)
    if one.couple_id:
        return say("what both partners did and wrote together", language)
    names = listing([say(PARTS.get(domain, domain), language) for domain in one.domains], language)
    if one.entry_id:
        return say("one entry ({domains})", language, domains=names)
    return names


def elements(one: Consent, zone: str, language: str) -> list[tuple[str, str]]:
    """Return the elements of a signed consent: label and value."""
    return [
        (sentence("Client"), one.patient),
        (sentence("Who opens it"), say(one.discloser, language)),
        (sentence("What"), what_words(one, language)),
        (sentence("Who may read it"), one.recipient),
        (sentence("What for"), one.purpose),
        (sentence("Until"), full_day(one.until, language)),
        (sentence("Your rights"), say(one.rights, language)),
        (sentence("Signed"), one.signature),
        (sentence("On"), full_day(local_day(one.signed_at, zone), language)),
    ]


def before_joint_work(desk: Desk, *, now: datetime) -> list[Card]:
    """Return as cards what a client in couples therapy does alone first; the same whatever else is."""
    prepared = desk.preparation()
    if prepared is None or (prepared.policy.seen and prepared.checked_in):
        return []
    today, language = local_day(now, desk.person.zone), desk.person.language
    team = desk.care_team(desk.person.id)
    if not any(one.domain == "couples" and (one.until is None or today <= one.until) for one in team):
        return []
    cards = []
    if not prepared.policy.seen:
        cards.append(
            Card(
                key=key(desk, "policy"),
                title=say("What stays between you and your couples therapist", language),
                minutes=1,
                why=say("A short page to read before you two work together.", language),
                due="",
                state="new",
                action=say("Read", language),
            )
        )
    if not prepared.checked_in:
        sheet = desk.worksheet(CHECK_IN)
        cards.append(
            Card(
                key=key(desk, "worksheet", CHECK_IN),
                title=sheet.title,
                minutes=sheet.minutes,
                why=say("For a moment alone. Your partner does not see what you answer.", language),
                due="",
                state="new",
                action=say("Start", language),
            )
        )
    return cards


def policy(desk: Desk) -> Policy:
    """Return the program's secrets policy in its own words."""
    found, language = desk.secrets_policy(), desk.person.language
    return Policy(
        heading=say("What stays between you and your couples therapist", language),
        text=say(found.text, language),
        more=say(
            "Both of you are shown this same page. If you would rather talk about it first, ask your "
            "couples therapist.",
            language,
        ),
        seen=say("You have read this.", language) if found.seen else "",
    )
