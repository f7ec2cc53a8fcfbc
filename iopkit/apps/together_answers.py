"""What the app answers about filling in together."""

from contextlib import suppress
from datetime import datetime

from iopkit.apps.message import Reply, Shown
from iopkit.apps.message_live import At, ItemNotes, LiveAction, NoteItem, Open
from iopkit.apps.place import Place, place
from iopkit.apps.router import view_at
from iopkit.apps.together import item_notes, look
from iopkit.clinic.desk import Desk
from iopkit.errors import NotFoundError
from iopkit.words import sentence

OLD = sentence("This page is an old one. Reload it; what you typed is kept.")


def answer_together(desk: Desk, action: LiveAction, *, now: datetime) -> Reply:
    """Return the reply to an action about a draft that several people are in."""
    where = place(desk, action.key)
    if where.name != "entry":
        raise NotFoundError(OLD)
    match action:
        case At():
            return be_at(desk, where, action, now=now)
        case Open():
            (desk.start_together if action.on else desk.stop_together)(where.part(0))
            return Shown(reply=action.id, view=view_at(desk, where, now=now))
        case NoteItem():
            entry = desk.entry(where.part(0))
            desk.note(entry.client_id, entry.domain, action.text, entry_id=entry.id, item=action.item)
            return ItemNotes(reply=action.id, notes=item_notes(desk, entry, now=now))


def be_at(desk: Desk, where: Place, action: At, *, now: datetime) -> Reply:
    """Note where one is, and return how the draft stands; one that was closed says so."""
    with suppress(NotFoundError):  # the look says that it is closed
        desk.be_at(where.part(0), action.item, typing=action.typing)
    return look(desk, where, now).model_copy(update={"reply": action.id})
