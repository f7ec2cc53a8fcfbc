"""Rules of the whole program that the coordinator sets: its name, the on-call contact, the secrets policy."""

from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic.record_privacy import SecretsPolicy
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables_privacy import PreparedRow, ProgramRow
from iopkit.errors import StoreError
from iopkit.measures.appointments import PROGRAM_HOURS, TRANSITION_MINUTES
from iopkit.words import sentence

Policy = Literal["none", "limited", "full"]
POLICIES: dict[str, str] = {
    "none": sentence(
        "What one of you tells the couples therapist alone is not kept from the other. The therapist may "
        "bring it into a joint session."
    ),
    "limited": sentence(
        "What one of you tells the couples therapist alone stays there for now. If it stands in the "
        "way of the work together, the therapist helps you to say it yourself. Safety always comes first."
    ),
    "full": sentence(
        "What one of you tells the couples therapist alone stays there, and is not told to the other. "
        "Safety always comes first."
    ),
}
"""What each policy means, in the words that both partners are shown."""
DEFAULTS = {
    "name": sentence("The program"),
    "on-call": sentence("The program's on-call contact"),
    "secrets-policy": "limited",
    "alert-minutes": "60",
    "weekly-hours": f"{PROGRAM_HOURS:g}",
    "transition-minutes": str(TRANSITION_MINUTES),
}
"""What holds until the coordinator sets something else. ``alert-minutes``: time to acknowledge an alert."""
NUMBERS = {
    "alert-minutes": (1, 1440, "The time to acknowledge an alert is a number of minutes from 1 to 1440."),
    "weekly-hours": (0, 60, "The hours of a week are a whole number from 0 to 60."),
    "transition-minutes": (0, 120, "The time between two appointments is a number of minutes from 0 to 120."),
}
"""Rules that are whole numbers: from, to, and what to say to anything else."""


def settings(session: Session) -> dict[str, str]:
    """Return every rule of the program, in one query."""
    return DEFAULTS | {row.name: row.value for row in session.scalars(select(ProgramRow))}


def name(session: Session) -> str:
    """Return the program's name, as it stands in consents."""
    return settings(session)["name"]


def read(seat: Seat) -> dict[str, str]:
    """Return the rules of the program for its coordinator."""
    with seat.reading() as session:
        seat.require(seat.ties(session), seat.person.id, action="read", thing="program")
        return settings(session)


def change(seat: Seat, name: str, value: str) -> dict[str, str]:
    """Return the rules with one of them changed; StoreError for a name or value that is none."""
    _check(name, value)
    with seat.writing() as session:
        seat.require(seat.ties(session), seat.person.id, action="write", thing="program")
        row = session.get(ProgramRow, name)
        if row is None:
            row = ProgramRow(name=name)
            session.add(row)
        row.value, row.at = value.strip(), seat.office.now()
        session.flush()
        seat.audit(session, "program", client_id=None, thing="program", thing_id=name)
        return settings(session)


def secrets_policy(seat: Seat) -> SecretsPolicy:
    """Return the policy in force, and whether this client was shown it."""
    me = seat.person.id
    with seat.reading() as session:
        seat.require(seat.ties(session, me), me, action="read", thing="secrets-policy", domain="couples")
        value = settings(session)["secrets-policy"]
        return policy(value, seen=session.get(PreparedRow, (me, step(value))) is not None)


def see_secrets_policy(seat: Seat) -> SecretsPolicy:
    """Return the policy in force, noted as shown to this client."""
    me = seat.person.id
    with seat.writing() as session:
        seat.require(
            seat.ties(session, me), me, action="acknowledge", thing="secrets-policy", domain="couples"
        )
        value = settings(session)["secrets-policy"]
        prepared(seat, session, step(value))
        return policy(value, seen=True)


def prepared(seat: Seat, session: Session, step: str) -> None:
    """Note that the client who sits here has taken a step before joint work."""
    if session.get(PreparedRow, (seat.person.id, step)) is None:
        session.add(PreparedRow(person_id=seat.person.id, step=step, at=seat.office.now()))
        session.flush()


def step(value: str) -> str:
    """Return how having been shown a policy is noted."""
    return f"policy {value}"


def policy(value: str, *, seen: bool) -> SecretsPolicy:
    """Return a policy with its words."""
    return SecretsPolicy(cast(Policy, value), POLICIES[value], seen)


def _check(name: str, value: str) -> None:
    if name not in DEFAULTS:
        raise StoreError(f"A rule of the program is one of: {', '.join(sorted(DEFAULTS))}.")
    if name == "secrets-policy" and value not in POLICIES:
        raise StoreError(f"The secrets policy is one of: {', '.join(POLICIES)}.")
    if name in NUMBERS:
        least, most, problem = NUMBERS[name]
        if not (value.strip().isdecimal() and least <= int(value) <= most):
            raise StoreError(problem)
    if not value.strip():
        raise StoreError("This rule of the program cannot be empty.")
