"""What the app answers to a coordinator: people, invitations, teams, couples, reasons seen."""

from datetime import datetime

from iopkit.apps.message import Reply, Shown
from iopkit.apps.message_program import (
    AddPerson,
    Couple,
    EndTreat,
    Invite,
    Invited,
    ProgramAction,
    SeenReason,
    Treat,
)
from iopkit.apps.place import Place
from iopkit.apps.privacy_answers import expected
from iopkit.apps.router import view_at
from iopkit.apps.words import moment
from iopkit.clinic.desk import Desk


def answer_program(desk: Desk, action: ProgramAction, *, now: datetime) -> Reply:
    """Return the view after a coordinator's action, or the invitation it made."""
    if isinstance(action, Invite):
        return invite(desk, action, now=now)
    return Shown(reply=action.id, view=view_at(desk, done(desk, action), now=now))


def invite(desk: Desk, action: Invite, *, now: datetime) -> Invited:
    """Return a one-time link's token and until when it holds."""
    made = desk.invite(expected(desk, action.key, "invite").part(0))
    until = moment(made.until, now, desk.person.zone, desk.person.language)
    return Invited(reply=action.id, token=made.token, until=until)


def done(desk: Desk, action: AddPerson | Treat | EndTreat | Couple | SeenReason) -> Place:
    """Do what an action asks; return the place to show next."""
    match action:
        case AddPerson():
            domains = action.domains if action.person == "clinician" else []
            made = desk.add_person(action.person, action.user, action.name, zone=action.zone, domains=domains)
            return Place("person", (made.id,))
        case Treat():
            client_id = expected(desk, action.key, "person").part(0)
            chosen = expected(desk, action.choice, "clinician")
            desk.treat(client_id, chosen.part(0), chosen.part(1), since=action.since, until=action.until)
            return Place("person", (client_id,))
        case EndTreat():
            member = expected(desk, action.key, "member")
            desk.end_treat(member.part(0), action.until)
            return Place("person", (member.part(1),))
        case Couple():
            client_id = expected(desk, action.key, "person").part(0)
            desk.couple(client_id, expected(desk, action.partner, "person").part(0))
            return Place("person", (client_id,))
        case SeenReason():
            desk.acknowledge_reason(expected(desk, action.key, "stated").part(0))
            return Place("watch")
