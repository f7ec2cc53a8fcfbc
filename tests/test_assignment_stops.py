"""A clinician ends an assignment and takes that back; one message makes one assignment."""

from datetime import date, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, catalog, send

from iopkit.clinic import Desk
from iopkit.clinic.record import Assignment
from iopkit.errors import AnswerError, NotFoundError
from iopkit.reports.homework import due, week_adherence

pytestmark = pytest.mark.usefixtures("database")

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
ZONE = "America/New_York"


def give(clinic: Clinic, **changed: object) -> Assignment:
    plan = {"note": "", "rrule": "FREQ=DAILY", "starts": TODAY - timedelta(2), **changed}
    return clinic.desk(clinic.ina).assign(clinic.ava.id, "sleep-diary", "individual", **plan)


def days(desk: Desk, client_id: str) -> list[int]:
    (given,) = desk.assignments(client_id)
    return [one.occurrence.day.day for one in due(given, desk.entries(client_id), today=TODAY, zone=ZONE)]


def test_nothing_is_due_any_more_from_an_ended_assignment_and_undoing_brings_it_back(clinic: Clinic) -> None:
    given = give(clinic)
    assert days(clinic.desk(clinic.ava), clinic.ava.id) == [11, 12, 13, 14, 15, 16, 17, 18, 19]

    ended = clinic.desk(clinic.ina).stop(given.id)

    assert ended.stopped_at is not None
    assert days(clinic.desk(clinic.ava), clinic.ava.id) == [11, 12]
    assert clinic.desk(clinic.ina).resume(given.id) == given
    assert days(clinic.desk(clinic.ava), clinic.ava.id) == [11, 12, 13, 14, 15, 16, 17, 18, 19]


def test_what_was_done_before_the_end_still_counts(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic, starts=TODAY)
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT, assignment_id=given.id)

    clinic.desk(clinic.ina).stop(given.id)

    clock.pass_(days=3)
    desk = clinic.desk(clinic.ina)
    week = week_adherence(
        desk.assignments(clinic.ava.id), desk.entries(clinic.ava.id), now=clock(), zone=ZONE
    )
    assert week.words == "1 of 1"


def test_only_the_clinician_of_the_domain_ends_an_assignment(clinic: Clinic) -> None:
    given = give(clinic)

    for who in (clinic.sue, clinic.cole, clinic.ava, clinic.cora):
        with pytest.raises(NotFoundError, match="There is no assignment here that you can change"):
            clinic.desk(who).stop(given.id)

    assert clinic.desk(clinic.ina).assignments(clinic.ava.id) == [given]


def test_an_assignment_that_is_not_there_cannot_be_ended(clinic: Clinic) -> None:
    with pytest.raises(NotFoundError, match="There is no assignment here that you can change"):
        clinic.desk(clinic.ina).stop("nothing")


def test_the_same_message_makes_one_assignment_for_one_client(clinic: Clinic) -> None:
    clinic.store.treat(clinic.ben.id, clinic.ina.id, "individual", date(2026, 3, 2))

    first, second = give(clinic, message_id="m-1"), give(clinic, message_id="m-1")
    other = clinic.desk(clinic.ina).assign(
        clinic.ben.id, "sleep-diary", "individual", note="", starts=TODAY, message_id="m-1"
    )

    assert first == second
    assert other.client_id == clinic.ben.id
    assert clinic.desk(clinic.ina).assignments(clinic.ava.id) == [first]


def test_a_worksheet_for_clinicians_is_given_to_nobody(clinic: Clinic) -> None:
    with pytest.raises(AnswerError, match="This worksheet is filled in by clinicians"):
        clinic.desk(clinic.ina).assign(clinic.ava.id, "asq", "individual", note="", starts=TODAY)


def test_a_worksheet_for_couples_is_given_by_the_couples_therapist_only(clinic: Clinic) -> None:
    with pytest.raises(AnswerError, match="This worksheet is for couples"):
        clinic.desk(clinic.ina).assign(clinic.ava.id, "shared-goals", "individual", note="", starts=TODAY)

    made = clinic.desk(clinic.cole).assign(clinic.ava.id, "shared-goals", "couples", note="", starts=TODAY)

    assert made.domain == "couples"
