"""What page and kernel say to each other about privacy: consents, shares, notes, reviews, stated reasons."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iopkit.apps.said import Id, Key, Message

Words = Annotated[str, Field(max_length=500)]
Note = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(max_length=200)]
Domain = Annotated[str, Field(max_length=40)]


class Sign(Message):
    """Let a clinician read domains (or counseling notes) until a day, signed by typing one's name."""

    kind: Literal["sign"] = "sign"
    id: Id
    recipient: Key
    domains: Annotated[list[Domain], Field(max_length=8)]
    counseling: bool = False
    purpose: Words
    until: date
    signature: Name


class Revoke(Message):
    """Take one's own consent back."""

    kind: Literal["revoke"] = "revoke"
    id: Id
    key: Key


class SignRelease(Message):
    """Let what both partners did go to one of them (``recipient``), or to somebody outside who is named."""

    kind: Literal["sign-release"] = "sign-release"
    id: Id
    recipient: Key = ""
    outside: Name = ""
    purpose: Words
    until: date
    signature: Name


class Share(Message):
    """Open one's own entry to somebody; a substance-use entry is signed for."""

    kind: Literal["share"] = "share"
    id: Id
    key: Key
    recipient: Key
    until: date | None = None
    purpose: Words = ""
    signature: Name = ""


class Unshare(Message):
    """Take a share back."""

    kind: Literal["unshare"] = "unshare"
    id: Id
    key: Key


class WriteNote(Message):
    """Write a note about an entry, for clinicians of the domain only."""

    kind: Literal["note"] = "note"
    id: Id
    key: Key
    text: Note
    counseling: bool = False


class Review(Message):
    """Say how well an entry was done, 0 to 4, with a note."""

    kind: Literal["review"] = "review"
    id: Id
    key: Key
    quality: Annotated[int, Field(ge=0, le=4)]
    note: Note = ""
    back: Key = ""
    """The page of the client to show again; without it that of the entry."""


class Pause(Message):
    """Pause a couple's joint work, or let it go on."""

    kind: Literal["pause"] = "pause"
    id: Id
    key: Key
    resume: bool = False


class StateReason(Message):
    """State why one reads a record: ``key`` of a client, or ``user`` as somebody types it."""

    kind: Literal["reason"] = "reason"
    id: Id
    key: Key = ""
    user: Annotated[str, Field(max_length=100)] = ""
    reason: Annotated[str, Field(max_length=2000)]


class SeePolicy(Message):
    """Note that the secrets policy was shown to this client."""

    kind: Literal["see-policy"] = "see-policy"
    id: Id


PrivacyAction = (
    Sign | SignRelease | Revoke | Share | Unshare | WriteNote | Review | Pause | StateReason | SeePolicy
)
