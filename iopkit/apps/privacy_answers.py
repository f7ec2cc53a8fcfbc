"""What the app answers about privacy: each action done at the desk, and the view it was asked from again."""

from datetime import datetime

from iopkit.apps.message import Refused, Reply, Shown
from iopkit.apps.message_privacy import (
    Pause,
    PrivacyAction,
    Review,
    Revoke,
    SeePolicy,
    Share,
    Sign,
    SignRelease,
    StateReason,
    Unshare,
    WriteNote,
)
from iopkit.apps.place import HOME, Place, place
from iopkit.apps.privacy import NOTES
from iopkit.apps.release import sign_release
from iopkit.apps.router import view_at
from iopkit.clinic.desk import Desk
from iopkit.errors import AnswerError, NotFoundError
from iopkit.words import say, sentence

OLD = sentence("This page is an old one. Reload it; what you typed is kept.")


def answer_privacy(desk: Desk, action: PrivacyAction, *, now: datetime) -> Reply:
    """Return the view after an action about privacy; what is missing is said in its own words."""
    try:
        return Shown(reply=action.id, view=view_at(desk, done(desk, action), now=now))
    except AnswerError as error:
        return Refused(reply=action.id, text=problems(error, desk.person.language))


def problems(error: AnswerError, language: str) -> str:
    """Return what is missing, without the names of fields."""
    return " ".join(say(one, language).partition(": ")[2] or one for one in error.problems)


def done(desk: Desk, action: PrivacyAction) -> Place:
    """Do what an action asks; return the place to show next."""
    match action:
        case Sign():
            return sign(desk, action)
        case SignRelease():
            sign_release(desk, action)
            return Place("consents")
        case Revoke():
            desk.revoke(expected(desk, action.key, "consent").part(0))
            return Place("consents")
        case Share():
            return share(desk, action)
        case Unshare():
            taken = desk.unshare(expected(desk, action.key, "share").part(0))
            return Place("entry", (taken.entry_id,))
        case WriteNote():
            return write_note(desk, action)
        case Review():
            entry_id = expected(desk, action.key, "entry").part(0)
            desk.review(entry_id, action.quality, action.note)
            desk.mark_read(entry_id)
            return expected(desk, action.back, "client") if action.back else Place("entry", (entry_id,))
        case Pause():
            return pause(desk, action)
        case StateReason():
            return state_reason(desk, action)
        case SeePolicy():
            desk.see_secrets_policy()
            return Place(*HOME)


def sign(desk: Desk, action: Sign) -> Place:
    """Sign a consent; counseling notes stand in one of their own."""
    notes = action.counseling or NOTES in action.domains
    domains = [one for one in action.domains if one != NOTES]
    desk.consent(
        [*domains, "substance-use"] if notes else domains,
        expected(desk, action.recipient, "recipient").part(0),
        purpose=action.purpose,
        until=action.until,
        signature=action.signature,
        counseling_notes=notes,
    )
    return Place("consents")


def share(desk: Desk, action: Share) -> Place:
    """Open an entry to somebody."""
    entry_id = expected(desk, action.key, "entry").part(0)
    recipient = expected(desk, action.recipient, "recipient").part(0)
    desk.share(entry_id, recipient, until=action.until, purpose=action.purpose, signature=action.signature)
    return Place("entry", (entry_id,))


def write_note(desk: Desk, action: WriteNote) -> Place:
    """Write a note about an entry."""
    entry = desk.entry(expected(desk, action.key, "entry").part(0))
    desk.note(entry.client_id, entry.domain, action.text, entry_id=entry.id, counseling=action.counseling)
    return Place("entry", (entry.id,))


def pause(desk: Desk, action: Pause) -> Place:
    """Pause a couple's joint work, or let it go on."""
    client_id = expected(desk, action.key, "client").part(0)
    if action.resume:
        desk.resume_couple(client_id)
    else:
        desk.pause_couple(client_id)
    return Place("client", (client_id,))


def state_reason(desk: Desk, action: StateReason) -> Place:
    """State a reason, and open the record it is about."""
    client = expected(desk, action.key, "client").part(0) if action.key else action.user
    stated = (
        desk.state_reason(client, action.reason)
        if desk.person.kind == "supervisor"
        else desk.break_glass(client, action.reason)
    )
    return Place("client", (stated.client_id,))


def expected(desk: Desk, sealed: str, name: str) -> Place:
    """Return the place behind a key, which must be of this name."""
    where = place(desk, sealed)
    if where.name != name:
        raise NotFoundError(OLD)
    return where
