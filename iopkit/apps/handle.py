"""An action of the page in, a reply out. Whatever goes wrong becomes a sentence; nothing typed is lost."""

import sys
import traceback
from datetime import datetime

from iopkit.apps.library_answers import answer_library
from iopkit.apps.message import Acknowledge, Action, Open, Ping, Pong, Refused, Reply, Save, Saved, Shown
from iopkit.apps.message_library import Assign, End, Find, Prepare, Print, Weigh
from iopkit.apps.place import Place, place
from iopkit.apps.router import make_view, view_at
from iopkit.apps.words import local
from iopkit.charts.labels import clock_label
from iopkit.clinic.desk import Desk
from iopkit.errors import AnswerError, IopkitError, NotFoundError, StoreError

WRONG = (
    "Something went wrong here. What you typed is still on this page; try again in a moment. "
    "If it happens again, tell the program."
)


def handle(desk: Desk, action: Action, *, now: datetime) -> Reply:
    """Return the reply to an action; it never raises."""
    try:
        return answer(desk, action, now=now)
    except AnswerError as error:
        return Refused(reply=action.id, text=refusal(error), items=items(error))
    except StoreError as error:
        return Refused(reply=action.id, text=str(error), again=True)
    except IopkitError as error:
        return Refused(reply=action.id, text=str(error))
    except Exception as error:  # noqa: BLE001 - the page must hear of it, whatever it is
        report(error)
        return Refused(reply=action.id, text=WRONG)


def answer(desk: Desk, action: Action, *, now: datetime) -> Reply:
    """Return the reply to an action that goes well."""
    match action:
        case Open():
            return Shown(reply=action.id, view=make_view(desk, action.key, now=now))
        case Save():
            return save(desk, action)
        case Acknowledge():
            return acknowledge(desk, action, now=now)
        case Find() | Prepare() | Weigh() | Assign() | End() | Print():
            return answer_library(desk, action, now=now)
        case Ping():
            desk.alive()
            return Pong(reply=action.id)


def save(desk: Desk, action: Save) -> Saved:
    """Store the answers and return what is in the store after COMMIT."""
    where = expect(desk, action.key, "entry")
    saved = desk.save(
        where.part(0),
        message_id=action.id,
        answers=action.answers,
        changed=action.changed,
        base=action.base,
        submit=action.submit,
    )
    return Saved(
        reply=action.id,
        at=clock_label(local(saved.at, saved.entry.zone).time()),
        base=saved.entry.base,
        answers=dict(saved.entry.answers),
        conflicts=list(saved.conflicts),
        asks=dict(saved.asks),
        refused=dict(saved.refused),
    )


def acknowledge(desk: Desk, action: Acknowledge, *, now: datetime) -> Shown:
    """Note that an alert was seen, and return the client's page again."""
    where = expect(desk, action.key, "alert")
    desk.acknowledge(where.part(0), action.note)
    return Shown(reply=action.id, view=view_at(desk, Place("client", (where.part(1),)), now=now))


def expect(desk: Desk, sealed: str, name: str) -> Place:
    """Return the place behind a key, which must be of this name."""
    where = place(desk, sealed)
    if where.name != name:
        raise NotFoundError("This page is an old one. Reload it; what you typed is kept.")
    return where


def refusal(error: AnswerError) -> str:
    """Return what to say above the form."""
    few = len(error.problems) == 1
    return (
        f"Please look at {'one answer' if few else f'{len(error.problems)} answers'} again; the rest is kept."
    )


def items(error: AnswerError) -> dict[str, str]:
    """Return what is wrong by item, from problems written as ``item: what``."""
    pairs = (problem.partition(": ") for problem in error.problems)
    return {item: text for item, colon, text in pairs if colon}


def report(error: Exception) -> None:
    """Write where a fault happened to the log: its kind and the lines of code, never a message or value."""
    lines = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    print("\n".join([f"iopkit: {type(error).__name__} while answering a page", *lines]), file=sys.stderr)  # noqa: T201
