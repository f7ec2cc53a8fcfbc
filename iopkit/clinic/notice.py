"""What travels with substance-use records that leave: the notice of 42 CFR 2.32 and what allows it."""

from collections.abc import Iterable

from sqlalchemy import select

from iopkit.clinic import consent
from iopkit.clinic.access import known
from iopkit.clinic.record import Assignment, Entry
from iopkit.clinic.record_privacy import NOTICE, Disclosure
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables_privacy import ConsentRow
from iopkit.clinic.ties import full_day

OWN = "This is the client's own copy."
WITHIN = "It stays with the substance-use team; no consent to pass it on comes with it."
EMERGENCY = "Opened in an emergency (42 CFR 2.51)."
SUPERVISION = "Opened for supervision within the program."


def disclosure(seat: Seat, shown: Iterable[Entry | Assignment]) -> Disclosure | None:
    """Return what must be printed with these; None when none is of the substance-use domain."""
    found = [one for one in shown if known(one.domain) == "substance-use"]
    if not found:
        return None
    others = [one for one in found if one.client_id != seat.person.id]
    with seat.reading() as session:
        tied = seat.ties(session, *{one.client_id for one in others})
        rests = {
            tied.tie(
                one.client_id,
                one.domain,
                thing="private-entry" if isinstance(one, Entry) and one.private else "entry",
                thing_id=one.id,
            )[1]
            for one in others
        }
        ids = [why.removeprefix("consent:") for why in rests if why.startswith("consent:")]
        rows = session.scalars(select(ConsentRow).where(ConsentRow.id.in_(ids)).order_by(ConsentRow.id)).all()
        signed = consent.as_consents(seat, session, rows)
    if seat.person.kind == "client" and not rests:
        return Disclosure(NOTICE, (), OWN)
    scopes = [
        f"Consent {one.id} of {full_day(one.signed_at.date())}: to {one.recipient}, for {one.purpose}, "
        f"until {full_day(one.until)}."
        for one in signed
    ]
    scopes += [EMERGENCY] if any(why.startswith("break-glass:") for why in rests) else []
    scopes += [SUPERVISION] if any(why.startswith("supervision:") for why in rests) else []
    return Disclosure(NOTICE, tuple(one.id for one in signed), " ".join(scopes) or WITHIN)
