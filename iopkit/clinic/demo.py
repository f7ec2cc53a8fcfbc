"""The invented clinic: people who do not exist and weeks of homework, the same for the same seed and day.

Everything goes through the same save as in a real clinic (checked, scored, alerts, audit), on its own clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from iopkit.clinic import demo_answers as answers
from iopkit.clinic import demo_words as words
from iopkit.clinic.couples import CHECK_IN
from iopkit.clinic.demo_answers import Course
from iopkit.clinic.demo_calendar import book_appointments
from iopkit.clinic.demo_cards import CARDS
from iopkit.clinic.demo_cycle import go_on
from iopkit.clinic.demo_words_es import SPEAKS_SPANISH, in_spanish
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry, Person
from iopkit.clinic.store import Store
from iopkit.errors import StoreError

PASSWORD = "warm tea on a rainy day"  # noqa: S105  (of invented people, printed for whoever tries the demo)
STAFF = (
    ("clinician", "ina", "Ina Imaginary", ("individual",)),
    ("clinician", "cole", "Cole Conjured", ("couples",)),
    ("clinician", "sue", "Sue Supposed", ("substance-use",)),
    ("clinician", "max", "Max Makeshift", ("medical",)),
    ("coordinator", "cora", "Cora Contrived", ()),
)
ZONES = ("America/New_York", "America/New_York", "America/Chicago", "America/New_York", "America/Los_Angeles")
COUPLES = ((0, 1), (2, 3))
AFRAID = 4
"""The client whose item 9 was answered, in the third week."""
UNFINISHED = {0: "thought-record", 5: "phq-9"}
"""Clients who left a draft open on the last evening, by number."""


class Clock:
    """The demo's own clock, set to each moment in turn."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        """Return the moment it is set to."""
        return self.instant

    def set(self, day: date, at: time, zone: str) -> None:
        """Set it to a wall time."""
        self.instant = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Demo:
    """The people of the invented clinic, all with one password."""

    people: tuple[Person, ...]
    password: str = PASSWORD


@dataclass
class _Client:
    """One invented client while their weeks are written."""

    number: int
    person: Person
    course: Course
    chance: Random
    starts: date
    until: date
    desk: Desk
    luck: Random
    """What their own card needs, so that the rest of their weeks is the same with and without it."""
    given: dict[str, Assignment] = field(default_factory=dict)
    count: int = 0


def build_demo(
    store: Store,
    *,
    clients: int = 12,
    weeks: int = 8,
    seed: int = 1,
    until: date,
    progress: Callable[[int], object] = lambda done: None,
) -> Demo:
    """Return the invented clinic, written into an empty store: ``weeks`` of homework up to the day ``until``.

    ``progress`` is called with the number of clients written so far.
    """
    if store.people():
        raise StoreError("There are people in this database already. The invented clinic needs an empty one.")
    chance = Random(f"iopkit {seed}")  # noqa: S311  (invented people need no secrets)
    starts = until - timedelta(weeks=weeks)
    clock = Clock(datetime.combine(starts, time(13), UTC))
    own = store.at(clock, lambda: f"{chance.getrandbits(128):032x}")
    database = own.office.database
    with database.batch():
        staff = [_add(own, kind, user, name, domains) for kind, user, name, domains in STAFF]
        people = [_client(own, number) for number in range(clients)]
        _join_couples(own, clock, people)
    for number, person in enumerate(people):
        with database.batch():
            _write(
                _begin(own, clock, number, person, seed=seed, starts=starts, until=until), own, clock, until
            )
        progress(number + 1)
    with database.batch():
        book_appointments(own, clock, people, until)
        go_on(own, clock, people, until)
    return Demo((*staff, *people))


def _add(
    store: Store, kind: str, user: str, name: str, domains: tuple[str, ...], zone: str = ZONES[0]
) -> Person:
    language = "es" if user in SPEAKS_SPANISH else "en"
    return store.add_person(
        kind, user, name, zone=zone, domains=domains, password=PASSWORD, language=language
    )


