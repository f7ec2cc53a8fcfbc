"""Every call of a desk, by every kind of person, about every client: who gets what, written down once."""

import shutil
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from conftest import Clock, open_copy

from iopkit.clinic.desk_calendar import DeskCalendar
from iopkit.clinic.desk_groups import DeskGroups
from iopkit.clinic.desk_privacy import DeskPrivacy
from iopkit.clinic.drill import Event
from iopkit.clinic.overview import Wanted
from iopkit.errors import AccessError, IopkitError, NotFoundError, SignInError

pytestmark = pytest.mark.usefixtures("database")

START = date(2026, 3, 13)
NOW = datetime(2026, 3, 13, tzinfo=UTC)
TREATS = {"individual": "ina", "couples": "cole", "substance-use": "sue"}
PEOPLE = ("ava", "ben", "cam", "ina", "cole", "sue", "cora", "vera", "left")


@pytest.fixture(scope="module")
def template(tmp_path_factory, templates, catalog):
    """Ava and Ben each have an entry, a draft and an assignment in their domains, each with an alert.

    Besides the small clinic there are Vera, a supervisor, and a therapist who left Ava's team.
    """
    folder = tmp_path_factory.mktemp("matrix") / "store"
    shutil.copytree(templates / "clinic", folder)
    made = {}
    with open_copy(folder, Clock(), catalog) as store:
        store.add_person("supervisor", "vera", "Vera Invented", zone="UTC")
        store.add_person("clinician", "left", "Lee Invented", zone="UTC", domains=["individual"])
        store.treat("ava", "left", "individual", date(2026, 1, 1), date(2026, 2, 1))
        store.treat("ben", "sue", "substance-use", date(2026, 3, 2))
        for user, domain in [
            *(("ava", domain) for domain in TREATS),
            ("ben", "couples"),
            ("ben", "substance-use"),
        ]:
            made[user, domain] = fill(store, user, domain, TREATS[domain])
    return folder, made


@pytest.fixture
def store(template, tmp_path, clock, catalog):
    shutil.copytree(template[0], tmp_path / "store")
    with open_copy(tmp_path / "store", clock, catalog) as opened:
        yield opened


@pytest.fixture
def full(template):
    return template[1]


def fill(store, user, domain, clinician):
    client = store.person(user)
    given = store.desk_for(clinician).assign(client.id, "mood-check", domain, note="Please.", starts=START)
    desk = store.desk_for(user)
    entry = desk.draft("mood-check", assignment_id=given.id)
    answers = {"mood": 3, "hopeless": 1}
    desk.save(entry.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)
    draft = desk.draft("mood-check", assignment_id=given.id)
    return {"assignment": given.id, "entry": entry.id, "draft": draft.id}


def ask(call):
    """Return what a call gives, or the kind of refusal."""
    try:
        return call()
    except (AccessError, NotFoundError) as error:
        return type(error).__name__


def domains(found):
    return found if isinstance(found, str) else sorted(one.domain for one in found)


ALL = ["couples", "individual", "substance-use"]
NO = "AccessError"


@pytest.mark.parametrize(
    ("who", "ava", "ben"),
    [
        ("ava", ALL, NO),
        ("ben", NO, ["couples", "substance-use"]),
        ("cam", NO, NO),
        ("ina", ["individual"], NO),
        ("cole", ["couples"], ["couples"]),
        ("sue", ["substance-use"], ["substance-use"]),
        ("cora", NO, NO),
        ("vera", NO, NO),
        ("left", NO, NO),
    ],
)
def test_who_reads_which_entries_and_assignments(full, store, who, ava, ben):
    desk = store.desk_for(who)
    ids = {user: store.person(user).id for user in ("ava", "ben")}

    for call in (desk.entries, desk.assignments):
        assert domains(ask(lambda call=call: call(ids["ava"]))) == ava
        assert domains(ask(lambda call=call: call(ids["ben"]))) == ben
    for call in (desk.entries_of, desk.assignments_of):
        both = ask(lambda call=call: call(list(ids.values())))
        if NO in (ava, ben):
            assert both == NO
        else:
            assert [domains(both[client_id]) for client_id in ids.values()] == [ava, ben]


