"""Places of an app: what a key stands for once it is unsealed. No id stands in the page or its address."""

from dataclasses import dataclass

from iopkit.clinic.desk import Desk

HOME = ("home",)
HISTORY = ("history",)
CASELOAD = ("caseload",)
CLIENT = ("client",)
LIBRARY = ("library",)
PEOPLE = ("people",)
REASON = ("reason",)
LANDING = {"client": HOME, "clinician": CASELOAD, "coordinator": PEOPLE, "supervisor": REASON}
"""Where a person of each kind lands."""


@dataclass(frozen=True)
class Place:
    """The name of a view and what it shows: ``entry`` and an entry id, ``client`` and a client id."""

    name: str
    parts: tuple[str, ...] = ()

    def part(self, number: int) -> str:
        """Return one part, "" when it is not there."""
        return self.parts[number] if number < len(self.parts) else ""


def key(desk: Desk, *parts: str) -> str:
    """Return the opaque key of a place, readable only by the person of this desk."""
    return desk.seal(":".join(parts))


def place(desk: Desk, sealed: str) -> Place:
    """Return the place behind a key; "" is where the person lands. NotFoundError for another's key."""
    if not sealed:
        return landing(desk)
    name, *parts = desk.unseal(sealed).split(":")
    return Place(name, tuple(parts))


def landing(desk: Desk) -> Place:
    """Return where the person lands."""
    return Place(*LANDING.get(desk.person.kind, ("nothing",)))
