"""What a disk may hold when the power goes: every write of SQLite is seen, and cut points are made of them.

A disk keeps what was synced. Of what was written since, it may keep all, nothing, or any part, a write torn
at a sector. Run as a program: it saves through the store while it watches SQLite's file system layer from
inside, then writes the files of each chosen moment, one in three while the log is carried into the database,
into folders of their own, and prints what was acknowledged by then.
"""

import _sqlite3
import ctypes
import json
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import Clock, open_home

from iopkit.worksheets import load_worksheet

SHEET = Path(__file__).parent / "data/clinic/mood-check.yaml"
SECTOR = 512
P, N, L = ctypes.c_void_p, ctypes.c_int, ctypes.c_longlong
WRITE, TRUNCATE, SYNC = 3, 4, 5
"""Where these three stand among SQLite's methods of a file (sqlite3_io_methods), the version before them."""
METHODS = 19
KINDS = {
    WRITE: ctypes.CFUNCTYPE(N, P, P, N, L),
    TRUNCATE: ctypes.CFUNCTYPE(N, P, L),
    SYNC: ctypes.CFUNCTYPE(N, P, N),
}
OPEN = ctypes.CFUNCTYPE(N, P, P, P, N, P)  # SQLite keeps the pointer to the name: it is handed on as it is


class Vfs(ctypes.Structure):
    """The head of sqlite3_vfs."""

    _fields_ = (
        ("version", N),
        ("size", N),
        ("longest", N),
        ("next", P),
        ("name", ctypes.c_char_p),
        ("data", P),
        ("open", P),
    )


@dataclass(frozen=True)
class Step:
    """One thing that happened to a file, or (``kind`` "ack") a save that was acknowledged."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


class Watch:
    """Sees what SQLite does to its files, from inside of this process."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []
        self._tables: dict[int, int] = {}
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        self._open = OPEN(vfs.open)
        ours = self._keep(OPEN(self._opened))
        vfs.open = ctypes.cast(ours, P).value

    def _keep(self, thing: Any) -> Any:
        self._kept.append(thing)
        return thing

    def _opened(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        result = self._open(vfs, name, file, flags, out)
        methods = ctypes.cast(file, ctypes.POINTER(P))
        if result == 0 and name is not None and methods[0]:
            self._names[file] = Path(ctypes.string_at(name).decode()).name
            methods[0] = self._watched(methods[0])
        return int(result)

    def _watched(self, methods: int) -> int:
        """Return SQLite's table of methods with three of them watched."""
        if methods not in self._tables:
            table = (P * METHODS)(*(P * METHODS).from_address(methods))
            for place, kind in KINDS.items():
                ours = self._keep(kind(self._seen(place, kind(table[place]))))
                table[place] = ctypes.cast(ours, P).value
            self._tables[methods] = ctypes.addressof(self._keep(table))
        return self._tables[methods]

    def _seen(self, place: int, then: Callable[..., int]) -> Callable[..., int]:
        def write(file: int, data: int, size: int, at: int) -> int:
            self.steps.append(Step("write", self._names[file], at, ctypes.string_at(data, size)))
            return then(file, data, size, at)

        def truncate(file: int, size: int) -> int:
            self.steps.append(Step("truncate", self._names[file], size))
            return then(file, size)

        def sync(file: int, flags: int) -> int:
            result = then(file, flags)
            self.steps.append(Step("sync", self._names[file]))
            return result

        return {WRITE: write, TRUNCATE: truncate, SYNC: sync}[place]


def disk(before: dict[str, bytes], steps: list[Step], chance: random.Random) -> dict[str, bytes]:
    """Return the files that a disk may hold after these steps."""
    files = {name: bytearray(data) for name, data in before.items()}
    synced = {step.file: number for number, step in enumerate(steps) if step.kind == "sync"}
    share = chance.choice((0.0, 0.5, 0.9, 1.0))
    for number, step in enumerate(steps):
        is_kept = number < synced.get(step.file, -1)
        if step.kind in ("write", "truncate") and (is_kept or chance.random() < share):
            apply(files.setdefault(step.file, bytearray()), step, None if is_kept else chance)
    return {name: bytes(data) for name, data in files.items()}


def apply(file: bytearray, step: Step, chance: random.Random | None) -> None:
    """Do a step to a file; with ``chance``, it may be torn."""
    if step.kind == "truncate":
        del file[step.at :]
        return
    data = step.data
    if chance is not None and chance.random() < 0.3:
        data = data[: chance.randrange(len(data) + 1) // SECTOR * SECTOR]
    if len(file) < step.at:
        file.extend(bytes(step.at - len(file)))
    file[step.at : step.at + len(data)] = data


def write(home: tuple[str, Path], saves: int) -> list[Step]:
    """Save so often, and return what happened to the files and when each save was acknowledged."""
    watch = Watch()
    with open_home(home, Clock(), {"mood-check": load_worksheet(SHEET)}) as store:
        desk = store.desk_for("ava")
        entry = desk.draft("mood-check").id
        for number in range(saves):
            answers = {"note": f"{number} " + "lorem " * 600}
            desk.save(entry, message_id=f"m{number}", answers=answers, changed=["note"], base=0)
            watch.steps.append(Step("ack", at=number))
        return list(watch.steps)


def main() -> None:
    """Write the files of each moment below a folder."""
    folder, database, key, saves, points, seed = sys.argv[1:]
    chance = random.Random(int(seed))
    before = {path.name: path.read_bytes() for path in Path(database).parent.iterdir()}
    steps = write((database, Path(key)), int(saves))
    moments = {}
    into = [number for number, step in enumerate(steps, 1) if step.file.endswith(".db")]
    for number in range(int(points)):
        cut = chance.choice(into if into and number % 3 == 0 else range(1, len(steps) + 1))
        place = Path(folder) / str(number)
        place.mkdir()
        for name, data in disk(before, steps[:cut], chance).items():
            (place / name).write_bytes(data)
        shutil.copy(key, place / "key")
        moments[number] = [step.at for step in steps[:cut] if step.kind == "ack"]
    kinds = [f"{step.kind} {Path(step.file).suffix}".strip() for step in steps]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    sys.stdout.write(json.dumps({"moments": moments, "steps": counts}))


if __name__ == "__main__":
    main()
