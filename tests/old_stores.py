"""One small store of each schema there ever was, as SQL: what an upgrade has to bring through whole.

    .venv/bin/python tests/old_stores.py

writes those that are not there yet into tests/data/stores; a new migration comes with its store. An invented
client's story is told by today's program, each part of it only where its schema has the tables for it; then
the rows are carried into the tables that the migrations up to there make. That nothing of them was lost on
this way back is what the tests prove by going forward again.
"""

import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from conftest import ZONE, Clock, open_home, people_of
from sqlalchemy import URL

from iopkit.clinic import Desk, Store, schema
from iopkit.clinic.database import connect
from iopkit.clinic.key import Key, key_document
from iopkit.clinic.migrations import HEAD
from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span
from iopkit.worksheets import Worksheet, load_worksheet

FOLDER = Path(__file__).parent / "data" / "stores"
SHEETS = Path(__file__).parent / "data" / "clinic"
DAY = date(2026, 3, 13)
NOTHING = {None, "", 0, "en"}
"""What a column that a schema does not have yet may hold: as much as the migration puts there."""
Table = list[dict[str, Any]]


def catalog() -> dict[str, Worksheet]:
    """Return the two worksheets of the tests."""
    return {path.stem: load_worksheet(path) for path in sorted(SHEETS.glob("*.yaml"))}


def older() -> dict[str, Worksheet]:
    """Return the mood check as it once was: another title, and no score for energy."""
    sheets = catalog()
    score = sheets["mood-check"].scores[0].model_copy(update={"sum": ("mood",)})
    changed = {"version": "0.9", "title": "Mood check, as it was", "scores": (score,)}
    return sheets | {"mood-check": sheets["mood-check"].model_copy(update=changed)}


def key_file(folder: Path) -> Path:
    """Write the key file of these stores; its secret is made of a sentence that everybody may know."""
    path = folder / "key"
    key = Key("invented", sha256(b"an invented clinic has an invented key").digest())
    path.write_text(key_document([key]))
    path.chmod(0o400)
    return path


@dataclass(frozen=True)
class Teller:
    """Tells the story: what people did, each in a desk of their own, while the clock goes on."""

    home: tuple[str, Path]
    clock: Clock

    def tell(self, to: str) -> None:
        """Fill a new store with what a schema can hold."""
        with open_home(self.home, self.clock, older()) as store:
            people_of(store)
            assignment = self.assigned(store)
            self.mood(store.desk_for("ava"), 3, energy=2, note="The first one.")
        with open_home(self.home, self.clock, catalog()) as store:
            self.clock.pass_(days=1)
            self.filled_in(store, assignment)
            for since in sorted(LATER):
                if since <= to:
                    self.clock.pass_(minutes=7)
                    LATER[since](store, assignment)

    def assigned(self, store: Store) -> str:
        """Give Ava something to do each day."""
        ava = store.person("ava").id
        given = {"note": "Each evening.", "rrule": "FREQ=DAILY", "due": time(21), "starts": DAY}
        return store.desk_for("ina").assign(ava, "mood-check", "individual", **given).id

    def mood(self, desk: Desk, mood: int, **more: object) -> str:
        """Hand in a mood check, ten minutes long."""
        self.clock.pass_(minutes=10)
        draft, answers = desk.draft("mood-check"), {"mood": mood} | more
        sent = {"message_id": f"m-{draft.id}", "answers": answers, "changed": list(answers)}
        desk.save(draft.id, **sent, base=0, submit=True)
        return draft.id

    def filled_in(self, store: Store, assignment: str) -> None:
        """Hand in an answer that fires a flag, correct one, look at it, and leave a draft behind."""
        ava, ina = store.desk_for("ava"), store.desk_for("ina")
        first = self.mood(ava, 2, energy=1, hopeless=2, why="Nobody called. زمن 😴")
        corrected = {"mood": 4, "energy": 1, "hopeless": 1}
        ava.save(
            first,
            message_id="again",
            answers=corrected,
            changed=[*corrected, "why"],
            base=ava.entry(first).base,
            submit=True,
        )
        ina.mark_read(first)
        ina.acknowledge(ina.alerts()[0].id, "Called her back.")
        self.mood(ava, 9, energy=8)
        draft = ava.draft("mood-check", assignment_id=assignment)
        ava.save(draft.id, message_id="half", answers={"note": "half"}, changed=["note"], base=0)


def stopped(store: Store, _assignment: str) -> None:
    """0002: a second assignment is ended."""
    ina, ava = store.desk_for("ina"), store.person("ava").id
    ina.stop(ina.assign(ava, "mood-check", "individual", note="", starts=DAY).id)


def speaking(store: Store, _assignment: str) -> None:
    """0003: Ben reads Spanish."""
    store.desk_for("ben").speak("es")


def signed_in(store: Store, _assignment: str) -> None:
    """0005: Cam is invited and sets a password."""
    store.accept(store.invite("cam").token, "seven yellow boats sail")


