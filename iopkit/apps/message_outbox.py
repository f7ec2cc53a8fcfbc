"""What a page and its kernel say about what the browser keeps until it can be sent."""

from typing import Literal

from iopkit.apps.said import Id, Message


class AskOutbox(Message):
    """Give me the secret with which I seal what I cannot send; answered with ``OutboxSecret``."""

    kind: Literal["outbox"] = "outbox"
    id: Id


class OutboxSecret(Message):
    """The secret of this person, in base64. A page keeps it in memory only."""

    kind: Literal["outbox"] = "outbox"
    reply: Id
    secret: str
