"""The invented clinic is believable, whole, and the same for the same seed and day."""

import statistics
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from iopkit.clinic import PasswordCost, Settings, open_store
from iopkit.clinic.demo import PASSWORD, build_demo
from iopkit.clinic.password import check_rules
from iopkit.errors import StoreError
from iopkit.worksheets import load_worksheet
from iopkit.worksheets.place import content_folder

UNTIL = date(2026, 3, 13)
NINE = (
    "dbt-diary-card", "medication-log", "nutrition-log", "phq-9", "private-check-in", "sleep-diary",
    "small-wins", "speaker-listener", "thought-record",
)  # fmt: skip
OF_A_PATHWAY = ("behavioral-experiment", "exposure-ladder", "gad-7", "guided-breathing", "worry-time")


def invent(folder: Path, **chosen):
    """Build a clinic and return everything in it that a person could see, by user name."""
    files = {path.stem: path for path in content_folder("worksheets").rglob("*.yaml")}
    catalog = {name: load_worksheet(files[name]) for name in (*NINE, *OF_A_PATHWAY)}
    settings = Settings(password_cost=PasswordCost(1, 8, 1), second_factor=frozenset())
    store = open_store(
        str(folder / "demo.db"),
        folder / "key",
        settings=settings,
        catalog=catalog,
        now=lambda: datetime(2026, 3, 13, 15, tzinfo=UTC),
    )
    made = build_demo(store, until=UNTIL, **chosen)
    return store, made


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    store, made = invent(tmp_path_factory.mktemp("demo"))
    yield store, made
    store.close()


@pytest.fixture(scope="module")
def entries(demo):
    store, _made = demo
    return {person.user: store.desk_for(person.user).entries(person.id) for person in store.people("client")}


def test_twelve_clients_two_couples_four_clinicians_and_a_coordinator(demo):
    store, made = demo
    clients = store.people("client")
    partners = [store.desk_for(person.user).partner(person.id) for person in clients]

    assert len(clients) == 12
    assert sum(partner is not None for partner in partners) == 4
    assert sorted(sorted(person.domains) for person in store.people("clinician")) == [
        ["couples"],
        ["individual"],
        ["medical"],
        ["substance-use"],
    ]
    assert len(store.people("coordinator")) == 1
    assert {person.id for person in made.people} == {person.id for person in store.people()}


def test_everybody_signs_in_with_one_password_that_meets_the_rules(demo):
    store, made = demo

    assert made.password == PASSWORD
    for person in made.people:
        assert check_rules(PASSWORD, person.user) is None
        assert store.login(store.sign_in(person.user, PASSWORD, address="127.0.0.1")).person == person


def test_names_are_plainly_invented_and_unlike_each_other(demo):
    _store, made = demo
    names = [person.name for person in made.people]

    assert len(set(names)) == len(names) == 17
    assert {name.split()[1] for name in names} <= {
        "Example", "Sample", "Storybook", "Makebelieve", "Fable", "Pretend", "Daydream", "Notreal", "Fiction",
        "Placeholder", "Imagined", "Specimen", "Imaginary", "Conjured", "Supposed", "Contrived",
        "Makeshift",
    }  # fmt: skip


def test_every_worksheet_has_entries_and_days_are_missed(entries):
    written = [entry for found in entries.values() for entry in found]
    nights = {
        user: sum(entry.worksheet_id == "sleep-diary" for entry in found) for user, found in entries.items()
    }

    assert {entry.worksheet_id for entry in written} == set(NINE)
    assert 500 < len(written) < 1000
    assert all(15 < count < 56 for count in nights.values())
    assert len(set(nights.values())) > 5


def test_no_entry_reports_about_the_last_day_or_a_day_before_the_first(entries):
    days = [entry.about for found in entries.values() for entry in found]

    assert (min(days), max(days)) == (date(2026, 1, 16), date(2026, 3, 12))


def test_nothing_was_written_before_it_was_about_or_after_the_end(entries):
    for found in entries.values():
        for entry in found:
            assert entry.about <= entry.submitted_at.date()
            assert entry.started_at < entry.submitted_at <= datetime(2026, 3, 13, 15, tzinfo=UTC)


def test_phq_9_improves_for_most(entries):
    courses = []
    for found in entries.values():
        totals = [entry.scores["total"] for entry in found if entry.worksheet_id == "phq-9"][::-1]
        courses.append(totals[-1] - totals[0])

    assert sum(change <= -5 for change in courses) >= 7
    assert any(change >= -1 for change in courses)
    assert all(
        0 <= entry.scores["total"] <= 27
        for found in entries.values()
        for entry in found
        if "total" in entry.scores
    )


def test_nights_are_sensible(entries):
    slept = [
        entry.scores["tst"]
        for found in entries.values()
        for entry in found
        if entry.worksheet_id == "sleep-diary"
    ]

    assert 330 < statistics.mean(slept) < 450
    assert min(slept) > 180
    assert max(slept) < 600


def test_one_alert_was_raised_and_acknowledged(demo):
    store, _made = demo
    (alert,) = store.desk_for("ina").alerts()

    assert (alert.rule, alert.done_by) == ("phq-9-item-9", "Ina Imaginary")
    assert alert.note.startswith("Called the same evening")
    assert alert.at < alert.done_at


