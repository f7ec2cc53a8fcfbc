"""One device between two partners: a browser that they hand to each other for an evening.

Both prove themselves with their passwords once; from then on each hand-over ends the login of who gives the
device away, and a PIN opens a new one for who takes it. What a PIN opens is what both own and nothing else
(``Seat.joint``). A device is over when its time has run out, when nobody touched it for a while, or when the
login that holds it ended in any other way than by handing over.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iopkit.clinic import people, pin, second_factor, signing_in
from iopkit.clinic.login import digest, live
from iopkit.clinic.office import Office
from iopkit.clinic.record import Person
from iopkit.clinic.tables import CoupleRow, LoginRow, PersonRow
from iopkit.clinic.tables_device import DeviceSideRow, SharedDeviceRow
from iopkit.errors import SignInError
from iopkit.words import sentence

FREE = 3
"""So many wrong PINs cost no wait; each further one doubles it."""
FIRST_WAIT = 30
MOST = 6
"""After so many wrong PINs the password is asked for."""
OVER = sentence("This device is no longer shared. Both of you sign in again with your passwords.")
WRONG_PIN = sentence("That PIN does not fit.")
WRONG_PASSWORD = sentence("That is not the password. Nothing was opened.")
PASSWORD = sentence("Too many wrong PINs. Use the password this time.")
NO_PARTNER = sentence("Only two partners of one couple can share a device.")
PIN_FIRST = sentence("Choose your own PIN first.")


@dataclass(frozen=True)
class SharedDevice:
    """A shared device as it stands: who is asked, who the other is, until when, and whose login holds it."""

    id: str
    asked: Person
    other: Person
    until: datetime
    login_id: str | None
    needs_password: bool
    """Whether a PIN does not help who is asked: none was set, or it was wrong too often."""
    has_code: bool
    """Whether who is asked has a second factor, which goes with their password."""


@dataclass(frozen=True)
class Proved:
    """What somebody typed to prove who they are."""

    pin: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    address: str = ""


def partner_of(office: Office, person_id: str) -> Person:
    """Return the partner with whom a device can be shared; SignInError for who has none."""
    with office.database.read() as session:
        other = people.partner_id(session, person_id)
        if other is None:
            raise SignInError(NO_PARTNER)
        return people.as_person(office, session, session.get_one(PersonRow, other))


def has_pins(office: Office, *person_ids: str) -> list[bool]:
    """Return for each person whether they have set a PIN."""
    with office.database.read() as session:
        return [pin.has_pin(session, one) for one in person_ids]


def prove(office: Office, person: Person, proved: Proved) -> None:
    """Return for a person's own password, and code where they have a second factor; SignInError otherwise."""
    if not signing_in.knows_password(office, person.user, proved.password, address=proved.address):
        raise SignInError(WRONG_PASSWORD)
    with office.database.read() as session:
        if session.get_one(PersonRow, person.id).locked:
            raise SignInError(WRONG_PASSWORD)
        paired = second_factor.is_paired(session, person.id)
    if paired:
        signing_in.prove_code(office, person.id, proved.code)


def share(office: Office, login_id: str, proved: Proved, *, device: str = "") -> str:
    """Return the token of a device that the person of a login now shares with their partner, who is proved.

    The partner's first PIN, where ``proved`` has one, is kept with it.
    """
    with office.database.read() as session:
        _, me, _, _ = live(office, session, session.get(LoginRow, login_id))
        if not pin.has_pin(session, me.id):
            raise SignInError(PIN_FIRST)
    other = partner_of(office, me.id)
    prove(office, other, proved)
    token, now = secrets.token_urlsafe(32), office.now()
    with office.database.write() as session:
        live(office, session, session.get(LoginRow, login_id))
        if proved.pin:
            pin.set_pin(office, session, other.id, proved.pin)
            people.audit_own(office, session, session.get_one(PersonRow, other.id), "pin", through="sign-in")
        couple = session.scalars(select(CoupleRow).where(CoupleRow.first_id.in_([me.id, other.id]))).one()
        row = SharedDeviceRow(id=office.new_id(), token_hash=digest(token), couple_id=couple.id)
        row.login_id, row.asked_id, row.device = login_id, other.id, device or None
        row.made_at = row.seen_at = now
        session.add(row)
        session.flush()
        for one in (me.id, other.id):
            session.add(DeviceSideRow(shared_id=row.id, person_id=one, wrong=0, wait_until=None))
            _note(office, session, "sign-in", one, row, client_id=one)
    return token


