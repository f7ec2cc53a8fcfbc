"""What the library answers to its page: found, prepared, weighed, set up, assigned, ended, printed."""

from base64 import b64encode
from datetime import datetime

from iopkit.apps import assigning, library
from iopkit.apps.message import Refused, Reply, Shown
from iopkit.apps.message_library import (
    Assign,
    End,
    Find,
    Found,
    Hit,
    LibraryAction,
    Prepare,
    Print,
    Printed,
    SetUp,
    Weigh,
)
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.clinic.desk import Desk
from iopkit.errors import AnswerError
from iopkit.words import say


def answer_library(desk: Desk, action: LibraryAction, *, now: datetime) -> Reply:
    """Return the reply to an action of the library; what makes no sense is said in its own words."""
    try:
        return answer(desk, action, now=now)
    except AnswerError as error:
        return Refused(
            reply=action.id, text=" ".join(say(problem, desk.person.language) for problem in error.problems)
        )


def answer(desk: Desk, action: LibraryAction, *, now: datetime) -> Reply:
    """Return the reply to an action that goes well."""
    match action:
        case Find():
            return find(desk, action)
        case Prepare():
            return assigning.prepare(desk, action, now=now)
        case Weigh():
            return assigning.weigh(desk, action, now=now)
        case SetUp():
            return assigning.as_given(desk, action)
        case Assign():
            return assigning.assign(desk, action, now=now)
        case End():
            return end(desk, action, now=now)
        case Print():
            return print_paper(desk, action)


def find(desk: Desk, action: Find) -> Found:
    """Return the worksheets that fit the words, by the keys that their rows have for printing."""
    found = library.found(desk, action.text)
    hits = [Hit(key=key(desk, "paper", sheet.id), because=because) for sheet, because in found]
    return Found(reply=action.id, found=hits)


def end(desk: Desk, action: End, *, now: datetime) -> Shown:
    """End an assignment, or undo that, and show the view it was asked from again."""
    assignment_id = assigning.expected(desk, action.key, "assignment").part(0)
    if action.undo:
        desk.resume(assignment_id)
    else:
        desk.stop(assignment_id)
    return Shown(reply=action.id, view=make_view(desk, action.back, now=now))


def print_paper(desk: Desk, action: Print) -> Printed:
    """Return the empty paper twin of a worksheet as a PDF."""
    from iopkit.exchange.paper import paper

    sheet = library.look_at(desk, assigning.expected(desk, action.key, "paper").part(0))
    return Printed(reply=action.id, file=f"{sheet.id}.pdf", pdf=b64encode(paper(sheet)).decode())
