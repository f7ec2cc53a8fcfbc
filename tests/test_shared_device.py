"""One device between two partners: what opens it, what ends it, and what a PIN does not open."""

from datetime import timedelta

import pyotp
import pytest
from conftest import PASSWORD

from iopkit.clinic import pin, shared_device
from iopkit.clinic.shared_device import Proved
from iopkit.errors import SignInError

HERE = "198.51.100.7"
AVA, BEN = "380251", "907416"
OVER = "no longer shared"


def login_of(store, user):
    token = store.sign_in(user, PASSWORD, address=HERE)
    return store.login(token).id


@pytest.fixture
def own(clinic, store):
    login_id = login_of(store, "ava")
    store.own(login_id).set_pin(PASSWORD, AVA, AVA, address=HERE)
    return login_id


@pytest.fixture
def token(store, own):
    """Share Ava's device with Ben, who chooses his PIN there; Ava holds it."""
    return shared_device.share(store.office, own, Proved(pin=BEN, password=PASSWORD, address=HERE))


@pytest.fixture
def given(store, own, token):
    """Hand the device to Ben: nobody holds it."""
    shared_device.hand_over(store.office, token, own)
    return token


def opened(store, token, digits):
    return store.login(shared_device.open_by_pin(store.office, token, digits))


@pytest.mark.parametrize(
    "digits",
    ["12345", "1234567", "12345a", "١٢٣٤٥٦", "", "123456", "987654", "111111", "121212", "123123", "112233"],
)
def test_a_pin_is_six_digits_without_a_plain_pattern(digits):
    with pytest.raises(SignInError, match="PIN"):
        pin.check_rules(digits, digits)


def test_a_pin_is_typed_twice():
    with pytest.raises(SignInError, match="The two PINs are not the same"):
        pin.check_rules(AVA, BEN)


def test_a_pin_asks_for_the_password_and_is_stored_as_a_sealed_hash(store, clinic):
    own = store.own(login_of(store, "ava"))

    with pytest.raises(SignInError, match="not your password"):
        own.set_pin("something else", AVA, AVA, address=HERE)
    own.set_pin(PASSWORD, AVA, AVA, address=HERE)

    assert own.overview().has_pin
    with store.office.database.read() as session:
        kept = pin.stored(store.office, session, store.person("ava").id)
    assert kept.startswith("$argon2id$")
    own.drop_pin(PASSWORD, address=HERE)
    assert not own.overview().has_pin


def test_only_who_has_a_partner_here_can_have_a_pin(store, clinic):
    own = store.own(login_of(store, "cam"))

    assert not own.overview().may_have_pin
    with pytest.raises(SignInError, match="Only two partners"):
        own.set_pin(PASSWORD, AVA, AVA, address=HERE)


def test_sharing_needs_ones_own_pin_and_the_partners_password(store, clinic):
    login_id = login_of(store, "ava")
    proved = Proved(password=PASSWORD, address=HERE)

    with pytest.raises(SignInError, match="Choose your own PIN first"):
        shared_device.share(store.office, login_id, proved)
    store.own(login_id).set_pin(PASSWORD, AVA, AVA, address=HERE)
    with pytest.raises(SignInError, match="That is not the password"):
        shared_device.share(store.office, login_id, Proved(password="not it", address=HERE))


def test_a_partner_with_a_second_factor_shows_it_too(store, own, clock):
    ben = store.own(login_of(store, "ben"))
    secret = ben.begin_pairing(PASSWORD, address=HERE).key.replace(" ", "")
    ben.confirm_pairing(pyotp.TOTP(secret).at(clock()))
    clock.pass_(seconds=30)

    with pytest.raises(SignInError, match="That code does not fit"):
        shared_device.share(store.office, own, Proved(pin=BEN, password=PASSWORD, address=HERE))
    code = pyotp.TOTP(secret).at(clock())
    assert shared_device.share(store.office, own, Proved(BEN, PASSWORD, code, HERE))


def test_handing_over_ends_the_login_and_asks_the_other(store, own, token):
    shared_device.hand_over(store.office, token, own)

    found = store.shared_device(token)
    assert (found.asked.user, found.other.user, found.login_id) == ("ben", "ava", None)
    with pytest.raises(SignInError):
        store.own(own)
    with pytest.raises(SignInError):
        store.issue_ticket(own)


def test_a_right_pin_opens_a_login_of_ones_own_for_what_is_of_both(store, given):
    ben = opened(store, given, BEN)

    assert (ben.person.user, ben.joint) == ("ben", True)
    assert store.shared_device(given).login_id == ben.id
    shared_device.hand_over(store.office, given, ben.id)
    ava = opened(store, given, AVA)
    assert (ava.person.user, ava.joint) == ("ava", True)


def test_the_others_pin_does_not_open(store, given):
    with pytest.raises(SignInError, match="That PIN does not fit"):
        shared_device.open_by_pin(store.office, given, AVA)


