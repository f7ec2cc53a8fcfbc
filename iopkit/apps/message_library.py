"""What a page and its kernel say to each other about finding, giving, ending and printing a worksheet."""

from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import Field

from iopkit.apps.said import Id, Key, Message

Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class Find(Message):
    """Ask which worksheets fit these words."""

    kind: Literal["find"] = "find"
    id: Id
    text: Annotated[str, Field(max_length=200)]


class Prepare(Message):
    """Ask what there is to choose when this worksheet is assigned."""

    kind: Literal["prepare"] = "prepare"
    id: Id
    key: Key


class Rhythm(Message):
    """When a worksheet is due: once, each day or weekday, some days of a week, before each appointment.

    ``every``: in each week, or only every second, third or fourth; ``times``: so often, then no more (0: no
    limit); ``grace``: minutes after its time in which it still counts as on time.
    """

    often: Literal["once", "daily", "weekdays", "weekly", "before"]
    days: Annotated[list[Weekday], Field(max_length=7)] = []
    starts: date
    ends: date | None = None
    due: time
    every: Annotated[int, Field(ge=1, le=4)] = 1
    times: Annotated[int, Field(ge=0, le=100)] = 0
    grace: Annotated[int, Field(ge=0, le=7 * 24 * 60)] = 0


class Weigh(Message):
    """Ask how much this client would have to do in the week in which it starts."""

    kind: Literal["weigh"] = "weigh"
    id: Id
    key: Key
    client: Key
    domain: Annotated[str, Field(max_length=40)]
    rhythm: Rhythm


class Assign(Message):
    """Give this worksheet to this client. The same ``id`` gives it once, however often it comes."""

    kind: Literal["assign"] = "assign"
    id: Id
    key: Key
    client: Key
    domain: Annotated[str, Field(max_length=40)]
    note: Annotated[str, Field(max_length=1000)] = ""
    rhythm: Rhythm
    settings: dict[str, Any] = {}


class SetUp(Message):
    """Ask what this worksheet is like with these settings."""

    kind: Literal["set-up"] = "set-up"
    id: Id
    key: Key
    settings: dict[str, Any] = {}


class End(Message):
    """End an assignment as of now, or (``undo``) let it run again; then show the view behind ``back``."""

    kind: Literal["end"] = "end"
    id: Id
    key: Key
    back: Key
    undo: bool = False


class Print(Message):
    """Make the empty paper twin of a worksheet."""

    kind: Literal["print"] = "print"
    id: Id
    key: Key


class Hit(Message):
    """One worksheet that fits, by the key of its row, and the item in which the words stand."""

    key: str
    because: str


class Found(Message):
    """The worksheets that fit, best first."""

    kind: Literal["found"] = "found"
    reply: Id
    found: list[Hit]


class Domain(Message):
    """A domain in which one may assign to a client."""

    value: str
    label: str


class Candidate(Message):
    """Somebody a worksheet may be assigned to; ``today`` is their own day."""

    key: str
    name: str
    today: date
    domains: list[Domain]


class Company(Message):
    """A group that a worksheet may be assigned to: each member gets it. ``today`` is the reader's own day."""

    key: str
    name: str
    today: date


class Option(Message):
    """One choice of a setting."""

    value: str
    label: str


class SettingField(Message):
    """Something a worksheet lets one set: texts, one to a line; a choice; or whether a section is asked."""

    name: str
    title: str
    about: str
    kind: Literal["texts", "choice", "section"]
    most: int
    options: list[Option]


class Prepared(Message):
    """The choices of an assignment; ``nobody`` says why there is nobody to choose, else "".

    ``chosen`` is the key of the client or the group one chooses for.
    """

    kind: Literal["prepared"] = "prepared"
    reply: Id
    title: str
    minutes: int
    clients: list[Candidate]
    chosen: str
    nobody: str
    groups: list[Company] = []
    settings: list[SettingField]


class DayLoad(Message):
    """Minutes of one day: already planned, and added by the new assignment."""

    day: str
    now: int
    added: int


class Weighed(Message):
    """The week in minutes, in words and by day. ``already`` says that the client has this worksheet now."""

    kind: Literal["weighed"] = "weighed"
    reply: Id
    text: str
    already: str
    days: list[DayLoad]


class Assigned(Message):
    """It is assigned: ``text`` says what, ``assignment`` is the key with which to take it back."""

    kind: Literal["assigned"] = "assigned"
    reply: Id
    text: str
    assignment: str
    client: str


class AsGiven(Message):
    """A worksheet with its settings, and the answers it begins with; ``note`` says that nothing is kept.

    ``flags`` are the conditions of its safety rules, ``messages`` what is said when one holds.
    """

    kind: Literal["as-given"] = "as-given"
    reply: Id
    survey: dict[str, Any]
    begin: dict[str, Any]
    flags: dict[str, str]
    messages: dict[str, str]
    note: str


class Printed(Message):
    """The paper twin, as base64 of a PDF, and the name of the file: the worksheet's id, nothing else."""

    kind: Literal["printed"] = "printed"
    reply: Id
    file: str
    pdf: str


LibraryAction = Find | Prepare | Weigh | SetUp | Assign | End | Print
LibraryReply = Found | Prepared | Weighed | AsGiven | Assigned | Printed