def found(office: Office, token: str) -> SharedDevice:
    """Return the device of a token as it stands; SignInError when it is over."""
    with office.database.read() as session:
        return _as_device(office, session, _live(office, session, token))


def held_by(office: Office, session: Session, login_id: str) -> SharedDevice | None:
    """Return the device that a login holds, or None."""
    row = session.scalars(select(SharedDeviceRow).where(SharedDeviceRow.login_id == login_id)).first()
    return None if row is None or not holds(office, session, row) else _as_device(office, session, row)


def hand_over(office: Office, token: str, login_id: str) -> str:
    """End the login that holds a device, so that the other is asked; return its id."""
    with office.database.write() as session:
        row = _live(office, session, token, lock=True)
        held = session.get(LoginRow, login_id)
        live(office, session, held)
        if held is None or row.login_id != login_id:
            raise SignInError(OVER)
        held.ended_at = row.seen_at = office.now()
        row.login_id, row.asked_id = None, _other(session, row, held.person_id)
        _note(office, session, "hand-over", held.person_id, row, client_id=held.person_id)
    return login_id


def wrong_person(office: Office, token: str) -> None:
    """Ask the other of the two instead; nothing else moves."""
    with office.database.write() as session:
        row = _live(office, session, token, lock=True)
        row.asked_id, row.seen_at = _other(session, row, row.asked_id), office.now()


def open_by_pin(office: Office, token: str, given: str, *, device: str = "") -> str:
    """Return the token of a new login for a right PIN of who is asked; wrong ones slow down."""
    with office.database.write() as session:
        row = _free(office, session, token)
        side = session.get_one(DeviceSideRow, (row.id, row.asked_id), with_for_update=True)
        kept, now = pin.stored(office, session, row.asked_id), office.now()
        if kept is None or side.wrong >= MOST:
            raise SignInError(PASSWORD)
        if side.wait_until is not None and now < side.wait_until:
            raise SignInError(
                sentence(
                    "Wait {seconds} seconds before the next try.", seconds=_seconds(side.wait_until - now)
                )
            )
        side.wrong += 1  # before it is checked: tries that come at once are all counted
        over = side.wrong - FREE
        side.wait_until = now + timedelta(seconds=FIRST_WAIT * 2**over) if over >= 0 else None
        row.seen_at, asked, tries = now, row.asked_id, side.wrong
    if not office.passwords.matches(kept, given):
        with office.database.write() as session:
            office.audit.add(
                session, "refuse", actor_id=asked, through="sign-in", client_id=asked, thing="pin"
            )
        raise SignInError(PASSWORD if tries >= MOST else WRONG_PIN)
    return _open(office, token, asked, device)


def open_by_password(office: Office, token: str, proved: Proved, *, device: str = "") -> str:
    """Return the token of a new login for the password of who is asked; their PIN may be tried again."""
    asked = found(office, token).asked
    prove(office, asked, proved)
    return _open(office, token, asked.id, device)


def end(office: Office, token: str) -> None:
    """End the sharing of a device, and the login that a PIN opened on it. Does nothing when it is over."""
    with office.database.write() as session:
        row = session.scalars(_of(token)).first()
        if row is not None and row.ended_at is None:
            end_row(office, session, row)


def end_row(office: Office, session: Session, row: SharedDeviceRow) -> list[str]:
    """End a shared device in a running transaction; return the logins that ended with it."""
    row.ended_at = office.now()
    for side in _sides(session, row):
        _note(office, session, "sign-out", side.person_id, row, client_id=side.person_id)
    held = session.get(LoginRow, row.login_id) if row.login_id else None
    if held is None or held.shared_id != row.id or held.ended_at is not None:
        return []
    held.ended_at = office.now()
    return [held.id]


