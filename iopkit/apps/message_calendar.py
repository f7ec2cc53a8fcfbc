"""What a calendar page and its kernel say to each other: booking, attendance, busy times, files."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from iopkit.apps.said import Id, Key, Message

Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Weekdays = Annotated[list[Weekday], Field(max_length=7)]
Minutes = Annotated[int, Field(ge=5, le=720)]


class Book(Message):
    """Make an appointment. Without ``anyway`` only when nothing collides; else ``Collides`` says what does.

    ``back`` is the page to show then. For a couple one of the two is named; the other comes with them. With a
    ``group`` who joins it later comes too.
    """

    kind: Literal["book"] = "book"
    id: Id
    back: Key
    appointment: Literal["individual", "couples", "group"]
    clients: Annotated[list[Key], Field(min_length=1, max_length=30)]
    clinician: Key
    group: Key = ""
    day: date
    begins: time
    minutes: Minutes
    repeat: Literal["once", "weekly", "two-weeks"] = "once"
    days: Weekdays = []
    until: date | None = None
    anyway: bool = False


class Attend(Message):
    """Note whether a client came; "" takes that back."""

    kind: Literal["attend"] = "attend"
    id: Id
    key: Key
    back: Key
    state: Literal["", "attended", "missed", "excused"]


class CallOff(Message):
    """Call one appointment off, let it happen after all, or end it with all that follow."""

    kind: Literal["call-off"] = "call-off"
    id: Id
    key: Key
    back: Key
    undo: bool = False


class AddBlock(Message):
    """Keep a time of one's own free of appointments, once or every week on some days."""

    kind: Literal["add-block"] = "add-block"
    id: Id
    back: Key
    what: Literal["work", "family", "other"]
    day: date
    begins: time
    ends: time
    days: Weekdays = []


class RemoveBlock(Message):
    """Remove a block of one's own."""

    kind: Literal["remove-block"] = "remove-block"
    id: Id
    key: Key
    back: Key


class TakeCalendar(Message):
    """Take the busy times of a calendar file over; the page has cut everything else out of it before."""

    kind: Literal["take-calendar"] = "take-calendar"
    id: Id
    back: Key
    text: Annotated[str, Field(max_length=300_000)]


class WriteCalendar(Message):
    """Make a file of one's own appointments."""

    kind: Literal["write-calendar"] = "write-calendar"
    id: Id


class WriteLetter(Message):
    """Make a letter that says when one was there."""

    kind: Literal["write-letter"] = "write-letter"
    id: Id
    since: date
    until: date


class Collides(Message):
    """What an appointment would collide with; nothing was stored."""

    kind: Literal["collides"] = "collides"
    reply: Id
    lines: list[str]


class Written(Message):
    """A file to save: its name, its type, and its bytes in base64."""

    kind: Literal["written"] = "written"
    reply: Id
    file: str
    type: str
    data: str


CalendarAction = Book | Attend | CallOff | AddBlock | RemoveBlock | TakeCalendar | WriteCalendar | WriteLetter
CalendarReply = Collides | Written
