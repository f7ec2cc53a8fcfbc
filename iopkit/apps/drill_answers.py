"""What the app answers from a couple's room: each action done at the desk, then the room as it stands."""

from contextlib import suppress
from datetime import datetime

from iopkit.apps.drill import shown
from iopkit.apps.message import Pong, Reply, Shown
from iopkit.apps.message_drill import BeginDrill, BeHere, DrillAction
from iopkit.apps.place import Place, place
from iopkit.apps.privacy_answers import expected
from iopkit.apps.router import view_at
from iopkit.clinic.desk import Desk
from iopkit.clinic.drill import Event
from iopkit.errors import AccessError, NotFoundError


def answer_drill(desk: Desk, action: DrillAction, *, now: datetime) -> Reply:
    """Return the room after an action; who takes a screen that is gone gets the one that is there."""
    if isinstance(action, BeHere):
        return here(desk, action, now=now)
    if isinstance(action, BeginDrill):
        where = place(desk, action.key)
        drill_id = where.part(0)
        room_id = drill_id if where.name == "drill" else desk.begin_drill(drill_id)
    else:
        where = expected(desk, action.key, "drill")
        event = Event(action.verb, action.id, None, action.at, action.way, action.value)
        room_id = desk.act_in_room(where.part(0), event)
    return Shown(reply=action.id, view=view_at(desk, Place("drill", (room_id,)), now=now))


def here(desk: Desk, action: BeHere, *, now: datetime) -> Reply:
    """Note that a page is there; return the view only when it shows something else than what is."""
    where = expected(desk, action.key, "drill")
    with suppress(NotFoundError, AccessError):  # the view says that it is closed
        if shown(desk, desk.join_room(where.part(0))).stamp == action.stamp:
            return Pong(reply=action.id)
    return Shown(reply=action.id, view=view_at(desk, where, now=now))
