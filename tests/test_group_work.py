"""What is given to a group: an assignment for each member, with reasons for who gets none, and one undo."""

from datetime import date, timedelta

import pytest
from group_room import DAY, GIVEN, given_to, ids, told

from iopkit.errors import AnswerError, NotFoundError


def test_a_coordinator_gives_no_homework_and_sees_none(mornings, wide):
    wide.store.desk_for("ina").assign_to_group(mornings, "mood-check", **GIVEN)
    cora = wide.store.desk_for("cora")

    with pytest.raises(NotFoundError):
        cora.assign_to_group(mornings, "urge-note", **GIVEN)
    assert cora.group_works(mornings) == []


def test_each_member_gets_an_assignment_of_their_own(mornings, wide):
    work = wide.store.desk_for("ina").assign_to_group(mornings, "mood-check", **GIVEN, settings={}, grace=30)

    assert set(work.given) == set(ids(wide, "ava", "cam"))
    assert (len(set(work.given.values())), work.refused) == (2, {})
    for user in ("ava", "cam"):
        desk = wide.store.desk_for(user)
        (one,) = desk.assignments(desk.person.id)
        assert (one.id, one.note, one.rrule) == (work.given[desk.person.id], "For the group.", "FREQ=DAILY")
        assert (one.domain, one.by.user, one.grace) == ("individual", "ina", 30)
    assert given_to(wide, "dan") == []


def test_where_the_hour_is_over_a_member_begins_tomorrow(mornings, wide):
    ina = wide.store.desk_for("ina")
    far = wide.store.add_person("client", "far", "Fay Sample", zone="America/Sao_Paulo")  # it is nine there
    wide.store.treat(far.id, "ina", "individual", DAY)
    ina.join_group(mornings, far.id, since=DAY)

    work = ina.assign_to_group(mornings, "mood-check", **GIVEN)

    assert (work.plan.starts, given_to(wide, "ava")) == (DAY, [("mood-check", DAY)])
    assert given_to(wide, "far") == [("mood-check", DAY + timedelta(1))]


def test_a_group_is_told_from_which_day_on_when_the_hour_is_over(mornings, wide, clock):
    clock.pass_(hours=1)

    work = wide.store.desk_for("ina").assign_to_group(mornings, "mood-check", **GIVEN)

    assert (work.plan.starts, len(work.given)) == (DAY + timedelta(1), 2)
    assert given_to(wide, "ava") == [("mood-check", DAY + timedelta(1))]


def test_who_cannot_be_given_it_is_listed_and_the_rest_is_made(mornings, wide):
    store, ina = wide.store, wide.store.desk_for("ina")
    for number, (team, until) in enumerate([(DAY + timedelta(1), None), (None, DAY + timedelta(1))]):
        found = store.add_person("client", f"c{number}", "One Sample", zone="UTC")
        store.treat(found.id, "ina", "individual", date(2026, 3, 2), team)
        ina.join_group(mornings, found.id, since=DAY, until=until)
    ina.assign(wide.ava.id, "mood-check", "individual", note="Hers alone.", starts=DAY + timedelta(4))

    work = ina.assign_to_group(mornings, "mood-check", **GIVEN | {"starts": DAY + timedelta(3)})

    assert set(work.given) == {wide.cam.id}
    assert {store.person(one).user: why for one, why in work.refused.items()} == {
        "ava": "already has this worksheet in this domain",
        "c0": "your time on their care team ends before the first day",
        "c1": "leaves the group before the first day",
    }
    assert given_to(wide, "ava") == [("mood-check", DAY + timedelta(4))]


def test_what_was_given_and_is_over_is_no_double(mornings, wide, clock):
    ina = wide.store.desk_for("ina")
    ina.assign(wide.ava.id, "mood-check", "individual", note="", starts=DAY, rrule="FREQ=DAILY;COUNT=3")
    ina.stop(ina.assign(wide.cam.id, "mood-check", "individual", note="", starts=DAY, rrule="FREQ=DAILY").id)
    clock.pass_(days=5)

    work = ina.assign_to_group(mornings, "mood-check", **GIVEN | {"starts": DAY + timedelta(5)})

    assert (len(work.given), work.refused) == (2, {})


def test_nothing_is_kept_when_every_member_is_refused(mornings, wide):
    ina = wide.store.desk_for("ina")
    ina.assign_to_group(mornings, "mood-check", **GIVEN)

    again = ina.assign_to_group(mornings, "mood-check", **GIVEN)

    assert (again.id, again.given, len(again.refused)) == ("", {}, 2)
    assert len(ina.group_works(mornings)) == 1


