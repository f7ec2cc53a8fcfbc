"""Upgrades that are killed with ``kill -9`` at a chosen step; prints how many steps there are.

Run as a program: it imports everything once and forks for each life. A step is a statement of the database,
a commit, or a call to the system that writes a file.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from iopkit.clinic.upgrade import upgrade

WRITES = {"os.link", "os.remove", "os.mkdir", "os.rename", "os.rmdir", "sqlite3.connect"}


class Steps:
    """Counts steps, and ends the process before the one that was chosen."""

    def __init__(self, last: int) -> None:
        self.taken, self.last, self.begun = 0, last, False

    def step(self, *_: object, **__: object) -> None:
        """Take one step, or die."""
        if not self.begun:
            return
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.taken += 1

    def watch(self, name: str, arguments: tuple[object, ...]) -> None:
        """Take a step for each call that writes."""
        if name in WRITES or (name == "open" and arguments[1] is None):
            self.step()


def one_life(store: tuple[str, str], last: int) -> int:
    """Return the steps that one upgrade took, or -1 when it was killed before step ``last``."""
    ear, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        steps = Steps(last)
        sys.addaudithook(steps.watch)
        for name in ("before_cursor_execute", "commit"):
            event.listen(Engine, name, steps.step)
        steps.begun = True
        upgrade(*store)
        os.write(told, str(steps.taken).encode())
        os._exit(0)
    os.close(told)
    with os.fdopen(ear) as lines:
        said = lines.read()
    os.waitpid(pid, 0)
    return int(said) if said else -1


if __name__ == "__main__":
    folder, key, points = sys.argv[1:]
    first = Path(folder) / "old.db"

    def fresh(name: str) -> tuple[str, str]:
        """Return a store of its own for one life."""
        (Path(folder) / name).mkdir()
        return str(shutil.copy(first, Path(folder) / name / "clinic.db")), key

    total = one_life(fresh("whole"), 1 << 30)
    parts = [number / (int(points) - 1) for number in range(int(points))]
    near_the_end = {round((total - 1) * (1 - (1 - part) ** 2)) for part in parts}
    others = [step for step in reversed(range(total)) if step not in near_the_end]
    chosen = sorted(near_the_end.union(others[: int(points) - len(near_the_end)]))
    lives = {last: one_life(fresh(f"{last}"), last) for last in chosen}
    sys.stdout.write(json.dumps({"total": total, "lives": lives}))
