"""What the page of a group and its kernel say to each other: who leads, who belongs, what all are given."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from iopkit.apps.message_library import Rhythm
from iopkit.apps.said import Id, Key, Message

Name = Annotated[str, Field(max_length=200)]
Leaders = Annotated[list[Key], Field(max_length=20)]


class MakeGroup(Message):
    """Make a group in a domain; a clinician leads it themself, whoever runs the program names who leads."""

    kind: Literal["make-group"] = "make-group"
    id: Id
    name: Name
    domain: Annotated[str, Field(max_length=40)]
    leaders: Leaders = []


class ChangeGroup(Message):
    """Give a group another name, and (whoever runs the program) other leaders."""

    kind: Literal["change-group"] = "change-group"
    id: Id
    key: Key
    name: Name
    leaders: Leaders = []


class EndGroup(Message):
    """End a group: nobody belongs to it any more."""

    kind: Literal["end-group"] = "end-group"
    id: Id
    key: Key


class JoinGroup(Message):
    """Let a client belong to a group; with ``running`` they get what runs in it too."""

    kind: Literal["join-group"] = "join-group"
    id: Id
    key: Key
    client: Key
    since: date
    until: date | None = None
    running: bool = False


class LeaveGroup(Message):
    """Let a client's time in a group end with a day."""

    kind: Literal["leave-group"] = "leave-group"
    id: Id
    key: Key
    until: date


class GiveRunning(Message):
    """Give a member what runs in the group and is not theirs yet."""

    kind: Literal["give-running"] = "give-running"
    id: Id
    key: Key


class AssignGroup(Message):
    """Give this worksheet to each member of a group. The same ``id`` gives it once."""

    kind: Literal["assign-group"] = "assign-group"
    id: Id
    key: Key
    group: Key
    note: Annotated[str, Field(max_length=1000)] = ""
    rhythm: Rhythm
    settings: dict[str, Any] = {}


class EndWork(Message):
    """End for all what was given to a group, or (``undo``) let it run again; then show what is ``back``."""

    kind: Literal["end-work"] = "end-work"
    id: Id
    key: Key
    back: Key
    undo: bool = False


class AssignedGroup(Message):
    """What was given to whom, in words, and who did not get it and why.

    ``work`` is the key with which to take all of it back, "" when nobody got it; ``group`` that of the group.
    """

    kind: Literal["assigned-group"] = "assigned-group"
    reply: Id
    text: str
    refused: list[str]
    work: str
    group: str


GroupAction = (
    MakeGroup | ChangeGroup | EndGroup | JoinGroup | LeaveGroup | GiveRunning | AssignGroup | EndWork
)
GroupReply = AssignedGroup
