"""What a page says from a couple's room. Who may do what, and whose turn it is, is decided in the store."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StrictStr

from iopkit.apps.said import Id, Key, Message

Value = Annotated[StrictStr, Field(max_length=2000)] | Annotated[StrictInt, Field(ge=0, le=10_000)]


class BeginDrill(Message):
    """Go into the couple's room of a drill."""

    kind: Literal["begin-drill"] = "begin-drill"
    id: Id
    key: Key


class ActInDrill(Message):
    """Do something in the room of ``key``, meant for the step ``at``."""

    kind: Literal["drill"] = "drill"
    id: Id
    key: Key
    verb: Literal["go", "withdraw", "stop", "time-out", "hold", "give", "pause", "resume", "nudge", "end"]
    at: Annotated[int, Field(ge=0, le=100_000)] = 0
    way: Annotated[int, Field(ge=0, le=10)] = 0
    value: Value | None = None


class BeHere(Message):
    """I am in the room of ``key``, and show the state ``stamp``: answered with the view when that is over."""

    kind: Literal["here"] = "here"
    id: Id
    key: Key
    stamp: Annotated[StrictStr, Field(max_length=64)]


DrillAction = BeginDrill | ActInDrill | BeHere