def test_two_clients_left_a_draft_and_one_answer_is_missing(demo, entries):
    store, _made = demo
    drafts = {
        person.user: [draft.worksheet_id for draft in store.desk_for(person.user).drafts()]
        for person in store.people("client")
    }
    partly = [
        entry
        for found in entries.values()
        for entry in found
        if entry.worksheet_id == "phq-9" and "phq9_5" not in entry.answers
    ]

    assert {user: found for user, found in drafts.items() if found} == {
        "ava": ["thought-record"],
        "jonah": ["phq-9"],
    }
    assert len(partly) == 1


def test_clinicians_read_all_but_the_newest(demo):
    store, _made = demo
    desk = store.desk_for("ina")
    unread = [entry for person in desk.clients() for entry in desk.entries(person.id) if not entry.read_by_me]

    assert 5 < len(unread) < 60
    assert min(entry.about for entry in unread) == date(2026, 3, 11)


def test_assignments_come_from_each_domain_with_a_note(demo):
    store, _made = demo
    ava = store.person("ava")
    found = store.desk_for("ava").assignments(ava.id)

    assert sorted((one.worksheet_id, one.domain, one.by.user, one.rrule) for one in found) == [
        ("nutrition-log", "substance-use", "sue", "FREQ=WEEKLY;BYDAY=MO,WE,SA,SU"),
        ("phq-9", "individual", "ina", "FREQ=WEEKLY"),
        ("sleep-diary", "individual", "ina", "FREQ=DAILY"),
        ("small-wins", "individual", "ina", ""),
        ("speaker-listener", "couples", "cole", "FREQ=WEEKLY"),
        ("thought-record", "individual", "ina", "FREQ=WEEKLY;BYDAY=TU,FR"),
    ]
    assert all(one.note for one in found)


def test_the_audit_trail_of_the_demo_holds(demo):
    assert demo[0].verify() is None


def everything(store):
    people = store.people()
    return people, [
        (store.desk_for(person.user).entries(person.id), store.desk_for(person.user).assignments(person.id))
        for person in people
        if person.kind == "client"
    ]


def test_the_same_seed_and_day_give_the_same_clinic_and_another_seed_another(tmp_path):
    made = []
    for number, seed in enumerate((7, 7, 8)):
        (tmp_path / str(number)).mkdir()
        store, _demo = invent(tmp_path / str(number), clients=3, weeks=2, seed=seed)
        made.append(everything(store))
        store.close()

    assert made[0] == made[1]
    assert made[0] != made[2]


def test_a_larger_clinic_has_no_name_twice(tmp_path):
    store, made = invent(tmp_path, clients=30, weeks=1)

    assert len({person.user for person in made.people}) == len({person.name for person in made.people}) == 35
    store.close()


def test_a_database_with_people_in_it_is_left_alone(clinic, store):
    with pytest.raises(StoreError) as refused:
        build_demo(store, until=UNTIL)

    assert str(refused.value) == (
        "There are people in this database already. The invented clinic needs an empty one."
    )
    assert len(store.people()) == 7


def test_progress_is_told_client_by_client(tmp_path):
    told = []
    store, _made = invent(tmp_path, clients=3, weeks=1, progress=told.append)

    assert told == [1, 2, 3]
    store.close()


def test_two_clients_have_cards_of_their_own_and_fill_them_in(demo, entries):
    store, _made = demo
    priya, ruth = (store.desk_for(user) for user in ("priya", "ruth"))
    cards = [entry for entry in entries["priya"] if entry.worksheet_id == "dbt-diary-card"]
    logs = [entry for entry in entries["ruth"] if entry.worksheet_id == "medication-log"]

    assert {entry.settings["targets"][0] for entry in cards} == {"Drinking"}
    assert "sleep_hours" not in priya.worksheet_of(cards[0]).items
    assert {len(entry.answers["medicines"]) for entry in logs} == {3}
    assert len(cards) > 20 < len(logs)
    assert 60 < statistics.mean(entry.scores["adherence"] for entry in logs) < 100
    assert {one.by.user for one in ruth.assignments(ruth.person.id)} == {"ina", "max", "sue"}


def test_a_group_meets_and_was_given_something_that_some_have_done(demo, entries):
    store, _made = demo
    ina, now = store.desk_for("ina"), datetime(2026, 3, 13, 9, tzinfo=UTC)
    (group,) = ina.groups()
    (work,) = ina.group_works(group.id)

    assert group.name == "Weekday mornings"
    assert [one.since for one in group.members] == [date(2026, 2, 23)] * len(group.members)
    assert set(work.given) == {one.client.id for one in group.members}
    done = [user for user, found in entries.items() if any(one.worksheet_id == "small-wins" for one in found)]
    assert len(done) == 3 < len(group.members)
    coming = ina.meetings(now, now + timedelta(days=7))
    assert {len(one.names) for one in coming if one.kind == "group"} == {len(group.members)}


def test_a_pathway_a_pause_and_an_obstacle_are_there_to_be_found(demo):
    store, _made = demo
    ina, clients = store.desk_for("ina"), store.people("client")
    paused = [
        one.worksheet_id
        for client in clients
        for one in ina.assignments(client.id)
        if one.resting(UNTIL) is not None
    ]
    walks = [walk for client in clients for walk in ina.pathways(client.id)]
    put_off = [
        (one.obstacle, one.words) for client in clients for one in ina.put_off(client.id, date(2026, 3, 1))
    ]

    assert paused == ["thought-record"]
    assert [walk.pathway.id for walk in walks] == ["anxiety"]
    assert [step.state for step in walks[0].steps][:3] == ["open", "open", "waits"]
    assert put_off == [("too-upsetting", "It was the phone call again, and I did not want to go through it.")]
