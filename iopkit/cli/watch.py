"""Checks worksheet files again on each save, until Ctrl-C."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rich.console import Console

from iopkit.errors import WorksheetError


def check_on_save(places: Sequence[Path], check: Callable[[], bool]) -> None:
    """Clear the screen and check on each save of a YAML file below ``places``; return at Ctrl-C.

    An editor that saves by putting a new file in the place of the old one is seen too: folders are watched.
    """
    from watchfiles import watch  # only --watch needs it

    folders = {place if place.is_dir() else place.parent for place in places}
    saves = watch(*folders, watch_filter=lambda _change, path: path.endswith(".yaml"))
    with suppress(KeyboardInterrupt):
        for _changes in saves:
            _check_again(check)


def _check_again(check: Callable[[], bool]) -> None:
    Console().clear()
    print(f"-- {datetime.now().astimezone():%H:%M:%S}", flush=True)
    try:
        check()
    except WorksheetError as error:
        print(error, flush=True)
