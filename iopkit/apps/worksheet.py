"""A worksheet to fill in, or an entry to read in the version it was filled in with."""

from datetime import datetime, timedelta
from typing import Any

from iopkit.apps.audience import seen_by
from iopkit.apps.file_answers import may_take
from iopkit.apps.place import Place, key
from iopkit.apps.screen import is_safe, may_show
from iopkit.apps.sharing import sharing, team_work, treats
from iopkit.apps.together import panel
from iopkit.apps.view import Worksheet
from iopkit.apps.words import TREATS, day_words, local, moment, upper
from iopkit.charts.labels import clock_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.entries import NO_ENTRY
from iopkit.clinic.record import Entry
from iopkit.errors import NotFoundError
from iopkit.reports.excerpt import figures
from iopkit.reports.homework import local_day
from iopkit.words import LANGUAGES, say, sentence
from iopkit.worksheets import Worksheet as Sheet

STATUS = {
    "draft": sentence("draft"),
    "reviewed": sentence("reviewed"),
    "retired": sentence("retired"),
}
"""What a text of a worksheet is, until and after somebody has reviewed it."""
JUST = timedelta(minutes=10)
"""An entry sent this short a time ago is shown as just done."""


def open_worksheet(desk: Desk, where: Place, *, now: datetime) -> Worksheet:
    """Return a worksheet to fill in (the open draft, or a new one); for staff a preview nobody can save."""
    worksheet_id, assignment_id = where.part(0), where.part(1) or None
    if desk.person.kind != "client":
        return preview(desk, desk.worksheet(worksheet_id))
    return to_fill_in(desk, desk.draft(worksheet_id, assignment_id=assignment_id), now=now)


def open_entry(desk: Desk, entry_id: str, *, now: datetime) -> Worksheet:
    """Return an entry: a draft to go on with, or what was sent, to read."""
    entry = desk.entry(entry_id)
    if entry.status == "draft":
        return to_fill_in(desk, entry, now=now)
    if desk.person.kind == "clinician":
        desk.mark_read(entry_id)
    return to_read(desk, entry, now=now)


def open_entry_as(desk: Desk, where: Place, *, now: datetime) -> Worksheet:
    """Return an entry ; at a place that is safe to share without what clinicians wrote about it."""
    found = open_entry(desk, where.part(0), now=now)
    if not is_safe(where):
        return found
    entry = desk.entry(where.part(0))
    if not may_show(entry) or not treats(desk, entry):
        raise NotFoundError(NO_ENTRY)
    with_others = found.together.model_copy(update={"notes": []}) if found.together else None
    sealed = key(desk, "entry", *where.parts)
    hidden = {"team": None, "sharing": None, "notice": "", "together": with_others}
    return found.model_copy(update={**hidden, "key": sealed, "live": sealed if found.live else ""})


def to_fill_in(desk: Desk, entry: Entry, *, now: datetime) -> Worksheet:
    """Return the form of a draft with what is saved of it so far."""
    sheet = desk.worksheet_of(entry)
    started = entry.base > 0
    with_others = panel(desk, entry, now=now)
    return Worksheet(
        **words(sheet, desk.person.language),
        key=key(desk, "entry", entry.id),
        seen_by=seen_by(desk, entry, local_day(now, entry.zone)) if entry.client_id == desk.person.id else "",
        together=with_others,
        live=key(desk, "entry", entry.id) if with_others and with_others.on else "",
        answers=dict(entry.answers),
        base=entry.base,
        read_only=False,
        saved=saved_words(entry, now, desk.person.language) if started else "",
        flags=sheet.conditions,
        messages=sheet.messages,
        next_step=sheet.next_step or "",
        may_take=may_take(desk.person, entry, sheet),
        earlier=earlier(desk, entry) if started else "",
    )


def to_read(desk: Desk, entry: Entry, *, now: datetime) -> Worksheet:
    """Return a sent entry, read-only, with its figures; its own client may correct it."""
    sheet = desk.worksheet_of(entry)
    own = entry.client_id == desk.person.id
    sent = entry.submitted_at or entry.saved_at
    just_done = own and entry.revision <= 1 and now - sent < JUST
    return Worksheet(
        **words(sheet, desk.person.language),
        key=key(desk, "entry", entry.id),
        seen_by=seen_by(desk, entry, local_day(now, entry.zone)) if own else written_by(desk, entry),
        answers=dict(entry.answers),
        base=entry.base,
        read_only=True,
        saved=saved_words(entry, now, desk.person.language),
        when=when_words(entry, now, desk.person.language),
        flags=sheet.conditions if own else {},
        messages=sheet.messages if own else {},
        figures=figures(entry, sheet, desk.person.language),
        next_step=(sheet.next_step or "") if own else "",
        just_done=just_done,
        earlier=earlier(desk, entry),
        may_correct=own,
        notice="" if own else notice(desk, entry),
        sharing=sharing(desk, entry, now=now),
        team=team_work(desk, entry, now=now),
    )


