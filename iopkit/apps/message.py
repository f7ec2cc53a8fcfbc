"""The closed schema of what a page and its kernel say to each other.

Page → kernel are actions; kernel → page are replies. Each action has an ``id`` of the page's choosing; its
reply names it in ``reply``. What does not fit the schema is refused before any handler sees it.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from iopkit.apps.message_calendar import CalendarAction, CalendarReply
from iopkit.apps.message_cycle import CycleAction, CycleReply
from iopkit.apps.message_drill import DrillAction
from iopkit.apps.message_files import FileAction, FileMade
from iopkit.apps.message_groups import GroupAction, GroupReply
from iopkit.apps.message_language import Speak, Spoken
from iopkit.apps.message_library import LibraryAction, LibraryReply
from iopkit.apps.message_live import LiveAction, LiveReply
from iopkit.apps.message_outbox import AskOutbox, OutboxSecret
from iopkit.apps.message_patterns import PairUp
from iopkit.apps.message_privacy import PrivacyAction
from iopkit.apps.message_program import ProgramAction, ProgramReply
from iopkit.apps.said import Id, Key, Message
from iopkit.apps.view import View


class Open(Message):
    """Show the view behind ``key`` (from a card, a row, the navigation, or the address after a reload)."""

    kind: Literal["open"] = "open"
    id: Id
    key: Key


class Save(Message):
    """Store all answers of the open worksheet; ``changed`` are the item ids changed since revision ``base``.

    ``id`` is the message id: a save that is sent twice is stored once. ``page`` names the page that wrote it.
    ``draft`` says that it was written in a draft: it is not added to what was handed in meanwhile.
    """

    kind: Literal["save"] = "save"
    id: Id
    key: Key
    answers: dict[str, Any]
    changed: list[str]
    base: int
    submit: bool = False
    page: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{0,64}$")] = ""
    draft: bool = False


class Acknowledge(Message):
    """A clinician has seen an alert; ``note`` says what was done."""

    kind: Literal["acknowledge"] = "acknowledge"
    id: Id
    key: Key
    note: Annotated[str, Field(max_length=4000)] = ""


class Ping(Message):
    """Are you there? Answered with ``Pong``; the page sends it to learn that its kernel is alive."""

    kind: Literal["ping"] = "ping"
    id: Id


Action = Annotated[
    Open
    | Save
    | Acknowledge
    | Ping
    | AskOutbox
    | Speak
    | FileAction
    | LibraryAction
    | LiveAction
    | PrivacyAction
    | ProgramAction
    | DrillAction
    | CalendarAction
    | CycleAction
    | GroupAction
    | PairUp,
    Field(discriminator="kind"),
]
ACTION: TypeAdapter[Action] = TypeAdapter(Action)


class Shown(Message):
    """The view asked for."""

    kind: Literal["view"] = "view"
    reply: Id
    view: View


class Saved(Message):
    """Answers are in the store, committed. ``answers`` are all of them after the merge with others' work.

    ``conflicts`` are item ids that two people changed (both values are kept); ``asks`` maps item id → a
    question about a doubtful answer ("this makes 16 hours in bed: is that right?"); ``refused`` maps
    item id → what is wrong with an answer that was not stored with the rest; ``at`` is the wall time.
    """

    kind: Literal["saved"] = "saved"
    reply: Id
    at: str
    base: int
    answers: dict[str, Any]
    conflicts: list[str] = []
    asks: dict[str, str] = {}
    refused: dict[str, str] = {}


class Refused(Message):
    """Nothing was stored or shown. ``text`` says why and what to do; ``items``: item id → what is wrong."""

    kind: Literal["refused"] = "refused"
    reply: Id
    text: str
    items: dict[str, str] = {}
    again: bool = False
    """True when the page should keep the answers and try again by itself (database busy, disk full)."""


class Pong(Message):
    """The kernel is alive."""

    kind: Literal["pong"] = "pong"
    reply: Id


Reply = (
    Shown
    | Saved
    | Refused
    | Pong
    | OutboxSecret
    | Spoken
    | FileMade
    | LibraryReply
    | LiveReply
    | ProgramReply
    | CalendarReply
    | GroupReply
    | CycleReply
)
