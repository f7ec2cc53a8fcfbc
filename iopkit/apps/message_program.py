"""What a coordinator's page and its kernel say to each other: people, invitations, teams, couples."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iopkit.apps.said import Id, Key, Message

Short = Annotated[str, Field(max_length=200)]


class AddPerson(Message):
    """Add somebody; they set their own password by an invitation."""

    kind: Literal["add-person"] = "add-person"
    id: Id
    person: Literal["client", "clinician", "coordinator", "supervisor"]
    user: Short
    name: Short
    zone: Short
    domains: Annotated[list[Short], Field(max_length=8)] = []


class Invite(Message):
    """Make a one-time link for somebody; earlier ones no longer work."""

    kind: Literal["invite"] = "invite"
    id: Id
    key: Key


class Treat(Message):
    """Put a clinician on a client's care team; ``choice`` names clinician and domain."""

    kind: Literal["treat"] = "treat"
    id: Id
    key: Key
    choice: Key
    since: date
    until: date | None = None


class EndTreat(Message):
    """Let a place on a care team end with a day."""

    kind: Literal["end-treat"] = "end-treat"
    id: Id
    key: Key
    until: date


class Couple(Message):
    """Let two clients be a couple."""

    kind: Literal["couple"] = "couple"
    id: Id
    key: Key
    partner: Key


class SeenReason(Message):
    """Note that a stated reason was seen."""

    kind: Literal["seen-reason"] = "seen-reason"
    id: Id
    key: Key


class Invited(Message):
    """An invitation: the token that stands in its link, and until when it holds, in words."""

    kind: Literal["invited"] = "invited"
    reply: Id
    token: str
    until: str


ProgramAction = AddPerson | Invite | Treat | EndTreat | Couple | SeenReason
ProgramReply = Invited