def earlier(desk: Desk, entry: Entry) -> str:
    """Return the key of the page of an entry's earlier versions: its own client's, and nobody else's."""
    alone = entry.client_id == desk.person.id and entry.couple_id is None
    return key(desk, "versions", entry.id) if alone else ""


def preview(desk: Desk, sheet: Sheet) -> Worksheet:
    """Return a worksheet as clients see it, for staff to look at; nothing in it can be saved."""
    return Worksheet(
        **words(sheet, desk.person.language),
        key=key(desk, "worksheet", sheet.id),
        seen_by=say("This is how your clients see it. Nothing you type here is kept.", desk.person.language),
        languages=language_words(desk, sheet.id),
        answers=sheet.begin,
        base=0,
        read_only=True,
        saved="",
        next_step=sheet.next_step or "",
    )


def words(sheet: Sheet, language: str) -> dict[str, Any]:
    """Return what a worksheet says about itself, and its questions."""
    return {
        "language": sheet.language,
        "only": "" if sheet.language == language else only_words(sheet, language),
        "title": sheet.title,
        "about": sheet.about,
        "minutes": sheet.minutes,
        "version": sheet.version,
        "survey": sheet.survey(),
    }


def only_words(sheet: Sheet, language: str) -> str:
    """Return that a form is not there in the reader's language."""
    if sheet.category == "measures":
        return say(
            "This form is only available in English: its score counts only in its official wording. "
            "Your team can go through it with you.",
            language,
        )
    return say("This form is only available in English so far.", language)


def language_words(desk: Desk, worksheet_id: str) -> str:
    """Return for staff the languages of a worksheet, and which of the texts somebody has reviewed."""
    language = desk.person.language
    return " · ".join(
        say("{language}: {status}", language, language=LANGUAGES[name], status=say(STATUS[status], language))
        for name, status in desk.languages(worksheet_id).items()
    )


def written_by(desk: Desk, entry: Entry) -> str:
    """Return whose entry a clinician reads, and as what they read it."""
    language = desk.person.language
    if desk.person.kind == "client":
        return shared_by(desk)
    name = desk.client(entry.client_id).name
    if desk.person.kind == "supervisor":
        return say("{name} wrote this. You read it for the reason you stated.", language, name=name)
    who = say(TREATS.get(entry.domain, sentence("clinician")), language)
    return say("{name} wrote this. You read it as their {who}.", language, name=name, who=who)


def shared_by(desk: Desk) -> str:
    """Return who opened an entry to a client: their partner."""
    partner = desk.partner(desk.person.id)
    name = partner.name if partner else ""
    return say("{name} shared this with you, to read.", desk.person.language, name=name)


def notice(desk: Desk, entry: Entry) -> str:
    """Return the notice that goes with a substance-use entry to whoever reads it by consent or share."""
    found = None if treats(desk, entry) else desk.disclosure([entry])
    return found.text if found else ""


def saved_words(entry: Entry, now: datetime, language: str = "en") -> str:
    """Return when the entry was last saved: the clock time if that was today."""
    at = local(entry.saved_at, entry.zone)
    if at.date() == local_day(now, entry.zone):
        return say("Saved {at}", language, at=clock_label(at.time(), language))
    return say("Saved {at}", language, at=moment(entry.saved_at, now, entry.zone, language))


def when_words(entry: Entry, now: datetime, language: str = "en") -> str:
    """Return when it was sent, which day it is about, and whether it was corrected since."""
    sent = entry.submitted_at or entry.saved_at
    text = upper(moment(sent, now, entry.zone, language))
    if entry.about != local_day(sent, entry.zone):
        day = day_words(entry.about, local_day(now, entry.zone), language)
        text = say("{when}, about {day}", language, when=text, day=day)
    if entry.revision > 1:
        again = moment(entry.saved_at, now, entry.zone, language)
        text = say("{when}, corrected {again}", language, when=text, again=again)
    return text
