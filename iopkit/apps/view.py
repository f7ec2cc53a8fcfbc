"""What an app shows: plain, typed data that the page turns into components of the same names.

A view holds only what its reader may see. Every ``key`` is opaque (sealed for one person), so no id stands
in an address or in the page. Times are words already ("today", "Tue 3 March, 9:10 pm"): the page formats
nothing.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from iopkit.apps.shown import Shown
from iopkit.apps.view_calendar import Calendar
from iopkit.apps.view_cycle import Path, Question
from iopkit.apps.view_drill import Couple, Drill, HandOver
from iopkit.apps.view_groups import GroupPage, Groups
from iopkit.apps.view_hour import Hour, Side
from iopkit.apps.view_library import Library, Preview
from iopkit.apps.view_patterns import Patterns
from iopkit.apps.view_privacy import (
    AccessLog,
    Choice,
    Consents,
    Joint,
    Policy,
    Reason,
    SafetyPlan,
    Sharing,
    TeamWork,
    WhoSees,
)
from iopkit.apps.view_program import AllConsents, People, PersonPage, Watch
from iopkit.apps.view_together import TogetherPanel
from iopkit.apps.view_versions import Versions
from iopkit.charts.figure import Figure as Figure
from iopkit.charts.figure import Pictures as Pictures
from iopkit.charts.figure import Table as Table


class Person(Shown):
    """Who is signed in: the name shown on each page, and the word for what they are here."""

    name: str
    role: str


class HelpLine(Shown):
    """One way to get help now. ``href`` is ``tel:…``, ``sms:…`` or an address; ``detail`` says when.

    ``program`` marks the program's own number, which stands beneath a client's safety plan.
    """

    label: str
    detail: str
    href: str
    program: bool = False


class NavItem(Shown):
    """One entry of the navigation. ``current`` marks the view that is open."""

    key: str
    label: str
    current: bool = False


class Card(Shown):
    """One thing to do: why it was given and by whom, how long it takes, one button."""

    key: str
    title: str
    minutes: int
    why: str
    due: str
    state: Literal["new", "draft", "done", "ended"]
    action: str
    may: Literal["", "end", "resume"] = ""
    """What its clinician may do with an assignment: end it, or let it run again."""
    paused: bool = False
    seen: str = ""
    """Who will see it, in names."""
    later: str = ""
    """Key with which the client puts it off; "" where it cannot be."""
    short: str = ""
    """Key of the short form that may be filled in instead, and ``short_label``, what it is."""
    short_label: str = ""


class EntryLine(Shown):
    """One entry in a list: when, which worksheet, one line of what stands in it, and short figures."""

    key: str
    title: str
    when: str
    summary: str
    figures: list[str] = []
    unread: bool = False


class Home(Shown):
    """The client's first view. ``quiet`` is the sentence shown when nothing is due."""

    name: Literal["home"] = "home"
    greeting: str
    today: list[Card]
    week: list[Card]
    more: list[Card]
    alone: list[Card] = []
    """What a client of a couple does alone before joint work."""
    quiet: str
    appointment: str = ""
    """When the next appointment is, in words; ``calendar`` is the key of the calendar."""
    calendar: str = ""
    picture: Figure | None
    recent: list[EntryLine]
    aside: list[Card] = []
    """What the client put off and may take up again."""
    wins: list[str] = []
    question: Question | None = None
    paths: list[Path] = []
    obstacles: list[Choice] = []
    """What may be in the way, to choose from when something is put off."""


class Worksheet(Shown):
    """A worksheet to fill in, or an entry to read in its own version.

    ``survey`` is SurveyJS JSON, ``answers`` maps item id → answer, ``base`` is the revision the answers stand
    at, ``seen_by`` says in names who will see it. ``messages`` maps flag id → help shown at once when its
    condition (``flags``: flag id → SurveyJS expression) becomes true. ``language`` is that of the form; where
    the reader has another, ``only`` says so. ``languages`` tells staff which there are, and which are drafts.
    ``may_take``: it can be filled in without a connection, as a file.
    """

    name: Literal["worksheet"] = "worksheet"
    key: str
    title: str
    about: str
    minutes: int
    version: str
    seen_by: str
    survey: dict[str, Any]
    answers: dict[str, Any]
    base: int
    read_only: bool
    saved: str
    when: str = ""
    flags: dict[str, str] = {}
    messages: dict[str, str] = {}
    figures: list[str] = []
    next_step: str = ""
    language: str = "en"
    only: str = ""
    languages: str = ""
    just_done: bool = False
    may_correct: bool = False
    may_take: bool = False
    earlier: str = ""
    """Key of the page of its earlier versions; "" for who may not see them."""
    notice: str = ""
    """What must stand with a substance-use entry that another reads."""
    sharing: Sharing | None = None
    team: TeamWork | None = None
    together: TogetherPanel | None = None
    live: str = ""
    """What the page follows while it is open: a draft that several people fill in."""


