"""The second wall: with the app's own role and SQL of one's own, nothing foreign is there."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from conftest import Clinic, open_home
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from iopkit.clinic import wall
from iopkit.clinic.badge import PROGRAM, Signer, Who
from iopkit.clinic.tables import Base

YEAR = date(2026, 12, 31)
EVERY = sorted(table.name for table in wall.walled())
KEPT = ("alert", "assignment", "audit", "care_team", "entry", "message", "revision")


@pytest.fixture
def clinic(postgres_homes, clock, catalog):
    """Open the small clinic on PostgreSQL: Ava has sent an entry and begun another; both raised an alert."""
    with open_home(postgres_homes.again("clinic"), clock, catalog) as store:
        made = Clinic(store, **{person.user: person for person in store.people()})
        desk = made.desk(made.ava)
        answers = {"mood": 1, "hopeless": 2}
        for number, day in enumerate((date(2026, 3, 12), date(2026, 3, 13))):
            draft = desk.draft("mood-check", day=day)
            desk.save(
                draft.id,
                message_id="m",
                answers=answers,
                changed=answers,
                base=0,
                submit=number == 0,
            )
        made.desk(made.ina).assign(made.ava.id, "mood-check", "individual", note="Please.", starts=YEAR)
        yield made


@pytest.fixture
def app(clinic):
    """Return one raw connection of the app's role, as somebody has it who got past ``Desk``."""
    engine = create_engine(clinic.store.office.database.engine.url, poolclass=StaticPool)
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def seen(connection, *tables):
    """Count what is there in some tables, or in all behind the wall."""
    return {
        name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables or EVERY
    }


@contextmanager
def as_person(clinic, connection, person, after=timedelta()):
    """Work as somebody for one transaction, with a badge that only the program can write."""
    who = person if isinstance(person, Who) else Who(person.id, clinic.store.office.now() + after)
    signer = clinic.store.office.database.signer
    with connection.begin():
        wall.wear(connection, signer.badge(who, wall.process(connection)))
        yield connection


