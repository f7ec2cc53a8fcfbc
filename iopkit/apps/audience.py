"""Who will see an entry, in names: the line above the first question."""

from datetime import date

from iopkit.apps.words import TREATS, listing
from iopkit.clinic.desk import Desk

PARTNER = "Your partner will not."


def seen_by(desk: Desk, domain: str, today: date) -> str:
    """Return who of the care team will see an entry of this domain, and that the partner will not."""
    client_id = desk.person.id
    names = [
        member.clinician.name
        for member in desk.care_team(client_id)
        if member.domain == domain
        and member.since <= today
        and (member.until is None or today <= member.until)
    ]
    who = TREATS.get(domain, "clinician")
    if names:
        text = f"Your {who} ({listing(sorted(set(names)))}) will see this once you send it."
    else:
        text = f"You have no {who} here at the moment, so nobody but you will see this."
    return f"{text} {PARTNER}" if desk.partner(client_id) else text
