"""The access policy: who may do what, as one table. What no row allows is refused.

A question names the kind of person, how they relate to the client, the domain of the thing, the action and
the thing. The relation is worked out for that domain and thing (``ties.py``): a clinician ``treats`` a client
in it, or ``treats-elsewhere``. A domain that is not known counts as substance-use, the most guarded one.
The table makes the page ``docs/access.md`` and each client's "who can see what".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

from iopkit.clinic.record import Domain, Kind
from iopkit.words import sentence

Relation = Literal[
    "self",  # a client with their own record; both partners with what the couple owns
    "partner",  # the other client of the couple
    "shared",  # somebody to whom this one entry was opened
    "treats",  # a clinician on the care team in this domain today
    "consented",  # a clinician on the team in another domain, with a live consent to this one
    "broke-glass",  # a clinician in an emergency, for a stated reason and a short time
    "treats-elsewhere",  # a clinician on the team in another domain
    "treated",  # a clinician who was on the team once
    "runs",  # the coordinator, with everybody
    "stated-reason",  # a supervisor who said why, for a short time
    "none",
]
Action = Literal[
    "read",
    "write",
    "acknowledge",
    "review",
    "share",
    "consent",
    "pause",
    "resume",
    "export",
    "break-glass",
    "state-reason",
]
Thing = Literal[
    "entry",
    "private-entry",
    "check-in",
    "conjoint-entry",
    "draft",
    "shared-draft",
    "correction",
    "note",
    "counseling-note",
    "review",
    "assignment",
    "alert",
    "person",
    "care-team",
    "partner",
    "joint-work",
    "secrets-policy",
    "consent",
    "share",
    "stated-reason",
    "access-log",
    "disclosures",
    "who-sees",
    "program",
    "schedule",
    "patterns",  # two series of a client, paired day by day
    "group",  # that a client belongs to a group in a domain
    "own-calendar",  # a client's own busy times, the address of their calendar, their reminders
]
DOMAINS: tuple[str, ...] = get_args(Domain)
Question = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Rule:
    """One row of the table: everything it names is allowed in each of its domains."""

    kind: Kind
    relation: Relation
    actions: tuple[Action, ...]
    things: tuple[Thing, ...]
    domains: tuple[str, ...] = DOMAINS


@dataclass(frozen=True)
class Decision:
    """What the policy says, and why when it refuses. ``why`` names the tie that it rests on."""

    allowed: bool
    reason: str = ""
    why: str = ""


COUPLES, RECOVERY = ("couples",), ("substance-use",)
ALLOWED = (
    Rule("client", "self", ("read",), ("entry", "private-entry", "check-in", "draft")),
    Rule("client", "self", ("write",), ("draft", "correction")),
    Rule("client", "self", ("read",), ("correction",)),
    Rule("client", "self", ("read", "write"), ("conjoint-entry",), COUPLES),
    Rule("client", "self", ("read",), ("assignment", "person", "care-team", "partner", "schedule")),
    Rule("client", "self", ("read", "write"), ("own-calendar",)),
    Rule("client", "self", ("read",), ("access-log", "disclosures", "who-sees", "stated-reason")),
    Rule("client", "self", ("read", "acknowledge"), ("secrets-policy",), COUPLES),
    Rule("client", "self", ("read", "consent"), ("consent",)),
    Rule("client", "self", ("read",), ("share",)),
    Rule("client", "self", ("share",), ("draft",)),
    Rule("client", "self", ("share", "export"), ("entry", "private-entry")),
    Rule("client", "self", ("export",), ("check-in",)),
    Rule("client", "self", ("export",), ("conjoint-entry",), COUPLES),
    Rule("client", "shared", ("read",), ("entry", "private-entry")),
    Rule("clinician", "treats", ("read",), ("entry", "note", "review", "assignment", "person", "care-team")),
    Rule("clinician", "treats", ("read", "write"), ("shared-draft",)),
    Rule("clinician", "treats", ("read",), ("alert", "consent", "share", "stated-reason")),
    Rule("clinician", "treats", ("read", "write"), ("schedule", "group")),
    Rule("clinician", "treats", ("read",), ("own-calendar",)),
    Rule("clinician", "treats", ("read",), ("patterns",)),
    Rule("clinician", "treats", ("read", "write"), ("counseling-note",), RECOVERY),
    Rule("clinician", "treats", ("read",), ("check-in", "conjoint-entry", "partner", "joint-work"), COUPLES),
    Rule("clinician", "treats", ("write",), ("assignment", "note")),
    Rule("clinician", "treats", ("review", "export"), ("entry",)),
    Rule("clinician", "treats", ("review",), ("check-in", "conjoint-entry"), COUPLES),
    Rule("clinician", "treats", ("acknowledge",), ("alert",)),
    Rule("clinician", "treats", ("pause",), ("joint-work",)),
    Rule("clinician", "treats", ("resume",), ("joint-work",), COUPLES),
    Rule("clinician", "consented", ("read",), ("entry", "note", "assignment", "consent", "patterns")),
    Rule("clinician", "consented", ("read",), ("counseling-note",), RECOVERY),
    Rule("clinician", "shared", ("read",), ("entry", "private-entry")),
    Rule("clinician", "broke-glass", ("read",), ("entry", "assignment", "person", "care-team", "alert")),
    Rule("clinician", "broke-glass", ("acknowledge",), ("alert",)),
    Rule("clinician", "treats-elsewhere", ("read",), ("person", "care-team", "alert", "schedule")),
    Rule("clinician", "treats-elsewhere", ("acknowledge",), ("alert",)),
    Rule("clinician", "treats-elsewhere", ("break-glass",), ("person",)),
    Rule("clinician", "treated", ("break-glass",), ("person",)),
    Rule("clinician", "none", ("break-glass",), ("person",)),
    Rule("coordinator", "runs", ("read",), ("alert", "consent", "who-sees", "disclosures")),
    Rule("coordinator", "runs", ("read", "write"), ("person", "care-team", "partner", "schedule")),
    Rule("coordinator", "runs", ("read", "write"), ("group", "program")),
    Rule("coordinator", "runs", ("read",), ("own-calendar",)),
    Rule("coordinator", "runs", ("read", "acknowledge"), ("stated-reason",)),
    Rule("supervisor", "none", ("state-reason",), ("person",)),
    Rule("supervisor", "stated-reason", ("read",), ("entry", "note", "review", "assignment", "alert")),
    Rule("supervisor", "stated-reason", ("read",), ("person", "care-team")),
)
OWN = sentence("You can open only what is yours.")
REASONS: dict[tuple[str, str], str] = {
    ("client", "self"): sentence("A client's own page does not do this."),
    ("client", "partner"): OWN,
    ("client", "shared"): sentence("This was opened to you to read, and for nothing else."),
    ("client", "none"): OWN,
    ("clinician", "treats"): sentence("This is not part of your work in this domain."),
    ("clinician", "consented"): sentence("The client's consent is to read, and does not reach this."),
    ("clinician", "shared"): sentence("The client opened this to you to read, and for nothing else."),
    ("clinician", "broke-glass"): sentence(
        "Emergency access is to read what is needed now, and for nothing else."
    ),
    (
        "clinician",
        "treats-elsewhere",
    ): sentence("You treat this client in another domain; domains do not read each other."),
    ("clinician", "treated"): sentence("You no longer treat this client."),
    ("clinician", "none"): sentence("You do not treat this client."),
    ("coordinator", "runs"): sentence("A coordinator sees who treats whom, and no answers."),
    ("supervisor", "none"): sentence("A supervisor reads after stating a reason. State yours first."),
    ("supervisor", "stated-reason"): sentence("A stated reason is for reading, and does not reach this."),
}
ABOUT_THING: dict[tuple[str, str], str] = {
    ("client", "note"): sentence(
        "Clinicians' notes are not part of this page. Ask your clinician about them."
    ),
    ("client", "counseling-note"): sentence(
        "Clinicians' notes are not part of this page. Ask your clinician."
    ),
    ("client", "review"): sentence(
        "Clinicians' notes are not part of this page. Ask your clinician about them."
    ),
    ("client", "check-in"): sentence(
        "A check-in is for your own clinicians. It cannot be opened to anybody else."
    ),
    ("clinician", "private-entry"): sentence("The client keeps this to themself until they share it."),
    ("supervisor", "private-entry"): sentence("The client keeps this to themself until they share it."),
}
REFUSED = sentence("The program's rules do not allow this.")


def _cells() -> Iterator[Question]:
    for rule in ALLOWED:
        for domain, action, thing in product(rule.domains, rule.actions, rule.things):
            yield (rule.kind, rule.relation, domain, action, thing)


CELLS = frozenset(_cells())
"""Every question that is answered with yes."""


def known(domain: str) -> str:
    """Return the domain as the policy takes it: one that nobody knows is the most guarded one."""
    return domain if domain in DOMAINS else "substance-use"


def decide(kind: str, relation: str, *, domain: str, action: str, thing: str, why: str = "") -> Decision:
    """Return whether the policy allows it, with the reason for a person to read when it does not."""
    if (kind, relation, known(domain), action, thing) in CELLS:
        return Decision(True, why=why)
    special = ABOUT_THING.get((kind, thing)) if relation in ("self", "treats") else None
    return Decision(False, special or REASONS.get((kind, relation), REFUSED))