@pytest.mark.parametrize(
    ("who", "ava", "ben"),
    [
        ("ina", ["individual"], NO),
        ("cole", ["couples"], ["couples"]),
        ("sue", ["substance-use"], ["substance-use"]),
        *((who, NO, NO) for who in ("ava", "ben", "cam", "cora", "vera", "left")),
    ],
)
def test_whose_figures_who_may_pair(full, store, who, ava, ben):
    desk = store.desk_for(who)

    for user, expected in (("ava", ava), ("ben", ben)):
        client_id = store.person(user).id
        found = ask(lambda one=client_id: desk.entries_for_patterns(one, since=START, until=START))
        assert domains(found) == expected


@pytest.mark.parametrize("who", PEOPLE)
def test_one_entry_opens_exactly_for_those_who_have_it_in_their_list(full, store, who):
    desk = store.desk_for(who)
    listed = set()
    for user in ("ava", "ben"):
        found = ask(lambda user=user: desk.entries(store.person(user).id))
        listed |= set() if isinstance(found, str) else {entry.id for entry in found}

    for made in full.values():
        opened = ask(lambda made=made: desk.entry(made["entry"]).id)
        marked = ask(lambda made=made: desk.mark_read(made["entry"]))
        assert (opened, marked) == (
            (made["entry"], None) if made["entry"] in listed else ("NotFoundError", "NotFoundError")
        )


@pytest.mark.parametrize("who", PEOPLE)
def test_a_draft_opens_for_its_own_client_only(full, store, who):
    desk = store.desk_for(who)

    for (user, _domain), made in full.items():
        opened = ask(lambda made=made: desk.entry(made["draft"]).id)
        assert opened == (made["draft"] if user == who else "NotFoundError")


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_client_writes_into_entry_and_draft(full, store, who):
    desk = store.desk_for(who)

    for (user, _domain), made in full.items():
        for place in ("entry", "draft"):

            def write(made=made, place=place):
                changed = {"note": f"by {who}", "mood": 5}
                saved = desk.save(
                    made[place], message_id=f"{who}-{place}", answers=changed, changed=changed, base=9
                )
                return saved.entry.answers["note"]

            assert ask(write) == (f"by {who}" if user == who else "NotFoundError")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ina", [("ava", "individual")]),
        ("cole", [("ava", "couples"), ("ben", "couples")]),
        ("sue", [("ava", "substance-use"), ("ben", "substance-use")]),
        *[(who, []) for who in ("ava", "ben", "cam", "cora", "vera", "left")],
    ],
)
def test_who_assigns_to_whom_in_which_domain(full, store, who, may):
    desk = store.desk_for(who)

    done = [
        (user, domain)
        for user in ("ava", "ben", "cam")
        for domain in (*ALL, "medical", "unknown")
        if not isinstance(
            ask(
                lambda user=user, domain=domain: desk.assign(
                    store.person(user).id, "mood-check", domain, note="", starts=START
                )
            ),
            str,
        )
    ]

    assert sorted(done) == sorted([*may, *unknown(may)])


def unknown(may):
    """List what a domain nobody knows comes to: it counts as substance use."""
    return [(user, "unknown") for user, domain in may if domain == "substance-use"]


BOTH = {"ava": "ben", "ben": "ava"}


