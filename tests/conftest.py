"""What many tests need: a throw-away store with a clock of its own, and a few invented people in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from iopkit.clinic import Desk, PasswordCost, Settings, Store, open_store
from iopkit.clinic.record import Person
from iopkit.worksheets import Worksheet, load_worksheet

PASSWORD = "four green apples fly"
CHEAP = PasswordCost(passes=1, memory_kib=8, lanes=1)
ZONE = "America/New_York"


class Clock:
    """A clock that stands until it is moved: Friday 13 March 2026, 20:00 in New York."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 3, 14, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def pass_(self, **time: float) -> None:
        self.instant += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def catalog() -> dict[str, Worksheet]:
    """Load two small worksheets of our own, so that these tests change only when the store does."""
    files = sorted((Path(__file__).parent / "data" / "clinic").glob("*.yaml"))
    return {path.stem: load_worksheet(path) for path in files}


@pytest.fixture
def store(tmp_path: Path, clock: Clock, catalog: dict[str, Worksheet]) -> Iterator[Store]:
    """Open an empty store in a folder of its own; its passwords are cheap to check."""
    settings = Settings(password_cost=CHEAP, busy_seconds=5)
    place = str(tmp_path / "data" / "iopkit.db"), tmp_path / "keys" / "iopkit.key"
    with open_store(*place, settings=settings, catalog=catalog, now=clock) as opened:
        yield opened


@dataclass(frozen=True)
class Clinic:
    """A small clinic: Ava and Ben are a couple, Cam is on nobody's team; each therapist has one domain."""

    store: Store
    ava: Person
    ben: Person
    cam: Person
    ina: Person
    """Individual therapist of Ava."""
    cole: Person
    """Couples therapist of Ava and Ben."""
    sue: Person
    """Drug and alcohol counselor of Ava."""
    cora: Person
    """Coordinator."""

    def desk(self, person: Person) -> Desk:
        """Return the desk of somebody who just signed in, as a kernel of theirs gets it."""
        login = self.store.login(self.store.sign_in(person.user, PASSWORD, address="198.51.100.7"))
        return self.store.redeem(self.store.issue_ticket(login.id))


@pytest.fixture
def clinic(store: Store) -> Clinic:
    def person(kind: str, user: str, name: str, *domains: str) -> Person:
        return store.add_person(kind, user, name, zone=ZONE, domains=domains, password=PASSWORD)

    made = Clinic(
        store,
        ava=person("client", "ava", "Ava Example"),
        ben=person("client", "ben", "Ben Example"),
        cam=person("client", "cam", "Cam Sample"),
        ina=person("clinician", "ina", "Ina Invented", "individual"),
        cole=person("clinician", "cole", "Cole Invented", "couples"),
        sue=person("clinician", "sue", "Sue Invented", "substance-use"),
        cora=person("coordinator", "cora", "Cora Invented"),
    )
    store.couple(made.ava.id, made.ben.id)
    start = date(2026, 3, 2)
    store.treat(made.ava.id, made.ina.id, "individual", start)
    store.treat(made.ava.id, made.cole.id, "couples", start)
    store.treat(made.ben.id, made.cole.id, "couples", start)
    store.treat(made.ava.id, made.sue.id, "substance-use", start)
    return made
