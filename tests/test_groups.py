"""Groups: who leads one, who belongs to it and when, and that its appointments follow its members."""

from datetime import UTC, date, datetime, timedelta

import pytest
from group_room import DAY, GIVEN, book, days_of, given_to, ids, told
from sqlalchemy import text

from iopkit.errors import AccessError, AnswerError, NotFoundError

NAME = "Give the group a name of at most 80 letters."
OWN_GROUP = "You can make a group that you lead yourself, in a domain you work in."
LEADERS = "A group is led by at least one clinician who works in its domain."


def test_a_clinician_makes_the_group_that_they_lead(wide):
    ina = wide.store.desk_for("ina")

    made = ina.make_group("  Monday \n mornings ", "individual", [ina.person.id])

    (found,) = ina.groups()
    assert (found.id, found.name, found.domain) == (made, "Monday mornings", "individual")
    assert ([one.name for one in found.leaders], found.members) == (["Ina Invented"], ())


@pytest.mark.parametrize(
    ("name", "domain", "leaders", "words"),
    [
        ("  ", "individual", ["ina"], NAME),
        ("x" * 81, "individual", ["ina"], NAME),
        (
            "Mornings",
            "couples",
            ["ina"],
            OWN_GROUP,
        ),
        (
            "Mornings",
            "individual",
            ["lia"],
            OWN_GROUP,
        ),
        (
            "Mornings",
            "individual",
            [],
            OWN_GROUP,
        ),
        (
            "Mornings",
            "individual",
            ["ina", "cole"],
            LEADERS,
        ),
        (
            "Mornings",
            "individual",
            ["ina", "ava"],
            LEADERS,
        ),
    ],
)
def test_a_group_that_makes_no_sense_is_refused_in_words(wide, name, domain, leaders, words):
    with pytest.raises(AnswerError) as refused:
        wide.store.desk_for("ina").make_group(name, domain, ids(wide, *leaders))

    assert told(refused) == words
    assert wide.store.desk_for("cora").groups() == []


def test_a_coordinator_keeps_groups_and_says_who_leads_them(wide):
    cora, (ina, lia, ava) = wide.store.desk_for("cora"), ids(wide, "ina", "lia", "ava")
    made = cora.make_group("Mornings", "individual", [ina])
    cora.join_group(made, ava, since=DAY)

    cora.change_group(made, "Early birds", [ina, lia])

    (found,) = cora.groups()
    assert (found.name, [one.user for one in found.leaders]) == ("Early birds", ["ina", "lia"])
    assert [one.client.user for one in found.members] == ["ava"]
    (of_lia,) = wide.store.desk_for("lia").groups()
    assert (of_lia.name, of_lia.members) == ("Early birds", ())  # she does not treat Ava


def test_a_clinician_who_leads_renames_and_changes_no_leaders(mornings, wide):
    ina, (lia,) = wide.store.desk_for("ina"), ids(wide, "lia")

    ina.change_group(mornings, "Evenings", [lia])

    (found,) = ina.groups()
    assert (found.name, [one.user for one in found.leaders]) == ("Evenings", ["ina"])


@pytest.mark.parametrize(
    ("user", "since", "until", "words"),
    [
        ("dan", DAY, DAY - timedelta(1), "The last day lies before the first."),
        (
            "dan",
            date(2026, 3, 1),
            None,
            "Nobody who leads this group is on the client's care team in its domain on that day.",
        ),
        ("ava", DAY + timedelta(5), None, "This client is in the group already."),
    ],
)
def test_who_cannot_join_is_told_why(mornings, wide, user, since, until, words):
    with pytest.raises(AnswerError) as refused:
        wide.store.desk_for("ina").join_group(mornings, ids(wide, user)[0], since=since, until=until)

    assert told(refused) == words


def test_a_clinician_adds_nobody_whom_they_do_not_treat(mornings, wide):
    with pytest.raises(AccessError):
        wide.store.desk_for("ina").join_group(mornings, wide.ben.id, since=DAY)


