"""How a notebook begins: which desk this kernel has, and the page it shows there."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from iopkit.apps.fault import report
from iopkit.apps.handle import WRONG, handle
from iopkit.apps.live import Follower, own_thread
from iopkit.apps.message import ACTION, Action, Refused, Reply
from iopkit.apps.place import LIBRARY, key
from iopkit.apps.router import make_view
from iopkit.apps.screen import Screen
from iopkit.apps.view import View
from iopkit.clinic.desk import Desk, from_environment
from iopkit.errors import AccessError
from iopkit.kernels.outside import tell
from iopkit.widgets.page import Page
from iopkit.words import say

ROLES = {
    "client": "clients",
    "clinician": "clinicians",
    "coordinator": "coordinators",
    "supervisor": "supervisors",
}
NOT_A_MESSAGE = (
    "This page and its server do not understand each other. Reload the page; what you typed is kept."
)


def utc_now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def is_served() -> bool:
    """Return whether this kernel works for our own server."""
    return "IOPKIT_TICKET" in os.environ or "IOPKIT_SERVER" in os.environ


REMEMBERED = 50
"""Replies kept for an action that comes again after a cut: it is done once."""
ASKED_ANEW = frozenset({"open", "ping", "outbox", "save", "find", "prepare", "weigh", "at", "here"})
"""Actions that change nothing, and saving, which the store itself does once."""


@dataclass(frozen=True)
class Conversation:
    """What a page and an app say to each other, as plain data; checked before any handler sees it."""

    desk: Desk
    now: Callable[[], datetime] = utc_now
    follower: Follower | None = None
    screen: Screen = field(default_factory=Screen)
    _given: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)

    def first(self, sealed: str = "") -> dict[str, Any]:
        """Return the view a page opens with."""
        view = self.screen.first(self.desk, make_view(self.desk, sealed, now=self.now()))
        self._follow(view)
        return view.model_dump(mode="json")

    def reply(self, content: object) -> dict[str, Any] | None:
        """Return the reply to a message; None for something that has no id a reply could name."""
        try:
            action = ACTION.validate_python(content)
        except ValidationError:
            return refused(content)
        if action.id in self._given and action.kind not in ASKED_ANEW:
            return self._given[action.id]
        try:
            return self._reply(action)
        except Exception as error:  # noqa: BLE001  # a page that hears nothing waits for ever
            report(error)
            wrong = Refused(reply=action.id, text=say(WRONG, self.desk.person.language))
            return wrong.model_dump(mode="json")

    def _reply(self, action: Action) -> dict[str, Any]:
        taken = self.screen.take(self.desk, action)
        made = taken if isinstance(taken, Refused) else self._answer(taken)
        shown = getattr(made, "view", None)
        if isinstance(shown, View):
            self._follow(shown)
        reply = made.model_dump(mode="json")
        if action.kind not in ASKED_ANEW and reply["kind"] != "refused":
            self._given[action.id] = reply
            for old in list(self._given)[:-REMEMBERED]:
                del self._given[old]
        return reply

    def _answer(self, action: Action) -> Reply:
        return self.screen.give(self.desk, handle(self.desk, action, now=self.now()))

    def _follow(self, view: View) -> None:
        """Keep the page up to date on what this view shows, if it is something that others change too."""
        if self.follower is not None:
            self.follower.follow(getattr(view.body, "live", ""))


def refused(content: object) -> dict[str, Any] | None:
    """Return the reply to what is no message of ours, if it has an id that a reply can name."""
    given = content.get("id") if isinstance(content, dict) else None
    try:
        return Refused.model_validate({"reply": given, "text": NOT_A_MESSAGE}).model_dump(mode="json")
    except ValidationError:
        tell("iopkit: dropped a message that is not one of ours")
        return None


def make_page(desk: Desk, *, sealed: str = "", served: bool) -> Page:
    """Return the page of a desk, opened at a place."""
    follower = Follower(desk, utc_now)
    screen = Screen(safe=desk.person.kind == "clinician" and os.environ.get("IOPKIT_SCREEN") == "safe")
    conversation = Conversation(desk, follower=follower, screen=screen)
    page = Page(conversation.first(sealed), conversation.reply, served=served)
    follower.begin(page.send, own_thread())
    return page


def open_app(role: str) -> Page:
    """Return the page of a role, or the library; AccessError when whoever is signed in has another role."""
    if role not in (*ROLES, *LIBRARY):
        raise AccessError(f"There is no app of that name. There are: {', '.join((*ROLES, *LIBRARY))}.")
    served = is_served()
    desk = from_environment()
    if role in LIBRARY:
        return make_page(desk, sealed=key(desk, *LIBRARY), served=served)
    if desk.person.kind != role:
        raise AccessError(f"This page is for {ROLES[role]}. Open the address without anything behind it.")
    return make_page(desk, served=served)


def show_worksheet(worksheet_id: str, *, client: str, since: str, until: str) -> Any:  # noqa: ANN401
    """Return what shows a worksheet here: the page, a client's entries, or the form alone."""
    served = is_served()
    if not served and "IOPKIT_FOR" not in os.environ:
        from iopkit.widgets.form import Form

        return Form(worksheet_id)
    desk = from_environment()
    if client and not served:
        from iopkit.reports.entries import entry_blocks

        return entry_blocks(desk, worksheet_id, client=client, since=since, until=until)
    found = desk.worksheet(worksheet_id)
    return make_page(desk, sealed=key(desk, "worksheet", found.id), served=served)
