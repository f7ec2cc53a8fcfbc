"""A clinician changes, pauses and lets go on; a client puts off; nothing that was done is lost."""

from datetime import date, time, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, catalog, send

from iopkit.clinic import Desk
from iopkit.clinic.record import Assignment
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.reports.homework import due, week_adherence

pytestmark = pytest.mark.usefixtures("database")

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
ZONE = "America/New_York"


def give(clinic: Clinic, **changed: object) -> Assignment:
    plan = {"note": "", "rrule": "FREQ=DAILY", "starts": TODAY - timedelta(2), **changed}
    return clinic.desk(clinic.ina).assign(clinic.ava.id, "sleep-diary", "individual", **plan)


def days(desk: Desk, client_id: str, today: date = TODAY) -> list[int]:
    (given,) = desk.assignments(client_id)
    return [one.occurrence.day.day for one in due(given, desk.entries(client_id), today=today, zone=ZONE)]


def test_another_rhythm_holds_from_today_and_keeps_the_days_before(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT, assignment_id=given.id)
    clock.pass_(minutes=5)

    clinic.desk(clinic.ina).change_rhythm(
        given.id, rrule="FREQ=WEEKLY;BYDAY=SU", due=time(21), starts=TODAY, grace=60
    )

    desk = clinic.desk(clinic.ava)
    (found,) = desk.assignments(clinic.ava.id)
    assert (found.rrule, found.grace) == ("FREQ=WEEKLY;BYDAY=SU", 60)
    assert [one.rrule for one in found.former] == ["FREQ=DAILY"]
    assert days(desk, clinic.ava.id) == [11, 12, 13, 15]
    rest = due(found, desk.entries(clinic.ava.id), today=TODAY, zone=ZONE)
    assert [one.occurrence.day.day for one in rest if one.entry] == [13]


def test_the_same_rhythm_once_more_changes_nothing(clinic: Clinic) -> None:
    given = give(clinic)

    clinic.desk(clinic.ina).change_rhythm(given.id, rrule="FREQ=DAILY", due=time(21), starts=given.starts)

    assert clinic.desk(clinic.ina).assignments(clinic.ava.id)[0].former == ()


def test_nothing_is_due_in_a_pause_and_it_goes_on_from_the_day_it_is_ended(
    clinic: Clinic, clock: Clock
) -> None:
    given = give(clinic)

    clinic.desk(clinic.ina).pause_assignment(given.id)

    assert days(clinic.desk(clinic.ava), clinic.ava.id) == [11, 12]
    clock.pass_(days=3)
    clinic.desk(clinic.ina).go_on(given.id)
    later = TODAY + timedelta(3)
    assert days(clinic.desk(clinic.ava), clinic.ava.id, later) == [11, 12, *range(16, 23)]


def test_a_pause_that_is_asked_for_twice_is_one_pause(clinic: Clinic) -> None:
    given = give(clinic)
    desk = clinic.desk(clinic.ina)

    desk.pause_assignment(given.id, TODAY + timedelta(1))
    desk.pause_assignment(given.id)

    (found,) = desk.assignments(clinic.ava.id)
    assert [(one.since, one.until) for one in found.pauses] == [(TODAY, TODAY + timedelta(1))]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "There is no such day"),
        ({"rrule": "FREQ=SECONDLY"}, "The rhythm is not an RFC 5545 rule"),
        ({"ends": TODAY - timedelta(9)}, "The last day lies before the first"),
        ({"grace": 20_000}, "Grace is at most a week"),
    ],
)
def test_a_rhythm_that_makes_no_sense_is_refused_when_given_and_when_changed(
    clinic: Clinic, changed: dict[str, object], words: str
) -> None:
    given, plan = give(clinic), {"rrule": "FREQ=DAILY", "starts": TODAY, **changed}

    with pytest.raises(AnswerError, match=words):
        give(clinic, **plan)
    with pytest.raises(AnswerError, match=words):
        clinic.desk(clinic.ina).change_rhythm(given.id, due=time(21), **plan)


def test_nobody_gives_what_begins_after_their_time_on_the_care_team(clinic: Clinic) -> None:
    member = next(
        one for one in clinic.desk(clinic.cora).care_team(clinic.ava.id) if one.clinician.user == "ina"
    )
    clinic.desk(clinic.cora).end_treat(member.id, TODAY + timedelta(3))

    give(clinic, starts=TODAY + timedelta(3))
    with pytest.raises(AnswerError, match="ends before the first day"):
        give(clinic, starts=TODAY + timedelta(4))


def test_only_the_clinician_of_the_domain_changes_or_pauses(clinic: Clinic) -> None:
    given = give(clinic)

    for who in (clinic.sue, clinic.cole, clinic.ava, clinic.cora):
        with pytest.raises(NotFoundError, match="no assignment here"):
            clinic.desk(who).pause_assignment(given.id)
        with pytest.raises(NotFoundError, match="no assignment here"):
            clinic.desk(who).change_rhythm(given.id, rrule="", due=time(9), starts=TODAY)


def test_what_was_in_the_way_is_kept_once_and_read_in_its_domain_alone(clinic: Clinic) -> None:
    given, ava = give(clinic), clinic.desk(clinic.ava)

    for _ in range(2):
        ava.set_aside(given.id, day=TODAY, kind="not-now", obstacle="no-privacy", message_id="m1")

    (found,) = clinic.desk(clinic.ina).put_off(clinic.ava.id, TODAY)
    assert (found.assignment_id, found.kind, found.obstacle) == (given.id, "not-now", "no-privacy")
    assert clinic.desk(clinic.sue).put_off(clinic.ava.id, TODAY) == []
    with pytest.raises(AccessError):
        clinic.desk(clinic.cora).put_off(clinic.ava.id, TODAY)


def test_nobody_puts_off_the_homework_of_another_or_with_words_of_their_own(clinic: Clinic) -> None:
    given = give(clinic)

    with pytest.raises(NotFoundError, match="no assignment here"):
        clinic.desk(clinic.ben).set_aside(given.id, day=TODAY, kind="later")
    with pytest.raises(AnswerError, match="Choose one of the list"):
        clinic.desk(clinic.ava).set_aside(given.id, day=TODAY, kind="not-now", obstacle="secret")


def test_grace_counts_as_on_time(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic, starts=TODAY, due=time(19), grace=90)
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT, assignment_id=given.id)

    desk = clinic.desk(clinic.ina)
    week = week_adherence(
        desk.assignments(clinic.ava.id), desk.entries(clinic.ava.id), now=clock(), zone=ZONE
    )

    assert (week.on_time, week.late) == (1, 0)