def test_a_group_has_at_most_thirty_members(mornings, wide):
    ina = wide.store.desk_for("ina")
    for number in range(29):
        found = wide.store.add_person("client", f"c{number}", "One Sample", zone="UTC")
        wide.store.treat(found.id, "ina", "individual", date(2026, 3, 2))
        if number < 28:
            ina.join_group(mornings, found.id, since=DAY)

    with pytest.raises(AnswerError) as refused:
        ina.join_group(mornings, found.id, since=DAY)

    assert told(refused) == "A group has at most 30 members at a time."


def test_who_left_may_come_back(mornings, wide, clock):
    ina, (ava,) = wide.store.desk_for("ina"), ids(wide, "ava")
    first = ina.group(mornings).members[0]
    ina.leave_group(first.id, DAY + timedelta(3))
    clock.pass_(days=7)

    ina.join_group(mornings, ava, since=DAY + timedelta(7))

    times = [(one.since, one.until) for one in ina.group(mornings).members if one.client.id == ava]
    assert times == [(DAY, DAY + timedelta(3)), (DAY + timedelta(7), None)]


def test_all_who_belong_come_to_the_groups_appointment(mornings, wide, clock):
    ina, (dan,) = wide.store.desk_for("ina"), ids(wide, "dan")
    made = book(wide, mornings, ["ava", "cam"])
    ina.leave_group(ina.group(mornings).members[0].id, date(2026, 3, 24))

    ina.join_group(mornings, dan, since=date(2026, 3, 30), until=date(2026, 4, 6))

    assert days_of(wide, "ava") == ["2026-03-16", "2026-03-23"]
    assert days_of(wide, "cam") == [
        *("2026-03-16", "2026-03-23", "2026-03-30", "2026-04-06", "2026-04-13", "2026-04-20")
    ]
    assert days_of(wide, "dan") == ["2026-03-30", "2026-04-06"]
    clock.pass_(days=18)
    began = datetime(2026, 3, 30, 14, tzinfo=UTC)
    ina.mark_attendance(made, dan, began, "attended")
    with pytest.raises(NotFoundError):  # she had left
        ina.mark_attendance(made, wide.ava.id, began, "attended")


def test_calling_one_off_is_noted_for_those_who_would_have_come(mornings, wide):
    ina = wide.store.desk_for("ina")
    made = book(wide, mornings, ["ava", "cam"])
    ina.leave_group(ina.group(mornings).members[0].id, date(2026, 3, 20))

    ina.call_off(made, datetime(2026, 3, 23, 14, tzinfo=UTC))

    with wide.store.office.database.read() as session:
        noted = session.execute(text("SELECT client_id, state FROM attendance")).all()
    assert [tuple(one) for one in noted] == [(wide.cam.id, "cancelled")]


def test_who_comes_back_comes_to_the_appointments_again(mornings, wide):
    ina = wide.store.desk_for("ina")
    book(wide, mornings, ["ava", "cam"])
    ina.leave_group(ina.group(mornings).members[0].id, date(2026, 3, 17))
    left = days_of(wide, "ava", weeks=3)

    ina.join_group(mornings, wide.ava.id, since=date(2026, 3, 20))

    assert (left, len(days_of(wide, "ava", weeks=3))) == (["2026-03-16"], 3)


def test_only_members_are_booked_with_their_group(mornings, wide):
    with pytest.raises(AnswerError) as refused:
        book(wide, mornings, ["ava", "dan"])

    assert told(refused) == "Not everybody who comes is in this group on that day."


def test_an_ended_group_meets_no_more_and_its_homework_stays(mornings, wide, clock):
    ina = wide.store.desk_for("ina")
    book(wide, mornings, ["ava", "cam"])
    ina.assign_to_group(mornings, "mood-check", **GIVEN)

    ina.end_group(mornings)

    assert (days_of(wide, "ava"), given_to(wide, "ava")) == ([], [("mood-check", DAY)])
    assert ina.groups()[0].ended_at == clock()
    with pytest.raises(AnswerError) as refused:
        ina.join_group(mornings, ids(wide, "dan")[0], since=DAY)
    assert told(refused) == "This group has ended. Make a new one."
