"""One's own way to sign in, changed by oneself: password, second factor, and where one is signed in."""

from dataclasses import dataclass

from iopkit.clinic import people, pin, second_factor, signing_in
from iopkit.clinic.login import live
from iopkit.clinic.logins import OpenLogin, end_one, end_others, open_logins
from iopkit.clinic.office import Office
from iopkit.clinic.second_factor import Pairing
from iopkit.clinic.shared_device import NO_PARTNER
from iopkit.clinic.tables import LoginRow, PersonRow
from iopkit.errors import SignInError
from iopkit.words import sentence

NOT_IT = sentence("That is not your password. Type the one you sign in with.")
NOT_BY_PIN = sentence("This asks for your password. Sign in with it on a device of your own.")
NEEDED = sentence("In your role a second factor is needed. If your phone is lost, tell your program.")


@dataclass(frozen=True)
class Overview:
    """What a person sees of their own way to sign in."""

    user: str
    logins: list[OpenLogin]
    has_password: bool
    has_second_factor: bool
    needs_second_factor: bool
    recovery_codes: int
    may_have_pin: bool = False
    """Whether there is a partner with whom a device can be shared."""
    has_pin: bool = False


class OwnSignIn:
    """What one person may do about their own way to sign in, from one login. Each step asks for proof."""

    def __init__(self, office: Office, login_id: str) -> None:
        self._office = office
        self._login_id = login_id
        with office.database.read() as session:
            row = session.get(LoginRow, login_id)
            _, self.person, _, _ = live(office, session, row)
            if row is not None and row.shared_id is not None:
                raise SignInError(NOT_BY_PIN)

    def overview(self) -> Overview:
        """Return the logins, and what the person has to sign in with."""
        with self._office.database.read() as session:
            row = session.get_one(PersonRow, self.person.id)
            has = second_factor.is_paired(session, row.id)
            left = second_factor.recovery_codes_left(session, row.id)
            partner = people.partner_id(session, row.id) is not None
            set_already = pin.has_pin(session, row.id)
        needed = row.kind in self._office.settings.second_factor
        places = open_logins(self._office, row.id)
        return Overview(
            row.user, places, row.password_hash is not None, has, needed, left, partner, set_already
        )

    def end(self, login_id: str) -> list[str]:
        """End one of the person's logins; return which."""
        return end_one(self._office, self.person.id, login_id)

    def end_others(self) -> list[str]:
        """End all of the person's logins but this one; return which."""
        return end_others(self._office, self.person.id, self._login_id)

    def change_password(self, old: str, new: str, *, address: str) -> list[str]:
        """Give oneself another password; return the logins that ended, this one too."""
        self._prove(old, address)
        hashed = people.new_hash(self._office, self.person.user, new)
        ended = [place.id for place in open_logins(self._office, self.person.id)]
        with self._office.database.write() as session:
            row = session.get_one(PersonRow, self.person.id)
            people.change_hash(self._office, session, row, hashed)
            people.audit_own(self._office, session, row, "password")
        return ended

    def set_pin(self, password: str, new: str, again: str, *, address: str) -> None:
        """Set one's PIN for a device shared with one's partner, in place of an earlier one."""
        pin.check_rules(new, again)
        self._prove(password, address)
        with self._office.database.write() as session:
            row = session.get_one(PersonRow, self.person.id)
            if people.partner_id(session, row.id) is None:
                raise SignInError(NO_PARTNER)
            pin.set_pin(self._office, session, row.id, new)
            people.audit_own(self._office, session, row, "pin")

    def drop_pin(self, password: str, *, address: str) -> None:
        """Forget one's PIN: a shared device asks for the password instead."""
        self._prove(password, address)
        with self._office.database.write() as session:
            pin.drop_pin(session, self.person.id)
            people.audit_own(self._office, session, session.get_one(PersonRow, self.person.id), "pin")

    def begin_pairing(self, password: str, *, address: str) -> Pairing:
        """Return what an authenticator app needs, for whom the password proves to be the person."""
        self._prove(password, address)
        return second_factor.begin(self._office, self.person.id)

    def pairing(self) -> Pairing:
        """Return again what an authenticator app needs, while it has not been confirmed."""
        return second_factor.waiting(self._office, self.person.id)

    def confirm_pairing(self, code: str) -> list[str]:
        """Return the recovery codes once the app has shown a right code."""
        with self._office.database.write() as session:
            return second_factor.confirm(self._office, session, self.person.id, code)

    def new_recovery_codes(self, code: str) -> list[str]:
        """Return new recovery codes for a code of the second factor."""
        signing_in.prove_code(self._office, self.person.id, code)
        with self._office.database.write() as session:
            row = session.get_one(PersonRow, self.person.id)
            people.audit_own(self._office, session, row, "recovery-code")
            return second_factor.new_recovery_codes(self._office, session, row.id)

    def drop_second_factor(self, code: str) -> None:
        """Sign in without a second factor from now on, where the role allows it."""
        if self.person.kind in self._office.settings.second_factor:
            raise SignInError(NEEDED)
        signing_in.prove_code(self._office, self.person.id, code)
        with self._office.database.write() as session:
            second_factor.drop(self._office, session, self.person.id)

    def _prove(self, password: str, address: str) -> None:
        if not signing_in.knows_password(self._office, self.person.user, password, address=address):
            raise SignInError(NOT_IT)
