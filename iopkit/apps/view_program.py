"""What the coordinator's pages show: people, teams, couples, consents, alerts, reasons. No answers."""

from typing import Literal

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Choice, ConsentLine, Way


class PersonRow(Shown):
    """One person of the address book."""

    key: str
    name: str
    role: str
    team: list[str]
    state: str


class AlertRow(Shown):
    """An alert that nobody has acknowledged: whose, since when, who was told."""

    name: str
    age: str
    told: str
    high: bool


class People(Shown):
    """Everybody in the program, and what waits: alerts nobody acknowledged, reasons nobody has seen."""

    name: Literal["people"] = "people"
    clients: list[PersonRow]
    staff: list[PersonRow]
    waiting: list[str]
    watch: str
    kinds: list[Choice]
    domains: list[Choice]
    zone: str
    zones: list[str]


class TeamRow(Shown):
    """One place on a care team. ``key`` ends it (or sets another last day); "" when it is over."""

    key: str
    clinician: str
    domain: str
    since: str
    until: str
    last: str
    over: bool


class PersonPage(Shown):
    """One person as the coordinator keeps them."""

    name: Literal["person"] = "person"
    heading: str
    facts: list[str]
    invite: str
    invited: str
    is_client: bool
    key: str
    team: list[TeamRow]
    clinicians: list[Choice]
    today: str
    partner: str
    partners: list[Choice]
    policy: str
    consents: list[ConsentLine]
    sees: str
    way: Way


class AllConsents(Shown):
    """Consents in force, those that end soon first."""

    name: Literal["all-consents"] = "all-consents"
    soon: list[ConsentLine]
    rest: list[ConsentLine]
    empty: str


class ReasonRow(Shown):
    """A reason somebody stated to read a record. ``key`` notes it as seen; "" when that is done."""

    key: str
    kind: str
    who: str
    client: str
    when: str
    reason: str
    seen: str


class Watch(Shown):
    """What a coordinator watches: alerts not yet acknowledged, and the log of stated reasons."""

    name: Literal["watch"] = "watch"
    alerts: list[AlertRow]
    alerts_empty: str
    reasons: list[ReasonRow]
    reasons_empty: str
