"""The pages of groups: made, joined, given to all, taken back, booked, and not there for anybody else."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from conftest import Clinic, Clock
from group_room import DAY, ids
from shipped import catalog

from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION, Refused, Reply, Shown
from iopkit.apps.message_groups import AssignedGroup
from iopkit.apps.message_library import Prepared
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Calendar, Library, Message
from iopkit.apps.view_groups import GroupPage, Groups
from iopkit.clinic import Desk

__all__ = ["catalog"]
DAILY = {"often": "daily", "starts": DAY, "due": time(21)}


@pytest.fixture
def ina(wide: Clinic) -> Desk:
    return wide.store.desk_for("ina")


@pytest.fixture
def cora(wide: Clinic) -> Desk:
    return wide.store.desk_for("cora")


def act(desk: Desk, clock: Clock, kind: str, **more: Any) -> Reply:
    return handle(desk, ACTION.validate_python({"kind": kind, "id": f"{kind}-1"} | more), now=clock())


def page(reply: Reply) -> GroupPage:
    assert isinstance(reply, Shown), reply
    assert isinstance(reply.view.body, GroupPage)
    return reply.view.body


def groups(desk: Desk, clock: Clock) -> Groups:
    body = make_view(desk, key(desk, "groups"), now=clock()).body
    assert isinstance(body, Groups)
    return body


def group(desk: Desk, clock: Clock, group_id: str) -> GroupPage:
    body = make_view(desk, key(desk, "group", group_id), now=clock()).body
    assert isinstance(body, GroupPage)
    return body


def assign(desk: Desk, clock: Clock, group_id: str, worksheet: str, **more: Any) -> AssignedGroup:
    whose = {"key": key(desk, "assign", worksheet), "group": key(desk, "group", group_id)}
    reply = act(desk, clock, "assign-group", **whose, **{"rhythm": DAILY, "note": "For the group."} | more)
    assert isinstance(reply, AssignedGroup), reply
    return reply


def test_without_a_group_the_page_says_what_one_is_for(ina: Desk, cora: Desk, clock: Clock) -> None:
    assert groups(ina, clock).empty == (
        "You lead no group yet. Make one, and give a worksheet to all of it at once."
    )
    assert groups(cora, clock).empty == "There is no group yet. Make one and say who leads it."
    assert [one.value for one in groups(ina, clock).domains] == ["individual"]
    assert groups(ina, clock).leaders == []


def test_who_runs_the_program_chooses_who_leads(cora: Desk, clock: Clock) -> None:
    found = groups(cora, clock).leaders

    assert [(one.label, one.domain) for one in found] == [
        ("Cole Invented", "couples"),
        ("Ina Invented", "individual"),
        ("Lia Invented", "individual"),
        ("Sue Invented", "substance-use"),
    ]
    leads = [one.value for one in found if one.label in ("Ina Invented", "Lia Invented")]
    body = page(act(cora, clock, "make-group", name="Mornings", domain="individual", leaders=leads))
    assert body.facts == ["Individual therapy", "Led by Ina Invented and Lia Invented"]
    assert [one.label for one in body.candidates] == ["Ava Example", "Cam Sample", "Dan Sample"]
    assert (body.may_give, body.library, body.works, body.works_empty) == (False, "", [], "")


def test_a_clinician_makes_a_group_and_adds_a_client(ina: Desk, clock: Clock) -> None:
    made = page(act(ina, clock, "make-group", name="Mornings", domain="individual"))
    (ava, *_) = made.candidates

    body = page(act(ina, clock, "join-group", key=made.key, client=ava.value, since=DAY))

    assert made.members_empty == "Nobody is in this group yet. Add the first client below."
    assert [(one.name, one.when) for one in body.members] == [("Ava Example", "Since 13 March 2026")]
    assert [one.label for one in body.candidates] == ["Cam Sample", "Dan Sample"]
    (row,) = groups(ina, clock).rows
    assert (row.name, row.members, row.leaders) == ("Mornings", "1 member", "Led by Ina Invented")


def test_a_name_that_is_none_is_refused_in_words(ina: Desk, clock: Clock) -> None:
    reply = act(ina, clock, "make-group", name=" ", domain="individual")

    assert isinstance(reply, Refused)
    assert reply.text == "Give the group a name of at most 80 letters."


def test_a_refusal_is_said_in_the_readers_language(ina: Desk, clock: Clock) -> None:
    ina.speak("es")

    reply = act(ina, clock, "make-group", name=" ", domain="individual")

    assert isinstance(reply, Refused)
    assert reply.text == "Ponga al grupo un nombre de 80 letras como máximo."


def test_a_last_day_moves_a_member_to_those_who_were_there(ina: Desk, clock: Clock, mornings: str) -> None:
    ava = group(ina, clock, mornings).members[0]

    act(ina, clock, "leave-group", key=ava.key, until=DAY + timedelta(1))
    clock.pass_(days=2)
    body = group(ina, clock, mornings)

    assert [one.name for one in body.members] == ["Cam Sample"]
    (row,) = body.past
    assert (row.name, row.when, row.key) == ("Ava Example", "From 13 March 2026 to 14 March 2026", "")


def test_a_worksheet_can_be_prepared_for_a_group(ina: Desk, clock: Clock, mornings: str) -> None:
    shelf = make_view(ina, group(ina, clock, mornings).library, now=clock()).body
    assert isinstance(shelf, Library)
    row = next(one for one in shelf.rows if one.title == "Thought record")

    reply = act(ina, clock, "prepare", key=row.assign)

    assert isinstance(reply, Prepared)
    assert shelf.chosen_for == "Mornings"
    assert [one.name for one in reply.groups] == ["Mornings"]
    assert reply.chosen == reply.groups[0].key == key(ina, "group", mornings)
    opened = make_view(ina, row.key, now=clock()).body
    assert opened.name == "preview"
    assert (opened.assign, opened.shelf) == (row.assign, group(ina, clock, mornings).library)


def test_a_worksheet_for_couples_is_offered_to_no_other_group(
    wide: Clinic, clock: Clock, mornings: str
) -> None:
    cole = wide.store.desk_for("cole")
    made = cole.make_group("Two by two", "couples", [cole.person.id])

    reply = act(cole, clock, "prepare", key=key(cole, "assign", "speaker-listener"))

    assert isinstance(reply, Prepared)
    assert [one.key for one in reply.groups] == [key(cole, "group", made)]


def test_one_action_gives_to_all_and_says_who_did_not_get_it(
    ina: Desk, wide: Clinic, clock: Clock, mornings: str
) -> None:
    ina.assign(wide.ava.id, "thought-record", "individual", note="Hers.", starts=DAY, rrule="FREQ=DAILY")

    done = assign(ina, clock, mornings, "thought-record")

    assert done.text == "1 member of “Mornings” has “Thought record” now: every day from today, by 9:00 pm."
    assert done.refused == ["Ava Example: already has this worksheet in this domain"]
    (work,) = group(ina, clock, mornings).works
    assert (work.title, work.who, work.note) == ("Thought record", "1 of 2 members have it", "For the group.")
    assert work.plan == "Every day, by 9:00 pm"


def test_when_nobody_can_have_it_that_is_said_and_there_is_nothing_to_take_back(
    ina: Desk, clock: Clock, mornings: str
) -> None:
    assign(ina, clock, mornings, "phq-9")

    done = assign(ina, clock, mornings, "phq-9", id="again")

    assert (done.text, done.work, len(done.refused)) == ("Nobody was given “PHQ-9”.", "", 2)


def test_one_undo_takes_it_back_from_all(ina: Desk, wide: Clinic, clock: Clock, mornings: str) -> None:
    done = assign(ina, clock, mornings, "thought-record")

    body = page(act(ina, clock, "end-work", key=done.work, back=key(ina, "group", mornings)))
    taken = [homes(wide, clock, user) for user in ("ava", "cam")]
    back = act(ina, clock, "end-work", key=done.work, back="", undo=True, id="undo")

    assert (body.works[0].ended, taken) == (True, [False, False])
    assert isinstance(back, Shown)
    assert back.view.body.name == "caseload"
    assert [homes(wide, clock, user) for user in ("ava", "cam")] == [True, True]


def homes(wide: Clinic, clock: Clock, user: str) -> bool:
    """Return whether a client finds the worksheet on their first page."""
    desk = wide.store.desk_for(user)
    return "Thought record" in make_view(desk, "", now=clock()).model_dump_json()


def test_who_joins_later_is_offered_what_runs(ina: Desk, wide: Clinic, clock: Clock, mornings: str) -> None:
    assign(ina, clock, mornings, "thought-record")
    clock.pass_(days=2)
    dan = key(ina, "client", ids(wide, "dan")[0])
    joining = {"key": key(ina, "group", mornings), "client": dan, "since": DAY + timedelta(2)}

    row = page(act(ina, clock, "join-group", **joining)).members[-1]
    assert (row.name, row.lacks) == ("Dan Sample", "1 worksheet that runs here is not theirs yet")
    after = page(act(ina, clock, "give-running", key=row.give)).members[-1]

    assert (after.lacks, after.give) == ("", "")
    assert homes(wide, clock, "dan")


def test_joining_and_getting_what_runs_is_one_action(
    ina: Desk, wide: Clinic, clock: Clock, mornings: str
) -> None:
    assign(ina, clock, mornings, "thought-record")
    dan = key(ina, "client", ids(wide, "dan")[0])

    body = page(
        act(ina, clock, "join-group", key=key(ina, "group", mornings), client=dan, since=DAY, running=True)
    )

    assert body.works[0].who == "3 of 3 members have it"


def test_a_group_is_booked_with_all_who_belong_to_it(ina: Desk, clock: Clock, mornings: str) -> None:
    week = make_view(ina, key(ina, "calendar"), now=clock()).body
    assert isinstance(week, Calendar)
    assert week.booking is not None
    (offered,) = week.booking.groups
    booked = {
        "back": week.key,
        "appointment": "group",
        "group": offered.value,
        "clients": offered.members,
        "clinician": week.booking.clinicians[0].value,
        "day": date(2026, 3, 16),
        "begins": time(9),
        "minutes": 180,
        "repeat": "weekly",
    }

    act(ina, clock, "book", **booked)

    assert offered.label == "Mornings"
    assert group(ina, clock, mornings).appointments[:2] == [
        "Monday, 9:00 am",
        "Mon 23 March, 9:00 am",
    ]


def test_an_ended_group_takes_nobody_and_stands_apart(ina: Desk, clock: Clock, mornings: str) -> None:
    body = page(act(ina, clock, "end-group", key=key(ina, "group", mornings)))

    assert body.ended == "This group has ended. What its members were given stays with them."
    assert (body.candidates, body.may_give, body.library) == ([], False, "")
    assert [one.name for one in groups(ina, clock).ended] == ["Mornings"]
    assert groups(ina, clock).rows == []


def test_another_name_and_other_leaders_are_kept(cora: Desk, clock: Clock, mornings: str) -> None:
    leaders = group(cora, clock, mornings).leaders
    lia = next(one.value for one in leaders if one.label == "Lia Invented")

    body = page(
        act(cora, clock, "change-group", key=key(cora, "group", mornings), name="Evenings", leaders=[lia])
    )

    assert [one.label for one in leaders if one.chosen] == ["Ina Invented"]
    assert (body.heading, body.facts[1]) == ("Evenings", "Led by Lia Invented")


@pytest.mark.parametrize("user", ["ava", "cole", "lia"])
def test_a_page_of_a_group_is_not_there_for_anybody_else(
    wide: Clinic, clock: Clock, mornings: str, user: str
) -> None:
    desk = wide.store.desk_for(user)

    body = make_view(desk, key(desk, "group", mornings), now=clock()).body

    assert isinstance(body, Message)
    assert body.title == "This is not here"


def test_a_groups_page_has_no_names_in_its_title(ina: Desk, clock: Clock, mornings: str) -> None:
    view = make_view(ina, key(ina, "group", mornings), now=clock())

    assert (view.title, [one.label for one in view.nav if one.current]) == ("Group", [])
