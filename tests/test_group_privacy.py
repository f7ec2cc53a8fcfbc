"""Members of a group never learn of each other, and to clinicians of other domains it is not there."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from conftest import Clinic, open_home
from group_room import DAY, GIVEN, book, given_to, grouped, ids, widened
from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool
from test_wall import as_person

from iopkit.apps.place import key
from iopkit.apps.router import MAKERS, make_view
from iopkit.clinic.desk_groups import DeskGroups
from iopkit.errors import AccessError, AnswerError, NotFoundError, SignInError
from iopkit.exchange import tables as csv_tables
from iopkit.exchange.calendar_out import calendar_file
from iopkit.exchange.fhir.bundle import bundle

SAMPLES = ("Cam Sample", "Dan Sample")
OTHERS = ("Ben Example", *SAMPLES)
"""Who else is in Ava's group, and her partner too, whose name her own pages say."""
TABLES = ("client_group", "group_member", "group_work", "group_assignment")


@pytest.mark.parametrize("who", ["ava", "cam", "dan", "cole", "sue", "lia"])
def test_to_everybody_else_a_group_is_not_there(mornings, wide, who):
    desk, (dan,) = wide.store.desk_for(who), ids(wide, "dan")
    calls = [
        lambda: desk.group(mornings),
        lambda: desk.group_works(mornings),
        lambda: desk.change_group(mornings, "Ours"),
        lambda: desk.end_group(mornings),
        lambda: desk.join_group(mornings, dan, since=DAY),
        lambda: desk.assign_to_group(mornings, "mood-check", **GIVEN),
        lambda: desk.give_running(mornings, dan),
    ]

    for call in calls:
        with pytest.raises(NotFoundError) as refused:
            call()
        assert str(refused.value) == "There is no group here that you can see or change."
    if desk.person.kind == "client":
        with pytest.raises(AccessError):
            desk.groups()
    else:
        assert desk.groups() == []


def everything_of(clinic, user):
    """Return as text all that a client can get out of the program: each page, export and file."""
    desk, now = clinic.store.desk_for(user), clinic.store.office.now()
    me = desk.person.id
    pages = [name for kind, name in MAKERS if kind == "client"]
    shown = [make_view(desk, key(desk, name), now=now).model_dump_json() for name in pages]
    meetings = [repr((one.names, one.states)) for one in desk.meetings(now, now + timedelta(weeks=5))]
    record = desk.leaving(me)
    return "\n".join([*shown, *meetings, str(calendar_file(desk, now)), *exported(desk, record, now)])


def exported(desk, record, now):
    """Return what leaves with a record: the FHIR bundle and the tables for CSV."""
    found = [json.dumps(bundle(record, desk.worksheet_of, at=now, names=True))]
    return [*found, str(csv_tables.tables(record.entries, desk.worksheet_of)), repr(record.assignments)]


def test_members_learn_nothing_of_each_other(mornings, wide):
    """Nor does a client's export name the group, the others, or how many they are."""
    ina = wide.store.desk_for("ina")
    ina.join_group(mornings, ids(wide, "dan")[0], since=DAY)
    book(wide, mornings, ["ava", "cam", "dan"])
    ina.assign_to_group(mornings, "mood-check", **GIVEN)

    found = everything_of(wide, "ava")

    assert "Mood check" in found
    assert [
        word for word in (*SAMPLES, "Mornings", mornings, *ids(wide, "cam", "dan")) if word in found
    ] == []


def test_an_export_by_the_clinician_names_one_client_alone(mornings, wide, tmp_path):
    ina = wide.store.desk_for("ina")
    ina.assign_to_group(mornings, "mood-check", **GIVEN)

    record = ina.leaving(wide.ava.id)
    found = "".join(exported(ina, record, wide.store.office.now()))

    assert wide.cam.id not in found
    assert [word for word in (*OTHERS, "Mornings", mornings) if word in found] == []


def test_what_was_done_with_a_group_is_in_the_trail_by_ids(mornings, wide):
    ina = wide.store.desk_for("ina")
    work = ina.assign_to_group(mornings, "mood-check", **GIVEN)
    ina.stop_group_work(work.id)
    ina.group(mornings)

    with wide.store.office.database.read() as session:
        trail = text("SELECT action, thing, thing_id, client_id FROM audit ORDER BY seq")
        rows = [tuple(row) for row in session.execute(trail)]
    both = ids(wide, "ava", "cam")
    assert [row[3] for row in rows if row[:3] == ("people", "group", mornings)] == [None, *both]
    assert ("assign", "group", mornings, None) in rows
    assert ("view", "group", mornings, None) in rows
    assert {row[3] for row in rows if row[:2] == ("assign", "assignment")} == set(both)
    assert {row[3] for row in rows if row[:2] == ("stop", "assignment")} == set(both)
    assert wide.store.prove().fault == ""


