"""What a page and its kernel say about the language of its person."""

from typing import Annotated, Literal

from pydantic import Field

from iopkit.apps.said import Id, Message


class Speak(Message):
    """Write my pages in this language from now on; answered with ``Spoken``, and the page comes again."""

    kind: Literal["speak"] = "speak"
    id: Id
    language: Annotated[str, Field(max_length=8)]


class Spoken(Message):
    """The language is stored."""

    kind: Literal["spoken"] = "spoken"
    reply: Id
