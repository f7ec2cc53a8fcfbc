"""Filling in one draft together: what the page is told of it, and what it may ask."""

from datetime import datetime

from iopkit.apps.message_live import Changed, ItemNote, Kept, Present, Together
from iopkit.apps.place import Place, key
from iopkit.apps.view_together import TogetherPanel
from iopkit.apps.words import TREATS, listing, moment, upper
from iopkit.clinic.couples import CHECK_IN
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.errors import NotFoundError
from iopkit.reports.excerpt import figures
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence

WHO = sentence(
    "{names} can see this draft and fill it in with you until you close it or hand it in, at most 4 hours."
)
WITH = sentence("You are in {name}'s draft: what you answer, they see at once. They hand it in.")


def panel(desk: Desk, entry: Entry, *, now: datetime) -> TogetherPanel | None:
    """Return what a draft's page says about filling it in together; None where that cannot be."""
    if entry.private or entry.couple_id is not None or entry.worksheet_id == CHECK_IN:
        return None
    language = desk.person.language
    if desk.person.kind == "clinician":
        name = desk.client(entry.client_id).name
        notes = item_notes(desk, entry, now=now)
        return TogetherPanel(on=True, mine=False, text=say(WITH, language, name=name), notes=notes)
    names = treating(desk, entry, now=now)
    if not names:
        return None
    on = desk.draft_together(entry.id).open
    return TogetherPanel(on=on, mine=True, text=say(WHO, language, names=listing(names, language)))


def treating(desk: Desk, entry: Entry, *, now: datetime) -> list[str]:
    """Return who treats this client in the entry's domain today, with what they are."""
    today, language = local_day(now, entry.zone), desk.person.language
    return [
        say(
            "{name} ({role})",
            language,
            name=one.clinician.name,
            role=say(TREATS.get(one.domain, sentence("clinician")), language),
        )
        for one in desk.care_team(entry.client_id)
        if one.domain == entry.domain and one.since <= today and (one.until is None or today <= one.until)
    ]


def item_notes(desk: Desk, entry: Entry, *, now: datetime) -> list[ItemNote]:
    """Return the notes on single questions of an entry, for whoever may read them."""
    language, zone = desk.person.language, desk.person.zone
    return [
        ItemNote(item=one.item, when=upper(moment(one.at, now, zone, language)), by=one.by, text=one.text)
        for one in desk.notes(entry.client_id)
        if one.entry_id == entry.id and one.item
    ]


def look(desk: Desk, where: Place, now: datetime) -> Together:
    """Return how a draft stands now, for everybody who is in it; closed for whom it is not open."""
    sealed = key(desk, where.name, *where.parts)
    try:
        found = desk.draft_together(where.part(0))
    except NotFoundError:
        return Together(key=sealed, open=False)
    entry = found.entry
    if not found.open:
        return Together(key=sealed, open=False, done=entry.status == "submitted")
    return Together(
        key=sealed,
        open=True,
        base=entry.base,
        answers=dict(entry.answers),
        figures=figures(entry, desk.worksheet_of(entry), desk.person.language),
        present=[
            Present(name=one.name, item=one.item, typing=one.typing, me=one.me) for one in found.present
        ],
        kept=[Kept(item=one.item, value=one.value, by=one.by) for one in found.kept],
    )


def look_at_client(desk: Desk, where: Place, now: datetime) -> Changed:
    """Return which drafts of a client are open to fill in together, as a stamp."""
    return Changed(key=key(desk, where.name, *where.parts), stamp=stamp(desk, where.part(0)))


def stamp(desk: Desk, client_id: str) -> str:
    """Return what tells whether a clinician's page of a client must be made anew."""
    return desk.seal(",".join(entry.id for entry in desk.opened_together(client_id)))
