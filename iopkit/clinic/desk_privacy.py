"""The part of a desk about privacy: consents, shares, couples, notes, stated reasons, logs."""

from collections.abc import Iterable
from datetime import date

from iopkit.clinic import (
    conjoint,
    consent,
    couples,
    logbook,
    notes,
    notice,
    program,
    reasons,
    sharing,
    sights,
    standing,
)
from iopkit.clinic.consent import Form
from iopkit.clinic.record import Assignment, Entry
from iopkit.clinic.record_privacy import (
    Access,
    Blank,
    Consent,
    Disclosure,
    JointWork,
    Note,
    Preparation,
    Release,
    Review,
    SecretsPolicy,
    Share,
    Sight,
    StatedReason,
    Told,
)
from iopkit.clinic.seat import Seat
from iopkit.clinic.sharing import Terms


class DeskPrivacy:
    """What ``Desk`` can do about privacy. Each call asks the access policy anew, also on an open page."""

    _seat: Seat

    def who_sees(self, client_id: str) -> list[Sight]:
        """Return who can see what of a client now, why, and until when."""
        return sights.who_sees(self._seat, client_id)

    def access_log(self, since: date | None = None) -> list[Access]:
        """Return who did what with one's own record, in plain words, the newest first."""
        return logbook.access_log(self._seat, self._seat.person.id, since)

    def disclosures(self, client_id: str, since: date | None = None) -> list[Told]:
        """Return the accounting of what left a client's record, the newest first."""
        return logbook.disclosures(self._seat, client_id, since)

    def disclosure(self, shown: Iterable[Entry | Assignment]) -> Disclosure | None:
        """Return what must be printed with these when they leave; None if nothing need be."""
        return notice.disclosure(self._seat, shown)

    def standing(self, client_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return by client what one's reading rests on now: domains, consents, shares, stated reasons."""
        return standing.standing(self._seat, list(client_ids))

    def consent(
        self,
        domains: Iterable[str],
        recipient_id: str,
        *,
        purpose: str,
        until: date,
        signature: str,
        counseling_notes: bool = False,
    ) -> Consent:
        """Return one's signed consent that a clinician reads domains (or counseling notes) until a day."""
        chosen = tuple(domains)
        form = Form(chosen, purpose, until, signature, recipient_id, counseling_notes=counseling_notes)
        return consent.sign(self._seat, form)

    def blank_consent(self) -> Blank:
        """Return what stands in every consent of one's own before it is filled in."""
        return consent.blank(self._seat)

    def consents(self, client_id: str | None = None) -> list[Consent]:
        """Return the consents of a client, or of everybody one may know of, the newest first."""
        return consent.consents(self._seat, client_id)

    def revoke(self, consent_id: str) -> Consent:
        """Return one's own consent, taken back for every later read."""
        return consent.revoke(self._seat, consent_id)

    def share(
        self,
        entry_id: str,
        recipient_id: str,
        *,
        until: date | None = None,
        purpose: str = "",
        signature: str = "",
    ) -> Share:
        """Return the share of an own entry with partner or clinician; substance-use needs a signature."""
        return sharing.share(self._seat, entry_id, recipient_id, Terms(until, purpose, signature))

    def unshare(self, share_id: str) -> Share:
        """Return the share, taken back for every later read; the other is not told."""
        return sharing.unshare(self._seat, share_id)

    def shares(self, client_id: str) -> list[Share]:
        """Return what a client shared: all of it for themself, what is open to them for others."""
        return sharing.shares(self._seat, client_id)

    def shared(self) -> list[Entry]:
        """Return the entries that others opened to this person, newest first."""
        return sharing.shared(self._seat)

    def note(
        self,
        client_id: str,
        domain: str,
        text: str,
        *,
        entry_id: str | None = None,
        item: str = "",
        counseling: bool = False,
    ) -> Note:
        """Return a new note about a client in one's own domain; no client ever reads it here."""
        return notes.note(
            self._seat, client_id, domain, text, entry_id=entry_id, item=item, counseling=counseling
        )

    def notes(self, client_id: str) -> list[Note]:
        """Return the notes about a client that this person may read, the newest first."""
        return notes.notes(self._seat, client_id)

    def review(self, entry_id: str, quality: int, note: str = "") -> Review:
        """Return a new review of an entry in one's own domain: quality 0 to 4 and a note."""
        return notes.review(self._seat, entry_id, quality, note)

    def reviews(self, client_id: str) -> list[Review]:
        """Return the reviews of a client's entries that this person may read, the newest first."""
        return notes.reviews(self._seat, client_id)

    def state_reason(self, client: str, reason: str, *, minutes: int = 60) -> StatedReason:
        """Return a supervisor's reason as stored; the client's record is open to read for so long."""
        return reasons.state(self._seat, client, reason, kind="supervision", minutes=minutes)

    def break_glass(self, client: str, reason: str, *, minutes: int = 60) -> StatedReason:
        """Return a clinician's emergency reason as stored; the coordinator is alerted, the client sees it."""
        return reasons.state(self._seat, client, reason, kind="break-glass", minutes=minutes)

    def reasons(self, client_id: str | None = None) -> list[StatedReason]:
        """Return the reasons stated to read a client's record, or everybody's, the newest first."""
        return reasons.reasons(self._seat, client_id)

    def acknowledge_reason(self, reason_id: str) -> StatedReason:
        """Return a stated reason, noted as seen by the coordinator."""
        return reasons.acknowledge(self._seat, reason_id)

    def preparation(self) -> Preparation | None:
        """Return what a client still does alone before joint work; None outside a couple."""
        return couples.preparation(self._seat)

    def secrets_policy(self) -> SecretsPolicy:
        """Return how the program handles what one partner tells alone."""
        return program.secrets_policy(self._seat)

    def see_secrets_policy(self) -> SecretsPolicy:
        """Return the same, noted as shown to this client."""
        return program.see_secrets_policy(self._seat)

    def joint_work(self, client_id: str) -> JointWork:
        """Return how far a couple's joint work is: for its couples therapist alone."""
        return couples.joint_work(self._seat, client_id)

    def pause_couple(self, client_id: str) -> None:
        """Let a couple's joint tasks be absent from now on, without a word to either."""
        couples.pause(self._seat, client_id)

    def resume_couple(self, client_id: str) -> JointWork:
        """Return how far the joint work is, with every pause ended."""
        return couples.resume(self._seat, client_id)

    def conjoint_draft(self, worksheet_id: str, assignment_id: str) -> Entry:
        """Return the couple's open draft of an assigned joint worksheet, or a new one; both write in it."""
        return conjoint.draft(self._seat, worksheet_id, assignment_id)

    def conjoint(self, client_id: str) -> list[Entry]:
        """Return what a client's couple has written together and sent, newest first."""
        return conjoint.conjoint(self._seat, client_id)

    def sign_release(self, recipient: str, *, purpose: str, until: date, signature: str) -> Consent:
        """Return one partner's signature to let the couple's record go to somebody outside."""
        return conjoint.sign_release(
            self._seat, recipient=recipient, purpose=purpose, until=until, signature=signature
        )

    def releases(self) -> list[Release]:
        """Return one's own signatures to let the couple's record leave, and whether both have signed."""
        return conjoint.releases(self._seat)

    def release(self, recipient: str) -> list[Entry]:
        """Return the couple's record for a recipient whom both partners signed for."""
        return conjoint.release(self._seat, recipient)

    def program(self) -> dict[str, str]:
        """Return the rules of the program, for its coordinator."""
        return program.read(self._seat)

    def change_program(self, name: str, value: str) -> dict[str, str]:
        """Return the rules of the program with one of them changed."""
        return program.change(self._seat, name, value)
