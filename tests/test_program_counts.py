"""The counts of a whole program: by what was due when, never about fewer than five, for its coordinator."""

from dataclasses import dataclass
from datetime import date, time

import pytest
from conftest import PASSWORD, ZONE, Clinic, Clock
from shipped import send

from iopkit.clinic.counts import Count
from iopkit.errors import AccessError

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)
DAILY = {"note": "", "rrule": "FREQ=DAILY", "starts": MONDAY}
FIVE = ("ava", "ben", "cam", "dee", "eli")


@dataclass(frozen=True)
class Program:
    """Five clients of Ina, each with a daily worksheet since Monday; it is Friday evening."""

    clinic: Clinic
    given: dict[str, str]

    @property
    def ina(self):
        return self.clinic.desk(self.clinic.ina)

    def counts(self, since: date = MONDAY, until: date = FRIDAY):
        return self.clinic.store.desk_for("cora").counts(since, until)

    def send(self, user: str, day: date, worksheet: str = "mood-check", **answers: object) -> None:
        desk = self.clinic.store.desk_for(user)
        send(desk, worksheet, {"mood": 5, **answers}, day=day, assignment_id=self.given[user])


@pytest.fixture
def program(clinic: Clinic) -> Program:
    store = clinic.store
    for user in ("dee", "eli"):
        store.add_person("client", user, f"{user.title()} Example", zone=ZONE, password=PASSWORD)
    for user in ("ben", "cam", "dee", "eli"):
        store.treat(user, "ina", "individual", date(2026, 3, 2))
    desk = clinic.desk(clinic.ina)
    ids = {user: store.person(user).id for user in FIVE}
    given = {user: desk.assign(ids[user], "mood-check", "individual", **DAILY).id for user in FIVE}
    return Program(clinic, given)


@pytest.mark.parametrize(("senders", "shown"), [(FIVE, (5, 5)), (FIVE[:4], (None, None)), ((), (0, None))])
def test_five_who_sent_something_are_counted_and_four_are_not(program, senders, shown):
    for user in senders:
        program.send(user, FRIDAY)

    found = program.counts()

    assert (found.active, found.entries) == shown
    assert found.people == 5
    assert found.total == Count("", 5, 25, len(senders), len(senders), 0)


def test_a_second_row_is_hidden_with_the_only_one_about_four_so_that_the_total_tells_nothing(program):
    """The five and the four together are the total: either alone would give the other away."""
    sue = program.clinic.desk(program.clinic.sue)
    for user in FIVE[1:4]:
        program.clinic.store.treat(user, "sue", "substance-use", date(2026, 3, 2))
    for user in FIVE[:4]:
        client = program.clinic.store.person(user).id
        sue.assign(client, "urge-note", "substance-use", **DAILY)

    found = program.counts()

    assert found.worksheets == (Count("mood-check", None), Count("urge-note", None))
    assert [(one.name, one.people) for one in found.domains] == [
        ("couples", None),
        ("individual", 5),
        ("substance-use", None),
    ]
    assert found.total == Count("", 5, 45, 0, 0, 0)


def test_a_fifth_person_shows_both_rows(program):
    sue = program.clinic.desk(program.clinic.sue)
    for user in FIVE:
        program.clinic.store.treat(user, "sue", "substance-use", date(2026, 3, 2))
        sue.assign(program.clinic.store.person(user).id, "urge-note", "substance-use", **DAILY)

    found = program.counts()

    assert found.worksheets == (Count("mood-check", 5, 25, 0, 0, 0), Count("urge-note", 5, 25, 0, 0, 0))


def test_nothing_is_due_while_an_assignment_rests_and_all_that_was_due_before(program, clock: Clock):
    program.ina.pause_assignment(program.given["ava"])
    assert program.counts().total.due == 24

    clock.pass_(days=3)
    program.ina.go_on(program.given["ava"])

    assert program.counts(until=date(2026, 3, 17)).total.due == 45 - 3


def test_what_was_done_on_a_day_before_it_rested_stays_done(program, clock: Clock):
    program.send("ava", FRIDAY)
    clock.pass_(minutes=5)

    program.ina.pause_assignment(program.given["ava"])

    assert program.counts().total == Count("", 5, 25, 1, 1, 0)


def test_another_rhythm_counts_from_its_day_on_and_the_old_one_until_then(program):
    """Daily until Thursday are four; from Friday on it is due on Sundays."""
    program.ina.change_rhythm(program.given["ava"], rrule="FREQ=WEEKLY;BYDAY=SU", due=time(21), starts=MONDAY)

    assert program.counts().total.due == 24
    assert program.counts(until=date(2026, 3, 15)).total.due == 4 * 7 + 5


def test_a_later_hour_does_not_make_what_was_late_on_time(program, clock: Clock):
    clock.pass_(hours=2)
    program.send("ava", FRIDAY)
    clock.pass_(minutes=5)
    program.ina.change_rhythm(program.given["ava"], rrule="FREQ=DAILY", due=time(23), starts=MONDAY)

    found = program.counts().total

    assert (found.done, found.on_time, found.late) == (1, 0, 1)


def test_what_is_due_after_the_end_of_an_assignment_is_not_counted(program):
    program.ina.stop(program.given["ava"])

    assert program.counts().total.due == 24


@pytest.mark.parametrize("user", ["ava", "ben", "cam", "ina", "cole", "sue"])
def test_nobody_but_the_coordinator_may_count(program, user):
    with pytest.raises(AccessError):
        program.clinic.store.desk_for(user).counts(MONDAY, FRIDAY)
