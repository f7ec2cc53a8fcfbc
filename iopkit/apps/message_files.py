"""What a page and its kernel say about files to keep: a copy, what partners let go, a worksheet."""

from typing import Literal

from iopkit.apps.said import Id, Key, Message


class TakeCopy(Message):
    """Give me my own record as a file; answered with ``FileMade``."""

    kind: Literal["copy"] = "copy"
    id: Id


class TakeRelease(Message):
    """Give me what both partners signed for, as a file to hand on; answered with ``FileMade``."""

    kind: Literal["release"] = "release"
    id: Id
    key: Key


class TakeOffline(Message):
    """Give me this open worksheet as a file to fill in without a connection; answered with ``FileMade``."""

    kind: Literal["offline"] = "offline"
    id: Id
    key: Key


class FileMade(Message):
    """A file for this person alone: its name, what kind it is, and its bytes in Base64."""

    kind: Literal["file"] = "file"
    reply: Id
    file: str
    media: Literal["application/zip", "text/html"]
    data: str


FileAction = TakeCopy | TakeRelease | TakeOffline
