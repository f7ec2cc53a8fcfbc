"""Writers that are killed with ``kill -9`` while they save, one after the other; prints what each was told.

Run as a program: it imports everything once and forks, so that a life costs milliseconds.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from conftest import Clock, open_home

from iopkit.worksheets import load_worksheet

SHEET = Path(__file__).parent / "data/clinic/mood-check.yaml"


def write(home: tuple[str, Path], life: int, told: int) -> None:
    """Save without end, and tell the number of each save that was acknowledged."""
    with open_home(home, Clock(), {"mood-check": load_worksheet(SHEET)}) as store:
        desk = store.desk_for("ava")
        entry = desk.draft("mood-check").id
        number = 0
        while True:
            answers = {"note": f"{life} {number}"}
            desk.save(entry, message_id=f"{life}-{number}", answers=answers, changed=["note"], base=0)
            os.write(told, f"{number}\n".encode())
            number += 1


def one_life(home: tuple[str, Path], life: int, saves: int, chance: random.Random) -> int:
    """Return how many saves one writer was told of before it was killed."""
    ear, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ear)
        write(home, life, told)
    os.close(told)
    with os.fdopen(ear) as lines:
        for _ in range(saves):
            lines.readline()
        time.sleep(chance.random() / 200)  # where in a save the kill falls
        os.kill(pid, signal.SIGKILL)
        rest = sum(1 for _ in lines)
    os.waitpid(pid, 0)
    return saves + rest


if __name__ == "__main__":
    database, key, kills, saves, seed = sys.argv[1:]
    chance = random.Random(int(seed))
    lives = [one_life((database, Path(key)), life, int(saves), chance) for life in range(int(kills))]
    sys.stdout.write(json.dumps(lives))
