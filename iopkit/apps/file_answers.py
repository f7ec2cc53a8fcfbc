"""What the app answers about files to keep. They go over the page's own line, to this sign-in only."""

from base64 import b64encode
from datetime import datetime

from iopkit.apps.help import help_lines
from iopkit.apps.message_files import FileAction, FileMade, TakeCopy, TakeRelease
from iopkit.apps.place import place
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry, Person
from iopkit.errors import NotFoundError
from iopkit.exchange.offline import offline
from iopkit.widgets.assets import module
from iopkit.words import sentence
from iopkit.worksheets import Worksheet

NOT_HERE = sentence("This worksheet can only be filled in here.")


def answer_files(desk: Desk, action: FileAction, *, now: datetime) -> FileMade:
    """Return the file that was asked for."""
    if isinstance(action, TakeCopy):
        from iopkit.apps.copy import own_copy

        data = own_copy(desk, at=now)
        return FileMade(reply=action.id, file="my-record.zip", media="application/zip", data=said(data))
    where = place(desk, action.key)
    if isinstance(action, TakeRelease):
        from iopkit.apps.copy import joint_copy

        if where.name != "release":
            raise NotFoundError(NOT_HERE)
        data = joint_copy(desk, where.part(0), at=now)
        return FileMade(reply=action.id, file="together.zip", media="application/zip", data=said(data))
    if where.name != "entry":
        raise NotFoundError(NOT_HERE)
    entry = desk.entry(where.part(0))
    sheet = desk.worksheet_of(entry)
    if entry.status != "draft" or not may_take(desk.person, entry, sheet):
        raise NotFoundError(NOT_HERE)
    page = without_server(sheet, assignment=entry.assignment_id or "")
    return FileMade(reply=action.id, file=f"{sheet.id}.html", media="text/html", data=said(page.encode()))


def may_take(person: Person, entry: Entry, sheet: Worksheet) -> bool:
    """Return whether a draft may leave as a file: one's own, and none that a partner must not find."""
    alone = entry.client_id == person.id and entry.couple_id is None
    return alone and not entry.private and sheet.audience == "client"


def without_server(sheet: Worksheet, *, assignment: str = "") -> str:
    """Return a worksheet as one HTML file, with the built form in it."""
    return offline(
        sheet,
        script=module("offline.js").read_text(encoding="utf-8"),
        style=module("widget.css").read_text(encoding="utf-8"),
        help_lines=[line.model_dump() for line in help_lines(language=sheet.language)],
        assignment=assignment,
    )


def said(data: bytes) -> str:
    """Return bytes as text."""
    return b64encode(data).decode()