def _client(store: Store, number: int) -> Person:
    first = words.FIRST[number % len(words.FIRST)]
    again = number // len(words.FIRST)
    partner = next((pair[0] for pair in COUPLES if number in pair), number)
    name = f"{first} {words.LAST[(partner + again) % len(words.LAST)]}"
    user = first.lower() + (str(again + 1) if again else "")
    return _add(store, "client", user, name, (), ZONES[number % len(ZONES)])


def _join_couples(store: Store, clock: Clock, people: list[Person]) -> None:
    for first, second in COUPLES:
        if second < len(people):
            store.couple(people[first].id, people[second].id)
            for person in (people[first], people[second]):
                _prepare(store.desk_for(person.user), clock)


def _prepare(desk: Desk, clock: Clock) -> None:
    """Let a partner do what comes before joint work: read the secrets policy, answer the check-in alone."""
    desk.see_secrets_policy()
    draft = desk.draft(CHECK_IN)
    clock.instant += timedelta(minutes=4)
    message = f"demo-{CHECK_IN}"
    desk.save(draft.id, message_id=message, answers=words.ALONE, changed=words.ALONE, base=0, submit=True)


def _begin(
    store: Store, clock: Clock, number: int, person: Person, *, seed: int, starts: date, until: date
) -> _Client:
    chance = Random(f"iopkit {seed} client {number}")  # noqa: S311  (see above)
    joined = min(starts + timedelta(days=7 * (0, 0, 0, 0, 0, 1, 0, 2, 0, 1, 3, 0)[number % 12]), until)
    client = _Client(
        number,
        person,
        answers.course(chance, number),
        chance,
        joined,
        until,
        store.desk_for(person.user),
        Random(f"iopkit {seed} card {number}"),  # noqa: S311  (see above)
    )
    clock.set(joined, time(11), person.zone)
    for user, domain, worksheets in _plan(number):
        store.treat(person.id, store.person(user).id, domain, joined)
        desk = store.desk_for(user)
        for worksheet, rrule in worksheets:
            note = said(person, words.NOTES[worksheet])
            client.given[worksheet] = desk.assign(
                person.id, worksheet, domain, note=note, rrule=rrule, starts=joined
            )
    if number in CARDS:
        _give_card(store, client)
    return client


def _give_card(store: Store, client: _Client) -> None:
    card = CARDS[client.number]
    clinician = store.person(card.clinician)
    if all(domain != card.domain for _user, domain, _worksheets in _plan(client.number)):
        store.treat(client.person.id, clinician.id, card.domain, client.starts)
    client.given[card.worksheet] = store.desk_for(card.clinician).assign(
        client.person.id,
        card.worksheet,
        card.domain,
        note=card.note,
        rrule="FREQ=DAILY",
        starts=client.starts,
        settings=card.settings,
    )


def _plan(number: int) -> list[tuple[str, str, list[tuple[str, str]]]]:
    plan = [
        (
            "ina",
            "individual",
            [
                ("sleep-diary", "FREQ=DAILY"),
                ("phq-9", "FREQ=WEEKLY"),
                ("thought-record", "FREQ=WEEKLY;BYDAY=TU,FR"),
            ],
        )
    ]
    if any(number in pair for pair in COUPLES):
        plan.append(("cole", "couples", [("speaker-listener", "FREQ=WEEKLY")]))
    if number % 2 == 0:
        plan.append(("sue", "substance-use", [("nutrition-log", "FREQ=WEEKLY;BYDAY=MO,WE,SA,SU")]))
    return plan


def _write(client: _Client, store: Store, clock: Clock, until: date) -> None:
    days = (until - client.starts).days
    for passed in range(days):
        day, share = client.starts + timedelta(days=passed), passed / max(days, 1)
        away = client.number % 4 == 1 and 20 <= passed < 24  # a few days without any entry
        if not away:
            _write_day(client, clock, day, passed=passed, share=share)
        if client.number == AFRAID and passed == 14:
            _answer_alert(client, store, clock, day)
    if client.number in UNFINISHED and days:
        _leave_draft(client, clock, until - timedelta(days=1))
    if days > 3:
        _read_by_team(client, store, clock, until)