class History(Shown):
    """The client's own entries, newest first, with their charts."""

    name: Literal["history"] = "history"
    entries: list[EntryLine]
    charts: list[Pictures]
    empty: str
    shared: list[EntryLine] = []
    """What the partner opened to this client."""
    doors: list[NavItem] = []
    """The other pages of the record: who can see what, who looked, consents."""


class CaseloadRow(Shown):
    """One client of a clinician: what needs attention first, then the week, in words."""

    key: str
    name: str
    domain: str
    alert: str
    week: str
    last: str
    measure: str
    unread: int
    worse: str = ""
    """That the measure got reliably worse; "" when it did not."""
    timing: str = ""
    """Of what was due in the week: how much came on time, and how much long after the day it is about."""
    quiet: bool = False
    """Whether nothing came in for a week."""
    appointment: str = ""
    """When the next appointment is, in words; "" when none is near."""


class Caseload(Shown):
    """Everyone this clinician treats, the ones who need them first at the top."""

    name: Literal["caseload"] = "caseload"
    rows: list[CaseloadRow]
    empty: str
    emergency: str = ""
    """Key of the page for emergency access."""


class Alert(Shown):
    """A safety rule that fired: when, which, and whether somebody has acknowledged it."""

    key: str
    when: str
    text: str
    done: str


class Client(Shown):
    """One client as their clinician sees them: changes, entries, charts on one time axis, plan."""

    name: Literal["client"] = "client"
    client: str
    facts: list[str]
    alerts: list[Alert]
    changes: list[str]
    charts: list[Pictures]
    entries: list[EntryLine]
    plan: list[Card]
    empty: str
    obstacles: list[str] = []
    """What the client said was in the way of homework."""
    paths: list[Path] = []
    path_choices: list[Choice] = []
    """Pathways that may be started; with ``path_key``, the client's key."""
    path_key: str = ""
    library: str = ""
    """Key of the library, choosing for this client."""
    joint: Joint | None = None
    together: list[EntryLine] = []
    """Drafts that the client opened, to fill in together now."""
    live: str = ""
    stamp: str = ""
    hour: Hour | None = None
    """What a clinician who treats the client has at hand; None for other readers and on a shared screen."""
    sides: list[Side] = []
    """The last seven days beside the seven before, by worksheet."""
    marked: str = ""
    """What the marks of appointments in the charts are, and when the last one was."""
    safe: list[NavItem] = []
    """The switches that make this page safe to share."""
    patterns: str = ""
    """Key of the page that pairs two figures of this client day by day."""
    opened_by: str = ""
    """Why a reader who does not treat this client may read, in words."""


class Message(Shown):
    """A page that only says something: not yours, not found, nobody here yet."""

    name: Literal["message"] = "message"
    title: str
    text: str
    ask: str = ""
    """Key of the page on which a clinician states an emergency; with ``ask_label``."""
    ask_label: str = ""


Body = Annotated[
    Home
    | Worksheet
    | History
    | Caseload
    | Client
    | Message
    | Library
    | Preview
    | WhoSees
    | AccessLog
    | Consents
    | Policy
    | Reason
    | People
    | PersonPage
    | AllConsents
    | Watch
    | Couple
    | Calendar
    | Groups
    | GroupPage
    | Drill
    | Patterns
    | Versions,
    Field(discriminator="name"),
]


class Safe(Shown):
    """What a page says while it is safe to share with its client; ``leave`` is the key that ends it."""

    title: str
    text: str
    leave: str


class View(Shown):
    """All that a page shows: who is signed in, navigation, help, the body. ``key`` stands in the address.

    ``language`` is the reader's, ``languages`` are those to choose from, each by its own name.
    """

    key: str
    title: str
    person: Person
    nav: list[NavItem]
    help: list[HelpLine]
    idle_seconds: int
    language: str = "en"
    languages: dict[str, str] = {}
    own_calendar: bool = False
    """Whether the server has a page for this person's calendar address and reminders."""
    safe: Safe | None = None
    """There while the page is safe to share: it holds one client's own work and nothing else."""
    plan: SafetyPlan | None = None
    """The client's own safety plan, for the help that needs no network."""
    hand_over: HandOver | None = None
    """There while this browser is shared by two partners."""
    body: Body
