"""Checks worksheet files again on each save, until Ctrl-C."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from signal import SIGINT, signal
from threading import Event

from rich.console import Console

from iopkit.errors import WorksheetError


def check_on_save(places: Sequence[Path], check: Callable[[], bool]) -> None:
    """Clear the screen and check on each save of a YAML file below ``places``; return at Ctrl-C.

    An editor that saves by putting a new file in the place of the old one is seen too: folders are watched.
    Ctrl-C is remembered, not raised: an exception that comes while Python tidies up after a check is dropped.
    """
    from watchfiles import watch  # only --watch needs it

    folders = {place if place.is_dir() else place.parent for place in places}
    over = Event()
    before = signal(SIGINT, lambda _number, _frame: over.set())
    try:
        for _changes in watch(*folders, watch_filter=_is_yaml, stop_event=over):
            _check_again(check)
    finally:
        signal(SIGINT, before)


def _is_yaml(_change: object, path: str) -> bool:
    return path.endswith(".yaml")


def _check_again(check: Callable[[], bool]) -> None:
    Console().clear()
    print(f"-- {datetime.now().astimezone():%H:%M:%S}", flush=True)
    try:
        check()
    except WorksheetError as error:
        print(error, flush=True)