def _write_day(client: _Client, clock: Clock, day: date, *, passed: int, share: float) -> None:
    chance, severity = client.chance, client.course.severity(share)
    if passed and chance.random() < client.course.diligence:
        _submit(
            client, clock, "sleep-diary", day, time(8), answers.night(chance, client.course, severity, day)
        )
    if passed % 7 == 0 and chance.random() < client.course.diligence + 0.1:
        afraid = client.number == AFRAID and passed == 14
        partly = client.number == 7 and passed == 21
        given = answers.phq_9(chance, severity, item_9=int(afraid), partly=partly)
        _submit(client, clock, "phq-9", day, time(17), given)
    if day.isoweekday() in (2, 5) and chance.random() < client.course.diligence:
        _submit(client, clock, "thought-record", day, time(19), answers.thought_record(chance, severity, day))
    if day.isoweekday() in (1, 3, 6, 7) and chance.random() < client.course.diligence - 0.1:
        _submit(client, clock, "nutrition-log", day, time(19), answers.meals(chance, severity, day))
    if passed % 7 == 5 and chance.random() < client.course.diligence:
        topic = words.TOPICS[passed // 7 % len(words.TOPICS)]
        _submit(client, clock, "speaker-listener", day, time(18), answers.talk(chance, share, day, topic))
    card = CARDS.get(client.number)
    if card is not None and client.luck.random() < client.course.diligence:
        _submit(client, clock, card.worksheet, day, card.at, card.fill_in(client.luck, severity))


def _submit(
    client: _Client, clock: Clock, worksheet: str, day: date, at: time, given: dict[str, Any]
) -> None:
    if worksheet not in client.given:
        return
    chance = client.luck if any(card.worksheet == worksheet for card in CARDS.values()) else client.chance
    late = chance.choices((0, 2, 11, 13), (88, 4, 4, 4))[0] * 60
    if day + timedelta(days=1) == client.until or given.get("phq9_9"):
        late = 0
    draft = _open(client, clock, worksheet, day, answers.after(day, at, chance.randint(0, 55)))
    done = answers.after(day, at, 60 + chance.randint(2, 14) + late)
    clock.set(done.date(), done.time(), client.person.zone)
    _save(client, draft, given, submit=True)


def _open(client: _Client, clock: Clock, worksheet: str, day: date, moment: datetime) -> Entry:
    clock.set(moment.date(), moment.time(), client.person.zone)
    return client.desk.draft(worksheet, assignment_id=client.given[worksheet].id, day=day)


def _save(client: _Client, entry: Entry, given: dict[str, Any], *, submit: bool) -> None:
    client.count += 1
    given = said(client.person, given)
    client.desk.save(
        entry.id,
        message_id=f"demo-{client.number}-{client.count}",
        answers=given,
        changed=given,
        base=entry.base,
        submit=submit,
    )


def said(person: Person, written: Any) -> Any:  # noqa: ANN401 - answers as they are stored
    """Return what somebody wrote in the language of this person."""
    return in_spanish(written) if person.language == "es" else written


def _leave_draft(client: _Client, clock: Clock, day: date) -> None:
    worksheet = UNFINISHED[client.number]
    severity = client.course.severity(1)
    if worksheet == "phq-9":
        given = dict(list(answers.phq_9(client.chance, severity).items())[:4])
    else:
        whole = answers.thought_record(client.chance, severity, day)
        given = {key: whole[key] for key in ("day", "situation", "thoughts")}
    _save(client, _open(client, clock, worksheet, day, answers.after(day, time(21), 40)), given, submit=False)


def _answer_alert(client: _Client, store: Store, clock: Clock, day: date) -> None:
    clock.set(day, time(19, 5), client.person.zone)
    desk = store.desk_for("ina")
    for alert in desk.alerts(client.person.id):
        desk.acknowledge(alert.id, words.CALLED)


def _read_by_team(client: _Client, store: Store, clock: Clock, until: date) -> None:
    """Let each clinician read what came before their last session, three days ago."""
    clock.set(until - timedelta(days=1), time(21, 55), client.person.zone)
    last = until - timedelta(days=3)
    team = [user for user, _domain, _worksheets in _plan(client.number)]
    if client.number in CARDS:
        team.append(CARDS[client.number].clinician)
    for user in dict.fromkeys(team):
        desk = store.desk_for(user)
        for entry in desk.entries(client.person.id, until=last):
            desk.mark_read(entry.id)
