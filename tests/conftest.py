"""What many tests need: a throw-away store with a clock of its own, and a few invented people in it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from group_room import grouped, widened
from postgres_homes import PostgresHomes
from postgres_server import PostgresServer, running_postgres

from iopkit.clinic import Desk, PasswordCost, Settings, Store, open_store
from iopkit.clinic.record import Person
from iopkit.worksheets import Worksheet, load_worksheet

pytest_plugins = ["in_short"]
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


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, catalog: dict[str, Worksheet]) -> Path:
    """Make an empty store and a small clinic once; each test gets a copy of its own."""
    folder = tmp_path_factory.mktemp("templates")
    for name in ("empty", "clinic"):
        with open_copy(folder / name, Clock(), catalog) as store:
            if name == "clinic":
                people_of(store)
    return folder


def open_copy(folder: Path, clock: Clock, catalog: dict[str, Worksheet]) -> Store:
    """Open the store in a folder; its passwords are cheap to check."""
    return open_home((str(folder / "data" / "iopkit.db"), folder / "keys" / "iopkit.key"), clock, catalog)


def open_home(home: tuple[str, Path], clock: Clock, catalog: dict[str, Worksheet]) -> Store:
    """Open the store of an address and a key file; its passwords are cheap to check."""
    settings = Settings(password_cost=CHEAP, busy_seconds=5, second_factor=frozenset())
    return open_store(*home, settings=settings, catalog=catalog, now=clock)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run one PostgreSQL server for all tests that ask for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_homes(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory, catalog: dict[str, Worksheet]
) -> PostgresHomes:
    """Make an empty store and a small clinic on PostgreSQL once; each test finds them as they were made."""
    homes = PostgresHomes(postgres, tmp_path_factory.mktemp("homes"))
    for name in ("empty", "clinic"):
        with open_home(homes.prepare(name), Clock(), catalog) as store:
            if name == "clinic":
                people_of(store)
        homes.keep(name)
    return homes


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Run a test that asks for this once on each database; ``store`` and ``clinic`` then live there."""
    return str(request.param)


@pytest.fixture
def store(
    tmp_path: Path, clock: Clock, catalog: dict[str, Worksheet], request: pytest.FixtureRequest
) -> Iterator[Store]:
    """Open a store of one's own: empty, unless the test asks for the clinic too; on SQLite, unless told."""
    kind = "clinic" if "clinic" in request.fixturenames else "empty"
    chosen = request.getfixturevalue("database") if "database" in request.fixturenames else "sqlite"
    if chosen == "postgres":
        address, key = request.getfixturevalue("postgres_homes").again(kind)
        opened = open_home((address, shutil.copy(key, tmp_path / "key")), clock, catalog)
    else:
        shutil.copytree(request.getfixturevalue("templates") / kind, tmp_path / "store")
        opened = open_copy(tmp_path / "store", clock, catalog)
    with opened:
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
    return Clinic(store, **{person.user: person for person in store.people()})


def people_of(store: Store, password: str = PASSWORD) -> None:
    """Add the people of the small clinic, with their care teams from 2 March 2026."""

    def person(kind: str, user: str, name: str, *domains: str) -> None:
        store.add_person(kind, user, name, zone=ZONE, domains=domains, password=password)

    person("client", "ava", "Ava Example")
    person("client", "ben", "Ben Example")
    person("client", "cam", "Cam Sample")
    person("clinician", "ina", "Ina Invented", "individual")
    person("clinician", "cole", "Cole Invented", "couples")
    person("clinician", "sue", "Sue Invented", "substance-use")
    person("coordinator", "cora", "Cora Invented")
    teams = [("ava", "ina", "individual"), ("ava", "cole", "couples")]
    teams += [("ben", "cole", "couples"), ("ava", "sue", "substance-use")]
    store.couple("ava", "ben")
    for client, clinician, domain in teams:
        store.treat(client, clinician, domain, date(2026, 3, 2))


@pytest.fixture
def wide(clinic: Clinic) -> Clinic:
    """Let Ina treat Ava, Cam and Dan, and Lia lead with her; nobody is in a group yet."""
    return widened(clinic)


@pytest.fixture
def mornings(wide: Clinic) -> str:
    """Make a group that Ina leads, with Ava and Cam in it."""
    return grouped(wide)