@pytest.mark.parametrize(
    ("who", "clients", "person", "team", "partner"),
    [
        ("ava", ["ava"], ["ava"], ["ava"], {"ava": "ben"}),
        ("ben", ["ben"], ["ben"], ["ben"], {"ben": "ava"}),
        ("cam", ["cam"], ["cam"], ["cam"], {}),
        ("ina", ["ava"], ["ava"], ["ava"], {}),
        ("cole", ["ava", "ben"], ["ava", "ben"], ["ava", "ben"], {"ava": "ben", "ben": "ava"}),
        ("sue", ["ava", "ben"], ["ava", "ben"], ["ava", "ben"], {}),
        (
            "cora",
            ["ava", "ben", "cam"],
            ["ava", "ben", "cam"],
            ["ava", "ben", "cam"],
            {"ava": "ben", "ben": "ava"},
        ),
        ("vera", [], [], [], {}),
        ("left", [], [], [], {}),
    ],
)
def test_who_knows_whom(full, store, who, clients, person, team, partner):
    desk, ids = store.desk_for(who), {user: store.person(user).id for user in ("ava", "ben", "cam")}

    assert [one.user for one in desk.clients()] == clients
    assert [
        user for user, found in ids.items() if ask(lambda found=found: desk.client(found)) != NO
    ] == person
    assert [
        user for user, found in ids.items() if ask(lambda found=found: desk.care_team(found)) != NO
    ] == team
    known = {user: desk.partner(found) for user, found in ids.items()}
    assert {user: one.user for user, one in known.items() if one} == partner


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("ina", ["no-way-out"], ["", ""]),
        ("cole", ["no-way-out", "no-way-out"], ["", "", ""]),
        ("sue", ["no-way-out", "no-way-out"], ["", "", ""]),
        ("cora", [], [""] * 5),
        *[(who, [], []) for who in ("ava", "ben", "cam", "vera", "left")],
    ],
)
def test_who_is_told_of_alerts_and_what_of_them(full, store, who, own, others):
    found = store.desk_for(who).alerts()

    assert sorted(alert.rule for alert in found) == sorted([*own, *others])
    assert all((alert.entry_id is None) == (alert.rule == "") for alert in found)


@pytest.mark.parametrize("who", PEOPLE)
def test_only_a_treating_clinician_acknowledges(full, store, who):
    alerts = store.desk_for("cora").alerts()
    treats = {"ina": {"ava"}, "cole": {"ava", "ben"}, "sue": {"ava", "ben"}}.get(who, set())
    ids = {store.person(user).id for user in treats}

    for alert in alerts:
        done = ask(lambda alert=alert: store.desk_for(who).acknowledge(alert.id, "seen"))
        assert (done != "NotFoundError") == (alert.client_id in ids)


OF_EVERYONE = {"worksheet", "worksheets", "find_worksheets", "languages", "pathway_templates"}
"""The catalog is no secret."""


ELSEWHERE = (DeskPrivacy, DeskCalendar, DeskGroups)
"""Parts of a desk with such a test of their own, of privacy, of the calendar, of groups."""
OF_THE_DESK = {"database", "idle_seconds", "is_joint", "one_view", "person", "seal", "unseal"}
"""What a desk knows without asking the store."""