def shared_by(office: Office, session: Session, person_id: str) -> list[SharedDeviceRow]:
    """Return the devices that a person's PIN would open now: somebody else holds them, or nobody."""
    mine = select(SharedDeviceRow).join(DeviceSideRow, DeviceSideRow.shared_id == SharedDeviceRow.id)
    mine = mine.where(DeviceSideRow.person_id == person_id, SharedDeviceRow.ended_at.is_(None))
    return [row for row in session.scalars(mine) if holds(office, session, row)]


def holds(office: Office, session: Session, row: SharedDeviceRow) -> bool:
    """Return whether a device is still shared."""
    now, settings = office.now(), office.settings
    if row.ended_at is not None or now - row.made_at > timedelta(seconds=settings.login_seconds):
        return False
    sides = _sides(session, row)
    couple = session.get(CoupleRow, row.couple_id)
    if couple is None or {couple.first_id, couple.second_id} != {one.person_id for one in sides}:
        return False
    if any(session.get_one(PersonRow, one.person_id).locked for one in sides):
        return False
    if row.login_id is None:
        return now - row.seen_at <= timedelta(seconds=settings.idle_seconds)
    try:
        live(office, session, session.get(LoginRow, row.login_id))
    except SignInError:
        return False
    return True


def _open(office: Office, token: str, person_id: str, device: str) -> str:
    """Return the token of a new login for who was proved, on a device that still waits for them."""
    fresh = secrets.token_urlsafe(32)
    with office.database.write() as session:
        row = _free(office, session, token)
        if row.asked_id != person_id:
            raise SignInError(OVER)
        side = session.get_one(DeviceSideRow, (row.id, person_id))
        side.wrong, side.wait_until = 0, None
        made = LoginRow(id=office.new_id(), person_id=person_id, token_hash=digest(fresh))
        made.device, made.shared_id = device or None, row.id
        made.signed_in_at, made.seen_at = row.made_at, office.now()
        session.add(made)
        session.flush()
        row.login_id, row.asked_id, row.seen_at = made.id, _other(session, row, person_id), office.now()
        office.audit.add(session, "sign-in", actor_id=person_id, thing="login", thing_id=made.id)
    return fresh


def _free(office: Office, session: Session, token: str) -> SharedDeviceRow:
    row = _live(office, session, token, lock=True)
    if row.login_id is not None:
        raise SignInError(OVER)
    return row


def _live(office: Office, session: Session, token: str, *, lock: bool = False) -> SharedDeviceRow:
    chosen = _of(token)
    row = session.scalars(chosen.with_for_update() if lock else chosen).first()
    if row is None or not holds(office, session, row):
        raise SignInError(OVER)
    return row


def _of(token: str) -> Select[SharedDeviceRow]:
    return select(SharedDeviceRow).where(SharedDeviceRow.token_hash == digest(token))


def _sides(session: Session, row: SharedDeviceRow) -> list[DeviceSideRow]:
    return list(session.scalars(select(DeviceSideRow).where(DeviceSideRow.shared_id == row.id)))


def _other(session: Session, row: SharedDeviceRow, person_id: str) -> str:
    return next(one.person_id for one in _sides(session, row) if one.person_id != person_id)


def _as_device(office: Office, session: Session, row: SharedDeviceRow) -> SharedDevice:
    other = _other(session, row, row.asked_id)
    who = people.by_ids(office, session, {row.asked_id, other})
    side = session.get_one(DeviceSideRow, (row.id, row.asked_id))
    until = row.made_at + timedelta(seconds=office.settings.login_seconds)
    blocked = side.wrong >= MOST or not pin.has_pin(session, row.asked_id)
    paired = second_factor.is_paired(session, row.asked_id)
    return SharedDevice(row.id, who[row.asked_id], who[other], until, row.login_id, blocked, paired)


def _note(
    office: Office, session: Session, action: str, person_id: str, row: SharedDeviceRow, *, client_id: str
) -> None:
    office.audit.add(
        session,
        action,  # type: ignore[arg-type]  # one of three words of audit.Action
        actor_id=person_id,
        client_id=client_id,
        thing="shared-device",
        thing_id=row.id,
    )


def _seconds(time: timedelta) -> int:
    return max(1, round(time.total_seconds()))
