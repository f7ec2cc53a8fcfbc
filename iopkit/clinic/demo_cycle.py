"""Homework under way in the invented clinic: something for a group, a pathway, a pause, an obstacle."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from iopkit.clinic.demo_calendar import Settable
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Person
from iopkit.clinic.store import Store

FOR_ALL, WALK = "small-wins", "anxiety"
WHY = "One to three things that went a little right. Bring them to the group, or keep them."
WINS: tuple[tuple[int, Sequence[str], int], ...] = (
    (0, ("Answered the landlord's letter.", "Walked to the bakery and back."), 6),
    (2, ("Said no to a second shift.",), 7),
    (4, ("Got up when the alarm rang.",), 4),
)
"""Clients by number who have done what their group was given: their wins, and how it felt to read them."""
WALKS, PAUSES, PUTS_OFF = 6, 3, 5
"""The clients, by number, who are on a pathway, have something paused, and put something off."""
SKIPPED = "It was the phone call again, and I did not want to go through it."


def go_on(store: Store, clock: Settable, people: Sequence[Person], until: date) -> None:
    """Write what is under way on the last days, as far as the clinic is large enough for it."""
    ina = store.desk_for("ina")
    if any(one.id == FOR_ALL for one in ina.worksheets()):
        for group in ina.groups():
            _give(store, clock, ina, group.id, people, until)
    clock.instant = _at(until, 13)
    if len(people) > WALKS and any(one.id == WALK for one in ina.pathway_templates()):
        ina.start_pathway(people[WALKS].id, WALK, starts=until)
    for number, what in ((PAUSES, _pause), (PUTS_OFF, _put_off)):
        if number < len(people):
            given = {one.worksheet_id: one.id for one in ina.assignments(people[number].id)}
            what(store, people[number], given["thought-record"], until)


def _give(
    store: Store, clock: Settable, ina: Desk, group_id: str, people: Sequence[Person], until: date
) -> None:
    """Give all members one thing for these days, and let some of them do it."""
    clock.instant = _at(until - timedelta(3), 16)
    first, last = until - timedelta(3), until + timedelta(3)
    work = ina.assign_to_group(group_id, FOR_ALL, note=WHY, due=time(21), starts=first, ends=last)
    for number, wins, feel in WINS:
        if number < len(people) and people[number].id in work.given:
            clock.instant = _at(until - timedelta(1), 22 + number // 4)
            desk = store.desk_for(people[number].user)
            draft = desk.draft(FOR_ALL, assignment_id=work.given[people[number].id])
            clock.instant += timedelta(minutes=3)
            given: dict[str, Any] = {"wins": [{"win": win} for win in wins], "feel": feel}
            message = f"demo-{FOR_ALL}-{number}"
            desk.save(draft.id, message_id=message, answers=given, changed=given, base=0, submit=True)


def _pause(store: Store, _person: Person, assignment_id: str, until: date) -> None:
    store.desk_for("ina").pause_assignment(assignment_id, until + timedelta(4))


def _put_off(store: Store, person: Person, assignment_id: str, until: date) -> None:
    desk, day = store.desk_for(person.user), until - timedelta(1)
    desk.set_aside(assignment_id, day=day, kind="not-now", obstacle="too-upsetting", words=SKIPPED)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
