"""What the pages about privacy show: who sees what, who looked, consents, shares, notes, stated reasons."""

from typing import Literal

from iopkit.apps.shown import Shown


class Choice(Shown):
    """One thing to choose, by its key or value."""

    value: str
    label: str


class Way(Shown):
    """The way back: key and label of a page."""

    key: str
    label: str


class Fact(Shown):
    """One line of a form: what it is, and what stands there."""

    label: str
    value: str


class SightName(Shown):
    """Somebody who can see a kind of thing: why, and until when ("" for no end)."""

    name: str
    why: str
    until: str


class SightRow(Shown):
    """One kind of thing and everybody who can see it; ``nobody`` says so in words where there is none."""

    thing: str
    who: list[SightName]
    nobody: str


class WhoSees(Shown):
    """The table of who can see what of one client. ``about`` names the client for the coordinator."""

    name: Literal["who-sees"] = "who-sees"
    heading: str
    lead: str
    rows: list[SightRow]
    way: Way


class LogRow(Shown):
    """One line of the access log in plain words. ``mine``: the reader did it themself."""

    when: str
    who: str
    what: str
    why: str
    mine: bool = False


class AccessLog(Shown):
    """Who looked at the client's record, and when, the newest first."""

    name: Literal["access-log"] = "access-log"
    rows: list[LogRow]
    empty: str
    way: Way


class ConsentLine(Shown):
    """One consent with every element as it was signed. ``key`` takes it back; "" where it has ended."""

    key: str
    title: str
    state: str
    live: bool
    facts: list[Fact]


class ConsentForm(Shown):
    """What a consent needs: what is fixed, and what there is to choose. ``nobody``: why none can be made."""

    patient: str
    discloser: str
    rights: str
    today: str
    until: str
    recipients: list[Choice]
    domains: list[Choice]
    nobody: str


class ReleaseLine(Shown):
    """One's own signature that the record of the two may leave. ``take`` asks for the file ("": not yet)."""

    consent: ConsentLine
    take: str


class Releases(Shown):
    """What partners do together, and who may have it: it needs the signature of each, given alone."""

    heading: str
    text: str
    rows: list[ReleaseLine]
    form: ConsentForm


class Consents(Shown):
    """The client's own consents and the form of a new one; ``both`` is there for partners."""

    name: Literal["consents"] = "consents"
    rows: list[ConsentLine]
    empty: str
    form: ConsentForm
    both: Releases | None = None
    way: Way


class ShareLine(Shown):
    """Somebody to whom this entry was opened; ``key`` takes it back."""

    key: str
    label: str


class Sharing(Shown):
    """Who will see an entry beyond its care team, and to whom its client may open it.

    ``signed``: opening it needs a purpose, a last day and the client's name as signature (``form``).
    """

    key: str
    text: str
    shares: list[ShareLine]
    choices: list[Choice]
    signed: bool
    form: ConsentForm | None = None


class NoteLine(Shown):
    """One note or review of a clinician."""

    when: str
    by: str
    text: str


class TeamWork(Shown):
    """What clinicians think of an entry: reviews and notes, and what this one may add."""

    key: str
    notes: list[NoteLine]
    reviews: list[NoteLine]
    may_note: bool
    may_counsel: bool
    may_review: bool


class Joint(Shown):
    """A couple's joint work, for its couples therapist: lines in words; ``key`` pauses or resumes it."""

    key: str
    lines: list[str]
    paused: bool
    may_resume: bool
    room: str = ""
    """Key of the page with the couple's drills."""


class Reason(Shown):
    """The page on which somebody states why they read a record: that of ``key``, or they type whose."""

    name: Literal["reason"] = "reason"
    heading: str
    text: str
    button: str
    key: str
    minutes: int
    open: list[Choice]
    open_label: str


class Policy(Shown):
    """The program's secrets policy, shown to a client before joint work."""

    name: Literal["policy"] = "policy"
    heading: str
    text: str
    more: str
    seen: str


class PlanPart(Shown):
    """One step of a safety plan: its title, and what the client wrote there."""

    title: str
    lines: list[str]


class SafetyPlan(Shown):
    """The client's own newest safety plan, to be read without a network; ``key`` opens the entry."""

    key: str
    parts: list[PlanPart]
