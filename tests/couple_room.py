"""A couple whose joint work is open, and a room in which three people do things."""

from datetime import date

import pytest
from conftest import open_copy, people_of

from iopkit.apps.drill import shown
from iopkit.clinic.drill import Event
from iopkit.worksheets import load_catalog

START = date(2026, 3, 13)
SAFE = {"alone": "yes", "afraid": "never"}
GIVEN = ("speaker-listener", "co-reflection", "gratitude-exchange", "shared-goals")


def check_in(store, user, answers, message="check"):
    """Let a client read the policy and send a check-in."""
    desk = store.desk_for(user)
    desk.see_secrets_policy()
    draft = desk.draft("private-check-in")
    desk.save(draft.id, message_id=message, answers=answers, changed=answers, base=draft.base, submit=True)


def prepare(store, given=GIVEN):
    """Open the joint work of Ava and Ben, and give them drills."""
    for user in ("ava", "ben"):
        check_in(store, user, SAFE)
    for worksheet in given:
        store.desk_for("cole").assign(store.person("ava").id, worksheet, "couples", note="", starts=START)


@pytest.fixture(scope="module")
def whole():
    return load_catalog()


@pytest.fixture
def store(tmp_path, clock, whole):
    """Open a store with a couple whose joint work is open: drills are given to them."""
    with open_copy(tmp_path / "store", clock, whole) as made:
        people_of(made)
        prepare(made)
        yield made


class Three:
    """Ava, Ben and Cole in one room; each sends messages with ids of their own."""

    def __init__(self, store, drill="speaker-listener"):
        self.store, self.count = store, 0
        self.id = self.desk("ava").begin_drill(drill)

    def desk(self, user):
        return self.store.desk_for(user)

    def look(self, user):
        return shown(self.desk(user), self.desk(user).join_room(self.id))

    def room(self):
        return self.desk("ava").look_into(self.id).room

    def do(self, user, verb="go", value=None, *, id="", way=0, at=None):
        self.count += 1
        at = self.desk(user).look_into(self.id).room.at if at is None else at
        event = Event(verb, id or f"{self.id}-{self.count}", None, at, way, value)
        return self.desk(user).act_in_room(self.id, event)

    def to_statement(self):
        self.do("ava", value="Saturdays")
        self.do("ava", value=3)
        self.do("ben", value=4)
        return self

    def to_end(self, heard=(9, 2), show=("no", "no")):
        """Play speaker and listener from the statement: one statement of Ava's, then the numbers."""
        self.do("ava", value="I feel alone")
        self.do("ben", value="You feel alone")
        self.do("ava")
        self.do("ava", way=2)
        for user, number in zip(("ava", "ben"), heard, strict=True):
            self.do(user, value=number)
        for user, word in zip(("ava", "ben"), show, strict=True):
            self.do(user, value=word)
        return self


def play_all(store, heard=(9, 2), show=("no", "no"), received=(7, 3)):
    """Play speaker and listener, thanks, a goal and a time-out of Ava and Ben to their ends."""
    Three(store).to_statement().to_end(heard, show)
    thanks(store, received)
    goal(store)
    apart(store)


def thanks(store, received=(7, 3)):
    """Exchange thanks, and note how they could be received."""
    room = Three(store, "gratitude-exchange")
    for who, other in (("ava", "ben"), ("ben", "ava")):
        room.do(who, value=f"{who} saw the made bed")
        room.do(who, value="I could rest")
        room.do(other)
    for user, number in zip(("ava", "ben"), received, strict=True):
        room.do(user, value=number)
    return room


def goal(store):
    """Agree on a goal with a step of each."""
    room = Three(store, "shared-goals")
    room.do("ava", value="Eat together twice")
    room.do("ava", value="I cook on Monday")
    room.do("ben", value="I am home by six")
    room.do("ava", value=4)
    room.do("ben", value=6)
    room.do("ben")
    return room


def apart(store, late=0):
    """Take a time-out of half an hour and come back, so many minutes late; Ben called it."""
    room = Three(store)
    room.id = room.do("ben", "time-out")
    room.do("ben", value=30)
    room.do("ava", value="ava walks by the river alone")
    room.do("ben", value="ben chops wood alone")
    store.office.now.pass_(minutes=28 + late)
    for user in ("ava", "ben"):
        room.do(user)
    room.do("ben", value="I missed you")
    room.do("ava")
    return room
