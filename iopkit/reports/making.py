"""Make one report, in whatever process: check what it is made of, run its notebook, write its files."""

import hashlib
import json
import os
import time
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from iopkit.clinic.desk import Desk
from iopkit.clinic.key_command import path_for_kernels
from iopkit.clinic.settings import database_url
from iopkit.clinic.store import Store, open_store
from iopkit.errors import IopkitError, ReportError
from iopkit.reports.couple import data_of_couple
from iopkit.reports.order import Order, Outcome
from iopkit.reports.period import WEEKS
from iopkit.reports.style import style
from iopkit.reports.whole import write_whole

WRONG = "The report could not be made"
TAKEN_BACK = "What this report rests on was taken back while the batch ran."


def make_one(order: Order, known: str = "") -> Outcome:
    """Return the outcome of one report; whatever goes wrong with it stays with it.

    ``known`` is the hash of what the files that are there were made of: with the same they stay as they are.
    """
    started = time.monotonic()

    def failed(why: str) -> Outcome:
        return Outcome(order.client, "failed", seconds=since(started), error=why, reader=order.named_reader)

    try:
        return made(order, known, started)
    except IopkitError as error:
        return failed(str(error))
    except OSError as error:
        return failed(f"{WRONG}: {error.strerror or 'the file could not be written'}.")
    except Exception as error:  # noqa: BLE001 - one report that fails must not end the others
        return failed(f"{WRONG} ({type(error).__name__}).")


def made(order: Order, known: str, started: float) -> Outcome:
    """Return the outcome of a report that is done, or was."""
    desk = store().desk_for(order.reader, purpose="report")
    check_standing(desk, order)
    inputs = inputs_of(desk, order)
    files = [path.name for path in order.files]
    if known and known == inputs:
        return Outcome(order.client, "done", files, 0.0, reader=order.named_reader, inputs=inputs, kept=True)
    contents = render(order)
    check_standing(desk, order)
    for path, content in zip(order.files, contents, strict=True):
        write_whole(path, content)
    return Outcome(order.client, "done", files, since(started), reader=order.named_reader, inputs=inputs)


def check_standing(desk: Desk, order: Order) -> None:
    """Raise ReportError when the reader may no longer read by all that the batch began with."""
    if order.rests and not order.rests <= desk.standing([order.client_id])[order.client_id]:
        raise ReportError(TAKEN_BACK)


def render(order: Order) -> list[str | bytes]:
    """Return the files of a report: its notebook run once, set in each form that was asked for."""
    from iopkit.reports.engine import run_notebook
    from iopkit.reports.page import page_html

    notebook = run_notebook(order.template, order.parameters, environment(order), seconds=order.seconds)
    from iopkit.reports.pdf import page_pdf

    return [page_pdf(notebook) if form == "pdf" else page_html(notebook) for form in order.forms]


def environment(order: Order) -> dict[str, str]:
    """Return what a kernel is told: who reads, and where data and keys are."""
    return {
        "IOPKIT_FOR": order.reader,
        "IOPKIT_PURPOSE": "report",
        "IOPKIT_DATABASE_URL": database_url().render_as_string(hide_password=False),
        "IOPKIT_KEY_FILE": str(path_for_kernels()),
        "PYTHONPATH": python_path(),
    }


def store() -> Store:
    """Return the store of this process, opened by its own environment at the first report."""
    return opened(database_url().render_as_string(hide_password=False), str(path_for_kernels()))


@cache
def opened(url: str, key_file: str) -> Store:
    """Return one open store for each address and key file."""
    return open_store(url, key_file, create=False)


def inputs_of(desk: Desk, order: Order) -> str:
    """Return a hash of all a report is made of: template, style, program version, days, reader, data."""
    parts = [
        version("iopkit"),
        template_hash(order.template),
        hashlib.sha256(style().encode()).hexdigest(),
        [order.reader, order.client_id, order.since, order.until, order.subject, list(order.forms)],
        data_of(desk, order) if order.subject else [],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def data_of(desk: Desk, order: Order) -> list[object]:
    """Return what the reader may read of a client that a report can show, as a change would change it.

    Entries of the days of the report and of the weeks before; every assignment; the names; the consents.
    """
    if order.subject == "couple":
        return data_of_couple(desk, order.client_id, since=order.since, until=order.until)
    days = date.fromisoformat(order.since).toordinal() - 7 * WEEKS
    entries = desk.entries(order.client_id, since=date.fromordinal(max(days, 1)))
    assignments = desk.assignments(order.client_id)
    told = desk.disclosure((*entries, *assignments))
    return [
        [desk.client(order.client_id).name, desk.person.name, desk.person.language],
        sorted([one.id, one.version, one.revision, one.about.isoformat(), one.private] for one in entries),
        sorted(
            [one.id, one.note, one.rrule, str((one.starts, one.ends, one.stopped_at))] for one in assignments
        ),
        told.text if told else "",
    ]


@cache
def hash_of(path: str, size: int, changed: int) -> str:
    """Return the hash of a file as it stands."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def template_hash(path: Path) -> str:
    """Return the hash of a template, read once while it stays as it is."""
    found = path.stat()
    return hash_of(str(path), found.st_size, found.st_mtime_ns)


def python_path() -> str:
    """Return ``PYTHONPATH`` with the folder this iopkit comes from, so that kernels find the same one."""
    here = str(Path(__file__).resolve().parents[2])
    known = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    return os.pathsep.join([here, *(part for part in known if part != here)])


def since(started: float) -> float:
    """Return the seconds since a start, to the hundredth."""
    return round(time.monotonic() - started, 2)
