"""What two partners did together, and its way out of the program: signed by both, each alone.

The page shows one's own signatures, and whether the record may leave. Whether the partner was asked, said no
or took a signature back stands nowhere: until both have signed, it says the same.
"""

from iopkit.apps.message_privacy import SignRelease
from iopkit.apps.place import key, place
from iopkit.apps.privacy import consent_form, consent_line, consents
from iopkit.apps.view_privacy import Choice, Consents, ReleaseLine, Releases
from iopkit.clinic.desk import Desk
from iopkit.clinic.record_privacy import Release
from iopkit.errors import NotFoundError
from iopkit.words import say, sentence

HEADING = sentence("What the two of you did together")
TEXT = sentence(
    "It is the record of both of you, so it leaves the program only when each of you has signed, alone and "
    "for the same person. What either of you keeps to yourself never goes along. Nobody has to sign, or say "
    "why not."
)
READY = sentence("Both of you have signed: it may go now. {state}")
WAITING = sentence("You have signed. It may go once both of you have. {state}")
YOURSELF = sentence("{name} (you, in your own copy)")
PARTNER = sentence("{name} (your partner, in their copy)")
OUTSIDE = sentence("Somebody outside the program")


def my_consents(desk: Desk) -> Consents:
    """Return the page of one's consents; for partners with what both sign for."""
    return consents(desk).model_copy(update={"both": releases(desk)})


def releases(desk: Desk) -> Releases | None:
    """Return one's signatures for the record of the two, and what a new one needs; None outside a couple."""
    partner = desk.partner(desk.person.id)
    if partner is None:
        return None
    language = desk.person.language
    choices = [
        Choice(value=key(desk, "recipient", one.id), label=say(label, language, name=one.name))
        for one, label in ((desk.person, YOURSELF), (partner, PARTNER))
    ]
    outside = Choice(value="", label=say(OUTSIDE, language))
    form = consent_form(desk).model_copy(
        update={"recipients": [*choices, outside], "domains": [], "nobody": ""}
    )
    mine = sorted(desk.releases(), key=lambda one: not one.consent.live)
    inside = {desk.person.name, partner.name}
    return Releases(
        heading=say(HEADING, language),
        text=say(TEXT, language),
        rows=[line(desk, one, inside=one.consent.recipient in inside) for one in mine],
        form=form,
    )


def line(desk: Desk, one: Release, *, inside: bool) -> ReleaseLine:
    """Return a signature in words; what goes to one of the two goes with their own copy."""
    shown, language = consent_line(desk, one.consent), desk.person.language
    if one.consent.live:
        state = say(READY if one.both else WAITING, language, state=shown.state)
        shown = shown.model_copy(update={"state": state})
    take = key(desk, "release", one.consent.id) if one.both and not inside else ""
    return ReleaseLine(consent=shown, take=take)


def sign_release(desk: Desk, action: SignRelease) -> None:
    """Sign that the record of the two may go to oneself, to one's partner, or to somebody who is named."""
    desk.sign_release(
        named(desk, action), purpose=action.purpose, until=action.until, signature=action.signature
    )


def named(desk: Desk, action: SignRelease) -> str:
    """Return the name of who is to have it."""
    if not action.recipient:
        return action.outside
    where, partner = place(desk, action.recipient), desk.partner(desk.person.id)
    for one in (desk.person, partner):
        if one is not None and (where.name, where.part(0)) == ("recipient", one.id):
            return one.name
    raise NotFoundError(sentence("This page is an old one. Reload it; what you typed is kept."))
