"""Who will see an entry, in names: the line above the first question."""

from datetime import date

from iopkit.apps.words import TREATS, listing
from iopkit.clinic.desk import Desk
from iopkit.words import say, sentence

PARTNER = sentence("Your partner will not.")


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
    language = desk.person.language
    who = say(TREATS.get(domain, sentence("clinician")), language)
    if names:
        told = listing(sorted(set(names)), language)
        text = say("Your {who} ({names}) will see this once you send it.", language, who=who, names=told)
    else:
        text = say(
            "You have no {who} here at the moment, so nobody but you will see this.", language, who=who
        )
    return f"{text} {say(PARTNER, language)}" if desk.partner(client_id) else text