def shared(store: Store, _assignment: str) -> None:
    """0006: a note beside an entry, the entry shared with another clinician, and a view of it."""
    ina, ava = store.desk_for("ina"), store.desk_for("ava")
    entry = ava.entries(ava.person.id, worksheet_id="mood-check")[0]
    ina.note(ava.person.id, "individual", "Slept badly.", entry_id=entry.id)
    ava.share(entry.id, store.person("sue").id, until=date(2026, 4, 30))
    store.desk_for("sue").shared()


def rested(store: Store, assignment: str) -> None:
    """0009: the assignment rests, and takes another rhythm."""
    ina = store.desk_for("ina")
    ina.pause_assignment(assignment, date(2026, 3, 20))
    ina.change_rhythm(assignment, rrule="FREQ=WEEKLY", due=time(20), starts=DAY + timedelta(7), grace=30)


def booked(store: Store, _assignment: str) -> None:
    """0010: an appointment each week, and an hour that is busy."""
    ina, ava = store.desk_for("ina"), store.desk_for("ava")
    start = store.office.now() + timedelta(days=3)
    span = Span(start, start + timedelta(hours=1))
    booking = {"domain": "individual", "zone": ZONE, "first": span, "rrule": "FREQ=WEEKLY"}
    ina.book(Booking("individual", (ava.person.id,), ina.person.id, **booking))
    ava.add_busy_time("work", Span(start + timedelta(hours=3), start + timedelta(hours=5)))


def grouped(store: Store, _assignment: str) -> None:
    """0014: Ava is in a group that was given something."""
    ina, ava = store.desk_for("ina"), store.person("ava").id
    group = ina.make_group("Mornings", "individual", [ina.person.id])
    ina.join_group(group, ava, since=DAY)
    given = {"note": "For all.", "rrule": "FREQ=WEEKLY", "due": time(21), "starts": DAY}
    ina.assign_to_group(group, "urge-note", **given)


LATER = {
    "0002": stopped,
    "0003": speaking,
    "0005": signed_in,
    "0006": shared,
    "0009": rested,
    "0010": booked,
    "0014": grouped,
}


def rows(file: Path) -> dict[str, Table]:
    """Return all rows of a database, by table."""
    with closing(sqlite3.connect(file)) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in names
        }  # names of tables


def carry_back(file: Path, to: str, target: Path) -> None:
    """Fill the tables that the migrations up to ``to`` make with what they can hold of another store."""
    database = connect(URL.create("sqlite", database=str(target)))
    with database.write() as session:
        schema._upgrade(session.connection(), to)
    database.close()
    told = rows(file)
    with closing(sqlite3.connect(target)) as old, old:
        old.execute("DELETE FROM audit_head")
        for name in told.keys() - {"alembic_version"}:
            columns = [row[1] for row in old.execute(f"PRAGMA table_info({name})")]
            marks = ", ".join("?" for _ in columns)
            for row in told[name]:
                more = {column: value for column, value in row.items() if column not in columns}
                assert columns, f"{to} has no table {name}"
                assert set(more.values()) <= NOTHING, f"{to} cannot hold {more} of {name}"
                values = [row[column] for column in columns]
                old.execute(
                    f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", values
                )  # names of tables


def summary(store: Store) -> dict[str, Any]:
    """Return what has to be the same after an upgrade: entries with their scores, drafts, and the trail."""
    ava = store.desk_for("ava")
    entries = [*ava.entries(ava.person.id), *ava.drafts()]
    return {
        "entries": [
            {
                "worksheet": entry.worksheet_id,
                "version": entry.version,
                "status": entry.status,
                "answers": dict(entry.answers),
                "scores": dict(entry.scores),
                "bands": dict(entry.bands),
                "flags": list(entry.flags),
                "revision": entry.revision,
            }
            for entry in sorted(entries, key=lambda one: (one.status, one.answers.get("mood", 0)))
        ],
        "trail": store.anchor().split(" ", 1)[1],
    }


def write(to: str) -> None:
    """Write the store of one schema, and what it holds in clear."""
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        home = (str(folder / "today.db"), key_file(folder))
        Teller(home, clock).tell(to)
        with open_home(home, clock, catalog()) as store:
            held = summary(store)
        carry_back(folder / "today.db", to, folder / "then.db")
        with closing(sqlite3.connect(folder / "then.db")) as database:
            (FOLDER / f"{to}.sql").write_text("\n".join(database.iterdump()) + "\n")
    (FOLDER / f"{to}.json").write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n")


def main() -> None:
    """Write the stores that are not there, of each schema up to today's."""
    FOLDER.mkdir(exist_ok=True)
    for number in range(1, int(HEAD) + 1):
        name = f"{number:04}"
        if not (FOLDER / f"{name}.sql").exists():
            write(name)
            sys.stdout.write(f"{name}.sql\n")


if __name__ == "__main__":
    main()
