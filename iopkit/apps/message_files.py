"""What a page and its kernel say about files to keep: one's own copy, a worksheet without a server."""

from typing import Literal

from iopkit.apps.said import Id, Key, Message


class TakeCopy(Message):
    """Give me my own record as a file; answered with ``FileMade``."""

    kind: Literal["copy"] = "copy"
    id: Id


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


FileAction = TakeCopy | TakeOffline