def test_a_name_and_a_note_are_sealed_at_rest(mornings, wide, tmp_path):
    wide.store.desk_for("ina").assign_to_group(mornings, "mood-check", **GIVEN)
    wide.store.close()

    held = b"".join(path.read_bytes() for path in (tmp_path / "store" / "data").iterdir())

    assert b"Mornings" not in held
    assert b"For the group." not in held


def test_after_signing_out_every_call_is_refused(mornings, wide):
    store = wide.store
    login = store.login(store.sign_in("ina", "four green apples fly", address="here"))
    desk = store.redeem(store.issue_ticket(login.id))
    calls = {
        "groups": desk.groups,
        "group": lambda: desk.group(mornings),
        "make_group": lambda: desk.make_group("New", "individual", [wide.ina.id]),
        "change_group": lambda: desk.change_group(mornings, "New"),
        "end_group": lambda: desk.end_group(mornings),
        "join_group": lambda: desk.join_group(mornings, wide.ava.id, since=DAY),
        "leave_group": lambda: desk.leave_group("any", DAY),
        "assign_to_group": lambda: desk.assign_to_group(mornings, "mood-check", **GIVEN),
        "give_running": lambda: desk.give_running(mornings, wide.ava.id),
        "group_works": lambda: desk.group_works(mornings),
        "stop_group_work": lambda: desk.stop_group_work("any"),
        "resume_group_work": lambda: desk.resume_group_work("any"),
    }
    store.end_login(login.id)

    for call in calls.values():
        with pytest.raises(SignInError):
            call()
    assert set(calls) == {name for name in vars(DeskGroups) if not name.startswith("_")}


@pytest.fixture
def walled(postgres_homes, clock, catalog):
    """Open the small clinic on PostgreSQL, with a group that was given something."""
    with open_home(postgres_homes.again("clinic"), clock, catalog) as store:
        made = widened(Clinic(store, **{person.user: person for person in store.people()}))
        store.desk_for("ina").assign_to_group(grouped(made), "mood-check", **GIVEN)
        yield made


@pytest.fixture
def app(walled):
    """Return one raw connection of the app's role, as somebody has it who got past ``Desk``."""
    engine = create_engine(walled.store.office.database.engine.url, poolclass=StaticPool)
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("ina", (1, 2, 1, 2)),
        ("cora", (1, 2, 0, 0)),  # who belongs, and nothing of homework
        *[(who, (0, 0, 0, 0)) for who in ("ava", "ben", "cam", "cole", "sue", "lia")],
    ],
)
def test_raw_sql_finds_a_group_for_those_who_lead_or_run_it_alone(walled, app, who, counts):
    with as_person(walled, app, walled.store.person(who)):
        found = tuple(app.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in TABLES)

    assert found == counts


@pytest.mark.parametrize("who", ["ava", "cole", "lia"])
def test_raw_sql_changes_no_group_of_others(walled, app, who):
    with as_person(walled, app, walled.store.person(who)):
        touched = [
            app.execute(text(f"UPDATE {name} SET {column} = {column}")).rowcount
            for name, column in zip(TABLES, ("domain", "domain", "rrule", "domain"), strict=True)
        ]

    assert touched == [0, 0, 0, 0]


def test_a_desk_on_postgresql_leads_a_group_like_any_other(walled):
    ina, cora = walled.store.desk_for("ina"), walled.store.desk_for("cora")
    (found,) = ina.groups()
    (dan,) = ids(walled, "dan")
    cora.join_group(found.id, dan, since=DAY)

    given = ina.give_running(found.id, dan)
    ina.stop_group_work(ina.group_works(found.id)[0].id)

    assert (given, given_to(walled, "dan")) == (1, [])
    assert [one.client.user for one in cora.group(found.id).members] == ["ava", "cam", "dan"]


def test_two_who_add_the_same_client_at_once_add_them_once(walled):
    ina, cora = walled.store.desk_for("ina"), walled.store.desk_for("cora")
    (found,) = ina.groups()
    (dan,) = ids(walled, "dan")

    def join(desk):
        try:
            return desk.join_group(found.id, dan, since=DAY)
        except AnswerError as error:
            return error.problems

    with ThreadPoolExecutor(2) as two:
        done = list(two.map(join, [ina, cora]))

    assert sum(isinstance(one, str) for one in done) == 1
    assert ("This client is in the group already.",) in done
    assert [one.client.user for one in ina.group(found.id).members] == ["ava", "cam", "dan"]


def test_two_who_give_the_same_at_once_give_it_to_nobody_twice(walled):
    ina = walled.store.desk_for("ina")
    (found,) = ina.groups()
    given = GIVEN | {"note": "", "rrule": ""}

    with ThreadPoolExecutor(2) as two:
        done = list(two.map(lambda _: ina.assign_to_group(found.id, "urge-note", **given), range(2)))

    assert sorted((len(one.given), len(one.refused)) for one in done) == [(0, 2), (2, 0)]
    assert [one for one, _starts in given_to(walled, "ava")] == ["mood-check", "urge-note"]
