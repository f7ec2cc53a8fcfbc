"""The invented clinic behind ``iopkit serve --demo``: a database and a key of its own, made at first use."""

import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from iopkit.clinic import open_store
from iopkit.clinic.demo import PASSWORD, build_demo
from iopkit.clinic.record import Person
from iopkit.clinic.upgrade import upgrade
from iopkit.server.options import Newcomer

CLIENTS = 12
_OF_DOMAIN = {
    "individual": "individual therapist",
    "couples": "couples therapist",
    "substance-use": "drug and alcohol counselor",
    "medical": "prescriber",
}


def invented_clinic(folder: Path | None = None) -> tuple[Path, tuple[Newcomer, ...], str]:
    """Return where the invented clinic lies, its people and their password; it is made when it is not there.

    It is made beside its place and moved there whole, so that an interrupted start leaves no half of it.
    """
    place = folder or platformdirs.user_data_path("iopkit") / "demo"
    if not place.exists():
        _make(place)
    upgrade(str(place / "clinic.db"), place / "key")
    with open_store(str(place / "clinic.db"), place / "key", create=False) as store:
        return place, tuple(Newcomer(person.user, _who(person)) for person in store.people()), PASSWORD


def _make(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".demo-", dir=place.parent))
    try:
        with open_store(str(work / "clinic.db"), work / "key") as store, _bar() as bar:
            task = bar.add_task("Inventing a clinic", total=CLIENTS)
            build_demo(
                store,
                clients=CLIENTS,
                until=_today(),
                progress=lambda done: bar.update(task, completed=done),
            )
        work.rename(place)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def _today() -> date:
    """Return today where the day begins last of all these people's zones: nobody's today is done already."""
    return datetime.now(ZoneInfo("America/Los_Angeles")).date()


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _who(person: Person) -> str:
    """Return in words who an invented person is."""
    works_as = " and ".join(_OF_DOMAIN[domain] for domain in sorted(person.domains)) or person.kind
    return f"{person.name}, {works_as}"