def test_every_table_with_things_of_a_client_is_behind_the_wall(app):
    found = app.execute(
        text("SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
    )

    forced = dict(found.all())
    assert sorted(forced) == EVERY
    assert [name for name in EVERY if not forced[name]] == ["care_team"]
    assert {table.name for table in Base.metadata.sorted_tables if "client_id" in table.c} <= set(EVERY)


def test_the_apps_role_owns_nothing_and_stands_under_the_wall(app):
    owned = app.execute(
        text("SELECT count(*) FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE rolname = current_user")
    )
    role = app.execute(
        text("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
    )

    assert owned.scalar() == 0
    assert role.one() == (False, False, False)


def test_without_a_badge_nothing_of_anybody_is_there(clinic, app):
    with as_person(clinic, app, PROGRAM):
        assert all(seen(app, *KEPT).values())

    assert set(seen(app).values()) == {0}


@pytest.mark.parametrize(
    ("user", "entries", "revisions", "alerts", "assignments"),
    [
        ("ava", 2, 1, 2, 1),  # a draft and what she sent
        ("ben", 0, 0, 0, 0),  # her partner
        ("cam", 0, 0, 0, 0),
        ("ina", 1, 1, 2, 1),  # what was sent, in her domain
        ("cole", 0, 0, 2, 0),  # treats elsewhere: the alerts alone
        ("sue", 0, 0, 2, 0),
        ("cora", 0, 0, 2, 0),  # the coordinator: no answers
    ],
)
def test_raw_sql_finds_what_the_person_may_read_and_nothing_else(
    clinic, app, user, entries, revisions, alerts, assignments
):
    with as_person(clinic, app, getattr(clinic, user)):
        found = seen(app, "entry", "revision", "alert", "assignment")

    expected = {"entry": entries, "revision": revisions, "alert": alerts, "assignment": assignments}
    assert found == expected


def test_a_clinician_sees_from_the_first_to_the_last_day_on_the_care_team(clinic, app):
    day = timedelta(days=1)
    clinic.store.treat("cam", "ina", "individual", date(2026, 3, 13), date(2026, 3, 14))
    clinic.desk(clinic.cam).draft("mood-check")
    with as_person(clinic, app, PROGRAM):
        app.execute(text("UPDATE entry SET status = 'submitted'"))
    mine = text("SELECT count(*) FROM entry WHERE client_id = :cam")
    counts = []

    for days in (-1, 0, 1, 2):
        with as_person(clinic, app, clinic.ina, after=days * day):
            counts.append(app.execute(mine, {"cam": clinic.cam.id}).scalar())

    assert counts == [0, 1, 1, 0]


def test_a_share_opens_one_entry_to_the_partner_until_it_is_taken_back(clinic, app):
    desk = clinic.desk(clinic.ava)
    (sent,) = desk.entries(clinic.ava.id)
    share = desk.share(sent.id, clinic.ben.id)
    with as_person(clinic, app, clinic.ben):
        shared = seen(app, "entry", "revision", "alert")

    desk.unshare(share.id)

    assert shared == {"entry": 1, "revision": 1, "alert": 0}
    with as_person(clinic, app, clinic.ben):
        assert seen(app, "entry", "revision") == {"entry": 0, "revision": 0}


def test_a_consent_opens_a_domain_to_a_clinician_until_it_is_revoked(clinic, app):
    desk = clinic.desk(clinic.ava)
    consent = desk.consent(["individual"], clinic.sue.id, purpose="care", until=YEAR, signature="Ava Example")
    with as_person(clinic, app, clinic.sue):
        open_to_sue = seen(app, "entry")
    with as_person(clinic, app, clinic.cole):
        open_to_cole = seen(app, "entry")

    desk.revoke(consent.id)

    assert (open_to_sue, open_to_cole) == ({"entry": 1}, {"entry": 0})
    with as_person(clinic, app, clinic.sue):
        assert seen(app, "entry") == {"entry": 0}


def test_a_reason_stated_in_an_emergency_opens_the_record_for_its_time(clinic, app):
    clinic.desk(clinic.sue).break_glass("ava", "She called and then could not be reached.")

    with as_person(clinic, app, clinic.sue):
        now = seen(app, "entry")
    with as_person(clinic, app, clinic.sue, after=timedelta(days=2)):
        later = seen(app, "entry")

    assert (now, later) == ({"entry": 1}, {"entry": 0})


def test_a_clients_own_role_finds_no_note_of_a_clinician(clinic, app):
    clinic.desk(clinic.ina).note(clinic.ava.id, "individual", "Thinks of stopping.")

    with as_person(clinic, app, clinic.ava):
        mine = seen(app, "note")
    with as_person(clinic, app, clinic.ina):
        hers = seen(app, "note")

    assert (mine, hers) == ({"note": 0}, {"note": 1})


FORGED = [
    "{ava}",
    "program",
    "{ava}|2026-03-14T00:00:00|9999999999|",
    "{ava}|2026-03-14T00:00:00|9999999999|" + "0" * 64,
    "program|2026-03-14T00:00:00|9999999999| OR true",
    "|||",
]


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("scope", ["SESSION", "LOCAL"])
def test_setting_the_variable_by_hand_forges_nothing(clinic, app, scope, forged):
    with as_person(clinic, app, clinic.ben):
        app.exec_driver_sql(f"SET {scope} iopkit.badge = '{forged.format(ava=clinic.ava.id)}'")

        assert set(seen(app).values()) == {0}


def test_a_badge_whose_person_was_exchanged_is_worth_nothing(clinic, app):
    with as_person(clinic, app, clinic.ben):
        worn = app.execute(text("SELECT current_setting('iopkit.badge')")).scalar()
        wall.wear(app, worn.replace(clinic.ben.id, clinic.ava.id))

        assert seen(app, "entry", "care_team") == {"entry": 0, "care_team": 0}


def test_a_badge_of_another_connection_is_worth_nothing(clinic, app):
    signer = clinic.store.office.database.signer
    badge = signer.badge(Who(clinic.ava.id, clinic.store.office.now()), wall.process(app) + 1)

    wall.wear(app, badge)

    assert seen(app, "entry") == {"entry": 0}


def test_a_badge_of_another_key_or_an_hour_ago_is_worth_nothing(clinic, app):
    own = clinic.store.office.database.signer
    who = Who(clinic.ava.id, clinic.store.office.now())
    other = Signer(b"another secret of thirty-two byte")
    old = Signer(own.secret, lambda: own.clock() - 3601)

    for signer in (other, old):
        wall.wear(app, signer.badge(who, wall.process(app)))
        assert seen(app, "entry") == {"entry": 0}
    wall.wear(app, own.badge(who, wall.process(app)))
    assert seen(app, "entry") == {"entry": 2}


def test_nothing_stays_of_one_person_on_a_connection_that_the_next_one_gets(clinic, app):
    with as_person(clinic, app, clinic.ava):
        process = wall.process(app)
        assert seen(app, "entry") == {"entry": 2}

    assert seen(app, "entry") == {"entry": 0}
    app.rollback()
    with as_person(clinic, app, clinic.cam):
        assert (wall.process(app), seen(app, "entry")) == (process, {"entry": 0})


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM iopkit_wall.secret",
        "INSERT INTO iopkit_wall.secret VALUES ('a', 'b')",
        "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
        "DROP POLICY wall_select ON entry",
        "CREATE FUNCTION iopkit_wall.person() RETURNS text LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE clinic_owner",
        "SET row_security = off; SELECT * FROM entry",
        "UPDATE revision SET number = 9",
        "DELETE FROM revision",
        "TRUNCATE audit",
        "DELETE FROM audit",
        "UPDATE audit SET action = 'view'",
    ],
)
def test_the_wall_and_what_is_only_added_to_cannot_be_changed(clinic, app, statement):
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner|affected by row-level security"):
        app.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("user", "statement"),
    [
        ("ben", "UPDATE entry SET client_id = :ben"),
        ("ben", "DELETE FROM message"),
        ("ina", "UPDATE entry SET status = 'draft'"),
        ("ina", "DELETE FROM entry"),
        ("cole", "UPDATE assignment SET stopped_at = now()"),
        ("ava", "UPDATE assignment SET stopped_at = now()"),
        ("sue", "UPDATE care_team SET clinician_id = :ben"),
        ("ina", "UPDATE care_team SET until = NULL"),
    ],
)
def test_raw_sql_changes_nothing_that_the_person_may_not_write(clinic, app, user, statement):
    with as_person(clinic, app, getattr(clinic, user)):
        done = app.execute(text(statement), {"ben": clinic.ben.id} if ":ben" in statement else {})

        assert done.rowcount == 0


def test_nobody_adds_themself_to_a_care_team(clinic, app):
    columns = "id, client_id, clinician_id, domain, since"
    row = f"INSERT INTO care_team ({columns}) VALUES ('x', :a, :s, 'substance-use', now())"

    with (
        pytest.raises(DBAPIError, match="violates row-level security"),
        as_person(clinic, app, clinic.sue),
    ):
        app.execute(text(row), {"a": clinic.cam.id, "s": clinic.sue.id})
