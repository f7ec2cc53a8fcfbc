"""What a calendar page shows: one week, its hours, what collides, and what may be added. Times are words."""

from typing import Literal

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Choice, Way


class Attender(Shown):
    """A client who comes to an appointment. ``key`` notes whether they came; "" where that is not open."""

    key: str
    name: str
    state: Literal["", "attended", "missed", "excused", "cancelled"]


class Slot(Shown):
    """One thing of a day: an appointment or time that is taken. ``told`` says what was noted of it.

    ``off`` calls one appointment off (or takes that back, when ``is_off``), ``end`` ends it and all that
    follow; both are "" for whoever may not.
    """

    time: str
    title: str
    detail: str
    kind: Literal["appointment", "busy"]
    told: str = ""
    is_off: bool = False
    people: list[Attender] = []
    off: str = ""
    end: str = ""


class Day(Shown):
    """One day of the week, with what is in it, soonest first."""

    label: str
    is_today: bool
    slots: list[Slot]


class Hours(Shown):
    """The hours of the week against the program's minimum, for one client."""

    text: str
    is_met: bool


class HoursRow(Shown):
    """The hours of one client's week, for whoever runs the program; ``key`` opens that week."""

    key: str
    name: str
    text: str
    is_met: bool


class Block(Shown):
    """A client's own time that is taken; ``key`` removes it."""

    key: str
    text: str


class Company(Shown):
    """A group that an appointment may be for, with the ``value`` of each client who belongs to it now."""

    value: str
    label: str
    members: list[str]


class Booking(Shown):
    """What an appointment is made from: the clients and clinicians one may choose, the zone of its times."""

    clients: list[Choice]
    clinicians: list[Choice]
    groups: list[Company]
    zone: str
    today: str


class Own(Shown):
    """What a client may do with their own calendar. ``settings`` is where address and reminders are."""

    blocks: list[Block]
    today: str
    zone: str
    letter_since: str
    letter_until: str


class Calendar(Shown):
    """One week. ``client`` is whose it is, "" for one's own; ``choose`` leads to the week of one client."""

    name: Literal["calendar"] = "calendar"
    key: str
    heading: str
    client: str = ""
    earlier: str
    later: str
    now: str
    """Key of the week it is now; "" when that is shown."""
    days: list[Day]
    empty: str = ""
    hours: Hours | None = None
    everyone: list[HoursRow] = []
    """The hours of every client this week, the fewest first: for the coordinator."""
    collisions: list[str] = []
    choose: list[Choice] = []
    way: Way | None = None
    booking: Booking | None = None
    own: Own | None = None
    told: str = ""
