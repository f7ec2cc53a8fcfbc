"""The access policy: who may do what, as one table. What no row allows is refused.

A question names the kind of person, how they relate to the client, the domain of the thing, the action and
the thing. The relation is worked out for that domain: a clinician ``treats`` a client in it, or
``treats-elsewhere``. A domain that is not known counts as substance-use, the most guarded one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

from iopkit.clinic.record import Domain, Kind

Relation = Literal["self", "partner", "treats", "treats-elsewhere", "treated", "runs", "none"]
Action = Literal["read", "write", "acknowledge"]
Thing = Literal["entry", "draft", "assignment", "alert", "person", "care-team", "partner"]
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
    """What the policy says, and why when it refuses."""

    allowed: bool
    reason: str = ""


ALLOWED = (
    Rule("client", "self", ("read", "write"), ("entry", "draft")),
    Rule("client", "self", ("read",), ("assignment", "person", "care-team", "partner")),
    Rule("clinician", "treats", ("read",), ("entry", "assignment", "person", "care-team", "alert")),
    Rule("clinician", "treats", ("write",), ("assignment",)),
    Rule("clinician", "treats", ("acknowledge",), ("alert",)),
    Rule("clinician", "treats", ("read",), ("partner",), ("couples",)),
    Rule("clinician", "treats-elsewhere", ("read",), ("person", "care-team", "alert")),
    Rule("clinician", "treats-elsewhere", ("acknowledge",), ("alert",)),
    Rule("coordinator", "runs", ("read",), ("person", "care-team", "alert")),
)
REASONS: dict[tuple[str, str], str] = {
    ("client", "partner"): "You can open only what is yours.",
    ("client", "none"): "You can open only what is yours.",
    (
        "clinician",
        "treats-elsewhere",
    ): "You treat this client in another domain; domains do not read each other.",
    ("clinician", "treated"): "You no longer treat this client.",
    ("clinician", "none"): "You do not treat this client.",
    ("coordinator", "runs"): "A coordinator sees who treats whom, and no answers.",
}
REFUSED = "The program's rules do not allow this."


def _cells() -> Iterator[Question]:
    for rule in ALLOWED:
        for domain, action, thing in product(rule.domains, rule.actions, rule.things):
            yield (rule.kind, rule.relation, domain, action, thing)


CELLS = frozenset(_cells())
"""Every question that is answered with yes."""


def decide(kind: str, relation: str, *, domain: str, action: str, thing: str) -> Decision:
    """Return whether the policy allows it, with the reason for a person to read when it does not."""
    known = domain if domain in DOMAINS else "substance-use"
    if (kind, relation, known, action, thing) in CELLS:
        return Decision(True)
    return Decision(False, REASONS.get((kind, relation), REFUSED))
