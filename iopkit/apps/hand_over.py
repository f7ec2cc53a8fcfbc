"""What a page shows and does on a device that two partners share: what is of both, and the hand-over."""

from datetime import datetime

from iopkit.apps.message import Action, Refused
from iopkit.apps.place import Place
from iopkit.apps.view_drill import HandOver
from iopkit.apps.words import moment
from iopkit.clinic.desk import Desk
from iopkit.clinic.seat import NOT_JOINT
from iopkit.words import say, sentence

PLACES = frozenset({"couple", "drill", "begin"})
"""Where a page may be that a PIN opened."""
ACTIONS = frozenset({"open", "ping", "begin-drill", "drill", "here"})
"""What such a page may do."""
ELSEWHERE = (
    sentence("Only what is of both of you is open here"),
    sentence(
        "This device is shared by the two of you, and a PIN opened this page. Your own pages ask for your "
        "password: sign in with it on a device of your own, or end the sharing first."
    ),
)


def hand_over(desk: Desk, *, now: datetime) -> HandOver | None:
    """Return how a shared device stands for who holds it; None where none is shared."""
    shared = desk.shared_device()
    if shared is None:
        return None
    until = moment(shared.until, now, desk.person.zone, desk.person.language)
    return HandOver(to=shared.asked.name, until=until, joint=desk.is_joint)


def landing(desk: Desk) -> Place:
    """Return where a page lands that a PIN opened: in the room where the two are, or on their own page."""
    room = desk.room_underway()
    return Place("drill", (room,)) if room else Place("couple")


def is_closed(desk: Desk, where: Place) -> bool:
    """Return whether a place is closed to a page that a PIN opened."""
    return desk.is_joint and where.name not in PLACES


def refusal(desk: Desk, action: Action) -> Refused | None:
    """Return why a page that a PIN opened does not do this; None where it may."""
    if not desk.is_joint or action.kind in ACTIONS:
        return None
    return Refused(reply=action.id, text=say(NOT_JOINT, desk.person.language))
