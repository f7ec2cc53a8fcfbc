"""Stating a reason to read a record: a supervisor's, or a clinician's in an emergency."""

from iopkit.apps.place import key
from iopkit.apps.view_privacy import Choice, Reason
from iopkit.clinic.desk import Desk
from iopkit.words import say, sentence

MINUTES = 60
EMERGENCY = (
    sentence("Emergency access"),
    sentence(
        "Use this when somebody may come to harm and you need to read their record now. It opens for "
        "{minutes} minutes. The coordinator is told at once, and the client sees your name and your reason."
    ),
    sentence("Open the record"),
)
SUPERVISION = (
    sentence("Read with a reason"),
    sentence(
        "Say whose record you read and why. It opens for {minutes} minutes. The client sees your name and "
        "your reason, and so does the coordinator."
    ),
    sentence("Open the record"),
)


def reason(desk: Desk, client_id: str) -> Reason:
    """Return the page on which this person states why they read whose record ("": they type it)."""
    language = desk.person.language
    heading, text, button = SUPERVISION if desk.person.kind == "supervisor" else EMERGENCY
    return Reason(
        heading=say(heading, language),
        text=say(text, language, minutes=MINUTES),
        button=say(button, language),
        key=key(desk, "client", client_id) if client_id else "",
        minutes=MINUTES,
        open=open_now(desk),
        open_label=say("Open to you now", language),
    )


def open_now(desk: Desk) -> list[Choice]:
    """Return the clients whose records are open to this person by a stated reason alone."""
    clients = desk.clients()
    treated = desk.domains_of(one.id for one in clients) if desk.person.kind == "clinician" else {}
    return [
        Choice(value=key(desk, "client", one.id), label=one.name)
        for one in clients
        if not treated.get(one.id)
    ]
