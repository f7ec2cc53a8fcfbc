"""What the pages of groups show, to those who lead or run them: who belongs, what was given. Words only."""

from typing import Literal

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Choice, Way


class GroupRow(Shown):
    """One group in the list: its name, its part of care, who leads it, how many belong to it."""

    key: str
    name: str
    domain: str
    leaders: str
    members: str
    ended: str = ""


class Leader(Shown):
    """A clinician who may lead a group of a domain."""

    value: str
    label: str
    domain: str
    chosen: bool = False


class Groups(Shown):
    """The groups that the reader leads or runs. A clinician has no ``leaders`` to choose: they lead it."""

    name: Literal["groups"] = "groups"
    rows: list[GroupRow]
    ended: list[GroupRow]
    empty: str
    domains: list[Choice]
    leaders: list[Leader]


class MemberRow(Shown):
    """A client's time in a group. ``key`` ends it, ``give`` gives what runs; "" where that is not open."""

    key: str
    name: str
    client: str
    when: str
    last: str
    give: str = ""
    lacks: str = ""


class WorkRow(Shown):
    """What was given to the group. ``key`` ends it for all, or lets it run again when it ``ended``."""

    key: str
    title: str
    plan: str
    note: str
    who: str
    ended: bool


class GroupPage(Shown):
    """One group. ``may_give``: the reader leads it and gives homework to its members."""

    name: Literal["group"] = "group"
    key: str
    heading: str
    facts: list[str]
    ended: str
    members: list[MemberRow]
    members_empty: str
    past: list[MemberRow]
    candidates: list[Choice]
    leaders: list[Leader]
    today: str
    may_give: bool
    library: str
    works: list[WorkRow]
    works_empty: str
    calendar: str
    appointments: list[str]
    told: str = ""
    way: Way
