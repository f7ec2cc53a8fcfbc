"""What a page and its kernel say to each other about homework under way: another rhythm, a pause, not now."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from iopkit.apps.message_library import Rhythm
from iopkit.apps.said import Id, Key, Message


class Adjust(Message):
    """Ask how an assignment stands, before one changes it."""

    kind: Literal["adjust"] = "adjust"
    id: Id
    key: Key


class ChangeRhythm(Message):
    """Give an assignment another rhythm from today on; then show the view behind ``back``."""

    kind: Literal["change-rhythm"] = "change-rhythm"
    id: Id
    key: Key
    back: Key
    rhythm: Rhythm


class Rest(Message):
    """Let nothing be due from an assignment until a last day, or until it goes on when there is none."""

    kind: Literal["rest"] = "rest"
    id: Id
    key: Key
    back: Key
    until: date | None = None


class GoOn(Message):
    """Let a paused assignment go on from today."""

    kind: Literal["go-on"] = "go-on"
    id: Id
    key: Key
    back: Key


class PutOff(Message):
    """A client puts something off: until later today, or not this time; or says what was in the way."""

    kind: Literal["put-off"] = "put-off"
    id: Id
    key: Key
    how: Literal["later", "not-now", "asked"]
    obstacle: Annotated[str, Field(max_length=40)] = ""
    words: Annotated[str, Field(max_length=500)] = ""


class StartPath(Message):
    """Start a pathway for the client behind ``key`` today; then show the view behind ``back``."""

    kind: Literal["start-path"] = "start-path"
    id: Id
    key: Key
    back: Key
    template: Annotated[str, Field(max_length=64)]


class DecideStep(Message):
    """Say yes to what a step of a pathway asks, or leave it out; then show the view behind ``back``."""

    kind: Literal["decide-step"] = "decide-step"
    id: Id
    key: Key
    back: Key
    decided: Literal["yes", "skip"]


class StopPath(Message):
    """Let no further step of a pathway open; then show the view behind ``back``."""

    kind: Literal["stop-path"] = "stop-path"
    id: Id
    key: Key
    back: Key


class Adjustable(Message):
    """How an assignment stands, and in words what a change, a pause and an end would do to it."""

    kind: Literal["adjustable"] = "adjustable"
    reply: Id
    title: str
    now: str
    today: date
    rhythm: Rhythm
    change: str
    pause: str
    end: str


CycleAction = Adjust | ChangeRhythm | Rest | GoOn | PutOff | StartPath | DecideStep | StopPath
CycleReply = Adjustable
