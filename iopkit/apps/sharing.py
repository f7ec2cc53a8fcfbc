"""What stands on an entry's page about others: to whom it is open, what clinicians noted."""

from datetime import datetime

from iopkit.apps.place import key
from iopkit.apps.privacy import consent_form, recipients
from iopkit.apps.view_privacy import Choice, ConsentForm, Joint, NoteLine, ShareLine, Sharing, TeamWork
from iopkit.apps.words import listing, moment, upper
from iopkit.clinic.access import known
from iopkit.clinic.couples import CHECK_IN
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.clinic.record_privacy import Share
from iopkit.errors import AccessError, NotFoundError
from iopkit.reports.homework import local_day
from iopkit.words import mark, say, sentence

PRIVATE = sentence("It is yours alone until you share it.")
SHARED_MORE = sentence("Besides those named above, somebody sees this only if you share it with them.")
QUALITY = (
    mark("0 – not begun"),
    mark("1 – a start"),
    mark("2 – partly done"),
    mark("3 – done well"),
    mark("4 – done and used in daily life"),
)
"""How well an entry was done, in the words of a clinician."""
POLICIES = {
    "none": sentence("no secrets"),
    "limited": sentence("limited secrets"),
    "full": sentence("secrets are kept"),
}


def sharing(desk: Desk, entry: Entry, *, now: datetime) -> Sharing | None:
    """Return what a client may open of their own sent entry; None where it cannot be opened to anybody."""
    if entry.client_id != desk.person.id or entry.worksheet_id == CHECK_IN or entry.couple_id is not None:
        return None
    language = desk.person.language
    today = local_day(now, entry.zone)
    live = [one for one in desk.shares(desk.person.id) if one.entry_id == entry.id and one.live]
    taken = {one.recipient_id for one in live}
    choices = [
        choice
        for choice in people(desk, entry, today_words=recipients(desk, today))
        if choice[0] not in taken
    ]
    signed = known(entry.domain) == "substance-use"
    return Sharing(
        key=key(desk, "entry", entry.id),
        text=say(PRIVATE if entry.private else SHARED_MORE, language),
        shares=[
            ShareLine(key=key(desk, "share", one.id), label=share_words(one, entry.zone, language))
            for one in live
        ],
        choices=[choice for _person, choice in choices],
        signed=signed,
        form=form(desk) if signed and choices else None,
    )


def form(desk: Desk) -> ConsentForm:
    """Return what a signed share needs, without a choice of people and domains: the entry has both."""
    return consent_form(desk).model_copy(update={"recipients": [], "domains": [], "nobody": ""})


def people(desk: Desk, entry: Entry, *, today_words: list[Choice]) -> list[tuple[str, Choice]]:
    """Return to whom an entry may be opened: the partner, and clinicians who do not see it anyway."""
    language = desk.person.language
    found = []
    partner = desk.partner(desk.person.id)
    if partner is not None:
        label = say("{name} (your partner)", language, name=partner.name)
        found.append((partner.id, Choice(value=key(desk, "recipient", partner.id), label=label)))
    thing = "private-entry" if entry.private else "entry"
    sees = {
        one.person_id for one in desk.who_sees(desk.person.id) if sees_it(one.domain, one.thing, entry, thing)
    }
    for choice in today_words:
        person_id = desk.unseal(choice.value).partition(":")[2]
        if person_id not in sees:
            found.append((person_id, choice))
    return found


def sees_it(domain: str, thing: str, entry: Entry, wanted: str) -> bool:
    """Return whether a line of "who can see what" reaches an entry without a share."""
    return thing == wanted and domain == known(entry.domain)


def share_words(one: Share, zone: str, language: str) -> str:
    """Return to whom an entry was opened, since when and until when."""
    values = {"name": one.recipient, "day": local_day(one.at, zone)}
    if one.until is None:
        return say("{name}, since {day}", language, **values)
    return say("{name}, since {day}, until {until}", language, until=one.until, **values)


def team_work(desk: Desk, entry: Entry, *, now: datetime) -> TeamWork | None:
    """Return the notes and reviews of an entry for a clinician or supervisor; None for everybody else."""
    if desk.person.kind == "client":
        return None
    mine = treats(desk, entry)
    if not mine and desk.person.kind == "clinician":
        return None
    language, zone = desk.person.language, desk.person.zone
    return TeamWork(
        key=key(desk, "entry", entry.id),
        notes=[
            NoteLine(when=upper(moment(one.at, now, zone, language)), by=one.by, text=one.text)
            for one in desk.notes(entry.client_id)
            if one.entry_id == entry.id
        ],
        reviews=[
            NoteLine(
                when=upper(moment(one.at, now, zone, language)),
                by=one.by,
                text=review_words(one.quality, one.note, language),
            )
            for one in desk.reviews(entry.client_id)
            if one.entry_id == entry.id
        ],
        may_note=mine,
        may_counsel=mine and entry.domain == "substance-use",
        may_review=mine and not entry.private,
    )


def treats(desk: Desk, entry: Entry) -> bool:
    """Return whether this person is a clinician who treats the client in the entry's domain."""
    if desk.person.kind != "clinician":
        return False
    return known(entry.domain) in desk.domains_of([entry.client_id])[entry.client_id]


def review_words(quality: int, note: str, language: str) -> str:
    """Return a review as one line."""
    words = say(QUALITY[quality], language)
    return say("{quality}. {note}", language, quality=words, note=note) if note else words


def joint(desk: Desk, client_id: str, *, now: datetime) -> Joint | None:
    """Return how far a couple's joint work is, for its couples therapist; None for everybody else."""
    mine = desk.domains_of([client_id])[client_id] if desk.person.kind == "clinician" else frozenset[str]()
    if "couples" not in mine:
        return None  # not asked: a refusal would stand in the client's log
    try:
        work = desk.joint_work(client_id)
    except (AccessError, NotFoundError):
        return None
    language, zone = desk.person.language, desk.person.zone
    nobody = say("neither yet", language)
    values = {
        "names": listing(list(work.partners), language),
        "policy": say(POLICIES[work.policy], language),
        "seen": listing(list(work.seen_by), language) or nobody,
        "done": listing(list(work.checked_in), language) or nobody,
    }
    lines = [
        say("{names} are a couple here.", language, **values),
        say("Shown the secrets policy ({policy}): {seen}.", language, **values),
        say("Answered the check-in alone: {done}.", language, **values),
    ]
    if work.paused_at is not None:
        when = moment(work.paused_at, now, zone, language)
        if work.paused_by:
            lines.append(say("Paused by {name}, {when}.", language, name=work.paused_by, when=when))
        else:
            lines.append(say("Paused by an answer in a check-in, {when}.", language, when=when))
    elif work.open:
        lines.append(say("Joint worksheets are open to both.", language))
    return Joint(
        key=key(desk, "client", client_id),
        lines=lines,
        paused=work.paused_at is not None,
        may_resume=True,
        room=key(desk, "couple", client_id),
    )
