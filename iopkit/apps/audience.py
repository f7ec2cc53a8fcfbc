"""Who will see an entry, in names: the line above the first question."""

from collections.abc import Sequence
from datetime import date

from iopkit.apps.words import TREATS, listing
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import CareTeamMember, Entry
from iopkit.words import say, sentence

PARTNER = sentence("Your partner will not.")
NOT_PARTNER = sentence("Your partner cannot.")
WITH_PARTNER = sentence("You shared it with your partner.")
PRIVATE = sentence("Nobody but you sees this, unless you share it.")


def seen_by(desk: Desk, entry: Entry, today: date) -> str:
    """Return who of the care team will (or, once sent, can) see one's own entry, and whether the partner."""
    language = desk.person.language
    if entry.private:
        return say(PRIVATE, language)
    sent = entry.status == "submitted"
    text = say_team(desk, entry.domain, today, sent=sent)
    partner = desk.partner(desk.person.id)
    if partner is None:
        return text
    if not sent:
        return f"{text} {say(PARTNER, language)}"
    live = [one for one in desk.shares(desk.person.id) if one.entry_id == entry.id and one.live]
    shared = any(one.recipient_id == partner.id for one in live)
    return f"{text} {say(WITH_PARTNER if shared else NOT_PARTNER, language)}"


def will_see(
    team: Sequence[CareTeamMember], domain: str, today: date, *, private: bool, language: str = "en"
) -> str:
    """Return in one line, for a card, who will see what is sent in a domain."""
    names = [] if private else treating(team, domain, today)
    if not names:
        return say("Only you will see it.", language)
    return say("{names} will see it.", language, names=listing(names, language))


def treating(team: Sequence[CareTeamMember], domain: str, today: date) -> list[str]:
    """Return the names of who treats a client in a domain on a day, by name."""
    found = {
        one.clinician.name
        for one in team
        if one.domain == domain and one.since <= today and (one.until is None or today <= one.until)
    }
    return sorted(found)


def say_team(desk: Desk, domain: str, today: date, *, sent: bool) -> str:
    """Return who of the care team will see, or can see, what is sent in a domain."""
    client_id = desk.person.id
    names = treating(desk.care_team(client_id), domain, today)
    language = desk.person.language
    who = say(TREATS.get(domain, sentence("clinician")), language)
    if names:
        told = listing(names, language)
        if sent:
            return say("Your {who} ({names}) can see this.", language, who=who, names=told)
        return say("Your {who} ({names}) will see this once you send it.", language, who=who, names=told)
    return say("You have no {who} here at the moment, so nobody but you will see this.", language, who=who)
