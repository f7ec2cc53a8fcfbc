"""Which notebook stands at which address, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_OF_ROLE = {
    "client": frozenset({"client"}),
    "clinician": frozenset({"clinician"}),
    "couple": frozenset({"client"}),
    "coordinator": frozenset({"coordinator"}),
    "supervisor": frozenset({"supervisor"}),
    "library": frozenset({"client", "clinician", "coordinator"}),
}
_OF_WORKSHEETS = frozenset({"client", "clinician"})


@dataclass(frozen=True)
class Room:
    """One address: the notebook behind it, below the notebooks folder, and for which kinds of person."""

    address: str
    notebook: str
    kinds: frozenset[str]

    @property
    def opens_form(self) -> bool:
        """True when a worksheet is the first thing shown, so that its parts are worth fetching at once."""
        return self.address.startswith("/worksheets/")


def find_rooms(notebooks: Path) -> Mapping[str, Room]:
    """Return the rooms by address: the app of each role that has one, and each worksheet's notebook."""
    rooms = [
        Room(f"/{role}", f"apps/{role}.ipynb", kinds)
        for role, kinds in _OF_ROLE.items()
        if (notebooks / "apps" / f"{role}.ipynb").is_file()
    ]
    rooms += [
        Room(f"/worksheets/{file.stem}", f"worksheets/{file.name}", _OF_WORKSHEETS)
        for file in sorted((notebooks / "worksheets").glob("*.ipynb"))
    ]
    return {room.address: room for room in rooms}


def home_of(kind: str, rooms: Mapping[str, Room]) -> str | None:
    """Return the address where this kind of person lands, or None when nothing is there for them yet."""
    address = f"/{kind}"
    return address if address in rooms else None