@pytest.mark.parametrize(
    ("worksheet", "more", "words"),
    [
        ("mood-check", {"rrule": "FREQ=HOURLY"}, "The rhythm is not an RFC 5545 rule such as FREQ=DAILY."),
        ("mood-check", {"ends": DAY - timedelta(1)}, "The last day lies before the first."),
        (
            "talk-plan",
            {},
            "This worksheet is for couples. Only the couples therapist can give it.",
        ),
    ],
)
def test_what_nobody_can_be_given_is_refused_as_for_one_client(mornings, wide, worksheet, more, words):
    with pytest.raises(AnswerError) as refused:
        wide.store.desk_for("ina").assign_to_group(mornings, worksheet, **GIVEN | more)

    assert told(refused) == words


def test_a_retired_worksheet_is_given_to_nobody(mornings, wide):
    catalog = wide.store.office.memory["catalog"]
    sheets = dict(catalog) | {"mood-check": catalog["mood-check"].model_copy(update={"status": "retired"})}
    wide.store.office.memory["catalog"] = type(catalog)(sheets)

    with pytest.raises(AnswerError) as refused:
        wide.store.desk_for("ina").assign_to_group(mornings, "mood-check", **GIVEN)

    assert told(refused) == "This worksheet is not used any more. Choose another."


def test_a_group_without_members_is_given_nothing(wide):
    ina = wide.store.desk_for("ina")
    made = ina.make_group("Empty", "individual", [ina.person.id])

    with pytest.raises(AnswerError) as refused:
        ina.assign_to_group(made, "mood-check", **GIVEN)

    assert told(refused) == "Nobody is in this group at that time whom you treat in its domain."


def test_the_same_message_gives_once(mornings, wide):
    ina = wide.store.desk_for("ina")
    ina.assign(wide.ava.id, "mood-check", "individual", note="", starts=DAY)

    first, second = (ina.assign_to_group(mornings, "mood-check", **GIVEN, message_id="m-1") for _ in range(2))

    assert (first.id, first.given, first.refused) == (second.id, second.given, second.refused)
    assert len(given_to(wide, "cam")) == 1


def test_one_action_takes_all_of_it_back_and_gives_it_again(mornings, wide, clock):
    ina = wide.store.desk_for("ina")
    work = ina.assign_to_group(mornings, "mood-check", **GIVEN)
    clock.pass_(minutes=1)
    ina.stop(work.given[wide.cam.id])
    clock.pass_(minutes=1)

    ina.stop_group_work(work.id)
    ended = [given_to(wide, user) for user in ("ava", "cam")]
    ina.resume_group_work(work.id)

    assert ended == [[], []]
    assert given_to(wide, "ava") == [("mood-check", DAY)]
    assert given_to(wide, "cam") == []  # it was ended for him alone, before


def test_a_later_joiner_gets_what_runs_once_the_clinician_says_so(mornings, wide, clock):
    ina, (dan,) = wide.store.desk_for("ina"), ids(wide, "dan")
    ina.assign_to_group(mornings, "mood-check", **GIVEN | {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"})
    clock.pass_(minutes=1)
    ina.assign_to_group(mornings, "urge-note", **GIVEN | {"rrule": "FREQ=DAILY;COUNT=2"})
    clock.pass_(days=4)
    ina.join_group(mornings, dan, since=DAY + timedelta(4))
    before = given_to(wide, "dan")

    counts = ina.give_running(mornings, dan), ina.give_running(mornings, dan)

    assert (before, counts) == ([], (1, 0))
    assert given_to(wide, "dan") == [("mood-check", DAY + timedelta(14))]  # in the group's weeks
    assert sorted(ina.group_works(mornings)[1].given) == sorted(ids(wide, "ava", "cam", "dan"))


def test_of_a_number_of_times_a_joiner_gets_those_that_are_left(mornings, wide, clock):
    ina, (dan,) = wide.store.desk_for("ina"), ids(wide, "dan")
    ina.assign_to_group(mornings, "mood-check", **GIVEN | {"rrule": "FREQ=DAILY;COUNT=10"})
    clock.pass_(days=4)
    ina.join_group(mornings, dan, since=DAY + timedelta(4))

    ina.give_running(mornings, dan)

    (one,) = ina.assignments(dan)
    assert (one.rrule, one.starts, one.ends) == ("FREQ=DAILY", DAY + timedelta(4), DAY + timedelta(9))


def test_only_a_member_gets_what_runs(mornings, wide):
    ina = wide.store.desk_for("ina")
    ina.assign_to_group(mornings, "mood-check", **GIVEN)

    with pytest.raises(NotFoundError) as refused:
        ina.give_running(mornings, ids(wide, "dan")[0])

    assert str(refused.value) == "There is no such member of this group. Reload the page."
