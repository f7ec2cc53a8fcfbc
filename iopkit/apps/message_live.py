"""What a kernel says of its own accord, and what a page says about the live part of what it shows.

A push names no action in ``reply``. The page that it is about is named by its key; a page that shows
something else by now ignores it.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from iopkit.apps.said import Id, Key, Message
from iopkit.apps.shown import Shown
from iopkit.apps.view_drill import Drill

Item = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.\[\]-]{0,200}$")]
"""The name of a question, or of one in a row of a panel: never what somebody types."""


class Changed(Message):
    """What stands behind ``key`` is not what the page shows any more: it asks for it again.

    ``stamp`` tells one state from another and says nothing else. With a ``body`` the page need not ask.
    """

    kind: Literal["changed"] = "changed"
    key: Key
    stamp: str = ""
    body: Drill | None = None

    def is_news(self, told: "Changed") -> bool:
        """Return whether this says anything that was not told before; when it was made is none."""
        return (self.key, self.stamp) != (told.key, told.stamp)


class Present(Shown):
    """Somebody who is in the draft, the question they are at, and whether they write there now."""

    name: str
    item: str
    typing: bool
    me: bool


class Kept(Shown):
    """An answer that another one took the place of when both were given at once."""

    item: str
    value: Any
    by: str


class Together(Message):
    """A draft that several people fill in, as it stands now. ``open`` turns false when it is over.

    It is a push, or the reply to ``At``.
    """

    kind: Literal["together"] = "together"
    reply: Id | None = None
    key: Key
    open: bool
    done: bool = False
    """Whether it was handed in."""
    base: int = 0
    answers: dict[str, Any] = {}
    figures: list[str] = []
    present: list[Present] = []
    kept: list[Kept] = []


Push = Changed | Together


class At(Message):
    """I am in this draft, at this question ("" for none), and write there or not."""

    kind: Literal["at"] = "at"
    id: Id
    key: Key
    item: Item = ""
    typing: bool = False


class Open(Message):
    """Let those who treat me in its domain fill in this draft with me, or no longer."""

    kind: Literal["together"] = "together"
    id: Id
    key: Key
    on: bool


class NoteItem(Message):
    """A clinician's private note on one question of an entry."""

    kind: Literal["note-item"] = "note-item"
    id: Id
    key: Key
    item: Item
    text: Annotated[str, Field(max_length=20_000)]


class ItemNote(Shown):
    """A note on one question, for clinicians of the domain only."""

    item: str
    when: str
    by: str
    text: str


class ItemNotes(Message):
    """All notes on the questions of an entry."""

    kind: Literal["item-notes"] = "item-notes"
    reply: Id
    notes: list[ItemNote]


LiveAction = At | Open | NoteItem
LiveReply = Together | ItemNotes
