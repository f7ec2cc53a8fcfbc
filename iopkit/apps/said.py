"""The base of all that page and kernel say: ``message.py`` and the modules beside it declare the rest."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
Key = Annotated[str, Field(max_length=512)]


class Message(BaseModel):
    """Base of all messages: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
