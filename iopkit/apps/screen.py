"""A screen that is safe to share: what a client may look at with their clinician, and nothing else.

While it is on, a page holds one client's own work in one domain: no clinician's note, no other name, nothing
of another domain, no way to a page that has them. It stands in the key of the place, so that a reload keeps
it; whatever else a page asks for meanwhile is not sent. A page that is loaded anew says by a cookie that it
was on.
"""

from dataclasses import dataclass

from iopkit.apps.message import Action, Open, Refused, Reply, Shown
from iopkit.apps.place import CASELOAD, Place, key, place
from iopkit.apps.view import Message, NavItem, Safe, View
from iopkit.clinic.couples import CHECK_IN
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.errors import NotFoundError
from iopkit.words import say, sentence

SAFE = "safe"
"""Stands among the parts of a place that is safe to share: ``client:ID:safe:DOMAIN``, ``entry:ID:safe``."""
LEAVE = "leave"
"""The name of a place that ends it; its parts are the place to show then."""
OPEN_TO_IT = frozenset({"open", "ping", "save", "at", "speak", "pair"})
"""Actions that a page which is safe to share takes."""
HIDDEN = sentence("Notes, other clients and other domains are hidden until you stop.")
TITLE = sentence("This screen is safe to share")
ELSEWHERE = sentence("What you asked for could show notes or names of others. Stop sharing first.")


def is_safe(where: Place) -> bool:
    """Return whether a place is safe to share."""
    return where.part(1) == SAFE


def safe_parts(where: Place) -> tuple[str, ...]:
    """Return what a place within a safe one adds to its parts, so that it is safe too."""
    return (SAFE,) if is_safe(where) else ()


def may_show(entry: Entry) -> bool:
    """Return whether an entry may stand on a screen that a client's partner may look at too."""
    return not entry.private and entry.worksheet_id != CHECK_IN


def banner(desk: Desk, where: Place) -> Safe | None:
    """Return what a page says while it is safe to share, with the key that ends it; None for any other."""
    if not is_safe(where):
        return None
    return _banner(desk, where.name, where.part(0))


def _banner(desk: Desk, *back: str) -> Safe:
    language = desk.person.language
    return Safe(title=say(TITLE, language), text=say(HIDDEN, language), leave=key(desk, LEAVE, *back))


def switches(desk: Desk, client_id: str, domains: list[tuple[str, str]]) -> list[NavItem]:
    """Return the switch that makes a client's page safe to share, one for each domain with its label."""
    return [
        NavItem(key=key(desk, "client", client_id, SAFE, domain), label=label) for domain, label in domains
    ]


@dataclass
class Screen:
    """Whether the page of one kernel is safe to share, and what it may be told meanwhile."""

    safe: bool = False

    def take(self, desk: Desk, action: Action) -> Action | Refused:
        """Return the action to answer; one that ends the sharing opens what is shown then."""
        if isinstance(action, Open):
            where = _known(desk, action.key)
            if where is not None and where.name == LEAVE:
                self.safe = False
                return action.model_copy(update={"key": key(desk, *where.parts)})
        if self.safe and action.kind not in OPEN_TO_IT:
            return Refused(reply=action.id, text=say(ELSEWHERE, desk.person.language))
        return action

    def give(self, desk: Desk, reply: Reply) -> Reply:
        """Return the reply to send: a view that is not safe to share is not sent to a page that is."""
        if not isinstance(reply, Shown):
            return reply
        return reply.model_copy(update={"view": self.first(desk, reply.view)})

    def first(self, desk: Desk, view: View) -> View:
        """Return the view to show, or in its place the page that says why it is not shown."""
        self.safe = self.safe or view.safe is not None
        return guarded(desk, view) if self.safe and view.safe is None else view


def guarded(desk: Desk, view: View) -> View:
    """Return the page that stands for one that a safe screen does not show."""
    language = desk.person.language
    leave = key(desk, LEAVE, *CASELOAD)
    body = Message(
        title=say(TITLE, language),
        text=say(ELSEWHERE, language),
        ask=leave,
        ask_label=say("Stop sharing and open the caseload", language),
    )
    return view.model_copy(
        update={
            "key": key(desk, "shared", SAFE),
            "title": body.title,
            "nav": [],
            "body": body,
            "safe": _banner(desk, *CASELOAD),
        }
    )


def _known(desk: Desk, sealed: str) -> Place | None:
    try:
        return place(desk, sealed)
    except NotFoundError:
        return None
