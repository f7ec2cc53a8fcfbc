"""The access log of one record in plain words, and the accounting of what left it to whom."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import reduce

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from iopkit.clinic import consent, people, reasons
from iopkit.clinic.record import Person
from iopkit.clinic.record_privacy import Access, Consent, StatedReason, Told
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AuditRow
from iopkit.clinic.tables_privacy import ConsentRow, StatedReasonRow
from iopkit.words import mark, sentence

YOU = sentence("You")
OPERATOR = sentence("The program")
DONE = {
    "view": sentence("opened"),
    "report": sentence("made a report of"),
    "export": sentence("exported"),
    "save": sentence("saved a draft in"),
    "submit": sentence("sent"),
    "correct": sentence("corrected"),
    "assign": sentence("gave a worksheet in"),
    "acknowledge": sentence("acknowledged"),
    "refuse": sentence("was refused when opening"),
    "people": sentence("changed"),
    "consent": sentence("signed"),
    "revoke": sentence("took back"),
    "share": sentence("opened to somebody"),
    "unshare": sentence("took back"),
    "state-reason": sentence("stated a reason to read"),
    "break-glass": sentence("used emergency access to"),
    "note": sentence("worked in"),
    "review": sentence("worked in"),
    "stop": sentence("ended a worksheet in"),
    "resume": sentence("gave a worksheet again in"),
    "book": sentence("changed"),
    "mark": sentence("noted who came in"),
    "sign-in": sentence("signed in to"),
    "sign-out": sentence("signed out of"),
    "hand-over": sentence("handed over"),
}
OF = {
    "entry": sentence("an entry"),
    "private-entry": sentence("an entry"),
    "check-in": sentence("an entry"),
    "correction": sentence("an entry"),
    "draft": sentence("a draft"),
    "conjoint-entry": sentence("an entry of both partners"),
    "couple": sentence("what both partners wrote"),
    "shared": sentence("what was shared"),
    "alert": sentence("a safety alert"),
    "consent": sentence("a consent"),
    "share": sentence("one entry"),
    "care-team": sentence("the care team"),
    "password": sentence("the password"),
    "pin": sentence("the PIN"),
    "shared-device": sentence("a device that you two share"),
    "schedule": sentence("the appointments"),
    "group": sentence("a group"),
    "own-calendar": sentence("the calendar"),
    "patterns": sentence("two figures of the record, day by day"),
}
RECORD = sentence("the record")
STATED = {"break-glass": mark("emergency: {reason}"), "supervision": mark("supervision: {reason}")}
LIMIT = 1000


def access_log(seat: Seat, client_id: str, since: date | None) -> list[Access]:
    """Return who did what with a client's record, the newest first: at most the last thousand rows."""
    with seat.reading() as session:
        seat.require(seat.ties(session, client_id), client_id, action="read", thing="access-log")
        rows = session.scalars(_about(client_id, since).limit(LIMIT)).all()
        book = _Book(seat, session, rows, client_id)
        return [Access(row.at, book.who(row), book.what(row), book.why(row)) for row in rows]


def disclosures(seat: Seat, client_id: str, since: date | None) -> list[Told]:
    """Return what left a client's record to whom and for what purpose, the newest first."""
    with seat.reading() as session:
        seat.require(seat.ties(session, client_id), client_id, action="read", thing="disclosures")
        chosen = _about(client_id, since).where(AuditRow.action.in_(["view", "report", "export"]))
        chosen = chosen.where(AuditRow.why != "", AuditRow.why.not_like("supervision:%"))
        rows = session.scalars(chosen).all()
        book = _Book(seat, session, rows, client_id)
        return [told for row in rows for told in book.told(row)]


class _Book:
    """People, consents and reasons that some audit rows name, read in a constant number of queries.

    Only what was signed or stated about this one client: what a partner put their name to stays theirs.
    """

    def __init__(self, seat: Seat, session: Session, rows: Sequence[AuditRow], client_id: str) -> None:
        self._me = seat.person
        self._people: dict[str, Person] = people.by_ids(
            seat.office, session, {row.actor_id for row in rows if row.actor_id}
        )
        named = {one for row in rows for one in _ids(row)}
        theirs = select(ConsentRow).where(ConsentRow.id.in_(named), ConsentRow.client_id == client_id)
        signed = session.scalars(theirs).all() if named else []
        self._consents: dict[str, Consent] = {
            one.id: one for one in consent.as_consents(seat, session, signed)
        }
        chosen = select(StatedReasonRow).where(StatedReasonRow.id.in_(named))
        stated = session.scalars(chosen).all() if named else []
        self._reasons: dict[str, StatedReason] = {
            one.id: one for one in reasons.as_reasons(seat, session, stated)
        }

    def who(self, row: AuditRow) -> str:
        """Return who did it."""
        if row.actor_id is None:
            return OPERATOR
        return YOU if row.actor_id == self._me.id else self._people[row.actor_id].name

    def what(self, row: AuditRow) -> str:
        """Return what was done, in words; a clinician's notes are never told apart from other work."""
        done, of = DONE.get(row.action, row.action), OF.get(row.thing, RECORD)
        return sentence("{done} {of}", done=done, of=of)

    def why(self, row: AuditRow) -> str:
        """Return what allowed it, in words."""
        words = []
        for part in row.why.split(",") if row.why else []:
            kind, _colon, one = part.partition(":")
            if kind == "share":
                words.append(sentence("it was shared"))
            elif one in self._consents:
                words.append(sentence("by consent: {purpose}", purpose=self._consents[one].purpose))
            elif one in self._reasons:
                stated = self._reasons[one]
                words.append(sentence(STATED[stated.kind], reason=stated.reason))
        return reduce(_both, words) if words else ""

    def told(self, row: AuditRow) -> Iterable[Told]:
        """Return the disclosures in a row: one for each consent, share or emergency it rests on."""
        for part in row.why.split(","):
            kind, _colon, one = part.partition(":")
            signed = self._consents.get(one)
            if signed:
                what = "one entry" if signed.entry_id else ", ".join(signed.domains)
                what = "what both partners wrote" if signed.couple_id else what
                if signed.counseling_notes:
                    what += " (counseling notes)"
                yield Told(row.at, signed.recipient, what, signed.purpose, signed.id)
            elif kind == "break-glass" and one in self._reasons:
                yield Told(row.at, self.who(row), RECORD, f"emergency: {self._reasons[one].reason}", None)
            elif kind == "share":
                yield Told(row.at, self.who(row), "one entry", "shared by the client", None)


def _both(first: str, last: str) -> str:
    return sentence("{first}; {last}", first=first, last=last)


def _about(client_id: str, since: date | None) -> Select[AuditRow]:
    many = and_(
        AuditRow.client_id.is_(None), AuditRow.thing == "record", AuditRow.thing_id.contains(client_id)
    )
    chosen = select(AuditRow).where(or_(AuditRow.client_id == client_id, many))
    if since is not None:
        chosen = chosen.where(AuditRow.at >= datetime.combine(since, time(), UTC))
    return chosen.order_by(AuditRow.seq.desc())


def _ids(row: AuditRow) -> list[str]:
    return [part.partition(":")[2] for part in row.why.split(",")] if row.why else []
