"""A large invented clinic for the reports of a whole program, the same for the same seed and size.

Everybody is a client of Ina. Of each twenty one wrote nothing at all; every other one is with Sue for
substance use, and half of these let Ina read it by a signed consent; two of each ten are a couple with Cole.
The first eight are in a group. What they wrote in two weeks goes through the same save as anywhere else.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from iopkit.clinic import Desk, Store
from iopkit.clinic import demo_answers as answers
from iopkit.clinic import demo_words as words
from iopkit.clinic.couples import CHECK_IN
from iopkit.clinic.demo import Clock
from iopkit.clinic.record import Person

UNTIL = date(2026, 3, 8)
STARTS = UNTIL - timedelta(13)
ZONE = "America/New_York"
STAFF = (
    ("clinician", "ina", "Ina Imaginary", ("individual",)),
    ("clinician", "cole", "Cole Conjured", ("couples",)),
    ("clinician", "sue", "Sue Supposed", ("substance-use",)),
    ("coordinator", "cora", "Cora Contrived", ()),
)
GROUP = 8
PART = 50
"""So many clients are written in one transaction."""


def build(store: Store, *, clients: int, seed: int) -> list[tuple[str, str]]:
    """Return the couples, by user name, of a clinic of so many clients written into an empty store."""
    clock = Clock(datetime.combine(STARTS, time(13), UTC))
    own = store.at(clock)
    staff = {
        user: own.add_person(kind, user, name, zone=ZONE, domains=domains)
        for kind, user, name, domains in STAFF
    }
    people: list[Person] = []
    parts = [range(first, min(first + PART, clients)) for first in range(0, clients, PART)]
    for part in parts:
        with own.office.database.batch():
            people += [_join(own, clock, number, staff) for number in part]
    couples = [(people[n], people[n + 1]) for n in range(0, clients - 1, 10)]
    with own.office.database.batch():
        for pair in couples:
            _pair(own, clock, pair, staff["cole"])
        _group(own, clock, people[:GROUP], staff["ina"])
    for part in parts:
        with own.office.database.batch():
            for number in part:
                if number % 20 != 19:
                    _write(own, clock, number, people[number], Random(f"{seed} {number}"))
    return [(first.user, second.user) for first, second in couples]


def widen_team(store: Store, clinicians: int) -> None:
    """Put so many more clinicians on the individual care team of every client."""
    clock = Clock(datetime.combine(UNTIL, time(13), UTC))
    own = store.at(clock)
    everyone = own.people("client")
    for number in range(clinicians):
        with own.office.database.batch():
            user = f"team{number}"
            one = own.add_person("clinician", user, f"Team {number}", zone=ZONE, domains=("individual",))
            for client in everyone:
                own.treat(client.id, one.id, "individual", STARTS)


def _join(store: Store, clock: Clock, number: int, staff: dict[str, Person]) -> Person:
    first, again = words.FIRST[number % len(words.FIRST)], number // len(words.FIRST)
    name = f"{first} {words.LAST[again % len(words.LAST)]}"
    language = "es" if number % 7 == 3 else "en"
    person = store.add_person("client", f"{first.lower()}{number}", name, zone=ZONE, language=language)
    store.treat(person.id, staff["ina"].id, "individual", STARTS)
    clock.set(STARTS, time(9), ZONE)
    for worksheet, rrule in (("sleep-diary", "FREQ=DAILY"), ("phq-9", "FREQ=WEEKLY")):
        _give(store, "ina", person, worksheet, "individual", rrule)
    if number % 2 == 0:
        store.treat(person.id, staff["sue"].id, "substance-use", STARTS)
        _give(store, "sue", person, "nutrition-log", "substance-use", "FREQ=WEEKLY;BYDAY=MO,TH")
    if number % 4 == 0:
        store.desk_for(person.user).consent(
            ["substance-use"], staff["ina"].id, purpose="treatment", until=date(2026, 12, 31), signature=name
        )
    return person


def _give(store: Store, user: str, person: Person, worksheet: str, domain: str, rrule: str) -> None:
    store.desk_for(user).assign(person.id, worksheet, domain, note="", rrule=rrule, starts=STARTS)


def _pair(store: Store, clock: Clock, pair: tuple[Person, Person], cole: Person) -> None:
    store.couple(*(one.id for one in pair))
    clock.set(STARTS, time(10), ZONE)
    for one in pair:
        store.treat(one.id, cole.id, "couples", STARTS)
        desk = store.desk_for(one.user)
        desk.see_secrets_policy()
        _send(desk, CHECK_IN, words.ALONE)
    for one in pair:
        _give(store, "cole", one, "speaker-listener", "couples", "FREQ=WEEKLY")


def _group(store: Store, clock: Clock, people: list[Person], ina: Person) -> None:
    clock.set(STARTS, time(11), ZONE)
    desk = store.desk_for("ina")
    group = desk.make_group("Mornings", "individual", [ina.id])
    for one in people:
        desk.join_group(group, one.id, since=STARTS)
    desk.assign_to_group(group, "thought-record", note="", rrule="FREQ=WEEKLY", due=time(21), starts=STARTS)


def _write(store: Store, clock: Clock, number: int, person: Person, chance: Random) -> None:
    """Write the two weeks of one client, in the order of time."""
    desk = store.desk_for(person.user)
    given = {one.worksheet_id: one.id for one in desk.assignments(person.id)}
    course = answers.course(chance, number)
    for passed in sorted(chance.sample(range(14), 7)):
        day, severity = STARTS + timedelta(passed), course.severity(passed / 14)
        written = {
            "sleep-diary": answers.night(chance, course, severity, day),
            "phq-9": answers.phq_9(chance, severity),
            "thought-record": answers.thought_record(chance, severity, day),
            "nutrition-log": answers.meals(chance, severity, day),
            "speaker-listener": answers.talk(chance, passed / 14, day, chance.choice(words.TOPICS)),
        }
        worksheet = chance.choice(sorted(given)) if passed % 7 else "phq-9"
        clock.instant = datetime.combine(day, time(19), ZoneInfo(ZONE)).astimezone(UTC)
        _send(desk, worksheet, written[worksheet], assignment_id=given[worksheet], day=day)


def _send(desk: Desk, worksheet: str, given: dict[str, Any], **draft: Any) -> None:
    entry = desk.draft(worksheet, **draft)
    desk.save(entry.id, message_id=entry.id, answers=given, changed=given, base=entry.base, submit=True)
