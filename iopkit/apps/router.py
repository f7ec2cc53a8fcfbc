"""From a key to a view: which place it stands for, who may be there, and what frames it."""

from collections.abc import Callable
from datetime import datetime

from iopkit.apps.caseload import caseload
from iopkit.apps.client import client
from iopkit.apps.help import help_lines
from iopkit.apps.history import history
from iopkit.apps.home import home
from iopkit.apps.library import library, preview
from iopkit.apps.place import CASELOAD, HISTORY, HOME, LIBRARY, Place, key, place
from iopkit.apps.view import Body, Message, NavItem, Person, View
from iopkit.apps.words import TREATS, listing
from iopkit.apps.worksheet import open_entry, open_worksheet
from iopkit.clinic.desk import Desk
from iopkit.errors import AccessError, NotFoundError

NAV = {
    "client": ((HOME[0], "Home"), (HISTORY[0], "My record"), (LIBRARY[0], "Library")),
    "clinician": ((CASELOAD[0], "Caseload"), (LIBRARY[0], "Library")),
}
"""The navigation of each kind of person: place and label."""

Maker = Callable[[Desk, Place, datetime], Body]
LIBRARY_MAKERS: dict[str, Maker] = {
    "library": lambda desk, where, now: library(desk, where.part(0)),
    "preview": lambda desk, where, now: preview(desk, where),
}
"""The library is open to every kind of person; what it shows them differs."""
MAKERS: dict[tuple[str, str], Maker] = {
    ("client", "home"): lambda desk, where, now: home(desk, now=now),
    ("client", "history"): lambda desk, where, now: history(desk, now=now),
    ("client", "worksheet"): lambda desk, where, now: open_worksheet(desk, where, now=now),
    ("client", "entry"): lambda desk, where, now: open_entry(desk, where.part(0), now=now),
    ("clinician", "caseload"): lambda desk, where, now: caseload(desk, now=now),
    ("clinician", "client"): lambda desk, where, now: client(desk, where.part(0), now=now),
    ("clinician", "worksheet"): lambda desk, where, now: open_worksheet(desk, where, now=now),
    ("clinician", "entry"): lambda desk, where, now: open_entry(desk, where.part(0), now=now),
    **{
        (kind, name): make
        for kind in ("client", "clinician", "coordinator")
        for name, make in LIBRARY_MAKERS.items()
    },
}
"""Which kind of person may be at which place, and what makes the view there."""

NOT_HERE = Message(
    title="This is not here",
    text="The address may be an old one, or it belongs to somebody else. What you saved is safe: "
    "choose a page above to go on.",
)
NOT_YOURS = "This is not yours to open"
NOTHING = Message(
    title="You are signed in",
    text="There is no page for your work here yet. People and care teams are kept with the iopkit command.",
)


def make_view(desk: Desk, sealed: str, *, now: datetime) -> View:
    """Return the view behind a key ("" is where the person lands), or a page that says why there is none."""
    try:
        where = place(desk, sealed)
    except NotFoundError:
        return frame(desk, Place("nothing"), NOT_HERE)
    return view_at(desk, where, now=now)


def view_at(desk: Desk, where: Place, *, now: datetime) -> View:
    """Return the view at a place, or a page that says why it cannot be shown."""
    make = MAKERS.get((desk.person.kind, where.name))
    if make is None:
        return frame(desk, where, NOTHING if where.name == "nothing" else NOT_HERE)
    try:
        return frame(desk, where, make(desk, where, now))
    except NotFoundError:
        return frame(desk, where, NOT_HERE)
    except AccessError as error:
        return frame(desk, where, Message(title=NOT_YOURS, text=str(error)))


def frame(desk: Desk, where: Place, body: Body) -> View:
    """Return the body with what every page has: who is signed in, navigation, help."""
    return View(
        key=address(desk, where, body),
        title=title(body),
        person=Person(name=desk.person.name, role=role(desk)),
        nav=[
            NavItem(key=key(desk, name), label=label, current=name == where.name)
            for name, label in NAV.get(desk.person.kind, ())
        ],
        help=help_lines(),
        idle_seconds=desk.idle_seconds,
        body=body,
    )


def address(desk: Desk, where: Place, body: Body) -> str:
    """Return the key that stands in the address; a form keeps its entry's, so that reload resumes it."""
    return body.key if body.name == "worksheet" else key(desk, where.name, *where.parts)


def title(body: Body) -> str:
    """Return the title of the page, without anybody's name in it."""
    titles = {"home": "Home", "history": "My record", "caseload": "Caseload", "client": "Client"}
    return body.title if body.name in ("worksheet", "message", "preview") else titles.get(body.name, "Library")


def role(desk: Desk) -> str:
    """Return what the signed-in person is here."""
    person = desk.person
    return listing([TREATS[domain] for domain in sorted(person.domains)]) or person.kind
