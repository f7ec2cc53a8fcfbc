"""The base of all that an app shows: ``view.py`` and the modules beside it declare the rest."""

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """Base of all view data: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