def calls_of_live_work(desk, ava, made):
    """Return the calls of rooms, drafts in company, rhythms, counts, and what stood before."""
    return {
        "agreed_returns": lambda: desk.agreed_returns(NOW, NOW),
        "outbox_secret": desk.outbox_secret,
        "versions": lambda: desk.versions(made["entry"]),
        "counts": lambda: desk.counts(START, START),
        "change_rhythm": lambda: desk.change_rhythm(made["assignment"], due=time(20), starts=START),
        "set_aside": lambda: desk.set_aside(made["assignment"], day=START, kind="later"),
        "put_off": lambda: desk.put_off(ava, START),
        "put_off_of": lambda: desk.put_off_of([ava], START),
        "overview_of": lambda: desk.overview_of([ava], Wanted(START, START, "phq-9", "total")),
        "start_pathway": lambda: desk.start_pathway(ava, "depression", starts=START),
        "stop_pathway": lambda: desk.stop_pathway("any"),
        "decide_step": lambda: desk.decide_step("any", "one", "skip"),
        "pathways": lambda: desk.pathways(ava),
        "appointment_starts": lambda: desk.appointment_starts(ava, "individual"),
        "be_at": lambda: desk.be_at(made["draft"], "mood"),
        "act_in_room": lambda: desk.act_in_room("any", Event("stop", "ava")),
        "in_couple": desk.in_couple,
        "outcomes": desk.outcomes,
        "room_underway": desk.room_underway,
        "shared_device": desk.shared_device,
        "after_room": lambda: desk.after_room(SimpleNamespace(id="any")),
        **{
            name: lambda name=name: getattr(desk, name)(made["assignment"])
            for name in ("pause_assignment", "go_on", "begin_drill", "look_into", "join_room")
        },
        **{
            name: lambda name=name: getattr(desk, name)(made["draft"])
            for name in ("start_together", "stop_together", "draft_together")
        },
        **{name: lambda name=name: getattr(desk, name)(ava) for name in ("together", "opened_together")},
    }


def test_after_signing_out_every_call_is_refused(full, store):
    login = store.login(store.sign_in("ava", "four green apples fly", address="here"))
    desk, made, ava = (
        store.redeem(store.issue_ticket(login.id)),
        full["ava", "individual"],
        store.person("ava").id,
    )
    calls = {
        "alive": desk.alive,
        "clients": desk.clients,
        "client": lambda: desk.client(ava),
        "domains_of": lambda: desk.domains_of([ava]),
        "care_team": lambda: desk.care_team(ava),
        "partner": lambda: desk.partner(ava),
        "assign": lambda: desk.assign(ava, "mood-check", "individual", note="", starts=START),
        "assignments": lambda: desk.assignments(ava),
        "assignments_of": lambda: desk.assignments_of([ava]),
        "entries": lambda: desk.entries(ava),
        "entries_of": lambda: desk.entries_of([ava]),
        "entry": lambda: desk.entry(made["entry"]),
        "mark_read": lambda: desk.mark_read(made["entry"]),
        "draft": lambda: desk.draft("mood-check"),
        "drafts": desk.drafts,
        "save": lambda: desk.save(made["draft"], message_id="x", answers={}, changed=[], base=0),
        "alerts": desk.alerts,
        "acknowledge": lambda: desk.acknowledge("any", ""),
        "stop": lambda: desk.stop(made["assignment"]),
        "resume": lambda: desk.resume(made["assignment"]),
        "speak": lambda: desk.speak("en"),
        "worksheet_of": lambda: desk.worksheet_of(entry),
        "safety_plan": desk.safety_plan,
        "everybody": desk.everybody,
        "add_person": lambda: desk.add_person("client", "new", "New Example", zone="UTC"),
        "invite": lambda: desk.invite(ava),
        "treat": lambda: desk.treat(ava, ava, "individual", since=START),
        "end_treat": lambda: desk.end_treat("any", START),
        "couple": lambda: desk.couple(ava, ava),
        "leaving": lambda: desk.leaving(ava),
        "transcribe": lambda: desk.transcribe("mood-check", {"mood": 3}, answered_at=NOW, message_id="x"),
        "entries_for_patterns": lambda: desk.entries_for_patterns(ava, since=START, until=START),
        "stored worksheet": lambda: desk.worksheet("mood-check", "1.0"),
    } | calls_of_live_work(desk, ava, made)
    entry = desk.entry(made["entry"])
    store.end_login(login.id)

    answered = []
    for name, call in calls.items():
        try:
            call()
        except SignInError:
            continue
        except IopkitError as error:
            name = f"{name}: {type(error).__name__}"
        answered.append(name)

    assert answered == []
    public = {name for name in dir(desk) if not name.startswith("_")} - set().union(*map(vars, ELSEWHERE))
    assert public - {*calls, *OF_EVERYONE, *OF_THE_DESK} == set()
