"""What a Questionnaire from elsewhere holds, by link id: what conditions and answers need to find again."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from iopkit.exchange.fhir.names import Json
from iopkit.worksheets.elements import Value

TEXT_LIMIT = 4000
ITEMS, DEPTH = 2000, 12
"""Most items of a file and levels of groups; more is a mistake and would only slow everything down."""


@dataclass(frozen=True)
class Found:
    """One item that became an element: the name it has here, its rows' name, its choices by code."""

    name: str
    panel: str | None
    kind: str
    codes: Mapping[str, Value] = field(default_factory=dict)
    offers_other: bool = False

    @property
    def many(self) -> bool:
        """Return whether it takes several choices."""
        return self.kind in ("checkbox", "tagbox")

    def written(self, row: str | None, number: int | None = None) -> str:
        """Return how a condition names it from inside the rows of ``row``."""
        if self.panel is None:
            return self.name
        return (
            f"panel.{self.name}"
            if number is None and row == self.panel
            else (f"{self.panel}[{number or 0}].{self.name}")
        )


def part(item: Mapping[str, Any], key: str) -> list[Json]:
    """Return the mappings in a list of an item; anything else counts as none."""
    found = item.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def words(item: Mapping[str, Any], key: str) -> str:
    """Return a text of an item, at most as long as a worksheet's may be; anything else is no text."""
    found = item.get(key)
    return found.strip()[:TEXT_LIMIT] if isinstance(found, str) else ""


def identifier(link: str, taken: Callable[[str], bool]) -> str:
    """Return an item id for a link id: the same where it may stay, else one as near as can be.

    >>> identifier("/44250-9", lambda name: False)
    'q_44250_9'
    """
    plain = re.sub(r"[^a-z0-9]+", "_", link.lower()).strip("_")[:50] or "item"
    begins = plain if plain[0].isalpha() else f"q_{plain}"
    name, number = begins, 1
    while taken(name):
        number += 1
        name = f"{begins}_{number}"
    return name


def below(items: list[Json], depth: int = 0) -> Iterator[Json]:
    """Yield all items of a response or questionnaire, those inside others too."""
    for item in items:
        yield item
        if depth < DEPTH:
            yield from below(part(item, "item"), depth + 1)
