"""Who may know what of a calendar: signed out, at the SQL behind the desk, in a long mixture of doings."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from conftest import Clinic, open_copy, open_home, people_of
from sqlalchemy import create_engine, text
from test_wall import as_person

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.clinic import reminders
from iopkit.clinic.desk_calendar import DeskCalendar
from iopkit.clinic.record_calendar import Booking, ReminderChoice
from iopkit.errors import AccessError, IopkitError, NotFoundError, SignInError
from iopkit.exchange.calendar_out import calendar_file, feed_file
from iopkit.measures.appointments import Span

NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)
WEEKS = NOW - timedelta(30), NOW + timedelta(60)
CHOICE = ReminderChoice(True, "ava@example.org", time(21), time(8))
TABLES = (
    "appointment",
    "appointment_member",
    "attendance",
    "busy_time",
    "calendar_feed",
    "reminder",
    "reminder_choice",
)


def span(hours=24.0, length=1.0):
    return Span(NOW + timedelta(hours=hours), NOW + timedelta(hours=hours + length))


def booking(clinic, who, clients, domain, *, first=None, kind="individual", rrule=""):
    ids = tuple(getattr(clinic, one).id for one in clients)
    return Booking(kind, ids, getattr(clinic, who).id, domain, "UTC", first or span(), rrule)


def filled(clinic):
    """Ava is seen by Ina, Sue and (with Ben) Cole; she is busy, has an address, and wants reminders."""
    desk = clinic.desk(clinic.ina)
    made = desk.book(booking(clinic, "ina", ["ava"], "individual", first=span(-24)))
    desk.mark_attendance(made, clinic.ava.id, span(-24).start, "attended")
    clinic.desk(clinic.sue).book(booking(clinic, "sue", ["ava"], "substance-use", first=span(48)))
    both = booking(clinic, "cole", ["ava", "ben"], "couples", first=span(72), kind="couples")
    clinic.desk(clinic.cole).book(both)
    ava = clinic.desk(clinic.ava)
    ava.add_busy_time("work", span(10))
    ava.choose_reminders(CHOICE)
    return ava.make_feed()


def test_after_signing_out_every_call_is_refused(clinic, store, clock):
    clock.instant = NOW
    login = store.login(store.sign_in("ava", "four green apples fly", address="here"))
    desk = store.redeem(store.issue_ticket(login.id))
    wanted = booking(clinic, "ina", ["ava"], "individual")
    calls = {
        "meetings": lambda: desk.meetings(*WEEKS),
        "next_appointments": lambda: desk.next_appointments([clinic.ava.id]),
        "clashes": lambda: desk.clashes(wanted),
        "book": lambda: desk.book(wanted),
        "mark_attendance": lambda: desk.mark_attendance("x", "y", NOW, "attended"),
        "call_off": lambda: desk.call_off("x", NOW),
        "stop_appointment": lambda: desk.stop_appointment("x", NOW),
        "busy_times": lambda: desk.busy_times(clinic.ava.id),
        "add_busy_time": lambda: desk.add_busy_time("work", span()),
        "remove_busy_time": lambda: desk.remove_busy_time("x"),
        "take_over_busy_times": lambda: desk.take_over_busy_times([]),
        "week_rules": desk.week_rules,
        "make_feed": desk.make_feed,
        "revoke_feed": desk.revoke_feed,
        "feed": desk.feed,
        "reminder_choice": desk.reminder_choice,
        "choose_reminders": lambda: desk.choose_reminders(CHOICE),
    }
    store.end_login(login.id)

    for call in calls.values():
        with pytest.raises(SignInError):
            call()
    assert set(calls) == {name for name in vars(DeskCalendar) if not name.startswith("_")}


@pytest.mark.parametrize("who", ["ben", "cam", "ina", "cole", "sue", "cora"])
def test_address_and_reminders_are_a_clients_own(clinic, clock, who):
    clock.instant = NOW
    token = filled(clinic)
    desk = clinic.desk(getattr(clinic, who))

    if desk.person.kind == "client":
        assert (desk.feed(), desk.reminder_choice().email) == (None, "")
        desk.revoke_feed()
    else:
        for call in (desk.make_feed, desk.revoke_feed, lambda: desk.choose_reminders(CHOICE)):
            with pytest.raises(AccessError):
                call()
    assert feed_file(clinic.store, token, NOW).count(b"BEGIN:VEVENT") == 3


def test_an_address_is_kept_as_a_hash_and_an_email_sealed(clinic, clock, tmp_path):
    clock.instant = NOW
    token = filled(clinic)
    clinic.store.close()

    held = b"".join(path.read_bytes() for path in (tmp_path / "store" / "data").iterdir())

    assert token.encode() not in held
    assert b"ava@example.org" not in held


def test_a_token_of_another_time_or_place_opens_nothing(clinic, clock):
    clock.instant = NOW
    old = filled(clinic)
    new = clinic.desk(clinic.ava).make_feed()

    for token in (old, new[:-1], new + "x", "", "' OR 1=1"):
        with pytest.raises(NotFoundError):
            feed_file(clinic.store, token, NOW)
    assert feed_file(clinic.store, new, NOW).startswith(b"BEGIN:VCALENDAR")


def test_a_fetch_is_noted_at_most_every_five_minutes(clinic, clock):
    clock.instant = NOW
    token = filled(clinic)
    seen = []

    for _ in range(4):
        feed_file(clinic.store, token, clock())
        seen.append(clinic.desk(clinic.ava).feed().fetched_at)
        clock.pass_(minutes=3)

    assert [(one - NOW).seconds // 60 for one in seen] == [0, 0, 6, 6]


@pytest.fixture
def walled(postgres_homes, clock, catalog):
    """Open the small clinic on PostgreSQL, filled."""
    clock.instant = NOW
    with open_home(postgres_homes.again("clinic"), clock, catalog) as store:
        made = Clinic(store, **{person.user: person for person in store.people()})
        filled(made)
        reminders.claim(store.office, made.ava.id, "day 2026-03-16")
        yield made


@pytest.fixture
def app(walled):
    engine = create_engine(walled.store.office.database.engine.url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("ava", (3, 3, 1, 1, 1, 1, 1)),
        ("ben", (1, 1, 0, 0, 0, 0, 0)),  # what the couple comes to
        ("cam", (0, 0, 0, 0, 0, 0, 0)),
        ("ina", (3, 3, 1, 1, 0, 0, 0)),  # when Ava is somewhere; what it is, the first wall keeps
        ("cole", (3, 4, 1, 1, 0, 0, 0)),
        ("cora", (3, 4, 1, 1, 0, 0, 0)),
    ],
)
def test_raw_sql_finds_what_the_person_may_know_and_nothing_else(walled, app, who, counts):
    with as_person(walled, app, getattr(walled, who)):
        found = tuple(app.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in TABLES)

    assert found == counts


@pytest.mark.parametrize("who", ["ben", "cam", "sue"])
@pytest.mark.parametrize("name", TABLES)
def test_raw_sql_changes_nothing_of_what_is_not_theirs(walled, app, who, name):
    with as_person(walled, app, getattr(walled, who)):
        own = {"sue": {"appointment": 1, "appointment_member": 1}}.get(who, {}).get(name, 0)
        column = "zone = 'UTC'" if name in ("appointment", "busy_time") else "client_id = client_id"
        touched = app.execute(text(f"UPDATE {name} SET {column}")).rowcount

    assert touched == own


def test_a_long_mixture_of_doings_never_shows_one_what_is_anothers(tmp_path, clock, catalog):
    """Four hundred steps of seven people; after each a page is opened and searched."""
    clock.instant = NOW
    chance = Random(2026)
    with open_copy(tmp_path / "store", clock, catalog) as store:
        people_of(store)
        clinic = Clinic(store, **{person.user: person for person in store.people()})
        store.treat(clinic.cam.id, clinic.ina.id, "individual", date(2026, 3, 2))
        desks = {user: store.desk_for(user) for user in ("ava", "ben", "cam", "ina", "cole", "sue", "cora")}
        plans = [
            ("ina", ["ava"], "individual", "individual"),
            ("ina", ["cam"], "individual", "individual"),
            ("ina", ["ava", "cam"], "individual", "group"),
            ("sue", ["ava"], "substance-use", "individual"),
            ("cole", ["ava", "ben"], "couples", "couples"),
        ]
        for _ in range(400):
            user = chance.choice(list(desks))
            step(desks[user], clinic, chance, plans)
            look(desks, chance)
        assert store.verify() is None


def step(desk, clinic, chance, plans):
    """Do something that may well be refused."""
    who, clients, domain, kind = chance.choice(plans)
    first = span(chance.randint(-100, 300), chance.choice((0.5, 1, 3)))
    rrule = chance.choice(("", "FREQ=WEEKLY;COUNT=3"))
    held = []
    try:
        held = desk.meetings(*WEEKS)
        one = chance.choice(held) if held else None
        doing = chance.randint(0, 5)
        if doing == 0 and len(held) < 12:
            desk.book(booking(clinic, who, clients, domain, first=first, kind=kind, rrule=rrule))
        elif doing == 1 and one:
            desk.call_off(one.appointment_id, one.span.start, undo=chance.random() < 0.5)
        elif doing == 2 and one:
            client = chance.choice(list(one.names))
            desk.mark_attendance(one.appointment_id, client, one.span.start, "missed")
        elif doing == 3 and one:
            desk.stop_appointment(one.appointment_id, one.span.start)
        elif doing == 4:
            desk.add_busy_time("family", first)
        else:
            calendar_file(desk, NOW)
    except IopkitError:
        pass


def look(desks, chance):
    """Open somebody's page and search it."""
    forbidden = {
        "ava": ("Ben Example", "Cam Sample"),
        "ben": ("Ava Example", "Cam Sample", "Ina Invented", "Sue Invented", "Family\\u"),
        "cam": ("Ava Example", "Ben Example", "Sue Invented", "Cole Invented"),
        "ina": ("Ben Example", "Sue Invented", "Cole Invented"),
        "cole": ("Cam Sample", "Ina Invented", "Sue Invented"),
        "sue": ("Ben Example", "Cam Sample", "Ina Invented", "Cole Invented"),
    }
    user = chance.choice(list(forbidden))
    desk = desks[user]
    other = chance.choice(("ava", "ben", "cam"))
    where = key(desk, "calendar", "2026-03-16", desks[other].person.id)
    shown = make_view(desk, where, now=NOW).body.model_dump_json()

    assert [word for word in forbidden[user] if word in shown] == []