def test_wrong_pins_slow_down_and_then_the_password_is_asked_for(store, given, clock):
    for _ in range(3):
        with pytest.raises(SignInError, match="That PIN does not fit"):
            shared_device.open_by_pin(store.office, given, "000001")
    for wait in (30, 60, 120):
        with pytest.raises(SignInError, match=f"Wait {wait} seconds"):
            shared_device.open_by_pin(store.office, given, BEN)
        clock.pass_(seconds=wait)
        with pytest.raises(SignInError, match="does not fit" if wait < 120 else "Use the password"):
            shared_device.open_by_pin(store.office, given, "000001")
    clock.pass_(seconds=500)

    assert store.shared_device(given).needs_password
    with pytest.raises(SignInError, match="Too many wrong PINs"):
        shared_device.open_by_pin(store.office, given, BEN)
    with pytest.raises(SignInError, match="not the password"):
        shared_device.open_by_password(store.office, given, Proved(password="not it", address=HERE))
    fresh = shared_device.open_by_password(store.office, given, Proved(password=PASSWORD, address=HERE))
    assert store.login(fresh).joint
    shared_device.hand_over(store.office, given, store.login(fresh).id)
    shared_device.wrong_person(store.office, given)
    assert opened(store, given, BEN).person.user == "ben"


def test_wrong_pins_of_one_do_not_stop_the_other(store, given):
    for _ in range(3):
        with pytest.raises(SignInError):
            shared_device.open_by_pin(store.office, given, "000001")

    shared_device.wrong_person(store.office, given)

    assert opened(store, given, AVA).person.user == "ava"


def test_wrong_person_moves_nothing_but_who_is_asked(store, given):
    with store.office.database.read() as session:
        before = session.execute(shared_device.select(shared_device.LoginRow.id)).all()

    shared_device.wrong_person(store.office, given)

    found = store.shared_device(given)
    assert (found.asked.user, found.login_id) == ("ava", None)
    with store.office.database.read() as session:
        assert session.execute(shared_device.select(shared_device.LoginRow.id)).all() == before


def test_a_device_that_somebody_holds_opens_to_no_pin(store, token):
    with pytest.raises(SignInError, match=OVER):
        shared_device.open_by_pin(store.office, token, BEN)


def test_only_who_holds_a_device_hands_it_over(store, given):
    ben = opened(store, given, BEN)
    elsewhere = login_of(store, "ava")

    with pytest.raises(SignInError, match=OVER):
        shared_device.hand_over(store.office, given, elsewhere)
    assert store.shared_device(given).login_id == ben.id


def end_by_idleness(store, clock, ben):
    clock.pass_(minutes=11)


def end_by_signing_out(store, clock, ben):
    store.end_login(ben.id)


def end_from_another_browser(store, clock, ben):
    store.own(login_of(store, "ben")).end(ben.id)


def end_by_the_other_elsewhere(store, clock, ben):
    own = store.own(login_of(store, "ava"))
    waiting = next(one for one in own.overview().logins if one.shared)
    assert own.end(waiting.id) == [ben.id]


def end_all_others(store, clock, ben):
    assert ben.id in store.own(login_of(store, "ava")).end_others()


def end_by_a_password(store, clock, ben):
    store.set_password("ava", "seven quiet rivers run")


def end_by_a_lock(store, clock, ben):
    store.lock("ava")


@pytest.mark.parametrize(
    "ending",
    [
        end_by_idleness,
        end_by_signing_out,
        end_from_another_browser,
        end_by_the_other_elsewhere,
        end_all_others,
        end_by_a_password,
        end_by_a_lock,
    ],
)
def test_sharing_is_over_for_both_after_any_other_end(store, given, clock, ending):
    ben = opened(store, given, BEN)

    ending(store, clock, ben)

    with pytest.raises(SignInError, match=OVER):
        store.shared_device(given)
    with pytest.raises(SignInError):
        store.own(ben.id)
    with pytest.raises(SignInError):
        store.issue_ticket(ben.id)


def test_a_device_that_lies_there_locked_is_over_after_the_idle_time(store, given, clock):
    clock.pass_(minutes=9)
    shared_device.wrong_person(store.office, given)
    clock.pass_(minutes=9)
    assert store.shared_device(given)

    clock.pass_(minutes=2)

    with pytest.raises(SignInError, match=OVER):
        shared_device.open_by_pin(store.office, given, AVA)


def test_twelve_hours_after_the_passwords_it_is_over_however_often_it_was_handed_over(store, given, clock):
    who = {"ben": BEN, "ava": AVA}
    held = opened(store, given, BEN)
    for _ in range(79):
        clock.pass_(minutes=9)
        store.touch(held.id)
    shared_device.hand_over(store.office, given, held.id)
    held = opened(store, given, who[store.shared_device(given).asked.user])
    clock.pass_(minutes=9)
    assert store.shared_device(given).until - clock() == timedelta(0)
    clock.pass_(seconds=1)

    with pytest.raises(SignInError):
        store.issue_ticket(held.id)
    with pytest.raises(SignInError, match=OVER):
        store.shared_device(given)


def test_ending_it_ends_the_login_that_a_pin_opened(store, given):
    ben = opened(store, given, BEN)

    shared_device.end(store.office, given)
    shared_device.end(store.office, given)

    with pytest.raises(SignInError):
        store.issue_ticket(ben.id)


def test_the_audit_trail_names_who_shared_handed_over_and_failed(store, own, given):
    with pytest.raises(SignInError):
        shared_device.open_by_pin(store.office, given, "000001")
    opened(store, given, BEN)

    found = [one.what for one in store.desk_for("ben").access_log()]
    assert sum("a device that you two share" in one for one in found) == 1
    assert sum("the PIN" in one for one in found) == 2
    assert sum("handed over" in one.what for one in store.desk_for("ava").access_log()) == 1
    assert store.prove().fault == ""
